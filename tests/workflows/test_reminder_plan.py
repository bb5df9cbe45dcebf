"""The reminders of a period: who gets which, and when."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from highlightbot.core.deliveries import LEASE, DeliveryStatus
from highlightbot.core.errors import NotDelivered
from highlightbot.core.reminder_plan import STANDARD_PLAN, ReminderTime
from highlightbot.core.reminders import Told
from highlightbot.workflows.deliver import claim_row
from highlightbot.workflows.delivery_outcomes import UNWATCHED, Attempt
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.remind_authors import remind_authors
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CLOSED,
    COORDINATORS_TURN,
    CUT_OFF,
    DAY,
    DEPUTIES_TURN,
    LAST_DAY,
    MONDAY,
    NUDGE,
    OVERDUE,
    TIMETABLE,
    Office,
    area,
)
from tests.workflows.ticking import live_through, tick


def test_a_whole_plan_of_one_area(office: Office, messenger: FakeMessenger) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    assert live_through(office, messenger) == [
        (LAST_DAY, "alex", "period_ended: Libraries"),
        (NUDGE, "alex", "due_soon: Libraries"),
        (OVERDUE, "alex", "overdue: Libraries"),
        (DEPUTIES_TURN, "bo", "deputy: Libraries"),
        (COORDINATORS_TURN, "kim", "coordinator: Libraries"),
    ]


def test_the_coordinators_list_follows_what_is_sent_at_the_same_time(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    sent = tick(office, messenger, COORDINATORS_TURN)  # the first one after an outage
    assert sorted(sent) == [("alex", "overdue: Libraries"), ("kim", "coordinator: Libraries")]
    tick(office, messenger, COORDINATORS_TURN + timedelta(minutes=5))
    (listed,) = (one for one in messenger.reminders.values() if one.person.name == "Kim")
    assert listed.due[0].told == (Told("Alex", COORDINATORS_TURN.date()),)
    changed = len(messenger.changed)
    tick(office, messenger, COORDINATORS_TURN + timedelta(minutes=10))
    assert len(messenger.changed) == changed  # nothing is left to be told


def test_the_coordinators_list_follows_what_is_sent_while_it_is_on_its_way(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    soon = COORDINATORS_TURN + LEASE * 0.9
    messenger.failures = [NotDelivered("not now")]  # of the author's
    messenger.while_accepting = [
        lambda: do_what_is_due(office.database, messenger, FakeClock(soon))
    ]
    tick(office, messenger, COORDINATORS_TURN)
    assert [sent.what for sent in messenger.sent[-2:]] == [
        "overdue: Libraries",
        "coordinator: Libraries",
    ]
    tick(office, messenger, soon)
    (listed,) = (one for one in messenger.reminders.values() if one.person.name == "Kim")
    assert listed.due[0].told == (Told("Alex", COORDINATORS_TURN.date()),)


def test_the_coordinator_hears_in_one_message_which_areas_are_missing(
    office: Office, messenger: FakeMessenger
) -> None:
    for now in (LAST_DAY, OVERDUE, DEPUTIES_TURN):
        tick(office, messenger, now)
    office.submit("Parks", "bo", DEPUTIES_TURN)
    sent = tick(office, messenger, COORDINATORS_TURN)
    assert sent == [("kim", "coordinator: Libraries, Housing")]
    libraries = list(messenger.reminders.values())[-1].due[0]
    assert [one.name for one in libraries.authors] == ["Alex"]
    assert [(one.person, one.on) for one in libraries.told] == [
        ("Alex", OVERDUE.date()),
        ("Bo", DEPUTIES_TURN.date()),
    ]


def test_several_nudges_come_each_on_its_day(office: Office, messenger: FakeMessenger) -> None:
    nudges = (ReminderTime(-1, time(14)), ReminderTime(0, time(9)))
    plan = replace(STANDARD_PLAN, due_soon=nudges, deputy=None, coordinator=None)
    timetable = replace(TIMETABLE, reminders=plan)
    office.declare(MONDAY, areas=(area("Parks", "bo"),), timetable=timetable)
    assert [(now, what) for now, _, what in live_through(office, messenger)] == [
        (LAST_DAY, "period_ended: Parks"),
        (NUDGE, "due_soon: Parks"),
        (CUT_OFF.replace(hour=9), "due_soon: Parks"),
        (OVERDUE, "overdue: Parks"),
    ]


def test_planning_twice_at_the_same_moment_makes_one_row_each(office: Office) -> None:
    assert remind_authors(office.database, LAST_DAY) == 3
    with office.database.writing() as unit:
        unit.looks.wake(programme_id=office.programme_id)
    assert remind_authors(office.database, LAST_DAY) == 0


def test_a_period_is_looked_at_only_when_somebody_may_be_due_something(office: Office) -> None:
    def waiting(now: datetime) -> list[int]:
        with office.database.reading() as unit:
            return unit.looks.due(now)

    remind_authors(office.database, LAST_DAY - timedelta(hours=1))
    assert waiting(LAST_DAY - timedelta(seconds=1)) == []
    assert len(waiting(LAST_DAY)) == 1
    remind_authors(office.database, LAST_DAY)
    assert waiting(LAST_DAY + timedelta(hours=3)) == []
    remind_authors(office.database, CLOSED)
    assert len(waiting(CLOSED + DAY)) == 1  # the clock may have been ahead
    remind_authors(office.database, CLOSED + 30 * DAY)
    assert waiting(CLOSED + 365 * DAY) == []


@pytest.mark.parametrize("step", [timedelta(hours=1), -timedelta(hours=1)])
def test_a_clock_that_is_set_while_planning_loses_and_doubles_nothing(
    office: Office, messenger: FakeMessenger, step: timedelta
) -> None:
    """Right before each stage the clock is wrong for one tick by an hour, and then right again."""
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    sent: list[str] = []
    start, end, hour = LAST_DAY - DAY, COORDINATORS_TURN + DAY, timedelta(hours=1)
    for on_the_hour in (start + number * hour for number in range((end - start) // hour)):
        half_past = on_the_hour + hour / 2
        by_day = (half_past,) if 8 <= half_past.hour < 19 else ()
        for now in (on_the_hour, half_past + step, *by_day):
            sent += [f"{who} {what}" for who, what in tick(office, messenger, now)]
    assert sent == [
        "alex period_ended: Libraries",
        "alex due_soon: Libraries",
        "alex overdue: Libraries",
        "bo deputy: Libraries",
        "kim coordinator: Libraries",
    ]


@pytest.mark.parametrize("unknown", [False, True], ids=["handed back", "sender killed"])
def test_a_reminder_claimed_by_a_clock_that_was_ahead_comes_when_it_is_due(
    office: Office, messenger: FakeMessenger, unknown: bool
) -> None:
    plan = replace(STANDARD_PLAN, due_soon=(ReminderTime(-1, time(15)),))
    timetable = replace(TIMETABLE, reminders=plan)
    office.declare(MONDAY, timetable=timetable, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    due_at = (CUT_OFF - DAY).replace(hour=15)
    remind_authors(office.database, due_at)
    claim = claim_row(office.database, messenger, due_at)
    assert claim is not None
    early = due_at - timedelta(hours=1)
    clock = FakeClock(early)
    delivery = replace(claim.delivery, was_unknown=unknown)
    attempt = Attempt(office.database, messenger, clock, UNWATCHED, delivery, None)
    attempt.was_put_off(early, "the lease would not have outlived the call")
    assert tick(office, messenger, early) == []
    with office.database.reading() as unit:
        row = unit.ledger.row(claim.delivery.id)
    assert row is not None
    assert row.status is DeliveryStatus.NOT_NEEDED
    assert tick(office, messenger, due_at) == [("alex", "due_soon: Libraries")]
