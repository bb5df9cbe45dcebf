"""What coordinators are told when something does not arrive."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from highlightbot.core.deliveries import DeliveryKind
from highlightbot.core.periods import Period


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that was given up.

    ``recipient`` is a person's name, or None for the coordination channel. ``may_have_arrived``:
    nobody can tell. ``reason`` is the platform's, as it was recorded. ``edition`` numbers the
    message as it was changed, as in `NewDelivery`.
    """

    delivery_id: int
    kind: DeliveryKind
    recipient: str | None
    period: Period
    reason: str
    may_have_arrived: bool = False
    edition: int = 0


@dataclass(frozen=True, slots=True)
class MessagesUndelivered:
    """Messages of a programme that were given up together."""

    programme: str
    messages: tuple[Undelivered, ...]


@dataclass(frozen=True, slots=True)
class SummaryWaiting:
    """A summary that cannot be posted, as its channel is closed to the bot."""

    programme: str
    channel: str | None
    period: Period
    due_at: datetime
    zone: ZoneInfo
    reason: str


Alarm = MessagesUndelivered | SummaryWaiting
