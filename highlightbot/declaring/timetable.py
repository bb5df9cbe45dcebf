"""Reads when a programme's periods end, and when reports are due."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from highlightbot.core.cadences import Cadence, parse_cadence, parse_month_day
from highlightbot.core.periods import (
    CutOff,
    Period,
    WorkingCalendar,
    format_bounds,
    parse_cut_off,
)
from highlightbot.core.programmes import Timetable
from highlightbot.declaring.places import Note
from highlightbot.declaring.reminders import note_vain_reminders, read_reminders
from highlightbot.declaring.values import Table, parsed_at, table_at, text_at

CalendarOf = Callable[[str | None], WorkingCalendar]
_YEARS = range(2000, 2101)
_LOOK_AHEAD = timedelta(days=3 * 366)
_SOME_DAY = date(2001, 1, 1)


def read_timetable(document: Table, calendar_of: CalendarOf, note: Note) -> Timetable | None:
    """The timetable; None where something essential to it is wrong, which is noted."""
    zone = parsed_at(document, "zone", (), note, _zone, example="Europe/London")
    region = text_at(document, "holidays", (), note, example=None) or None
    try:
        calendar = calendar_of(region)
    except ValueError as error:
        note(("holidays",), str(error))
        calendar = calendar_of(None)
    table = table_at(document, "calendar", note)
    cadence, cut_off = None, None
    if table is not None:
        cadence, cut_off = _cadence_and_cut_off(table, calendar, note)
    reminders_table = table_at(document, "reminders", note)
    reminders = read_reminders(reminders_table, note)
    if zone is None or cadence is None or cut_off is None or reminders is None:
        return None
    timetable = Timetable(cadence, cut_off, zone, reminders, region, calendar)
    periods = list(_periods(timetable))
    _note_late_cut_off(timetable, periods, note)
    note_vain_reminders(timetable, periods, reminders_table or {}, note)
    return timetable


def _cadence_and_cut_off(
    table: Table, calendar: WorkingCalendar, note: Note
) -> tuple[Cadence | None, CutOff | None]:
    at = ("calendar",)
    anchor = _anchor(table, note)
    parse = partial(parse_cadence, anchor=anchor or _SOME_DAY)
    cadence = parsed_at(table, "every", at, note, parse, example="2 weeks")
    ends = parsed_at(table, "ends", at, note, parse_month_day, example=None)
    if cadence is not None and ends is not None:
        if cadence.unit != "months":
            note(
                (*at, "ends"),
                f'A period of {cadence} does not end on a day of the month: write every = "month",'
                ' or take "ends" out',
            )
        cadence = replace(cadence, ends=ends, calendar=calendar)
    cut_off = parsed_at(
        table, "cut_off", at, note, parse_cut_off, example="2 working days after the end, at 12:00"
    )
    return cadence if anchor else None, cut_off


def _anchor(table: Table, note: Note) -> date | None:
    value = table.get("anchor")
    path = ("calendar", "anchor")
    if value is None:
        note(
            path,
            '"anchor" is missing: write the first day of a period, for example anchor = 2026-11-09',
        )
    elif not isinstance(value, date) or isinstance(value, datetime):
        note(
            path,
            "This must be a date as year-month-day, without quotation marks or time:"
            " write for example anchor = 2026-11-09",
        )
    elif value.year not in _YEARS:
        note(path, f"{value} is too far away: write a day from {_YEARS[0]} to {_YEARS[-1]}")
    else:
        return value
    return None


def _note_late_cut_off(timetable: Timetable, periods: Sequence[Period], note: Note) -> None:
    """Late reports are taken until the next cut-off: each must lie in the period after its own."""
    for period, following in pairwise(periods):
        due_on = period.due_at.astimezone(timetable.zone).date()
        if due_on > following.ends_on:
            note(
                ("calendar", "cut_off"),
                f"The reports of {period.bounds} would be due on {format_bounds(due_on, due_on)},"
                " after the end of the next period: write an earlier cut-off",
            )
            return


def _periods(timetable: Timetable) -> Iterator[Period]:
    cadence = timetable.cadence
    for number in range(1, cadence.number_on(cadence.anchor + _LOOK_AHEAD) + 2):
        starts_on, ends_on = cadence.bounds(number)
        closes_at = timetable.due_at(cadence.bounds(number + 1)[1])
        due_at = timetable.due_at(ends_on)
        yield Period(number, 0, number, starts_on, ends_on, due_at, closes_at)


def _zone(name: str) -> ZoneInfo:
    """The time zone of that name; ValueError with the nearest one otherwise."""
    if name in _zones():
        return ZoneInfo(name)
    # The signs of "Etc/GMT+1" are the other way round: never suggest what would be misread.
    places = sorted(zone for zone in _zones() if not zone.startswith("Etc/"))
    near = process.extractOne(name, places, scorer=fuzz.WRatio, score_cutoff=75)
    advice = f'did you mean "{near[0]}"?' if near else 'write for example "Europe/London"'
    raise ValueError(f'"{name}" is no time zone: {advice}')


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
