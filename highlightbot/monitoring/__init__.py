"""Seeing how the bot does: health, metrics, structured logs, a dead-man's switch."""
