from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import islice

import pytest

from highlightbot.core.cadences import Cadence
from highlightbot.core.calendar_changes import move_cut_off
from highlightbot.core.calendars import Calendar
from highlightbot.core.periods import CutOff
from tests.core.calendars import FIRST, FORTNIGHTLY, ONE, SECOND, WEDNESDAY


def test_periods_to_come_follow_the_newest_one() -> None:
    coming = next(ONE.coming(date(2026, 11, 18)))
    assert (coming.starts_on, coming.ends_on) == (SECOND.starts_on, SECOND.ends_on)
    assert (coming.due_at, coming.closes_at) == (SECOND.due_at, SECOND.closes_at)
    assert coming.opens_at == datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "starts_on"),
    [
        (date(2026, 10, 1), date(2026, 11, 9)),
        (date(2026, 11, 9), date(2026, 11, 9)),
        (date(2026, 12, 8), date(2026, 12, 7)),
    ],
)
def test_a_new_calendar_begins_with_the_present_period_or_the_first(
    today: date, starts_on: date
) -> None:
    assert next(Calendar(FORTNIGHTLY, ()).coming(today)).starts_on == starts_on


def test_daily_periods_that_are_due_together_close_with_the_first_later_cut_off() -> None:
    daily = replace(FORTNIGHTLY, cadence=Cadence(1, "days", date(2026, 11, 9)))
    coming = islice(Calendar(daily, ()).coming(date(2026, 11, 20)), 3)  # Friday to Sunday
    tuesday, wednesday = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (24, 25))
    assert [(period.due_at, period.closes_at) for period in coming] == [
        (tuesday, wednesday),
        (tuesday, wednesday),
        (tuesday, wednesday),
    ]


def test_a_period_that_has_closed_stays_closed() -> None:
    later = replace(FORTNIGHTLY, cut_off=CutOff(5, time(17)))
    assert replace(ONE, timetable=later).settled(FIRST.closes_at) == replace(ONE, timetable=later)
    open_still = replace(ONE, timetable=later).settled(WEDNESDAY)
    assert open_still.newest.closes_at == datetime(2026, 12, 11, 17, tzinfo=UTC)


def test_no_period_is_due_before_one_whose_cut_off_was_moved_far() -> None:
    weekly = replace(FORTNIGHTLY, cadence=Cadence(1, "weeks", date(2026, 11, 9)))
    moved = move_cut_off(ONE, date(2026, 12, 7), None, WEDNESDAY)
    coming = next(replace(moved, timetable=weekly).coming(date(2026, 11, 23)))
    assert (coming.ends_on, coming.due_at) == (date(2026, 11, 29), moved.newest.due_at)
    assert coming.closes_at == datetime(2026, 12, 8, 12, tzinfo=UTC)
