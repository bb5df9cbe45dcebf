"""The delivery ledger's rows: what is to be sent, once, and how far that has come.

A row holds references, never text: it is rendered when it is claimed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from highlightbot.core.reminders import ReminderKind


class DeliveryKind(StrEnum):
    """What is sent. Kinds of reminders carry the names of `ReminderKind`."""

    PERIOD_ENDED = ReminderKind.PERIOD_ENDED.value
    DUE_SOON = ReminderKind.DUE_SOON.value
    OVERDUE = ReminderKind.OVERDUE.value
    SUMMARY = "summary"


class DeliveryStatus(StrEnum):
    """How far a delivery has come. PENDING and UNKNOWN rows are claimed again."""

    PENDING = "pending"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"
    SENT = "sent"
    NOT_NEEDED = "not_needed"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where a message stands on its platform: conversation and message id."""

    conversation: str
    message: str


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A delivery to be enqueued. A second one with the same ``dedupe_key`` is not."""

    dedupe_key: str
    kind: DeliveryKind
    programme_id: int
    period_id: int
    not_before: datetime
    expires_at: datetime
    person_id: int | None = None
    edition: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed row.

    ``key`` travels with the message so that it can be looked up. ``token`` fences: only its
    holder may write about the row. ``was_unknown`` says that an earlier attempt may have
    arrived; ``first_attempt_at`` bounds the search for it.
    """

    id: int
    key: str
    kind: DeliveryKind
    programme_id: int
    period_id: int
    person_id: int | None
    edition: int
    part: int
    attempts: int
    token: int
    was_unknown: bool
    expires_at: datetime
    first_attempt_at: datetime


def reminder_key(kind: ReminderKind, period_id: int, person_id: int) -> str:
    """One reminder of a kind to a person about a period, however many areas they write for."""
    return f"reminder:{kind}:{period_id}:{person_id}"


def summary_key(period_id: int, edition: int, part: int) -> str:
    """One message of an edition; part 0 is the one that stands in the channel."""
    return f"summary:{period_id}:{edition}:{part}"


LEASE = timedelta(seconds=60)
"""How long a claim holds; longer than the sending client's timeout."""

GRACE = timedelta(seconds=60)
"""How long to wait for a late landing before an unknown outcome is looked up."""

_LONGEST_WAIT = timedelta(minutes=15)


def backoff(attempts: int, chance: float) -> timedelta:
    """How long to wait after that many failures; ``chance`` in [0, 1) is the jitter."""
    return min(timedelta(seconds=2.0 ** min(attempts, 12)), _LONGEST_WAIT) * chance
