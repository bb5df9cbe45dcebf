"""The delivery ledger as people see it, and what can be asked of its rows."""

from dataclasses import dataclass
from datetime import datetime

from highlightbot.core.deliveries import DeliveryKind, DeliveryStatus, LedgerRow
from highlightbot.core.periods import Period


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, with whom it is for and about what, in words."""

    row: LedgerRow
    what: str
    to: str


def what_is_sent(row: LedgerRow, period: Period) -> str:
    """The message in words: "summary of 7–20 November 2026, edition 2, part 3"."""
    about = period.bounds
    match row.kind:
        case DeliveryKind.REMINDER:
            return f"{'update of the reminder' if row.edition else 'reminder'} for {about}"
        case DeliveryKind.SUMMARY:
            part = f", part {row.part}" if row.part else ""
            return f"summary of {about}, edition {row.edition}{part}"
        case DeliveryKind.UNDELIVERED:
            return "what did not arrive"
        case DeliveryKind.CHANNEL_LOST:
            return f"no channel for the summary of {about}"


def why_not_requeued(row_id: int, row: LedgerRow | None) -> str:
    """Why a row cannot be tried anew."""
    if row is None:
        return _no_such(row_id)
    match row.status:
        case DeliveryStatus.SENT:
            return f"Delivery {row.id} was sent{_at(row.finished_at)}: it is not sent twice."
        case DeliveryStatus.NOT_NEEDED:
            return f"Delivery {row.id} is not needed any more: {row.reason}."
        case DeliveryStatus.CANCELLED:
            return f"Delivery {row.id} was cancelled{_at(row.finished_at)}: it is not sent."
        case _:
            return f"Delivery {row.id} is being tried as it is: there is nothing to requeue."


def why_not_cancelled(row_id: int, row: LedgerRow | None) -> str:
    """Why a row cannot be called off."""
    if row is None:
        return _no_such(row_id)
    match row.status:
        case DeliveryStatus.SENT:
            return f"Delivery {row.id} was sent{_at(row.finished_at)}: it cannot be called back."
        case DeliveryStatus.NOT_NEEDED:
            return f"Delivery {row.id} is not sent anyway: {row.reason}."
        case DeliveryStatus.CANCELLED:
            return f"Delivery {row.id} was cancelled{_at(row.finished_at)}."
        case _:
            return f"Delivery {row.id} is on its way just now: ask again in a minute."


def _no_such(row_id: int) -> str:
    return f"There is no delivery {row_id}: `python bot.py deliveries` lists them."


def _at(at: datetime | None) -> str:
    return "" if at is None else f" at {at:%Y-%m-%d %H:%M} UTC"
