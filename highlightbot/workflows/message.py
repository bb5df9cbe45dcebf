"""What the ledger's mechanism asks of the message that a row stands for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from highlightbot.core.deliveries import Delivery, MessageRef, NewDelivery
from highlightbot.workflows.ports import Database, Messenger, UnitOfWork


class OutgoingMessage(Protocol):
    """A row's message as it is to be sent now. Both ways to the platform raise DeliveryFailure."""

    def find(self, messenger: Messenger, delivery: Delivery) -> MessageRef | None:
        """Where an earlier attempt arrived after all; None to send it."""
        ...

    def begin(self, database: Database, delivery: Delivery) -> None:
        """Keep what it is about to tell: once it is sent, nobody may be left to do so."""
        ...

    def transmit(self, messenger: Messenger, delivery: Delivery) -> MessageRef:
        """Send it, or change what stands there."""
        ...

    def following(
        self, messenger: Messenger, delivery: Delivery, now: datetime, *, sent: bool
    ) -> NewDelivery | None:
        """The row that comes after this one; ``sent`` is False where this one is given up."""
        ...

    def begin_anew(self, unit: UnitOfWork) -> bool:
        """What it was to change is gone: have the row send it instead; False to let it be."""
        ...

    def record(self, unit: UnitOfWork, delivery: Delivery) -> None:
        """Keep what the message told, in the transaction that finishes the row.

        Called where it was sent, and where it is given up because the platform will never take
        it.
        """
        ...


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """The row has become pointless."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """The row has to wait."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The row's time is over and the message was wanted."""

    reason: str


NOT_ON_PLATFORM = "their e-mail address is nobody's on the platform"
"""Why a row waits for its person to be found; the log and the ledger hold no addresses."""

Prepared = OutgoingMessage | NotNeeded | NotYet | GivenUp
