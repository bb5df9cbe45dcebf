"""What the bot hears, by conversation. Each module registers its listeners."""
