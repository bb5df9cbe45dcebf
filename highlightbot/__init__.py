"""Runs an organisation's periodic written reports in chat."""

__version__ = "0.1.0"
