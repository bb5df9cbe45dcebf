"""Dates and instants as people are told them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from highlightbot.core.day_names import WEEKDAYS, month_of, weekday_of


def moment(at: datetime, zone: ZoneInfo, beside: date) -> str:
    """An instant in local words: "Tuesday 23 June, 12:00".

    The year is told only if it is another than that of ``beside``, a date that stands near.
    """
    return _moment(at, zone, beside, WEEKDAYS)


def day(on: date) -> str:
    """A date in words: "Tuesday 23 June"."""
    return f"{weekday_of(on)} {on.day} {month_of(on)}"


def short_moment(at: datetime, zone: ZoneInfo, beside: date) -> str:
    """The same with a short day: "Tue 23 June, 12:00"."""
    return _moment(at, zone, beside, [name[:3] for name in WEEKDAYS])


def zone_note(at: datetime, zone: ZoneInfo, usual: ZoneInfo) -> str:
    """ " (Lisbon time)" where the clocks of the zone differ from the usual ones, else nothing."""
    if zone is usual or at.astimezone(zone).utcoffset() == at.astimezone(usual).utcoffset():
        return ""
    name = (zone.key or f"{at.astimezone(zone):%Z}").rpartition("/")[2].replace("_", " ")
    return f" ({name})" if name == "UTC" else f" ({name} time)"


def time_left(due_at: datetime, now: datetime) -> str:
    """How long it is until the cut-off, or since: "2 days 3 hours left", "passed 1 hour ago"."""
    if now <= due_at:
        return f"{_span(due_at - now)} left"
    return f"passed {_span(now - due_at)} ago"


def _moment(at: datetime, zone: ZoneInfo, beside: date, days: Sequence[str]) -> str:
    local = at.astimezone(zone)
    year = "" if local.year == beside.year else f" {local.year}"
    named = days[local.weekday()]
    return f"{named} {local.day} {month_of(local)}{year}, {local.hour:02}:{local.minute:02}"


def _span(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    if days >= 3 or (days and not hours):
        return _count(days, "day")
    if days:
        return f"{_count(days, 'day')} {_count(hours, 'hour')}"
    if hours:
        return _count(hours, "hour")
    return _count(minutes, "minute") if minutes else "less than a minute"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
