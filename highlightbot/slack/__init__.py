"""The bot in Slack: what it shows, what it hears, how it sends."""
