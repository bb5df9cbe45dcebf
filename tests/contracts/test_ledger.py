from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from highlightbot.core.deliveries import (
    GIVEN_UP_AFTER,
    LEASE,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    LedgerRow,
    NewDelivery,
)
from highlightbot.core.periods import Period
from tests.samples import ALEX, NOW, Stored

HOUR = timedelta(hours=1)


@pytest.fixture
def period(stored: Stored) -> Period:
    return stored.open_period()


def claim(stored: Stored, now: datetime = NOW) -> Delivery:
    with stored.database.writing() as unit:
        delivery = unit.deliveries.claim(now, LEASE)
    assert delivery is not None
    return delivery


def die(stored: Stored, new: NewDelivery, *, unknown: bool = False) -> Delivery:
    """A row that was given up at once."""
    with stored.database.writing() as unit:
        assert unit.deliveries.enqueue(new, NOW)
        claimed = unit.deliveries.claim(NOW, LEASE)
        assert claimed is not None
        last = replace(claimed, was_unknown=unknown)
        unit.deliveries.finish(last, DeliveryStatus.DEAD, NOW, reason="refused")
    return claimed


def of_summary(stored: Stored, period: Period, edition: int, part: int) -> NewDelivery:
    return NewDelivery(
        f"summary:{period.id}:{edition}:{part}",
        DeliveryKind.SUMMARY,
        stored.programme_id,
        period.id,
        not_before=NOW,
        expires_at=period.closes_at,
        edition=edition,
        part=part,
    )


@pytest.mark.parametrize("unknown", [False, True])
@pytest.mark.parametrize("expires_in", [timedelta(), GIVEN_UP_AFTER, 2 * GIVEN_UP_AFTER])
def test_requeued_row_has_a_day_at_least(
    stored: Stored, period: Period, expires_in: timedelta, unknown: bool
) -> None:
    dead = die(stored, replace(stored.reminder(period, "k1"), expires_at=NOW + expires_in))
    with stored.database.writing() as unit:
        assert unit.ledger.requeue(dead.id, NOW + HOUR, unknown=unknown)
        assert not unit.ledger.requeue(dead.id, NOW + HOUR, unknown=unknown)
    assert claim(stored, NOW + HOUR) == replace(
        dead,
        token=3,
        was_unknown=unknown,
        due_at=NOW + HOUR,
        first_attempt_at=NOW + HOUR,
        expires_at=NOW + max(expires_in, HOUR + GIVEN_UP_AFTER),
    )


@pytest.mark.parametrize("unknown", [False, True])
def test_row_is_shown_whole(stored: Stored, period: Period, unknown: bool) -> None:
    delivery = die(stored, stored.reminder(period, "k1"), unknown=unknown)
    with stored.database.reading() as unit:
        row = unit.ledger.row(delivery.id)
        assert unit.ledger.row(delivery.id + 1) is None
    assert row == LedgerRow(
        id=delivery.id,
        key="k1",
        kind=DeliveryKind.REMINDER,
        programme_id=stored.programme_id,
        period_id=period.id,
        person_id=stored.people[ALEX],
        edition=0,
        part=0,
        status=DeliveryStatus.DEAD,
        attempts=1,
        token=1,
        was_unknown=unknown,
        next_attempt_at=NOW + LEASE,
        created_at=NOW,
        finished_at=NOW,
        reason="refused",
    )
    assert row.is_in_doubt == unknown


def test_heads_are_those_of_one_period_by_edition(stored: Stored, period: Period) -> None:
    other = stored.open_period(2)
    with stored.database.reading() as unit:
        assert list(unit.ledger.heads(period.id)) == []
    die(stored, of_summary(stored, period, 2, 0))
    die(stored, of_summary(stored, period, 2, 1))
    die(stored, of_summary(stored, other, 3, 0))
    die(stored, stored.reminder(period, "k1"))
    with stored.database.writing() as unit:
        unit.deliveries.enqueue(of_summary(stored, period, 1, 0), NOW)
        heads = [(row.edition, row.part, row.status) for row in unit.ledger.heads(period.id)]
    assert heads == [(1, 0, DeliveryStatus.PENDING), (2, 0, DeliveryStatus.DEAD)]
