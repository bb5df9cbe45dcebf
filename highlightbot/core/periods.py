"""Calendars: cadence, cut-off, working days, and instants from local times.

Bounds of periods are dates, both inclusive. Instants are aware and in UTC.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

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


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every so many days, weeks or months from ``anchor``, the first day of period 1."""

    every: int
    unit: str
    anchor: date

    def bounds(self, number: int) -> tuple[date, date]:
        """First and last day of the period with that number, from 1."""
        return self._start(number), self._start(number + 1) - _DAY

    def number_on(self, day: date) -> int:
        """The number of the period that contains the day; less than 1 before the anchor."""
        if self.unit == "months":
            months = (day.year - self.anchor.year) * 12 + day.month - self.anchor.month
            number = months // self.every + 1
            return number - 1 if day < self._start(number) else number
        return (day - self.anchor).days // (self.every * _DAYS[self.unit]) + 1

    def _start(self, number: int) -> date:
        steps = self.every * (number - 1)
        if self.unit == "months":
            return _add_months(self.anchor, steps)
        return self.anchor + timedelta(days=steps * _DAYS[self.unit])

    def __str__(self) -> str:
        return f"{self.every} {self.unit[:-1] if self.every == 1 else self.unit}"


_DAYS = {"days": 1, "weeks": 7}
_CADENCE = re.compile(
    r"(?:(?:every|each|an?) )?(?:(?P<count>\d{1,3}|other|two|three|four|six) )?"
    r"(?P<unit>day|week|fortnight|month|quarter)s?"
)
_ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "fortnightly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
}
_COUNTS = {"other": 2, "two": 2, "three": 3, "four": 4, "six": 6}
_UNITS = {
    "day": (1, "days"),
    "week": (1, "weeks"),
    "fortnight": (2, "weeks"),
    "month": (1, "months"),
    "quarter": (3, "months"),
}


def parse_cadence(text: str, anchor: date) -> Cadence:
    """A cadence as people write it: "2 weeks", "fortnightly", "every month"; else ValueError."""
    words = " ".join(text.casefold().split())
    found = _CADENCE.fullmatch(_ADVERBS.get(words, words))
    counted = found["count"] if found else None
    count = _COUNTS.get(counted) or int(counted) if counted else 1
    if not found or count == 0:
        raise ValueError(f'"{text}" is no cadence: write for example "2 weeks" or "1 month"')
    times, unit = _UNITS[found["unit"]]
    return Cadence(count * times, unit, anchor)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    next_month = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (next_month - _DAY).day))


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
    end = f"{ends_on.day} {ends_on:%B %Y}"
    if starts_on == ends_on:
        return end
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        return f"{starts_on.day}–{end}"
    if starts_on.year == ends_on.year:
        return f"{starts_on.day} {starts_on:%B} – {end}"
    return f"{starts_on.day} {starts_on:%B %Y} – {end}"


def format_instant(moment: datetime, zone: ZoneInfo) -> str:
    """An instant in local words: "Tuesday 23 June 2020, 12:00"."""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}"
