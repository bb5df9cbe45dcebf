"""Ports in plain Python, one file a port."""
