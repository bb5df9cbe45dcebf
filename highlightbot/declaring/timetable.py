"""Reads when a programme's periods end, when reports are due, when people are reminded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from highlightbot.core.cadences import Cadence, parse_cadence, parse_month_day
from highlightbot.core.periods import CutOff, WorkingCalendar, format_bounds, parse_cut_off
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import (
    STANDARD_PLAN,
    ReminderKind,
    ReminderPlan,
    ReminderTime,
    WorkingHours,
    parse_reminder_time,
    parse_working_hours,
)
from highlightbot.declaring.places import Note
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
    reminders = _reminders(table_at(document, "reminders", note), note)
    if zone is None or cadence is None or cut_off is None or reminders is None:
        return None
    timetable = Timetable(cadence, cut_off, zone, reminders, region, calendar)
    _note_late_cut_off(timetable, note)
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


def _reminders(table: Table | None, note: Note) -> ReminderPlan | None:
    if table is None:
        return None
    at = ("reminders",)
    hours = STANDARD_PLAN.hours
    if "working_hours" in table:
        read = parsed_at(table, "working_hours", at, note, parse_working_hours, example=None)
        if read is None:
            return None
        hours = read
    first = _reminder_time(table, ReminderKind.PERIOD_ENDED, hours, note)
    return ReminderPlan(
        period_ended=first or STANDARD_PLAN.period_ended,
        due_soon=_nudges(table, hours, note),
        overdue=_optional(table, ReminderKind.OVERDUE, hours, note),
        deputy=_optional(table, ReminderKind.DEPUTY, hours, note),
        coordinator=_optional(table, ReminderKind.COORDINATOR, hours, note),
        hours=hours,
    )


def _nudges(table: Table, hours: WorkingHours, note: Note) -> tuple[ReminderTime, ...]:
    """One time to nudge or a list of them; false, or an empty list, is none."""
    kind = ReminderKind.DUE_SOON
    value = table.get(kind)
    at = ("reminders", kind)
    if value is False or value == []:
        return ()
    if not isinstance(value, list):
        one = _reminder_time(table, kind, hours, note)
        return (one,) if one else ()
    if len(value) > _MOST_NUDGES:
        note(at, f"These are {len(value)} nudges: write at most {_MOST_NUDGES}")
    if not all(isinstance(one, str) for one in value):
        note(at, "Each of these must be text in quotation marks")
        return ()
    read = [_reminder_time({kind: one}, kind, hours, note) for one in value]
    times = [one for one in read if one is not None]
    days = [one.working_days for one in times]
    if len(set(days)) < len(days):
        note(at, "Two of these are on the same day: nobody is reminded twice a day")
    return tuple(times)


_MOST_NUDGES = 10


def _optional(
    table: Table, kind: ReminderKind, hours: WorkingHours, note: Note
) -> ReminderTime | None:
    """A time that false switches off."""
    if table.get(kind) is False:
        return None
    usual = _usual(kind)
    if kind not in table and kind is not ReminderKind.OVERDUE and not hours.hold(usual.at):
        return replace(usual, at=hours.start)
    return _reminder_time(table, kind, hours, note)


def _reminder_time(
    table: Table, kind: ReminderKind, hours: WorkingHours, note: Note
) -> ReminderTime | None:
    """The time that is written there, or the usual one; None where it cannot be read."""
    at = ("reminders",)
    if table.get(kind) is True:
        note((*at, kind), "This is a time or false: write for example false to switch it off")
        return None
    read = parsed_at(table, kind, at, note, partial(parse_reminder_time, kind), example=None)
    if read is None and kind in table:
        return None
    time = read or _usual(kind)
    if not hours.hold(time.at):
        usual = "" if kind in table else ", its usual time,"
        note(
            (*at, kind),
            f"{time.at:%H:%M}{usual} is outside of the working hours, {hours.start:%H:%M} to"
            f" {hours.end:%H:%M}: write a time between them, or widen working_hours",
        )
    return time


def _usual(kind: ReminderKind) -> ReminderTime:
    usual: ReminderTime | tuple[ReminderTime, ...] = getattr(STANDARD_PLAN, kind)
    return usual[0] if isinstance(usual, tuple) else usual


def _note_late_cut_off(timetable: Timetable, note: Note) -> None:
    """Late reports are taken until the next cut-off: each must lie in the period after its own."""
    cadence = timetable.cadence
    for number in range(1, cadence.number_on(cadence.anchor + _LOOK_AHEAD) + 1):
        starts_on, ends_on = cadence.bounds(number)
        due_on = timetable.due_at(ends_on).astimezone(timetable.zone).date()
        if due_on > cadence.bounds(number + 1)[1]:
            note(
                ("calendar", "cut_off"),
                f"The reports of {format_bounds(starts_on, ends_on)} would be due on"
                f" {format_bounds(due_on, due_on)}, after the end of the next period:"
                " write an earlier cut-off",
            )
            return


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
