from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.periods import Period, WorkingCalendar
from highlightbot.core.reminder_plan import (
    PLANNED,
    STANDARD_PLAN,
    ReminderKind,
    ReminderPlan,
    ReminderTime,
)
from highlightbot.core.stages import (
    Duty,
    Stage,
    kind_of,
    next_stage,
    stage_of,
    stages,
)
from tests.builders import PERIOD

ENDED, SOON, OVERDUE, DEPUTY, COORDINATOR = PLANNED
AUTHOR = Duty.AUTHOR
LONDON = ZoneInfo("Europe/London")
AUCKLAND = ZoneInfo("Pacific/Auckland")
CALENDAR = WorkingCalendar()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026, in UTC, which is London's winter time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


# The fortnight ends on a Friday and is due on the Tuesday after, at noon.
FRIDAY = replace(PERIOD, ends_on=date(2026, 11, 20), due_at=at(24, 12))


def told(
    period: Period, zone: ZoneInfo, plan: ReminderPlan = STANDARD_PLAN, duty: Duty = AUTHOR
) -> list[tuple[ReminderKind, datetime, datetime]]:
    """What is due from the period's start until it closes, looked at every half hour."""
    found = []
    now = datetime.combine(period.starts_on, time(0), UTC)
    of = stages(plan, period, zone, CALENDAR)
    while now < period.closes_at + timedelta(days=2):
        stage = stage_of(duty, of, now, now)
        if stage is not None and (stage.kind, stage.since, stage.until) not in found:
            found.append((stage.kind, stage.since, stage.until))
        now += timedelta(minutes=30)
    return found


def current(now: datetime, duty: Duty = AUTHOR, calendar: WorkingCalendar = CALENDAR) -> Stage:
    """The stage of FRIDAY at that instant, for somebody in London."""
    stage = stage_of(duty, stages(STANDARD_PLAN, FRIDAY, LONDON, calendar), now, now)
    assert stage is not None
    return stage


def test_stages_follow_each_other_from_the_end_to_the_close() -> None:
    assert told(FRIDAY, LONDON) == [
        (ENDED, at(20, 9), at(23, 14)),
        (SOON, at(23, 14), at(24, 12)),
        (OVERDUE, at(25, 9), FRIDAY.closes_at),
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
    stage = stage_of(AUTHOR, stages(STANDARD_PLAN, FRIDAY, LONDON, CALENDAR), now, now)
    assert (stage.kind if stage else None) == kind


def test_due_reminder_after_an_outage_is_the_latest_stage_alone() -> None:
    assert current(at(27, 3)) == Stage(
        OVERDUE, at(25, 9), FRIDAY.closes_at, "overdue:2026-11-24T12:00"
    )


def test_a_period_that_ends_at_the_weekend_is_told_of_on_the_next_working_day() -> None:
    assert told(PERIOD, LONDON)[0] == (ENDED, at(23, 9), at(23, 14))


def test_a_public_holiday_puts_the_first_reminder_off() -> None:
    calendar = WorkingCalendar(frozenset({date(2026, 11, 20)}))
    stage = current(at(23, 9), calendar=calendar)
    assert (stage.kind, stage.since, stage.until) == (ENDED, at(23, 9), at(23, 14))


def test_an_author_is_reminded_by_the_clock_of_their_own_zone() -> None:
    """Noon in London is one in the night of the 25th in Auckland, 13 hours ahead."""
    assert told(FRIDAY, AUCKLAND) == [
        (ENDED, at(19, 20), at(24, 1)),
        (SOON, at(24, 1), at(24, 12)),
        (OVERDUE, at(25, 20), FRIDAY.closes_at),
    ]


def test_the_first_reminder_is_not_lost_where_the_nudge_would_come_before_it() -> None:
    """A Sunday's period that is due on Monday: one working day before is Friday."""
    period = replace(PERIOD, due_at=at(23, 12))
    assert told(period, LONDON) == [
        (ENDED, at(23, 9), at(23, 12)),
        (OVERDUE, at(24, 9), period.closes_at),
    ]


def test_the_nudge_stays_where_the_first_reminder_would_come_after_the_cut_off() -> None:
    period = replace(PERIOD, due_at=at(22, 17))
    assert told(period, LONDON) == [
        (SOON, at(20, 14), at(22, 17)),
        (OVERDUE, at(23, 9), period.closes_at),
    ]


def test_nobody_is_overdue_before_the_cut_off() -> None:
    plan = replace(STANDARD_PLAN, overdue=ReminderTime(0, time(9)))
    assert told(FRIDAY, LONDON, plan)[-1] == (OVERDUE, at(24, 12), FRIDAY.closes_at)


def test_a_nudge_on_the_day_of_the_cut_off_but_after_it_is_none() -> None:
    plan = replace(STANDARD_PLAN, due_soon=(ReminderTime(0, time(16)),))
    assert told(FRIDAY, LONDON, plan) == [
        (ENDED, at(20, 9), at(24, 12)),
        (OVERDUE, at(25, 9), FRIDAY.closes_at),
    ]


def test_an_overdue_message_after_the_close_is_none() -> None:
    period = replace(FRIDAY, closes_at=at(25, 8))
    assert [kind for kind, _, _ in told(period, LONDON)] == [ENDED, SOON]


def test_deputies_and_coordinators_have_their_turn_after_the_cut_off() -> None:
    assert told(FRIDAY, LONDON, duty=Duty.DEPUTY) == [(DEPUTY, at(26, 9), FRIDAY.closes_at)]
    assert told(FRIDAY, LONDON, duty=Duty.COORDINATOR) == [
        (COORDINATOR, at(27, 9), FRIDAY.closes_at)
    ]


def test_what_is_switched_off_is_no_stage() -> None:
    plan = replace(STANDARD_PLAN, due_soon=(), overdue=None, deputy=None, coordinator=None)
    assert told(FRIDAY, LONDON, plan) == [(ENDED, at(20, 9), at(24, 12))]
    assert told(FRIDAY, LONDON, plan, Duty.DEPUTY) == []
    assert told(FRIDAY, LONDON, plan, Duty.COORDINATOR) == []


def test_several_nudges_follow_each_other_whatever_their_order_in_the_plan() -> None:
    nudges = (ReminderTime(0, time(9)), ReminderTime(-1, time(14)))
    assert told(FRIDAY, LONDON, replace(STANDARD_PLAN, due_soon=nudges))[:3] == [
        (ENDED, at(20, 9), at(23, 14)),
        (SOON, at(23, 14), at(24, 9)),
        (SOON, at(24, 9), at(24, 12)),
    ]


def test_only_what_leads_up_to_the_cut_off_is_told_ahead() -> None:
    of = stages(STANDARD_PLAN, FRIDAY, LONDON, CALENDAR)
    ahead = stage_of(AUTHOR, of, at(23, 9), at(24, 0))
    assert ahead is not None
    assert (ahead.kind, ahead.since) == (SOON, at(23, 14))
    assert stage_of(AUTHOR, of, at(24, 11), at(26, 0)) == ahead
    assert stage_of(AUTHOR, of, at(24, 12), at(26, 0)) is None


def test_next_stage_is_what_comes_for_that_duty() -> None:
    of = stages(STANDARD_PLAN, FRIDAY, LONDON, CALENDAR)
    coming = [next_stage(duty, of, at(23, 14)) for duty in Duty]
    assert [stage and stage.kind for stage in coming] == [OVERDUE, DEPUTY, COORDINATOR]
    assert next_stage(AUTHOR, of, at(25, 9)) is None


def test_a_mark_stays_while_only_the_hour_changes_and_tells_its_kind() -> None:
    later = replace(STANDARD_PLAN, due_soon=(ReminderTime(-1, time(15)),))
    marks = [stage.mark for stage in stages(STANDARD_PLAN, FRIDAY, LONDON, CALENDAR)]
    assert marks == [stage.mark for stage in stages(later, FRIDAY, LONDON, CALENDAR)]
    assert [kind_of(mark) for mark in marks] == [ENDED, SOON, OVERDUE, DEPUTY, COORDINATOR]


def test_a_moved_cut_off_has_other_marks_and_a_moved_end_another_first() -> None:
    def marks(period: Period) -> list[str]:
        return [stage.mark for stage in stages(STANDARD_PLAN, period, LONDON, CALENDAR)]

    before = marks(FRIDAY)
    extended = marks(replace(FRIDAY, due_at=at(26, 12)))
    assert extended[0] == before[0]
    assert not set(extended[1:]) & set(before)
    assert marks(replace(FRIDAY, ends_on=date(2026, 11, 19)))[0] != before[0]
