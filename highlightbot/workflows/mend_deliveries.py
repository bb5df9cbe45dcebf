"""Look at the delivery ledger, and have rows tried anew or called off."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from highlightbot.core.deliveries import DeliveryKind, DeliveryStatus, LedgerRow
from highlightbot.core.ledger import Entry, what_is_sent, why_not_cancelled, why_not_requeued
from highlightbot.core.programmes import Programme
from highlightbot.workflows.ports import Database, UnitOfWork
from highlightbot.workflows.publish_summaries import summary_message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row that was asked for, in a sentence."""

    done: bool
    sentence: str


def list_deliveries(unit: UnitOfWork, states: Collection[DeliveryStatus], most: int) -> list[Entry]:
    """The newest rows in these states, newest first."""
    programmes = {programme.id: programme for programme in unit.programmes.all()}
    names = {
        person.id: person.name for programme in programmes.values() for person in programme.people
    }
    return [
        Entry(
            row,
            what_is_sent(row, unit.periods.get(row.period_id)),
            _to(row, programmes, names),
        )
        for row in unit.ledger.rows(states, most)
    ]


def requeue_deliveries(
    database: Database, ids: Iterable[int], now: datetime, *, not_there: bool = False
) -> list[Outcome]:
    """Have dead rows tried anew; of those that may have arrived it is looked up first.

    ``not_there``: somebody has looked, and none of them is.
    """
    outcomes = []
    for row_id in ids:
        with database.writing() as unit:
            row = unit.ledger.row(row_id)
            look = row is not None and row.was_unknown and not not_there
            done = unit.ledger.requeue(row_id, now, unknown=look)
        if not done:
            sentence = why_not_requeued(row_id, row)
        elif look:
            sentence = f"Delivery {row_id} is looked up, and sent if it is not there."
        else:
            sentence = f"Delivery {row_id} is tried again."
        outcomes.append(Outcome(done, sentence))
    return outcomes


def cancel_deliveries(database: Database, ids: Iterable[int], now: datetime) -> list[Outcome]:
    """Have rows not sent any more."""
    outcomes = []
    for row_id in ids:
        with database.writing() as unit:
            done = unit.ledger.cancel(row_id, now)
            if done:
                unit.reminders.take_back(row_id)
            row = unit.ledger.row(row_id)
            goes_on = done and row is not None and _go_on_with_thread(unit, row, now)
        if not done:
            sentence = why_not_cancelled(row_id, row)
        elif goes_on:
            sentence = f"Delivery {row_id} is cancelled; what comes after it in its thread is sent."
        else:
            sentence = f"Delivery {row_id} is cancelled."
        outcomes.append(Outcome(done, sentence))
    return outcomes


def _go_on_with_thread(unit: UnitOfWork, row: LedgerRow, now: datetime) -> bool:
    if row.kind is not DeliveryKind.SUMMARY or not row.part:
        return False
    period = unit.periods.get(row.period_id)
    return unit.deliveries.enqueue(summary_message(period, row.edition, row.part + 1, now), now)


def _to(row: LedgerRow, programmes: dict[int, Programme], names: dict[int, str]) -> str:
    if row.person_id is not None:
        return names.get(row.person_id, "somebody who writes no more")
    return programmes[row.programme_id].channel or "no channel"
