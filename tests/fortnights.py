"""Fortnights for tests: the past is lived through once, and put back for each of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.history import Past

TODAY = date(2026, 11, 20)
"""A Friday, the third period's last day."""


@contextmanager
def fresh_fortnight() -> Iterator[Fortnight]:
    """A running one that nothing has happened in yet, at ten to nine."""
    with Fortnight(today=TODAY, past=_past()) as running:
        yield running


@cache
def _past() -> Past:
    with Fortnight(today=TODAY) as lived:
        assert lived.past is not None
        return lived.past
