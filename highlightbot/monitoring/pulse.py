"""A sign of life, and how long ago it was given."""

import time
from collections.abc import Callable


class Pulse:
    """Knows how long ago something went well, whatever is done to the machine's clock."""

    def __init__(self, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._stopwatch = stopwatch
        self._last: float | None = None

    def beat(self) -> None:
        """It went well just now."""
        self._last = self._stopwatch()

    @property
    def age(self) -> float | None:
        """Seconds since it last went well; None before the first time."""
        return None if self._last is None else self._stopwatch() - self._last
