"""The bell, the work that it calls to, and the clock."""
