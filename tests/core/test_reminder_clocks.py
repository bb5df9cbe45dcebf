"""Reminders through the clock changes of every zone, 2020 to 2035."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from highlightbot.core.periods import Period, WorkingCalendar
from highlightbot.core.reminder_plan import ReminderPlan, ReminderTime, WorkingHours
from highlightbot.core.reminders import Part, Stage, next_stage, stage_of, stages

ZONES = sorted(available_timezones())
MONTHS = [datetime(2020 + n // 12, n % 12 + 1, 1, tzinfo=UTC) for n in range(16 * 12 + 1)]
DAY = timedelta(days=1)


class EveryDay(WorkingCalendar):
    """People work on each day, so that clocks change on working days."""

    def is_working_day(self, day: date) -> bool:
        return True


@cache
def clock_changes(name: str) -> tuple[datetime, ...]:
    """The instants, to the second, from which the zone's clocks show another time."""
    zone = ZoneInfo(name)
    found = []
    for early, late in itertools.pairwise(MONTHS):
        before = early.astimezone(zone).utcoffset()
        if late.astimezone(zone).utcoffset() == before:
            continue  # two within a month, as around Ramadan, cancel out
        while late - early > timedelta(seconds=1):
            middle = (early + (late - early) / 2).replace(microsecond=0)
            if middle.astimezone(zone).utcoffset() == before:
                early = middle
            else:
                late = middle
        found.append(late)
    return tuple(found)


def times_around(change: datetime, zone: ZoneInfo) -> list[ReminderTime]:
    """Every quarter of an hour that clocks skip, repeat or nearly so, on the change's local day."""
    local = change.astimezone(zone)
    start = (local - timedelta(hours=2)).replace(minute=0, second=0)
    times = [(start + n * timedelta(minutes=15)).time() for n in range(20)]
    return [ReminderTime(0, at) for at in times]


def local_instants(day: date, at: time, zone: ZoneInfo) -> list[datetime]:
    """When the clocks of the zone show that time of that day: never, once or twice; in UTC."""
    found = {datetime.combine(day, at, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(
        one
        for one in found
        if one.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, at)
    )


def samples() -> Iterator[tuple[ZoneInfo, datetime]]:
    """For every zone the first, the middle and the last of its changes."""
    for name in ZONES:
        changes = clock_changes(name)
        for change in {changes[0], changes[len(changes) // 2], changes[-1]} if changes else ():
            yield ZoneInfo(name), change


def test_a_local_time_that_is_skipped_is_the_first_instant_after_and_a_double_one_the_first() -> (
    None
):
    skipped = repeated = 0
    for zone, change in samples():
        day = change.astimezone(zone).date()
        for moment in times_around(change, zone):
            told = moment.instant(day, zone, EveryDay())
            there = local_instants(day, moment.at, zone)
            if there:
                assert told == there[0]
                repeated += len(there) == 2
            elif change - DAY < told < change + DAY and told.astimezone(zone).date() == day:
                assert told == change
                skipped += 1
    assert skipped > 300
    assert repeated > 300


def walked(period: Period, plan: ReminderPlan, zone: ZoneInfo) -> list[Stage]:
    """What planning sees that looks when the stage before told it to."""
    of = stages(plan, period, zone, EveryDay())
    now = datetime.combine(period.starts_on, time(), UTC) - DAY
    seen = []
    while (coming := next_stage(Part.AUTHOR, of, now)) is not None:
        assert stage_of(Part.AUTHOR, of, coming.since - timedelta(seconds=1), now) != coming
        now = coming.since
        stage = stage_of(Part.AUTHOR, of, now, now)
        if stage is not None and stage not in seen:
            seen.append(stage)
    return seen


@given(st.data())
def test_each_stage_comes_once_over_a_change_of_the_clocks(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in ZONES if clock_changes(name)]))
    change = data.draw(st.sampled_from(clock_changes(name)))
    zone = ZoneInfo(name)
    ended, soon, over = (data.draw(st.sampled_from(times_around(change, zone))) for _ in range(3))
    plan = ReminderPlan(
        ended,
        (replace(soon, working_days=-1), soon),
        replace(over, working_days=1),
        None,
        None,
        WorkingHours(time(0), time(23, 59)),
    )
    day = change.astimezone(zone).date() + data.draw(st.sampled_from([-DAY, timedelta(), DAY]))
    due_at = data.draw(st.sampled_from([change + timedelta(hours=n) for n in (12, 24, 36, 48)]))
    period = Period(1, 1, 1, day - 13 * DAY, day, due_at, due_at + 14 * DAY)
    seen = walked(period, plan, zone)
    of_author = stages(plan, period, zone, EveryDay())
    assert sorted(seen, key=lambda one: one.since) == seen
    assert {one.mark for one in seen} == {one.mark for one in of_author if one.since < one.until}
    assert len({one.mark for one in of_author}) == len(of_author)
