"""The Clock port, standing still until it is set."""

from datetime import datetime, timedelta


class FakeClock:
    """Tells ``instant``, which a test may set or move on."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant

    def move_on(self, by: timedelta) -> None:
        self.instant += by
