from datetime import datetime, timedelta

import pytest

from highlightbot.core.deliveries import Backlog, Delivery, DeliveryStatus, Lane
from highlightbot.core.periods import Period
from tests.samples import NOW, Stored

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def period(stored: Stored) -> Period:
    return stored.open_period()


def enqueue(stored: Stored, period: Period, **after: timedelta) -> None:
    with stored.database.writing() as unit:
        for key, wait in after.items():
            unit.deliveries.enqueue(stored.reminder(period, key, after=wait), NOW)


def claimed(stored: Stored, now: datetime) -> Delivery:
    with stored.database.writing() as unit:
        delivery = unit.deliveries.claim(now, timedelta(minutes=1), list(Lane), timedelta())
    assert delivery is not None
    return delivery


def backlog(stored: Stored, now: datetime) -> Backlog:
    with stored.database.reading() as unit:
        return unit.ledger.backlog(now)


def test_backlog_is_what_is_not_finished(stored: Stored, period: Period) -> None:
    assert backlog(stored, NOW) == Backlog({}, None)
    enqueue(stored, period, now=timedelta(), soon=SECOND, later=HOUR, tomorrow=24 * HOUR)
    first = claimed(stored, NOW)
    with stored.database.writing() as unit:
        unit.deliveries.finish(first, DeliveryStatus.SENT, NOW)
    assert backlog(stored, NOW) == Backlog({DeliveryStatus.PENDING: 3}, None)
    claimed(stored, NOW + 3 * SECOND)
    unfinished = {DeliveryStatus.CLAIMED: 1, DeliveryStatus.PENDING: 2}
    assert backlog(stored, NOW + 3 * SECOND) == Backlog(unfinished, NOW + 3 * SECOND)
    assert backlog(stored, NOW + 2 * HOUR) == Backlog(unfinished, NOW + 3 * SECOND)


def test_what_is_due_is_as_old_as_its_slot(stored: Stored, period: Period) -> None:
    enqueue(stored, period, soon=SECOND)
    assert backlog(stored, NOW + HOUR) == Backlog({DeliveryStatus.PENDING: 1}, NOW + SECOND)


def test_what_was_tried_in_vain_is_as_old_as_its_first_attempt(
    stored: Stored, period: Period
) -> None:
    enqueue(stored, period, k1=timedelta())
    delivery = claimed(stored, NOW)
    with stored.database.writing() as unit:
        unit.deliveries.put_back(delivery, NOW + 12 * HOUR, unknown=False, reason="refused")
    assert backlog(stored, NOW + 6 * HOUR) == Backlog({DeliveryStatus.PENDING: 1}, NOW)


def test_claimed_row_says_since_when_it_was_due(stored: Stored, period: Period) -> None:
    enqueue(stored, period, soon=SECOND)
    delivery = claimed(stored, NOW + HOUR)
    assert delivery.due_at == NOW + SECOND
    with stored.database.writing() as unit:
        unit.deliveries.put_back(delivery, NOW + 2 * HOUR, unknown=False, reason="refused")
    assert claimed(stored, NOW + 3 * HOUR).due_at == NOW + 2 * HOUR
