"""Calls that are due later, kept in order by one thread."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable

MOST_WAITING = 1_000
"""Beyond so many the new call is dropped: Slack too gives an app up that never answers."""

_log = logging.getLogger(__name__)


class Postponed:
    """Makes calls when they are due; a call that takes long belongs on a thread of its own."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, int, Callable[[], object]]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stopped = False

    def call(self, seconds: float, function: Callable[[], object]) -> None:
        """Call `function` after so many real seconds, unless stopped before."""
        with self._changed:
            if self._stopped or len(self._waiting) >= MOST_WAITING:
                return
            heapq.heappush(self._waiting, (time.monotonic() + seconds, next(self._order), function))
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="playground-postponed", daemon=True
                )
                self._thread.start()
            self._changed.notify()

    def call_instead(self, seconds: float, function: Callable[[], object]) -> None:
        """Call `function` after so many real seconds in place of all that is waiting."""
        with self._changed:
            self._waiting.clear()
            self.call(seconds, function)

    def stop(self) -> None:
        """Forget every call that is not under way."""
        with self._changed:
            self._stopped = True
            self._waiting.clear()
            self._changed.notify()

    def _run(self) -> None:
        while (function := self._next_due()) is not None:
            try:
                function()
            except Exception:  # noqa: BLE001 - the outermost boundary of a call
                _log.exception("a postponed call failed")

    def _next_due(self) -> Callable[[], object] | None:
        with self._changed:
            while not self._stopped:
                wait = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(wait)
            return None
