from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from highlightbot.core.deliveries import (
    LEASE,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    Lane,
    MessageRef,
    NewDelivery,
)
from highlightbot.core.pacing import LONGEST_CLOSURE, Openings, Pace, Rate
from highlightbot.core.periods import Period
from highlightbot.workflows.deliver import claim_row
from tests.fakes.messenger import FakeMessenger
from tests.samples import ALEX, BO, CASEY, KIM, NOW, Stored

SECOND = timedelta(seconds=1)
RATE = Rate(2 * SECOND, burst=3)
PACE = Pace({Lane.POST: RATE}, a_place=SECOND)


@pytest.fixture
def period(stored: Stored) -> Period:
    return stored.open_period()


def take(stored: Stored, now: datetime, rate: Rate = RATE) -> bool:
    with stored.database.writing() as unit:
        return unit.pacing.take(Lane.POST, rate, now)


def openings(stored: Stored, now: datetime) -> Openings:
    with stored.database.reading() as unit:
        return unit.pacing.openings(PACE, now)


def test_a_lane_takes_its_burst_and_then_its_rate(stored: Stored) -> None:
    assert [take(stored, NOW) for _ in range(4)] == [True, True, True, False]
    assert openings(stored, NOW).free_at == {
        Lane.POST: NOW + 2 * SECOND,
        Lane.CHANGE: NOW,
        Lane.LOOK: NOW,
    }
    assert not take(stored, NOW + 2 * SECOND - timedelta(microseconds=1))
    assert [take(stored, NOW + 2 * SECOND) for _ in range(2)] == [True, False]


def test_a_rest_gives_back_no_more_than_the_burst(stored: Stored) -> None:
    take(stored, NOW)
    later = NOW + timedelta(hours=3)
    assert [take(stored, later) for _ in range(4)] == [True, True, True, False]


def test_a_call_that_is_not_made_is_given_back(stored: Stored) -> None:
    assert [take(stored, NOW) for _ in range(3)] == [True] * 3
    with stored.database.writing() as unit:
        unit.pacing.give_back(Lane.POST, RATE)
    assert [take(stored, NOW) for _ in range(2)] == [True, False]


def test_a_clock_set_back_does_not_hold_up_a_lane(stored: Stored) -> None:
    assert [take(stored, NOW) for _ in range(3)] == [True] * 3
    before = NOW - timedelta(hours=2)
    assert openings(stored, before).free_at[Lane.POST] == before
    assert [take(stored, before) for _ in range(4)] == [True, True, True, False]


def test_all_who_share_the_database_get_one_burst(stored: Stored) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take(stored, NOW), range(40)))
    assert taken.count(True) == 3


def test_closing_closes_every_lane_until_the_latest_that_was_told(stored: Stored) -> None:
    until = NOW + 30 * SECOND
    with stored.database.writing() as unit:
        unit.pacing.close(until, NOW, refused_since=None)
        unit.pacing.close(NOW + 10 * SECOND, NOW, refused_since=None)
    closed = Openings(dict.fromkeys(Lane, until), until, None)
    assert openings(stored, NOW) == closed
    assert openings(stored, until).closed_until == until


def test_a_closure_from_before_the_clock_was_set_back_does_not_hold(stored: Stored) -> None:
    with stored.database.writing() as unit:
        unit.pacing.close(NOW + 30 * SECOND, NOW, refused_since=None)
    before = NOW - LONGEST_CLOSURE
    assert openings(stored, before).closed_until == before
    with stored.database.writing() as unit:
        unit.pacing.close(before + SECOND, before, refused_since=None)
    assert openings(stored, before).closed_until == before + SECOND


def test_a_refusal_of_the_bot_is_known_until_it_is_accepted(stored: Stored) -> None:
    with stored.database.writing() as unit:
        unit.pacing.close(NOW + SECOND, NOW, refused_since=NOW)
    assert openings(stored, NOW + 5 * SECOND).refused_since == NOW
    assert openings(stored, NOW - SECOND).refused_since == NOW - SECOND
    with stored.database.writing() as unit:
        unit.pacing.accepted()
    later = NOW + SECOND
    assert openings(stored, later) == Openings(dict.fromkeys(Lane, later), later, None)


def test_what_is_accepted_does_not_end_the_wait_that_another_was_asked_for(stored: Stored) -> None:
    until = NOW + 600 * SECOND
    with stored.database.writing() as unit:
        unit.pacing.close(until, NOW, refused_since=NOW)
        unit.pacing.accepted()
    assert openings(stored, NOW) == Openings(dict.fromkeys(Lane, until), until, None)


def claim(stored: Stored, now: datetime = NOW, *lanes: Lane) -> Delivery | None:
    with stored.database.writing() as unit:
        return unit.deliveries.claim(now, LEASE, lanes or tuple(Lane), SECOND)


@pytest.fixture
def to_alex(stored: Stored, period: Period) -> Iterator[NewDelivery]:
    """Two messages to Alex and one to Bo, in this order, as claimed by `claim`."""
    to_alex = stored.reminder(period, "alex 1", after=-3 * SECOND)
    to_bo = stored.reminder(period, "bo", after=-SECOND)
    rows = [
        to_alex,
        stored.reminder(period, "alex 2", after=-2 * SECOND),
        replace(to_bo, person_id=stored.people[BO]),
    ]
    with stored.database.writing() as unit:
        for row in rows:
            unit.deliveries.enqueue(row, NOW)
    return to_alex


@pytest.mark.usefixtures("to_alex")
def test_one_message_at_a_time_is_on_its_way_to_a_place(stored: Stored) -> None:
    first, other = claim(stored), claim(stored)
    assert first is not None
    assert other is not None
    assert (first.key, other.key, claim(stored)) == ("alex 1", "bo", None)
    with stored.database.writing() as unit:
        unit.deliveries.finish(first, DeliveryStatus.SENT, NOW, ref=MessageRef("D", "1"))
    assert claim(stored, NOW + SECOND - timedelta(microseconds=1)) is None
    second = claim(stored, NOW + SECOND)
    assert second is not None
    assert second.key == "alex 2"


@pytest.mark.usefixtures("to_alex")
def test_a_message_from_before_the_clock_was_set_back_does_not_hold_its_place(
    stored: Stored,
) -> None:
    first = claim(stored)
    assert first is not None
    with stored.database.writing() as unit:
        ahead = NOW + timedelta(hours=5)
        unit.deliveries.finish(first, DeliveryStatus.SENT, ahead, ref=MessageRef("D", "1"))
    second = claim(stored)
    assert second is not None
    assert second.key == "alex 2"


@pytest.mark.usefixtures("to_alex")
def test_a_refused_message_holds_up_no_other_to_its_place(stored: Stored) -> None:
    first = claim(stored)
    assert first is not None
    with stored.database.writing() as unit:
        unit.deliveries.finish(first, DeliveryStatus.DEAD, NOW)
    second = claim(stored)
    assert second is not None
    assert second.key == "alex 2"


def test_a_lane_that_is_not_free_holds_up_no_other(stored: Stored, period: Period) -> None:
    def row(key: str, kind: DeliveryKind, person: int | None, edition: int, part: int) -> None:
        new = NewDelivery(
            key,
            kind,
            stored.programme_id,
            period.id,
            NOW,
            period.closes_at,
            person_id=person,
            edition=edition,
            part=part,
        )
        with stored.database.writing() as unit:
            unit.deliveries.enqueue(new, NOW)

    row("change of a summary", DeliveryKind.SUMMARY, None, 2, 0)
    row("alarm", DeliveryKind.UNDELIVERED, stored.people[ALEX], 7, 0)
    assert claim(stored, NOW, Lane.LOOK) is None
    posted = claim(stored, NOW, Lane.POST, Lane.LOOK)
    assert posted is not None
    assert (posted.key, posted.lane) == ("alarm", Lane.POST)
    with stored.database.writing() as unit:
        unit.deliveries.put_back(posted, NOW, unknown=True, reason="timeout")
    changed = claim(stored, NOW, Lane.POST, Lane.CHANGE)
    assert changed is not None
    assert changed.lane is Lane.CHANGE
    looked_up = claim(stored, NOW, Lane.LOOK)
    assert looked_up is not None
    assert looked_up.lane is Lane.LOOK


def test_a_threads_message_is_posted_whatever_its_edition(stored: Stored, period: Period) -> None:
    new = NewDelivery(
        "part",
        DeliveryKind.SUMMARY,
        stored.programme_id,
        period.id,
        NOW,
        period.closes_at,
        edition=3,
        part=2,
    )
    with stored.database.writing() as unit:
        unit.deliveries.enqueue(new, NOW)
    claimed = claim(stored, NOW, Lane.POST)
    assert claimed is not None
    assert claimed.lane is Lane.POST


def test_replicas_that_race_claim_no_faster_than_the_rate(stored: Stored, period: Period) -> None:
    """What was claimed without getting the slot can be claimed again, as if nothing had been."""
    new = stored.reminder(period, "row")
    with stored.database.writing() as unit:
        for person in (ALEX, BO, CASEY, KIM):
            person_id = stored.people[person]
            row = replace(new, dedupe_key=f"to {person_id}", person_id=person_id)
            unit.deliveries.enqueue(row, NOW)
    messenger = FakeMessenger(pace=Pace({Lane.POST: Rate(timedelta(hours=1))}))
    barrier = Barrier(4)

    def race(_: int) -> bool:
        barrier.wait(30)
        return claim_row(stored.database, messenger, NOW) is not None

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(race, range(4))).count(True) == 1
    with stored.database.reading() as unit:
        rows = unit.ledger.rows([DeliveryStatus.PENDING], 9)
    assert [row.attempts for row in rows] == [0, 0, 0]
