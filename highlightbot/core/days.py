"""Days and times as coordinators type them, seen from today."""

import re
from datetime import date, time, timedelta

from highlightbot.core.day_names import MONTHS, WEEKDAYS, weekday_of

_DAY = timedelta(days=1)
_WEEKDAYS = tuple(day.casefold() for day in WEEKDAYS)
_MONTHS = tuple(month.casefold() for month in MONTHS)
_WEEKDAY = rf"(?:(?:on )?(?P<weekday>{'|'.join(f'{day[:3]}(?:{day[3:]})?' for day in _WEEKDAYS)}))"
_MONTH = rf"(?P<month>{'|'.join(f'{month[:3]}(?:{month[3:]})?' for month in _MONTHS)})"
_YEAR = r"(?:,? (?P<year>\d{4}))?"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SPANS = {"today": 0, "tomorrow": 1}
_DATES = tuple(
    re.compile(rf"(?:{_WEEKDAY},? )?(?:the )?(?:{pattern})")
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})/(?P<number>\d{1,2})(?:/(?P<year>\d{4}))?",
        rf"{_NUMBER} (?:of )?{_MONTH}{_YEAR}",
        rf"{_MONTH} {_NUMBER}{_YEAR}",
    )
)
_TIME = re.compile(
    r"(?:,? ?(?:at )?(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2})|(?P<full>\d{1,2}) ?(?P<half>[ap])m"
    r"|(?P<noon>noon|midday)))$"
)


def parse_day(text: str, today: date) -> date:
    """ "today", "Friday", "18 December", "18/12", "2026-12-18"; ValueError otherwise.

    A weekday is the first of that name after today. A date without a year is the first such one
    from today on; a weekday that stands before it has to be that date's.
    """
    words = _plain(text).removeprefix("on ")
    if words in _SPANS:
        return today + _SPANS[words] * _DAY
    if found := re.fullmatch(rf"(?:this )?{_WEEKDAY}", words):
        wanted = _number_of(found["weekday"], _WEEKDAYS)
        return today + ((wanted - today.weekday() - 1) % 7 + 1) * _DAY
    for pattern in _DATES:
        if found := pattern.fullmatch(words):
            return _dated(found, today, text)
    raise ValueError(
        f"“{text}” is no day that I can read: write for example “Friday”, “18 December” or"
        " “2026-12-18”."
    )


def parse_moment(text: str, today: date) -> tuple[date, time | None]:
    """A day, and the time of day if one follows it: "Friday 12:00", "18 December at noon"."""
    words = _plain(text)
    found = _TIME.search(words)
    if not found or not words[: found.start()]:
        return parse_day(text, today), None
    hour, minute = int(found["hour"] or found["full"] or 12), int(found["minute"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "p") if 1 <= hour <= 12 else 24
    try:
        at = time(hour, minute)
    except ValueError:
        told = found[0].strip(" ,")
        raise ValueError(f"“{told}” is no time of day: write for example “12:00”.") from None
    return parse_day(words[: found.start()], today), at


def _dated(found: re.Match[str], today: date, text: str) -> date:
    parts = found.groupdict()
    number = parts.get("number")
    month = int(number) if number else _number_of(parts["month"], _MONTHS) + 1
    years = [int(parts["year"])] if parts["year"] else range(today.year, today.year + 9)
    days = []
    for year in years:  # until the next leap year for a 29 February
        try:
            days.append(date(year, month, int(parts["day"])))
        except ValueError:
            continue
    day = next((day for day in days if parts["year"] or day >= today), None)
    if day is None:
        raise ValueError(f"There is no day “{text}”: look at the calendar once more.")
    if parts["weekday"] and _number_of(parts["weekday"], _WEEKDAYS) != day.weekday():
        raise ValueError(f"“{text}” is a {weekday_of(day)}: write which of the two you mean.")
    return day


def _number_of(word: str, names: tuple[str, ...]) -> int:
    return next(number for number, name in enumerate(names) if name.startswith(word[:3]))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
