"""A clock that processes share, and that runs faster than the machine's."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from soak.offices import LAST_DAY


@dataclass(frozen=True, slots=True)
class QuickClock:
    """The Clock port, ``speed`` times as fast as the machine's since ``started``, in its seconds.

    Leases and graces pass in the same proportion.
    """

    started: float
    speed: int

    def now(self) -> datetime:
        """The present instant, beginning with `LAST_DAY`."""
        return LAST_DAY + timedelta(seconds=(time.time() - self.started) * self.speed)
