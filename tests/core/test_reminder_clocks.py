"""Reminders through the clock changes of every zone, 2020 to 2035."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from highlightbot.core.periods import Period, WorkingCalendar
from highlightbot.core.reminder_plan import ReminderPlan, ReminderTime, WorkingHours
from highlightbot.core.stages import Duty, Stage, next_stage, stage_of, stages
from tests.clock_changes import zones_with_changes

DAY = timedelta(days=1)


class EveryDay(WorkingCalendar):
    """People work on each day, so that clocks change on working days."""

    def is_working_day(self, day: date) -> bool:
        return True


def every_change() -> Iterator[tuple[ZoneInfo, datetime]]:
    """The changes of all zones, with the zone."""
    for name, changes in zones_with_changes().items():
        for change in changes:
            yield ZoneInfo(name), change.at


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


def test_a_local_time_that_is_skipped_is_the_first_instant_after_and_a_double_one_the_first() -> (
    None
):
    skipped = repeated = 0
    for zone, change in every_change():
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
    while (coming := next_stage(Duty.AUTHOR, of, now)) is not None:
        assert stage_of(Duty.AUTHOR, of, coming.since - timedelta(seconds=1), now) != coming
        now = coming.since
        stage = stage_of(Duty.AUTHOR, of, now, now)
        if stage is not None and stage not in seen:
            seen.append(stage)
    return seen


@given(st.data())
def test_each_stage_comes_once_over_a_change_of_the_clocks(data: st.DataObject) -> None:
    zone, change = data.draw(st.sampled_from(list(every_change())))
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
