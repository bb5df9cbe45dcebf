from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.periods import WorkingCalendar
from highlightbot.core.reminder_plan import (
    PLANNED,
    STANDARD_PLAN,
    ReminderKind,
    ReminderTime,
    WorkingHours,
    format_reminder_time,
    parse_reminder_time,
    parse_working_hours,
)

ENDED, SOON, OVERDUE, DEPUTY, COORDINATOR = PLANNED
LONDON = ZoneInfo("Europe/London")
AUCKLAND = ZoneInfo("Pacific/Auckland")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026, in UTC, which is London's winter time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (at(20, 9), at(20, 9)),
        (at(20, 16, 59), at(20, 16, 59)),
        (at(20, 8, 59), at(20, 9)),
        (at(20, 17), at(23, 9)),
        (at(21, 12), at(23, 9)),
        (at(22, 23), at(23, 9)),
        (at(24, 23, 30), at(25, 9)),
    ],
)
def test_next_moment_waits_for_working_hours(now: datetime, moment: datetime) -> None:
    assert STANDARD_PLAN.hours.next_moment(now, LONDON, WorkingCalendar()) == moment


def test_next_moment_is_in_the_hours_of_the_authors_zone() -> None:
    """Friday 20:30 UTC is Saturday morning in Auckland; Monday there begins on Sunday here."""
    moment = STANDARD_PLAN.hours.next_moment(at(20, 20, 30), AUCKLAND, WorkingCalendar())
    assert moment == at(22, 20)


def test_next_moment_passes_over_public_holidays() -> None:
    calendar = WorkingCalendar(frozenset({date(2026, 11, 23)}))
    assert STANDARD_PLAN.hours.next_moment(at(21, 12), LONDON, calendar) == at(24, 9)


@pytest.mark.parametrize(
    ("wanted", "moment"),
    [
        (at(20, 9), at(20, 9)),
        (at(20, 16, 59), at(20, 16, 59)),
        (at(20, 17), at(20, 16)),
        (at(20, 8, 59), at(19, 16)),
        (at(22, 12), at(20, 16)),
        (at(23, 7), at(20, 16)),
    ],
)
def test_last_hour_is_that_of_the_working_day_before(wanted: datetime, moment: datetime) -> None:
    assert STANDARD_PLAN.hours.last_hour(wanted, LONDON, WorkingCalendar()) == moment


def test_last_hour_of_hours_that_are_shorter_begins_with_them() -> None:
    hours = WorkingHours(time(9), time(9, 30))
    assert hours.last_hour(at(20, 17), LONDON, WorkingCalendar()) == at(20, 9)


def test_next_moment_over_a_clock_change_is_at_the_local_hour() -> None:
    """Clocks go forward on Sunday 29 March 2026: Monday 09:00 is 08:00 UTC."""
    friday_night = datetime(2026, 3, 27, 22, tzinfo=UTC)
    moment = STANDARD_PLAN.hours.next_moment(friday_night, LONDON, WorkingCalendar())
    assert moment == datetime(2026, 3, 30, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "text", "moment"),
    [
        (ENDED, "on the last day, at 09:00", ReminderTime(0, time(9))),
        (ENDED, "On the last day at 9:00", ReminderTime(0, time(9))),
        (ENDED, "1 working day after the end, at 09:30", ReminderTime(1, time(9, 30))),
        (ENDED, "2 working days before the end, at 15:00", ReminderTime(-2, time(15))),
        (SOON, "1 working day before the cut-off, at 14:00", ReminderTime(-1, time(14))),
        (SOON, "on the day of the cut-off,  at 09:00", ReminderTime(0, time(9))),
        (OVERDUE, "1 working day after the cut-off, at 09:00", ReminderTime(1, time(9))),
        (OVERDUE, "on the day of the cut-off, at 16:00", ReminderTime(0, time(16))),
        (DEPUTY, "2 working days after the cut-off, at 09:00", ReminderTime(2, time(9))),
        (COORDINATOR, "3 working days after the cut-off, at 09:00", ReminderTime(3, time(9))),
    ],
)
def test_parse_reminder_time_as_people_write_it(
    kind: ReminderKind, text: str, moment: ReminderTime
) -> None:
    assert parse_reminder_time(kind, text) == moment


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ENDED, ""),
        (ENDED, "09:00"),
        (ENDED, "1 working day after the cut-off, at 09:00"),
        (ENDED, "on the day of the cut-off, at 09:00"),
        (SOON, "1 working day before the end, at 14:00"),
        (SOON, "on the last day, at 14:00"),
        (SOON, "1 working day after the cut-off, at 14:00"),
        (OVERDUE, "1 working day before the cut-off, at 09:00"),
        (OVERDUE, "2 days after the cut-off, at 09:00"),
        (DEPUTY, "1 working day before the cut-off, at 09:00"),
        (COORDINATOR, "on the last day, at 09:00"),
    ],
)
def test_parse_reminder_time_refuses_what_it_cannot_mean(kind: ReminderKind, text: str) -> None:
    with pytest.raises(ValueError, match="is no time to remind: write for example"):
        parse_reminder_time(kind, text)


@pytest.mark.parametrize(
    ("kind", "days"),
    [(ENDED, -2), (ENDED, 0), (ENDED, 1), (SOON, -1), (SOON, 0), (OVERDUE, 0), (DEPUTY, 2)],
)
def test_reminder_time_is_written_as_it_is_read(kind: ReminderKind, days: int) -> None:
    moment = ReminderTime(days, time(9, 5))
    assert parse_reminder_time(kind, format_reminder_time(kind, moment)) == moment


def test_parse_reminder_time_refuses_an_hour_that_no_clock_shows() -> None:
    with pytest.raises(ValueError, match=r'"25:00" is no time of day'):
        parse_reminder_time(ENDED, "on the last day, at 25:00")


@pytest.mark.parametrize("text", ["08:30 to 16:00", "8:30 – 16:00", "08:30-16:00"])
def test_parse_working_hours_as_people_write_them(text: str) -> None:
    assert parse_working_hours(text) == WorkingHours(time(8, 30), time(16))


@pytest.mark.parametrize("text", ["", "nine to five", "09:00", "09:00 to", "9 to 5"])
def test_parse_working_hours_refuses_what_it_cannot_read(text: str) -> None:
    with pytest.raises(ValueError, match=r'write for example "09:00 to 17:00"'):
        parse_working_hours(text)


@pytest.mark.parametrize("text", ["17:00 to 09:00", "09:00 to 09:00"])
def test_parse_working_hours_refuses_an_end_before_the_beginning(text: str) -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        parse_working_hours(text)
