"""Dates and instants as people are told them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from highlightbot.core.periods import Period, format_bounds


def bounds(period: Period) -> str:
    """The period's dates: "6–19 June 2020"."""
    return format_bounds(period.starts_on, period.ends_on)


def moment(at: datetime, zone: ZoneInfo, beside: date) -> str:
    """An instant in local words: "Tuesday 23 June, 12:00".

    The year is told only if it is another than that of ``beside``, a date that stands near.
    """
    return _moment(at, zone, beside, _DAYS)


def day(on: date) -> str:
    """A date in words: "Tuesday 23 June"."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"


def short_moment(at: datetime, zone: ZoneInfo, beside: date) -> str:
    """The same with a short day: "Tue 23 June, 12:00"."""
    return _moment(at, zone, beside, [day[:3] for day in _DAYS])


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
    day, month = days[local.weekday()], _MONTHS[local.month - 1]
    return f"{day} {local.day} {month}{year}, {local.hour:02}:{local.minute:02}"


# In the language of everything around them, whatever the machine speaks.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


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
