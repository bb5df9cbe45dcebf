"""Weekdays and months in the language of everything around them, whatever the machine speaks."""

from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def weekday_of(day: date) -> str:
    """ "Friday"."""
    return WEEKDAYS[day.weekday()]


def month_of(day: date) -> str:
    """ "December"."""
    return MONTHS[day.month - 1]


def written(day: date) -> str:
    """ "18 December 2026"."""
    return f"{day.day} {month_of(day)} {day.year}"
