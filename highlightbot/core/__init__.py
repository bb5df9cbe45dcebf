"""The rules and values of periodic reporting: no I/O, no clock, no platform."""
