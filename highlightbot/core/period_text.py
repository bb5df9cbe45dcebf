"""Reads a reporting period as people type it.

    period  = [from] date to date | between date and date
            | week commencing date [and week commencing date] | week ending date
            | [period] ending date | [period] commencing date | month year
    date    = [weekday] ( day [month [year]] | month day [year] | day year
                        | day/month[/year] | year-month-day )

Numbers stand day before month. A month or year that is written once holds for both dates; in a
period over New Year the other date's year follows from it. A year of two digits is in the 2000s.
Whatever is taken for granted beyond that is told as a doubt, and no year is made up.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from highlightbot.core.day_names import MONTHS, WEEKDAYS, weekday_of, written

_LONGEST_TEXT = 150
_LONGEST_PERIOD = timedelta(days=100)
_YEARS = range(1900, 2200)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TypedPeriod:
    """What typed text says about a period's bounds, both inclusive.

    A bound is None where the text does not tell it. ``doubt`` is a sentence about what is
    missing, wrong or was assumed; it is empty where there is nothing to doubt.
    """

    starts_on: date | None = None
    ends_on: date | None = None
    doubt: str = ""


def read_period(text: str) -> TypedPeriod:
    """The period that the text names, as far as it can be known from the text alone."""
    plain = _plain(text)
    if not plain:
        return TypedPeriod(doubt="The reporting period is empty.")
    if len(plain) <= _LONGEST_TEXT:
        for pattern, read in _FORMS:
            if found := pattern.fullmatch(plain):
                try:
                    return read(found)
                except _Unclear as unclear:
                    return TypedPeriod(doubt=f"“{_quoted(text)}”: {unclear}.")
    return TypedPeriod(doubt=f"“{_quoted(text)}” cannot be read as a reporting period.")


class _Unclear(Exception):
    """Why dates that were recognised give no period; ``str()`` is a clause for a sentence."""


class _Typed(NamedTuple):
    """A date as far as it was written. ``weekday`` counts from Monday, 0."""

    day: int
    month: int | None
    year: int | None
    weekday: int | None

    def resolve(self) -> date:
        """The date; _Unclear where it is incomplete, does not exist or is another weekday."""
        if self.month is None:
            raise _Unclear(f"no month is given for day {self.day}")
        if self.year is None:
            raise _Unclear("no year is given")
        if self.year not in _YEARS:
            raise _Unclear(f"{self.year} can hardly be the year")
        try:
            day = date(self.year, self.month, self.day)
        except ValueError:
            raise _Unclear(
                f"there is no day {self.day} in month {self.month} of {self.year}"
            ) from None
        if self.weekday not in (None, day.weekday()):
            raise _Unclear(f"{written(day)} is a {weekday_of(day)}")
        return day


# What the patterns are made of. They match plain text: small letters, single spaces, one kind of
# dash, no brackets.

_MONTHS = tuple(month.casefold() for month in MONTHS)
_WEEKDAYS = tuple(day.casefold() for day in WEEKDAYS)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[.,]?"
)
_NUMBER = "[0-9]{1,2}"
_ORDINAL = "(?: ?(?:st|nd|rd|th))?"
_YEAR = "(?:[0-9]{4}|'?[0-9]{2})"
_LEAD = (
    r"(?:for )?(?:the )?(?:(?:reporting )?(?:period|fortnight|week|dates?)(?: covered)?:? )?"
    r"(?:(?:from|of|covering):? )?"
)
_TO = r"(?: ?-+>? ?| (?:up )?(?:to|until|till?|through|thru) )"
_AND = r"(?: ?[&,+] ?| and )"
_FROM_WEEK = (
    r"(?:(?P<fortnight>fortnights? |f/)|weeks? |wk |w\.? ?/?)"
    r"(?:c(?:om(?:mencing)?)?|b(?:eginning)?|starting)\b[.:]? ?"
)
_TO_WEEK = r"(?:(?P<fortnight>fortnight |f/)|week |wk |w\.? ?/?)e(?:nd(?:ing|ed)?)?\b[.:]? ?"
_STARTING = r"(?:commencing|beginning|starting|since|from):? "
_ENDING = r"(?:ending|ended|to|up to|until|till?|as at|as of):? "


def _date(bound: str) -> str:
    """A date's pattern. Its groups are called after the bound, with a number for each form."""
    day = rf"(?P<{bound}_day%d>{_NUMBER})"
    named = rf"(?P<{bound}_month%d>{_MONTH})"
    numbered = rf"(?P<{bound}_month%d>{_NUMBER})"
    year = rf"(?P<{bound}_year%d>{_YEAR})"
    forms = (
        rf"(?P<{bound}_year1>[0-9]{{4}})[-/.]{numbered % 1}[-/.]{day % 1}",
        rf"{day % 2}(?P<{bound}_mark>[/.-]){numbered % 2}(?P={bound}_mark){year % 2}",
        rf"{day % 3}[/.]{numbered % 3}",
        rf"{day % 4}{_ORDINAL},?(?: of)?(?:[ -]?{named % 4}(?:[ -]?{year % 4})?)?",
        rf"{named % 5} ?(?:the )?{day % 5}{_ORDINAL}(?:,? {year % 5})?",
        rf"{day % 6}{_ORDINAL},? {year % 6}",
    )
    return rf"(?:(?P<{bound}_weekday>{_WEEKDAY}) ?)?(?:the )?(?:{'|'.join(forms)})"


def _typed(found: re.Match[str], bound: str) -> _Typed:
    parts = {
        name.removeprefix(f"{bound}_").rstrip("123456"): text
        for name, text in found.groupdict().items()
        if name.startswith(f"{bound}_") and text is not None
    }
    month, year, weekday = parts.get("month"), parts.get("year", ""), parts.get("weekday")
    return _Typed(
        day=int(parts["day"]),
        month=_month(month) if month else None,
        year=int(year.lstrip("'")) + (0 if len(year) == 4 else 2000) if year else None,
        weekday=_place(weekday, _WEEKDAYS) if weekday else None,
    )


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _place(text, _MONTHS) + 1


def _place(text: str, names: tuple[str, ...]) -> int:
    return next(place for place, name in enumerate(names) if name.startswith(text[:3]))


# What each form of a period means.


def _two_dates(found: re.Match[str]) -> TypedPeriod:
    starts_on, ends_on = _complete(_typed(found, "start"), _typed(found, "end"))
    length = _length(starts_on, ends_on)
    doubt = f"The period is {length.days} days long." if length > _LONGEST_PERIOD else ""
    return TypedPeriod(starts_on, ends_on, doubt)


def _complete(start: _Typed, end: _Typed) -> tuple[date, date]:
    """Both dates, each lending the other what is written once."""
    start = start._replace(month=start.month or end.month)
    end = end._replace(month=end.month or start.month)
    over_new_year = (start.month or 0) >= 10 and 1 <= (end.month or 0) <= 3
    if start.year is None and end.year is not None:
        start = start._replace(year=end.year - over_new_year)
    elif end.year is None and start.year is not None:
        end = end._replace(year=start.year + over_new_year)
    return start.resolve(), end.resolve()


def _length(starts_on: date, ends_on: date) -> timedelta:
    if ends_on < starts_on:
        raise _Unclear("it ends before it starts")
    return ends_on - starts_on + _DAY


def _from_week(found: re.Match[str]) -> TypedPeriod:
    starts_on = _typed(found, "start").resolve()
    return _weeks(starts_on, starts_on, 2 if found["fortnight"] else 1)


def _from_week_to_week(found: re.Match[str]) -> TypedPeriod:
    return _weeks(*_complete(_typed(found, "start"), _typed(found, "end")), 1)


def _weeks(starts_on: date, last_week: date, weeks: int) -> TypedPeriod:
    ends_on = last_week + timedelta(weeks=weeks) - _DAY
    _length(starts_on, ends_on)
    return TypedPeriod(
        starts_on,
        ends_on,
        f"Only the first day of {'a fortnight' if weeks == 2 else 'the week'} is given:"
        f" the period is taken to end on {written(ends_on)}.",
    )


def _to_week(found: re.Match[str]) -> TypedPeriod:
    ends_on = _typed(found, "end").resolve()
    starts_on = ends_on - timedelta(weeks=2 if found["fortnight"] else 1) + _DAY
    return TypedPeriod(
        starts_on,
        ends_on,
        f"Only the last day of the {'fortnight' if found['fortnight'] else 'week'} is given:"
        f" the period is taken to start on {written(starts_on)}.",
    )


def _open_start(found: re.Match[str]) -> TypedPeriod:
    ends_on = _typed(found, "end").resolve()
    return TypedPeriod(
        None, ends_on, f"The period ends on {written(ends_on)}; its start is missing."
    )


def _open_end(found: re.Match[str]) -> TypedPeriod:
    starts_on = _typed(found, "start").resolve()
    return TypedPeriod(
        starts_on, None, f"The period starts on {written(starts_on)}; its end is missing."
    )


def _one_date(found: re.Match[str]) -> TypedPeriod:
    raise _Unclear("this is one date, and a period needs two")


def _whole_month(found: re.Match[str]) -> TypedPeriod:
    year, month = int(found["year"]), _month(found["month"])
    starts_on = _Typed(1, month, year, None).resolve()
    ends_on = date(year + month // 12, month % 12 + 1, 1) - _DAY
    return TypedPeriod(
        starts_on, ends_on, f"Only a month is given: taken as 1 to {written(ends_on)}."
    )


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], TypedPeriod]], ...] = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (rf"{_LEAD}{_date('start')}{_TO}{_date('end')}", _two_dates),
        (rf"{_LEAD}between {_date('start')} and {_date('end')}", _two_dates),
        (rf"(?:the )?{_FROM_WEEK}{_date('start')}", _from_week),
        (
            rf"(?:the )?{_FROM_WEEK}{_date('start')}"
            rf"(?:{_AND}|{_TO}{_FROM_WEEK.replace('<fortnight>', '<second>')}"
            rf"|{_AND}{_FROM_WEEK.replace('<fortnight>', '<third>')}){_date('end')}",
            _from_week_to_week,
        ),
        (rf"(?:the )?{_TO_WEEK}{_date('end')}", _to_week),
        (rf"{_LEAD}{_ENDING}{_date('end')}", _open_start),
        (rf"{_LEAD}{_STARTING}{_date('start')}", _open_end),
        (rf"{_LEAD}{_date('start')}", _one_date),
        (rf"{_LEAD}(?:month of )?(?P<month>{_MONTH}),? (?P<year>[0-9]{{4}})", _whole_month),
    )
)

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－~→⁃"), "-")
_OTHERS = {ord("’"): "'", ord("‘"): "'", ord("("): None, ord(")"): None} | dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_DASHES | _OTHERS).casefold()
    return re.sub(r",? incl(?:usive|\.)?$", "", " ".join(text.split()).rstrip(".,; "))


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"
