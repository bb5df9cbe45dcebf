"""The bot connected to a playground that starts with its demonstration."""

from collections.abc import Callable, Iterator

import pytest

from highlightbot.demonstration.fortnight import Fortnight
from tests.bot.acting import Actor
from tests.fortnights import fresh_fortnight


@pytest.fixture
def fortnight() -> Iterator[Fortnight]:
    """A fresh fortnight, at ten to nine on the last day of the third period."""
    with fresh_fortnight() as running:
        yield running


@pytest.fixture
def actor(fortnight: Fortnight) -> Callable[[str], Actor]:
    """Anybody by id."""
    return lambda user_id: Actor(fortnight, user_id)
