"""The playground's clock, which a person can move so that a fortnight passes in a minute."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EARLIEST = datetime(2002, 1, 1, tzinfo=UTC)
LATEST = datetime(2286, 1, 1, tzinfo=UTC)
"""Between them Unix seconds have ten digits, so that timestamps are ordered as texts are."""


class MovableClock:
    """A running clock with an offset.

    It goes on ticking at the real rate after each move. Deadlines that Slack measures in seconds
    (acks, trigger ids, response URLs) do not use it.
    """

    def __init__(self, real_time: Callable[[], float] = time.time) -> None:
        self._real_time = real_time
        self._offset = timedelta()
        self._lock = threading.Lock()
        self._watchers: list[Callable[[], object]] = []

    def watch(self, moved: Callable[[], object]) -> None:
        """Call `moved` after each move, in the mover's thread."""
        self._watchers.append(moved)

    def now(self) -> datetime:
        """The playground's present instant, aware, in UTC."""
        with self._lock:
            return self._real_now() + self._offset

    def move_to(self, instant: datetime) -> None:
        """Make `instant` (aware; forward or back) the present one.

        ValueError if it is naive, or not between EARLIEST and LATEST.
        """
        if instant.tzinfo is None or not EARLIEST <= instant <= LATEST:
            raise ValueError("the clock can only be moved to an aware instant from 2002 to 2285")
        with self._lock:
            self._offset = instant.astimezone(UTC) - self._real_now()
        for moved in self._watchers:
            moved()

    def _real_now(self) -> datetime:
        return datetime.fromtimestamp(self._real_time(), UTC)


class MessageTimestamps:
    """Issues message timestamps: `seconds.micros` of the clock, never twice and always rising.

    A timestamp is a message's identity in its conversation, so the clock being moved back must
    not bring an old one again. https://docs.slack.dev/messaging
    """

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._last_micros = 0
        self._lock = threading.Lock()

    def issue(self) -> str:
        """The next timestamp, such as `1591969812.000200`."""
        with self._lock:
            now = int(self._clock.now().timestamp() * 1_000_000)
            self._last_micros = max(now, self._last_micros + 1)
            return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"
