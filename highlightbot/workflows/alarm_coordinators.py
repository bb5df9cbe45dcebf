"""Tell a programme's coordinators what does not arrive."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from highlightbot.core.deliveries import (
    Delivery,
    DeliveryKind,
    LedgerRow,
    NewDelivery,
    channel_lost_key,
    undelivered_key,
)
from highlightbot.core.people import Person
from highlightbot.core.programmes import Programme
from highlightbot.workflows.bounded import bounded
from highlightbot.workflows.ports import Database, UnitOfWork

_QUIET = timedelta(minutes=1)
_PATIENCE = timedelta(minutes=10)
_LIFETIME = timedelta(days=7)


def alarm_coordinators(database: Database, now: datetime) -> int:
    """Enqueue what coordinators are to be told of the rows that died; gives how many rows.

    Rows that die one after another of one cause are told of together: once a minute has passed
    without another death, or ten since the first.
    """
    with database.reading() as unit:
        dead = unit.ledger.untold_dead()
    if not dead or _may_go_on(dead, now):
        return 0
    told = 0
    for programme_id in dict.fromkeys(row.programme_id for row in dead):
        with bounded("programme", programme_id), database.writing() as unit:
            told += _tell(unit, programme_id, now)
    return told


def told_by(unit: UnitOfWork, row: LedgerRow) -> dict[int, int]:
    """The programmes of which a row tells, its own first, each with a period that it is about.

    One that was given up before the platform refused it for good has told of its own alone.
    """
    told = {row.programme_id: row.period_id}
    if row.kind is DeliveryKind.REMINDER and not row.edition:
        for report_id, _ in unit.reminders.shown_in(row.id):
            if report := unit.reports.get(report_id):
                told.setdefault(report.programme_id, report.period.id)
    return told


def summary_waits(unit: UnitOfWork, delivery: Delivery, now: datetime) -> None:
    """Enqueue, once an edition, that it waits for its channel."""
    if delivery.kind is not DeliveryKind.SUMMARY:
        return
    for person in unit.programmes.get(delivery.programme_id).coordinators:
        alarm = NewDelivery(
            dedupe_key=channel_lost_key(delivery.period_id, delivery.edition, person.id),
            kind=DeliveryKind.CHANNEL_LOST,
            programme_id=delivery.programme_id,
            period_id=delivery.period_id,
            person_id=person.id,
            edition=delivery.edition,
            not_before=now,
            expires_at=now + _LIFETIME,
        )
        unit.deliveries.enqueue(alarm, now)


def _may_go_on(dead: Sequence[LedgerRow], now: datetime) -> bool:
    died = [row.finished_at for row in dead if row.finished_at is not None]
    return _is_within(_QUIET, max(died), now) and _is_within(_PATIENCE, min(died), now)


def _is_within(span: timedelta, since: datetime, now: datetime) -> bool:
    """Not so if it lies ahead: the clock was set back."""
    return timedelta() <= now - since < span


def _tell(unit: UnitOfWork, programme_id: int, now: datetime) -> int:
    programme = unit.programmes.hold(programme_id)
    dead = [row for row in unit.ledger.untold_dead() if row.programme_id == programme_id]
    if not dead:
        return 0
    newest = max(dead, key=lambda row: row.id)
    told = {id_: period_id for row in dead for id_, period_id in told_by(unit, row).items()}
    for id_, period_id in told.items():
        concerned = programme if id_ == programme_id else unit.programmes.get(id_)
        for person in concerned.coordinators:
            # Who coordinates the rows' own programme is told of all of them there.
            if concerned is programme or person not in programme.coordinators:
                unit.deliveries.enqueue(_alarm(concerned, period_id, person, newest, now), now)
    return unit.ledger.tell([row.id for row in dead], newest.id)


def _alarm(
    programme: Programme, period_id: int, person: Person, newest: LedgerRow, now: datetime
) -> NewDelivery:
    return NewDelivery(
        dedupe_key=undelivered_key(newest.id, newest.token, programme.id, person.id),
        kind=DeliveryKind.UNDELIVERED,
        programme_id=programme.id,
        period_id=period_id,
        person_id=person.id,
        edition=newest.id,
        not_before=now,
        expires_at=now + _LIFETIME,
    )
