"""Reads the file in which a coordinator declares a programme."""
