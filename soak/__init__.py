"""What `make soak` runs: the promises of delivery, at full size."""
