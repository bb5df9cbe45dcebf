"""`deliveries`: what the ledger holds, and a hand on it."""

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from highlightbot.cli.terminal import printable, show
from highlightbot.core.deliveries import DeliveryStatus
from highlightbot.core.ledger import Entry
from highlightbot.scheduling.clock import SystemClock
from highlightbot.settings import Settings
from highlightbot.wiring import present_database
from highlightbot.workflows.mend_deliveries import (
    Outcome,
    cancel_deliveries,
    list_deliveries,
    requeue_deliveries,
)

STATES = {
    "pending": (DeliveryStatus.PENDING, DeliveryStatus.CLAIMED),
    "unknown": (DeliveryStatus.UNKNOWN,),
    "dead": (DeliveryStatus.DEAD,),
    "sent": (DeliveryStatus.SENT,),
}
_UNSENT = (*STATES["pending"], *STATES["unknown"], *STATES["dead"])
_MOST = 200


def show_deliveries(settings: Settings, state: str | None, *, as_json: bool) -> int:
    """Print the newest rows in a state, or without one those that are not at a good end."""
    states = STATES[state] if state else _UNSENT
    with closing(present_database(settings)) as database, database.reading() as unit:
        entries = list_deliveries(unit, states, _MOST + 1)
    shown = entries[:_MOST]
    if as_json:
        print(json.dumps([_data(entry) for entry in shown], ensure_ascii=False, indent=2))
    elif not shown:
        print("There are none." if state else "Nothing waits to be sent, and nothing was given up.")
    else:
        show("\n".join(_table([_row(entry) for entry in shown])))
    if len(entries) > _MOST:
        print(f"These are the newest {_MOST}.", file=sys.stderr)
    return 0


def requeue(settings: Settings, ids: Sequence[int], *, not_there: bool) -> int:
    """Have dead rows tried anew; gives 1 if that could not be done to any of them."""
    with closing(present_database(settings)) as database:
        return _print(requeue_deliveries(database, ids, SystemClock().now(), not_there=not_there))


def cancel(settings: Settings, ids: Sequence[int]) -> int:
    """Have rows not sent any more; gives 1 if that could not be done to any of them."""
    with closing(present_database(settings)) as database:
        return _print(cancel_deliveries(database, ids, SystemClock().now()))


def _print(outcomes: Sequence[Outcome]) -> int:
    for outcome in outcomes:
        print(printable(outcome.sentence), file=sys.stdout if outcome.done else sys.stderr)
    return 0 if all(outcome.done for outcome in outcomes) else 1


_HEAD = ("id", "state", "attempts", "next", "to", "what", "reason")


def _row(entry: Entry) -> tuple[str, ...]:
    row = entry.row
    waits = row.finished_at is None
    return (
        str(row.id),
        _state(entry),
        str(row.attempts),
        f"{row.next_attempt_at:%Y-%m-%d %H:%M:%S}" if waits else "",
        " ".join(entry.to.split()),
        entry.what,
        " ".join(row.reason.split()),
    )


def _state(entry: Entry) -> str:
    return "dead?" if entry.row.is_in_doubt else entry.row.status.value


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(_HEAD, *rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (_HEAD, *rows)
    ]


def _data(entry: Entry) -> dict[str, Any]:
    row = entry.row
    return {
        "id": row.id,
        "kind": row.kind.value,
        "what": entry.what,
        "to": entry.to,
        "state": row.status.value,
        "may_have_arrived": row.was_unknown and row.status is not DeliveryStatus.SENT,
        "attempts": row.attempts,
        "next_attempt_at": None if row.finished_at else row.next_attempt_at.isoformat(),
        "created_at": row.created_at.isoformat(),
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
        "reason": row.reason,
    }
