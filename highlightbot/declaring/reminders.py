"""Reads when a programme's people are reminded."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from highlightbot.core.periods import Period
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import (
    PLANNED,
    STANDARD_PLAN,
    ReminderKind,
    ReminderPlan,
    ReminderTime,
    WorkingHours,
    parse_reminder_time,
    parse_working_hours,
)
from highlightbot.core.stages import stages
from highlightbot.declaring.places import Note
from highlightbot.declaring.values import Table, parsed_at


def read_reminders(table: Table | None, note: Note) -> ReminderPlan | None:
    """The plan; None where it cannot be read, which is noted."""
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


def note_vain_reminders(
    timetable: Timetable, periods: Sequence[Period], table: Table, note: Note
) -> None:
    """A time that is written in the table must come up in one of the periods."""
    plan = timetable.reminders
    for kind in PLANNED:
        if kind not in table or not plan.times(kind):
            continue
        single = [replace(plan, due_soon=(nudge,)) for nudge in plan.due_soon]
        plans = single if kind is ReminderKind.DUE_SOON else [plan]
        if not all(_comes_up(kind, one, timetable, periods) for one in plans):
            note(("reminders", kind), f"Nobody would ever get this one: {_IN_TIME[kind]}")


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
    return STANDARD_PLAN.times(kind)[0]


_AFTER_CUT_OFF = "write a time before the next period's cut-off, or false"
_IN_TIME = {
    ReminderKind.PERIOD_ENDED: "write a time before the cut-off",
    ReminderKind.DUE_SOON: "write a time between the first reminder and the cut-off, or false",
    ReminderKind.OVERDUE: _AFTER_CUT_OFF,
    ReminderKind.DEPUTY: _AFTER_CUT_OFF,
    ReminderKind.COORDINATOR: _AFTER_CUT_OFF,
}


def _comes_up(
    kind: ReminderKind, plan: ReminderPlan, timetable: Timetable, periods: Sequence[Period]
) -> bool:
    return any(
        stage.kind is kind and stage.since < stage.until
        for period in periods
        for stage in stages(plan, period, timetable.zone, timetable.calendar)
    )
