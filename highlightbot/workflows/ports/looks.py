"""When to look again who is to be reminded."""

from datetime import datetime
from typing import Protocol

from highlightbot.core.periods import Period


class Looks(Protocol):
    """When it is to be seen, period by period, who is due a reminder."""

    def due(self, now: datetime) -> list[int]:
        """The periods about which somebody may be due a reminder, the one that waits longest first.

        One that waits for longer than `LOOK_AT_LEAST` was last seen by a clock that was ahead. It
        costs the same however many periods there are of which none is due.
        """
        ...

    def hold(self, period_id: int, now: datetime) -> Period | None:
        """The period, held; None if it is not to be looked at any more, or somebody else does."""
        ...

    def again(self, period_id: int, at: datetime | None) -> None:
        """Have a held period looked at next at that instant; None never again."""
        ...

    def wake(
        self,
        *,
        period_id: int | None = None,
        programme_id: int | None = None,
        person_id: int | None = None,
    ) -> None:
        """Have the period, or the open ones of the programme or person, looked at at once.

        Whatever changes who is due what must call it.
        """
        ...
