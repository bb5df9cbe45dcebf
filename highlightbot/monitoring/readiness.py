"""Whether the bot can do its work now, and if not, what it lacks."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import TypeAlias

Check: TypeAlias = Callable[[], str | None]
"""Gives what is not ready, in words that strangers may read; None if it is ready."""

_KEPT_SECONDS = 1.0


class Readiness:
    """Checks by name, run at most once a second however often they are asked for.

    ``checks`` may be replaced.
    """

    def __init__(
        self, checks: Mapping[str, Check], *, stopwatch: Callable[[], float] = time.monotonic
    ) -> None:
        self.checks = checks
        self._stopwatch = stopwatch
        self._lock = threading.Lock()
        self._checked_at: float | None = None
        self._lacking: dict[str, str] = {}

    def lacking(self) -> Mapping[str, str]:
        """What is not ready, with the reason; empty if all is."""
        with self._lock:
            now = self._stopwatch()
            if self._checked_at is None or now - self._checked_at >= _KEPT_SECONDS:
                found = {name: check() for name, check in self.checks.items()}
                self._lacking = {name: said for name, said in found.items() if said is not None}
                self._checked_at = now
            return self._lacking
