"""Periods, working days, cut-offs, and instants from local times.

Bounds of periods are dates, both inclusive. Instants are aware and in UTC.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from highlightbot.core.day_names import month_of, weekday_of, written

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period of a programme.

    ``number`` is its place in the programme's calendar, None for a period that is only known
    from an imported document. ``due_at`` is the cut-off; late reports are taken until
    ``closes_at``, the next period's cut-off.
    """

    id: int
    programme_id: int
    number: int | None
    starts_on: date
    ends_on: date
    due_at: datetime
    closes_at: datetime

    @property
    def bounds(self) -> str:
        """Its dates in words, as of `format_bounds`."""
        return format_bounds(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Monday to Friday, less the public holidays of a region."""

    holidays: Container[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether people are at work on that day."""
        return day.weekday() < 5 and day not in self.holidays

    def shift(self, day: date, working_days: int) -> date:
        """The day that many working days after the day, or before it where negative."""
        step = _DAY if working_days >= 0 else -_DAY
        for _ in range(abs(working_days)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        while not self.is_working_day(day):
            day += _DAY
        return day


@dataclass(frozen=True, slots=True)
class CutOff:
    """So many days after a period's end, at a local time of the programme."""

    days: int
    at: time
    working: bool = True

    def instant(self, ends_on: date, zone: ZoneInfo, calendar: WorkingCalendar) -> datetime:
        """When the reports of a period that ends on that day are due."""
        if self.working:
            day = calendar.shift(ends_on, self.days)
        else:
            day = ends_on + timedelta(days=self.days)
        return instant(day, self.at, zone)

    def __str__(self) -> str:
        if self.days == 0:
            return f"on the last day, at {self.at:%H:%M}"
        kind = "working day" if self.working else "day"
        return (
            f"{self.days} {kind}{'' if self.days == 1 else 's'} after the end, at {self.at:%H:%M}"
        )


_CUT_OFF = re.compile(
    r"(?:on the last day|(?P<days>\d{1,2}) (?P<working>working )?days? after the end),?"
    r" at (?P<at>\d{1,2}:\d{2})",
    re.IGNORECASE,
)


def parse_cut_off(text: str) -> CutOff:
    """A cut-off as people write it; ValueError for what cannot be read."""
    found = _CUT_OFF.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError(
            f'"{text}" is no cut-off: write for example "2 working days after the end, at 12:00"'
        )
    days = int(found["days"] or 0)
    return CutOff(days, parse_time(found["at"]), working=days > 0 and bool(found["working"]))


def parse_time(text: str) -> time:
    """A time of day as "09:00"; ValueError otherwise."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(f'"{text}" is no time of day: write for example "09:00"')
    return time(int(found[1]), int(found[2]))


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a local time.

    A local time that the clocks skip becomes the first instant after the gap; of one that comes
    twice, the first is taken.
    """
    local = datetime.combine(day, at, zone)
    first = local.astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return first
    early = local.replace(fold=1).astimezone(UTC)
    return _offset_change(early.replace(microsecond=0), first.replace(microsecond=0), zone)


def day_of(moment: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the local day of an instant begins and ends."""
    day = moment.astimezone(zone).date()
    return instant(day, time(), zone), instant(day + _DAY, time(), zone)


def _offset_change(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The whole second between the two, both whole, at which the zone's offset changes."""
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


def format_bounds(starts_on: date, ends_on: date) -> str:
    """Both dates as a reader would say them: "6–19 June 2020", "22 June – 5 July 2020"."""
    end = written(ends_on)
    if starts_on == ends_on:
        return end
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        return f"{starts_on.day}–{end}"
    if starts_on.year == ends_on.year:
        return f"{starts_on.day} {month_of(starts_on)} – {end}"
    return f"{written(starts_on)} – {end}"


def format_instant(moment: datetime, zone: ZoneInfo) -> str:
    """An instant in local words: "Tuesday 23 June 2020, 12:00"."""
    local = moment.astimezone(zone)
    return f"{weekday_of(local)} {written(local)}, {local:%H:%M}"
