"""A local Slack: try the bot in a browser, and test it, without a workspace.

It knows nothing of reports and imports nothing else of highlightbot. It is strict where Slack is
strict, and no security boundary: whoever can reach it can act as anyone.
"""
