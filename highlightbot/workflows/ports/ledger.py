"""The delivery ledger, and how fast it may be worked off."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from highlightbot.core.deliveries import (
    Backlog,
    Delivery,
    DeliveryStatus,
    Lane,
    LedgerRow,
    MessageRef,
    NewDelivery,
)
from highlightbot.core.pacing import Openings, Pace, Rate


class Deliveries(Protocol):
    """The delivery ledger, as it is worked off."""

    def enqueue(self, delivery: NewDelivery, now: datetime) -> bool:
        """Add a row; False if its dedupe key is there already."""
        ...

    def claim(
        self,
        now: datetime,
        lease: timedelta,
        lanes: Collection[Lane] = tuple(Lane),
        rest: timedelta = timedelta(),
    ) -> Delivery | None:
        """Take one due row of the lanes with a lease and a fresh token, oldest first.

        Not one to a place, a person or a programme's channel, to which another is on its way, or
        was sent less than ``rest`` ago.
        """
        ...

    def next_attempt_at(self) -> datetime | None:
        """When the next row can be claimed, at the earliest; None where there is none."""
        ...

    def has_stale(self, now: datetime, lease: timedelta) -> bool:
        """Whether `free_stale` has anything to do."""
        ...

    def free_stale(self, now: datetime, lease: timedelta) -> int:
        """Have what nobody will come back to looked up or tried after a grace; gives how many.

        That is what was claimed and whose lease has run out, and what waits longer than any
        lease or wait lasts, as the clock was set back.
        """
        ...

    def finish(
        self,
        delivery: Delivery,
        status: DeliveryStatus,
        now: datetime,
        *,
        ref: MessageRef | None = None,
        reason: str = "",
    ) -> bool:
        """Record a final outcome; False, and nothing written, if the token is no longer held."""
        ...

    def put_back(self, delivery: Delivery, until: datetime, *, unknown: bool, reason: str) -> bool:
        """Hand a row back, to be claimed from ``until`` on; False if the token is not held."""
        ...

    def hand_back(self, delivery: Delivery, until: datetime, *, reason: str) -> bool:
        """Put back a row as if it had not been claimed: what was tried before still counts."""
        ...


class Ledger(Protocol):
    """What stands in the delivery ledger, for people to see and to mend."""

    def waits_because(self, period_id: int, edition: int) -> str | None:
        """Why the edition's first message that is not sent waits; None if all are finished."""
        ...

    def untold_dead(self) -> Sequence[LedgerRow]:
        """Dead rows that are in no batch, without alarms."""
        ...

    def tell(self, ids: Collection[int], batch: int) -> int:
        """Put dead rows into a batch; gives how many were in none."""
        ...

    def told_in(self, batch: int) -> Sequence[LedgerRow]:
        """The rows of a batch that are still dead."""
        ...

    def rows(self, states: Collection[DeliveryStatus], most: int) -> Sequence[LedgerRow]:
        """The newest rows in these states, newest first."""
        ...

    def row(self, row_id: int) -> LedgerRow | None:
        """One row."""
        ...

    def requeue(self, row_id: int, now: datetime, *, unknown: bool) -> bool:
        """Have a dead row tried anew, for a day; False if it is not dead.

        ``unknown``: it is looked up first.
        """
        ...

    def cancel(self, row_id: int, now: datetime) -> bool:
        """Have a row not sent any more; False if it is on its way or at its end."""
        ...

    def backlog(self, now: datetime) -> Backlog:
        """What is not finished at that instant."""
        ...

    def heads(self, period_id: int) -> Sequence[LedgerRow]:
        """Of each edition of the summary the row that posts or changes it, by edition."""
        ...

    def unfinished_editions(self, period_id: int) -> frozenset[int]:
        """Those of which a row is neither sent, unneeded, cancelled nor dead."""
        ...


class Pacing(Protocol):
    """How fast the platform is asked, by all who share the database."""

    def openings(self, pace: Pace, now: datetime) -> Openings:
        """Where something can be sent, and when."""
        ...

    def take(self, lane: Lane, rate: Rate, now: datetime) -> bool:
        """Count one call; False, and nothing counted, if it comes too soon."""
        ...

    def give_back(self, lane: Lane, rate: Rate) -> None:
        """The call that was counted is not made."""
        ...

    def close(self, until: datetime, now: datetime, *, refused_since: datetime | None) -> None:
        """No lane can be used before then. ``refused_since``: the platform refuses the bot."""
        ...

    def accepted(self) -> None:
        """The platform refuses the bot no more; until when it asked to wait still holds."""
        ...
