"""The page on which people use the local Slack: server-rendered HTML and a little script."""
