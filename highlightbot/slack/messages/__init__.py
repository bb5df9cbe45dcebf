"""What the bot posts: pure functions from core values to messages."""
