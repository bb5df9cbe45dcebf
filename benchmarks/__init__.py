"""What this program costs beside the bare libraries that it is made of. See README.md."""
