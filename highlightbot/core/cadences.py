"""How often periods end: every so many days, weeks or months, or on a certain day of the month."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

from highlightbot.core.day_names import WEEKDAYS, weekday_of
from highlightbot.core.periods import WorkingCalendar

_DAY = timedelta(days=1)
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day that every month has: the 15th, the last Friday, the first working day.

    ``kind`` is "day", "working day" or a weekday's name. ``place`` counts from 1, and is -1 for
    the last one. The 31st is the last day of shorter months.
    """

    place: int
    kind: str = "day"

    def on(self, year: int, month: int, calendar: WorkingCalendar) -> date:
        """That day of a month; working days are the calendar's."""
        last = monthrange(year, month)[1]
        if self.kind == "day":
            return date(year, month, last if self.place < 0 else min(self.place, last))
        days = [date(year, month, day) for day in range(1, last + 1)]
        if self.kind == "working day":
            counted = [day for day in days if calendar.is_working_day(day)]
        else:
            counted = [day for day in days if weekday_of(day) == self.kind]
        if not counted:
            return days[-1]  # a whole month of public holidays
        return counted[self.place - 1 if self.place > 0 else self.place]

    def __str__(self) -> str:
        if self.kind == "day" and self.place > 0:
            return f"the {self.place}{_suffix(self.place)}"
        place = next(word for word, place in _PLACES.items() if place == self.place)
        return f"the {place} {self.kind}"


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every so many days, weeks or months.

    Without ``ends`` periods are counted from ``anchor``, the first day of period 1. With it they
    end on that day of a month, so ``unit`` is months; the anchor lies in the first month of
    period 1, and ``calendar`` says which days are working days.
    """

    every: int
    unit: str
    anchor: date
    ends: MonthDay | None = None
    calendar: WorkingCalendar = field(default=WorkingCalendar(), repr=False, compare=False)

    def bounds(self, number: int) -> tuple[date, date]:
        """First and last day of the period with that number, from 1."""
        return self._start(number), self._start(number + 1) - _DAY

    def number_on(self, day: date) -> int:
        """The number of the period that contains the day; less than 1 before the anchor."""
        if self.unit != "months":
            return (day - self.anchor).days // (self.every * _DAYS[self.unit]) + 1
        months = (day.year - self.anchor.year) * 12 + day.month - self.anchor.month
        number = months // self.every + 1
        while day < self._start(number):
            number -= 1
        while day >= self._start(number + 1):
            number += 1
        return number

    def end_of(self, starts_on: date) -> date:
        """The last day of a period that begins on that day, wherever that is in the cadence.

        It is the cadence's next end, unless less than half of a usual period would be left:
        then it is the one after.
        """
        number = self.number_on(starts_on)
        first, last = self.bounds(number)
        if 2 * (last - starts_on + _DAY) < last - first + _DAY:
            return self.bounds(number + 1)[1]
        return last

    def _start(self, number: int) -> date:
        steps = self.every * (number - 1)
        if self.ends is not None:
            return self._end_in_month(steps - 1) + _DAY
        if self.unit == "months":
            return _add_months(self.anchor, steps)
        return self.anchor + timedelta(days=steps * _DAYS[self.unit])

    def _end_in_month(self, months: int) -> date:
        """The end that lies so many months after the first one on or after the anchor."""
        assert self.ends is not None
        if self.ends.on(self.anchor.year, self.anchor.month, self.calendar) < self.anchor:
            months += 1
        year, month = divmod(self.anchor.year * 12 + self.anchor.month - 1 + months, 12)
        return self.ends.on(year, month + 1, self.calendar)

    def __str__(self) -> str:
        span = f"{self.every} {self.unit[:-1] if self.every == 1 else self.unit}"
        return span if self.ends is None else f"{span}, ending on {self.ends}"


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


_MONTH_DAY = re.compile(
    r"(?:on )?(?:the )?(?:"
    r"(?:day )?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<place>first|1st|second|2nd|third|3rd|fourth|4th|last)"
    r" (?P<kind>day|working day|weekday|mon|tues|wednes|thurs|fri|satur|sun)(?P<end>day)?"
    r")(?: (?:of|in) (?:the|each|every|a) month)?"
)
_ORDINALS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}


def parse_month_day(text: str) -> MonthDay:
    """A day of the month as people write it: "the 15th", "last Friday", "last working day".

    ValueError for what cannot be read, and for what not every month has.
    """
    found = _MONTH_DAY.fullmatch(" ".join(text.casefold().split()))
    if found and found["day"] and 1 <= int(found["day"]) <= 31:
        return MonthDay(int(found["day"]))
    if found and found["place"]:
        place = _PLACES[_ORDINALS.get(found["place"], found["place"])]
        kind = found["kind"]
        if kind == "weekday" and not found["end"]:
            return MonthDay(place, "working day")
        if kind in {"day", "working day"} and not found["end"]:
            return MonthDay(place, kind)
        if found["end"] and f"{kind}day".capitalize() in WEEKDAYS:
            return MonthDay(place, f"{kind}day".capitalize())
    raise ValueError(
        f'"{text}" is no day that every month has: write for example "the 15th", "last Friday"'
        ' or "last working day"'
    )


def _suffix(number: int) -> str:
    if number in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
