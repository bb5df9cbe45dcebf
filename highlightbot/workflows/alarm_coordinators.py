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
from highlightbot.core.programmes import Programme
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
        with database.writing() as unit:
            told += _tell(unit, programme_id, now)
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
    for alarm in _alarms(programme, newest, now):
        unit.deliveries.enqueue(alarm, now)
    return unit.ledger.tell([row.id for row in dead], newest.id)


def _alarms(programme: Programme, newest: LedgerRow, now: datetime) -> list[NewDelivery]:
    return [
        NewDelivery(
            dedupe_key=undelivered_key(newest.id, programme.id, person.id),
            kind=DeliveryKind.UNDELIVERED,
            programme_id=programme.id,
            period_id=newest.period_id,
            person_id=person.id,
            edition=newest.id,
            not_before=now,
            expires_at=now + _LIFETIME,
        )
        for person in programme.coordinators
    ]
