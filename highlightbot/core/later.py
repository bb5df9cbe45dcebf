"""The times at which somebody can ask to be reminded again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from highlightbot.core.periods import Period, WorkingCalendar, instant
from highlightbot.core.reminder_plan import WorkingHours


class LaterChoice(StrEnum):
    """What people choose among."""

    TWO_HOURS = "two_hours"
    NEXT_MORNING = "next_morning"
    BEFORE_CUT_OFF = "before_cut_off"


@dataclass(frozen=True, slots=True)
class Later:
    """One of these times."""

    choice: LaterChoice
    at: datetime


def later_choices(
    periods: Sequence[Period],
    hours: WorkingHours,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    now: datetime,
) -> tuple[Later, ...]:
    """When somebody in that zone can be reminded of reports for those periods; earliest first.

    A time makes sense in working hours, before the next of the cut-offs that lie ahead, and
    where none does, before the periods close.
    """
    ahead = [period.due_at for period in periods if now < period.due_at]
    end = min(ahead) if ahead else max((one.closes_at for one in periods), default=now)
    wanted = [
        Later(LaterChoice.TWO_HOURS, now + timedelta(hours=2)),
        Later(LaterChoice.NEXT_MORNING, next_morning(hours, zone, calendar, now)),
        *([Later(LaterChoice.BEFORE_CUT_OFF, before_cut_off(end))] if ahead else ()),
    ]
    sensible = [
        later
        for later in wanted
        if now < later.at < end and hours.next_moment(later.at, zone, calendar) == later.at
    ]
    return tuple(_apart(sorted(sensible, key=lambda later: later.at)))


def before_cut_off(due_at: datetime) -> datetime:
    """What BEFORE_CUT_OFF means: an hour before it."""
    return due_at - timedelta(hours=1)


def next_morning(
    hours: WorkingHours, zone: ZoneInfo, calendar: WorkingCalendar, now: datetime
) -> datetime:
    """When the next working day begins in the zone."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return hours.next_moment(instant(tomorrow, time(), zone), zone, calendar)


def _apart(choices: Sequence[Later]) -> Iterator[Later]:
    """Without those that come within minutes of another."""
    last: datetime | None = None
    for later in choices:
        if last is None or later.at - last >= timedelta(minutes=15):
            yield later
            last = later.at
