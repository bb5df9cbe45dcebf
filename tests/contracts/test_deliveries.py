from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from highlightbot.core.deliveries import (
    GRACE,
    LEASE,
    LONGEST_WAIT,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    Lane,
    MessageRef,
    NewDelivery,
)
from highlightbot.core.pacing import LONGEST_CLOSURE
from highlightbot.core.periods import Period
from tests.samples import ALEX, BO, CASEY, NOW, Stored

SECOND = timedelta(seconds=1)


@pytest.fixture
def period(stored: Stored) -> Period:
    return stored.open_period()


def enqueue(stored: Stored, *deliveries: NewDelivery) -> list[bool]:
    with stored.database.writing() as unit:
        return [unit.deliveries.enqueue(delivery, NOW) for delivery in deliveries]


def claim(stored: Stored, now: datetime = NOW) -> Delivery | None:
    with stored.database.writing() as unit:
        return unit.deliveries.claim(now, LEASE)


def claimed(stored: Stored, now: datetime = NOW) -> Delivery:
    delivery = claim(stored, now)
    assert delivery is not None
    return delivery


def finish(stored: Stored, delivery: Delivery, status: DeliveryStatus, now: datetime = NOW) -> bool:
    with stored.database.writing() as unit:
        return unit.deliveries.finish(delivery, status, now, ref=MessageRef("D-1", "1.0"))


def put_back(stored: Stored, delivery: Delivery, until: datetime, *, unknown: bool) -> bool:
    with stored.database.writing() as unit:
        return unit.deliveries.put_back(delivery, until, unknown=unknown, reason="a \x00 reason")


def test_same_key_is_enqueued_once(stored: Stored, period: Period) -> None:
    reminder = stored.reminder(period, "k1")
    assert enqueue(stored, reminder, reminder, stored.reminder(period, "k2")) == [True, False, True]
    assert enqueue(stored, reminder) == [False]


def test_same_key_is_not_enqueued_after_it_was_sent(stored: Stored, period: Period) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    assert finish(stored, claimed(stored), DeliveryStatus.SENT)
    assert enqueue(stored, stored.reminder(period, "k1")) == [False]


def test_claimed_row_is_given_whole(stored: Stored, period: Period) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    delivery = claimed(stored, NOW + SECOND)
    assert delivery == Delivery(
        id=delivery.id,
        key="k1",
        kind=DeliveryKind.REMINDER,
        programme_id=stored.programme_id,
        period_id=period.id,
        person_id=stored.people[ALEX],
        edition=0,
        part=0,
        attempts=1,
        token=1,
        was_unknown=False,
        due_at=NOW,
        expires_at=period.due_at,
        created_at=NOW,
        first_attempt_at=NOW + SECOND,
    )


def test_claims_are_oldest_first_and_only_what_is_due(stored: Stored, period: Period) -> None:
    rows = [("later", 2 * SECOND, BO), ("second", SECOND, CASEY), ("first", 0 * SECOND, ALEX)]
    for key, after, person in rows:
        row = stored.reminder(period, key, after=after)
        enqueue(stored, replace(row, person_id=stored.people[person]))
    claims = [claim(stored, NOW + SECOND) for _ in range(3)]
    assert [one and one.key for one in claims] == ["first", "second", None]


def free_stale(stored: Stored, now: datetime) -> int:
    with stored.database.reading() as unit:
        has_stale = unit.deliveries.has_stale(now, LEASE)
    with stored.database.writing() as unit:
        freed = unit.deliveries.free_stale(now, LEASE)
    assert has_stale == (freed > 0)
    return freed


def test_claimed_row_is_looked_up_a_grace_after_its_lease_ran_out(
    stored: Stored, period: Period
) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    first = claimed(stored)
    assert free_stale(stored, NOW + LEASE - SECOND) == 0
    assert claim(stored, NOW + LEASE) is None
    assert free_stale(stored, NOW + LEASE) == 1
    assert claim(stored, NOW + LEASE + GRACE - SECOND) is None
    again = claimed(stored, NOW + LEASE + GRACE)
    assert again == replace(
        first, attempts=2, token=3, was_unknown=True, due_at=NOW + LEASE + GRACE
    )
    assert again.lane is Lane.LOOK
    assert not finish(stored, first, DeliveryStatus.SENT)


def test_lease_from_before_the_clock_was_set_back_does_not_hold(
    stored: Stored, period: Period
) -> None:
    hour_ago = NOW - timedelta(hours=1)
    enqueue(stored, replace(stored.reminder(period, "k1"), not_before=hour_ago))
    claimed(stored, NOW)
    assert free_stale(stored, hour_ago) == 1
    assert claim(stored, hour_ago) is None
    assert claimed(stored, hour_ago + GRACE).was_unknown


def test_lease_of_a_machine_whose_clock_is_ahead_holds(stored: Stored, period: Period) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    first = claimed(stored)
    assert free_stale(stored, NOW - 30 * SECOND) == 0
    assert finish(stored, first, DeliveryStatus.SENT)


def test_what_backed_off_before_the_clock_was_set_back_waits_no_longer(
    stored: Stored, period: Period
) -> None:
    hour_ago = NOW - timedelta(hours=1)
    enqueue(stored, replace(stored.reminder(period, "k1"), not_before=hour_ago))
    put_back(stored, claimed(stored), NOW + LONGEST_WAIT, unknown=False)
    assert free_stale(stored, NOW) == 0
    assert free_stale(stored, hour_ago) == 1
    assert not claimed(stored, hour_ago + GRACE).was_unknown


def test_what_was_handed_back_for_tomorrow_is_not_stale(stored: Stored, period: Period) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    first = claimed(stored)
    tomorrow = NOW + timedelta(days=1)
    with stored.database.writing() as unit:
        assert unit.deliveries.hand_back(first, tomorrow, reason="outside working hours")
        assert not unit.deliveries.hand_back(first, tomorrow, reason="not held")
    assert free_stale(stored, NOW) == 0
    again = claimed(stored, tomorrow)
    assert again == replace(first, token=2, first_attempt_at=tomorrow, due_at=tomorrow)


def test_what_was_tried_before_it_was_handed_back_still_counts(
    stored: Stored, period: Period
) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    first = claimed(stored)
    put_back(stored, first, NOW, unknown=False)
    tomorrow = NOW + timedelta(days=1)
    with stored.database.writing() as unit:
        second = unit.deliveries.claim(NOW, LEASE)
        assert second is not None
        unit.deliveries.hand_back(second, tomorrow, reason="outside working hours")
    assert free_stale(stored, NOW) == 0
    assert claimed(stored, tomorrow) == replace(first, attempts=2, token=3, due_at=tomorrow)


def test_what_waits_for_the_longest_rate_limit_is_not_stale(stored: Stored, period: Period) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    put_back(stored, claimed(stored), NOW + LONGEST_CLOSURE, unknown=False)
    assert free_stale(stored, NOW) == 0


def test_row_for_the_future_is_not_taken_for_a_lease(stored: Stored, period: Period) -> None:
    enqueue(stored, stored.reminder(period, "k1", after=timedelta(days=1)))
    assert claim(stored) is None


@pytest.mark.parametrize(
    "status", [DeliveryStatus.SENT, DeliveryStatus.NOT_NEEDED, DeliveryStatus.DEAD]
)
def test_finished_row_is_never_claimed_again(
    stored: Stored, period: Period, status: DeliveryStatus
) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    assert finish(stored, claimed(stored), status)
    assert claim(stored, NOW + timedelta(days=1)) is None
    assert claim(stored, NOW - timedelta(days=1)) is None


def test_put_back_is_claimed_again_from_then_on(stored: Stored, period: Period) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    first = claimed(stored)
    assert put_back(stored, first, NOW + timedelta(hours=1), unknown=False)
    assert claim(stored, NOW + timedelta(hours=1) - SECOND) is None
    again = claimed(stored, NOW + timedelta(hours=1))
    due_at = NOW + timedelta(hours=1)
    assert again == replace(first, attempts=2, token=2, due_at=due_at)


def test_unknown_outcome_stays_until_it_is_cleared(stored: Stored, period: Period) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    put_back(stored, claimed(stored), NOW, unknown=True)
    second = claimed(stored)
    assert second.was_unknown
    put_back(stored, second, NOW, unknown=True)
    third = claimed(stored)
    assert third.was_unknown
    put_back(stored, third, NOW, unknown=False)
    assert not claimed(stored).was_unknown


def test_who_lost_the_lease_writes_nothing(stored: Stored, period: Period) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    slow = claimed(stored)
    free_stale(stored, NOW + LEASE)
    quick = claimed(stored, NOW + LEASE + GRACE)
    assert not finish(stored, slow, DeliveryStatus.DEAD)
    assert not put_back(stored, slow, NOW, unknown=True)
    assert claim(stored, NOW + LEASE + GRACE) is None
    assert finish(stored, quick, DeliveryStatus.SENT)
    assert not finish(stored, quick, DeliveryStatus.DEAD)
    assert not put_back(stored, quick, NOW, unknown=False)
    assert claim(stored, NOW + timedelta(days=1)) is None


def test_who_handed_a_row_back_holds_it_no_longer(stored: Stored, period: Period) -> None:
    enqueue(stored, stored.reminder(period, "k1"))
    delivery = claimed(stored)
    assert put_back(stored, delivery, NOW, unknown=False)
    assert not finish(stored, delivery, DeliveryStatus.SENT)
    assert claimed(stored).attempts == 2


def test_unfinished_editions_are_those_of_one_period(stored: Stored, period: Period) -> None:
    def message(period: Period, edition: int, part: int) -> NewDelivery:
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

    other = stored.open_period(2)
    parts = [message(period, 1, part) for part in range(3)]
    enqueue(stored, *parts, message(period, 2, 0), message(period, 2, 1), message(other, 3, 0))
    enqueue(stored, stored.reminder(period, "k1", after=SECOND))
    with stored.database.reading() as unit:
        assert unit.ledger.unfinished_editions(period.id) == {1, 2}
    ends = (DeliveryStatus.SENT, DeliveryStatus.NOT_NEEDED, DeliveryStatus.DEAD)
    for status in ends:
        assert finish(stored, claimed(stored), status)
    with stored.database.reading() as unit:
        assert unit.ledger.unfinished_editions(period.id) == {2}
