from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.periods import Period, WorkingCalendar
from highlightbot.core.reminders import (
    STANDARD_PLAN,
    DueReminder,
    ReminderKind,
    ReminderPlan,
    ReminderTime,
    WorkingHours,
    due_reminder,
    parse_reminder_time,
    parse_working_hours,
)
from tests.builders import PERIOD

ENDED, SOON, OVERDUE = ReminderKind
LONDON = ZoneInfo("Europe/London")
AUCKLAND = ZoneInfo("Pacific/Auckland")
CALENDAR = WorkingCalendar()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026, in UTC, which is London's winter time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


# The fortnight ends on a Friday and is due on the Tuesday after, at noon.
FRIDAY = replace(PERIOD, ends_on=date(2026, 11, 20), due_at=at(24, 12))


def stages(period: Period, zone: ZoneInfo, plan: ReminderPlan = STANDARD_PLAN) -> list[DueReminder]:
    """What is due from the period's start until it closes, looked at every half hour."""
    found: list[DueReminder] = []
    now = datetime.combine(period.starts_on, time(0), UTC)
    while now < period.closes_at + timedelta(days=2):
        due = due_reminder(plan, period, zone, CALENDAR, now)
        if due is not None and due not in found:
            found.append(due)
        now += timedelta(minutes=30)
    return found


def test_stages_follow_each_other_from_the_end_to_the_close() -> None:
    assert stages(FRIDAY, LONDON) == [
        DueReminder(ENDED, at(20, 9), at(23, 14)),
        DueReminder(SOON, at(23, 14), at(24, 12)),
        DueReminder(OVERDUE, at(25, 9), FRIDAY.closes_at),
    ]


@pytest.mark.parametrize(
    ("now", "kind"),
    [
        (at(20, 8, 59), None),
        (at(20, 9), ENDED),
        (at(23, 13, 59), ENDED),
        (at(23, 14), SOON),
        (at(24, 11, 59), SOON),
        (at(24, 12), None),
        (at(25, 8, 59), None),
        (at(25, 9), OVERDUE),
        (FRIDAY.closes_at - timedelta(seconds=1), OVERDUE),
        (FRIDAY.closes_at, None),
    ],
)
def test_due_reminder_at_the_edges_of_the_stages(now: datetime, kind: ReminderKind | None) -> None:
    due = due_reminder(STANDARD_PLAN, FRIDAY, LONDON, CALENDAR, now)
    assert (due.kind if due else None) == kind


def test_due_reminder_after_an_outage_is_the_latest_stage_alone() -> None:
    due = due_reminder(STANDARD_PLAN, FRIDAY, LONDON, CALENDAR, at(27, 3))
    assert due == DueReminder(OVERDUE, at(25, 9), FRIDAY.closes_at)


def test_a_period_that_ends_at_the_weekend_is_told_of_on_the_next_working_day() -> None:
    assert stages(PERIOD, LONDON)[0] == DueReminder(ENDED, at(23, 9), at(23, 14))


def test_a_public_holiday_puts_the_first_reminder_off() -> None:
    calendar = WorkingCalendar(frozenset({date(2026, 11, 20)}))
    due = due_reminder(STANDARD_PLAN, FRIDAY, LONDON, calendar, at(23, 9))
    assert due == DueReminder(ENDED, at(23, 9), at(23, 14))


def test_an_author_is_reminded_by_the_clock_of_their_own_zone() -> None:
    """Noon in London is one in the night of the 25th in Auckland, 13 hours ahead."""
    assert stages(FRIDAY, AUCKLAND) == [
        DueReminder(ENDED, at(19, 20), at(24, 1)),
        DueReminder(SOON, at(24, 1), at(24, 12)),
        DueReminder(OVERDUE, at(25, 20), FRIDAY.closes_at),
    ]


def test_the_first_reminder_is_not_lost_where_the_nudge_would_come_before_it() -> None:
    """A Sunday's period that is due on Monday: one working day before is Friday."""
    period = replace(PERIOD, due_at=at(23, 12))
    assert stages(period, LONDON) == [
        DueReminder(ENDED, at(23, 9), at(23, 12)),
        DueReminder(OVERDUE, at(24, 9), period.closes_at),
    ]


def test_the_nudge_stays_where_the_first_reminder_would_come_after_the_cut_off() -> None:
    period = replace(PERIOD, due_at=at(22, 17))
    assert stages(period, LONDON) == [
        DueReminder(SOON, at(20, 14), at(22, 17)),
        DueReminder(OVERDUE, at(23, 9), period.closes_at),
    ]


def test_nobody_is_overdue_before_the_cut_off() -> None:
    plan = replace(STANDARD_PLAN, overdue=ReminderTime(0, time(9)))
    assert stages(FRIDAY, LONDON, plan)[-1] == DueReminder(OVERDUE, at(24, 12), FRIDAY.closes_at)


def test_a_nudge_on_the_day_of_the_cut_off_but_after_it_is_none() -> None:
    plan = replace(STANDARD_PLAN, due_soon=ReminderTime(0, time(16)))
    assert stages(FRIDAY, LONDON, plan) == [
        DueReminder(ENDED, at(20, 9), at(24, 12)),
        DueReminder(OVERDUE, at(25, 9), FRIDAY.closes_at),
    ]


def test_an_overdue_message_after_the_close_is_none() -> None:
    period = replace(FRIDAY, closes_at=at(25, 8))
    assert [stage.kind for stage in stages(period, LONDON)] == [ENDED, SOON]


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
    assert STANDARD_PLAN.hours.next_moment(now, LONDON, CALENDAR) == moment


def test_next_moment_is_in_the_hours_of_the_authors_zone() -> None:
    """Friday 20:30 UTC is Saturday morning in Auckland; Monday there begins on Sunday here."""
    moment = STANDARD_PLAN.hours.next_moment(at(20, 20, 30), AUCKLAND, CALENDAR)
    assert moment == at(22, 20)


def test_next_moment_passes_over_public_holidays() -> None:
    calendar = WorkingCalendar(frozenset({date(2026, 11, 23)}))
    assert STANDARD_PLAN.hours.next_moment(at(21, 12), LONDON, calendar) == at(24, 9)


def test_next_moment_over_a_clock_change_is_at_the_local_hour() -> None:
    """Clocks go forward on Sunday 29 March 2026: Monday 09:00 is 08:00 UTC."""
    friday_night = datetime(2026, 3, 27, 22, tzinfo=UTC)
    moment = STANDARD_PLAN.hours.next_moment(friday_night, LONDON, CALENDAR)
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
    ],
)
def test_parse_reminder_time_refuses_what_it_cannot_mean(kind: ReminderKind, text: str) -> None:
    with pytest.raises(ValueError, match="is no time to remind: write for example"):
        parse_reminder_time(kind, text)


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
