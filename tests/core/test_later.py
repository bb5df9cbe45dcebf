from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.later import Later, LaterChoice, later_choices
from highlightbot.core.periods import Period, WorkingCalendar
from highlightbot.core.reminder_plan import STANDARD_PLAN
from tests.builders import PERIOD

LONDON = ZoneInfo("Europe/London")
TWO_HOURS, NEXT_MORNING, BEFORE_CUT_OFF = LaterChoice


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def choices(
    now: datetime, *periods: Period, zone: ZoneInfo = LONDON
) -> dict[LaterChoice, datetime]:
    """What can be chosen; the period is due on Tuesday the 24th at noon."""
    calendar = WorkingCalendar(frozenset({date(2026, 11, 19)}))
    found = later_choices(periods or (PERIOD,), STANDARD_PLAN.hours, zone, calendar, now)
    return {later.choice: later.at for later in found}


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        # Thursday is a holiday here, and before Monday comes a weekend.
        (at(18, 9), {TWO_HOURS: at(18, 11), NEXT_MORNING: at(20, 9), BEFORE_CUT_OFF: at(24, 11)}),
        (at(20, 9), {TWO_HOURS: at(20, 11), NEXT_MORNING: at(23, 9), BEFORE_CUT_OFF: at(24, 11)}),
        # Two hours from now nobody works any more.
        (at(20, 15, 30), {NEXT_MORNING: at(23, 9), BEFORE_CUT_OFF: at(24, 11)}),
        (at(24, 9), {TWO_HOURS: at(24, 11)}),
        (at(24, 9, 30), {BEFORE_CUT_OFF: at(24, 11), TWO_HOURS: at(24, 11, 30)}),
        # Within two hours of the cut-off there is nothing left but the hour before.
        (at(24, 10, 30), {BEFORE_CUT_OFF: at(24, 11)}),
        (at(24, 11, 30), {}),
        # Once it has passed, there is time until the period closes.
        (at(25, 9), {TWO_HOURS: at(25, 11), NEXT_MORNING: at(26, 9)}),
        (PERIOD.closes_at, {}),
    ],
)
def test_only_times_that_make_sense_are_offered(
    now: datetime, offered: dict[LaterChoice, datetime]
) -> None:
    assert choices(now) == offered


def test_the_earliest_comes_first() -> None:
    found = later_choices((PERIOD,), STANDARD_PLAN.hours, LONDON, WorkingCalendar(), at(24, 9, 30))
    assert found == (Later(BEFORE_CUT_OFF, at(24, 11)), Later(TWO_HOURS, at(24, 11, 30)))


def test_of_several_cut_offs_the_next_one_counts() -> None:
    earlier = replace(PERIOD, id=2, due_at=at(20, 16))
    assert choices(at(20, 9), PERIOD, earlier) == {
        TWO_HOURS: at(20, 11),
        BEFORE_CUT_OFF: at(20, 15),
    }


def test_times_are_those_of_the_persons_own_working_hours() -> None:
    """Noon in London is one in the night in Auckland; mornings there are evenings here."""
    auckland = ZoneInfo("Pacific/Auckland")
    assert choices(at(22, 21), zone=auckland) == {TWO_HOURS: at(22, 23), NEXT_MORNING: at(23, 20)}
