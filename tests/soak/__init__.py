"""The promises of delivery, each at a small size."""
