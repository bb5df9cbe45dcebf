"""The delivery ledger's rows: what is to be sent, once, and how far that has come.

A row holds references, never text: it is rendered when it is claimed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum


class DeliveryKind(StrEnum):
    """What is sent."""

    REMINDER = "reminder"
    SUMMARY = "summary"
    UNDELIVERED = "undelivered"
    CHANNEL_LOST = "channel_lost"


ALARMS = frozenset({DeliveryKind.UNDELIVERED, DeliveryKind.CHANNEL_LOST})
"""What coordinators are told about the ledger itself. Nothing is told about these."""


class Lane(StrEnum):
    """What a row asks of the platform next; each has a rate of its own."""

    POST = "post"
    CHANGE = "change"
    LOOK = "look"


class DeliveryStatus(StrEnum):
    """How far a delivery has come. PENDING and UNKNOWN rows are claimed again."""

    PENDING = "pending"
    CLAIMED = "claimed"
    UNKNOWN = "unknown"
    SENT = "sent"
    NOT_NEEDED = "not_needed"
    CANCELLED = "cancelled"
    DEAD = "dead"

    @property
    def is_final(self) -> bool:
        """Whether nothing more becomes of such a row by itself."""
        return self in _FINAL


_FINAL = (
    DeliveryStatus.SENT,
    DeliveryStatus.NOT_NEEDED,
    DeliveryStatus.CANCELLED,
    DeliveryStatus.DEAD,
)


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where a message stands on its platform: conversation and message id."""

    conversation: str
    message: str


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A delivery to be enqueued. A second one with the same ``dedupe_key`` is not.

    ``edition`` numbers a message as it is changed: a summary's begin at 1. A reminder is 0 when
    it is sent; its changes count from 1. ``part`` is 1 for a reminder besides that of its day.
    """

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
    arrived. ``due_at`` is from when on it might have been claimed. ``first_attempt_at`` is since
    when it has been tried, or since it was requeued.
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
    due_at: datetime
    expires_at: datetime
    created_at: datetime
    first_attempt_at: datetime

    @property
    def may_be_there_since(self) -> datetime:
        """Before any attempt, of before it was requeued too; the clock may have been set back."""
        return min(self.created_at, self.first_attempt_at)

    @property
    def lane(self) -> Lane:
        """A later edition of a message changes it."""
        if self.was_unknown:
            return Lane.LOOK
        posted_as = 1 if self.kind is DeliveryKind.SUMMARY else 0
        changes = self.kind not in ALARMS and not self.part and self.edition > posted_as
        return Lane.CHANGE if changes else Lane.POST


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row as it stands, for people to see.

    ``next_attempt_at`` of a claimed row is the end of its lease. ``token`` is another each time
    that the row comes to its end.
    """

    id: int
    key: str
    kind: DeliveryKind
    programme_id: int
    period_id: int
    person_id: int | None
    edition: int
    part: int
    status: DeliveryStatus
    attempts: int
    token: int
    was_unknown: bool
    next_attempt_at: datetime
    created_at: datetime
    finished_at: datetime | None
    reason: str

    @property
    def is_in_doubt(self) -> bool:
        """Whether it was given up and may have arrived all the same."""
        return self.status is DeliveryStatus.DEAD and self.was_unknown


@dataclass(frozen=True, slots=True)
class Backlog:
    """What of the ledger is not finished: how many rows of each state, those planned ahead too.

    ``oldest_at`` is when the longest waiting of those that are due was first to be sent; None if
    none is due.
    """

    unfinished: Mapping[DeliveryStatus, int]
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A person's reminder of a day: to be sent from ``at`` on, or ``sent``, or ``cancelled``."""

    key: str
    at: datetime
    sent: bool
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class SentReminder:
    """A reminder that arrived, to be changed."""

    key: str
    programme_id: int
    period_id: int
    person_id: int


def reminder_key(person_id: int, day: date) -> str:
    """A person's reminder of a day, by their own clock: the only one that a plan makes of it."""
    return f"reminder:{person_id}:{day}"


def asked_key(person_id: int, at: datetime) -> str:
    """A reminder that somebody asked for besides, at that instant."""
    return f"reminder:{person_id}:{at.astimezone(UTC):%Y-%m-%dT%H:%M}"


def change_key(key: str, edition: int) -> str:
    """One change, from 1, of the message of that key."""
    return f"{key}#{edition}"


def changed_key(key: str) -> str:
    """The key of the message that a change is made to."""
    return key.rpartition("#")[0]


def summary_key(period_id: int, edition: int, part: int) -> str:
    """One message of an edition; part 0 is the one that stands in the channel."""
    return f"summary:{period_id}:{edition}:{part}"


def undelivered_key(batch: int, token: int, programme_id: int, person_id: int) -> str:
    """What a coordinator of a programme is told of one batch of dead rows.

    ``token`` is that of the row after which the batch is named: it may die again.
    """
    return f"undelivered:{batch}.{token}:{programme_id}:{person_id}"


def channel_lost_key(period_id: int, edition: int, person_id: int) -> str:
    """What a coordinator is told of an edition that has nowhere to go."""
    return f"channel_lost:{period_id}:{edition}:{person_id}"


LEASE = timedelta(seconds=60)
"""How long a claim holds; longer than the sending client's timeout."""

GRACE = timedelta(seconds=60)
"""How long to wait for a late landing before an unknown outcome is looked up."""

GIVEN_UP_AFTER = timedelta(hours=24)
"""For how long a row that is refused is tried again."""

MOST_BREAKDOWNS = 5
"""The attempt at which a row is given up if a bug of ours comes up in it."""

LONGEST_WAIT = timedelta(minutes=15)
"""Between two attempts of a row."""


def backoff(attempts: int, chance: float) -> timedelta:
    """How long to wait after that many failures; ``chance`` in [0, 1) is the jitter."""
    return min(timedelta(seconds=2.0 ** min(attempts, 12)), LONGEST_WAIT) * chance
