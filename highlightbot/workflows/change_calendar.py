"""Change when periods end and fall due, and whether the programme rests."""

from datetime import datetime
from typing import assert_never

from highlightbot.core import calendar_changes
from highlightbot.core.calendar_changes import differences
from highlightbot.core.calendars import Calendar
from highlightbot.core.errors import Refusal
from highlightbot.core.instructions import (
    CalendarInstruction,
    EndPeriod,
    MergePeriods,
    MoveCutOff,
    PauseProgramme,
    ResumeProgramme,
)
from highlightbot.core.programmes import Programme
from highlightbot.workflows.keep_asked_reminders import follow_cut_off
from highlightbot.workflows.open_periods import keep_calendar, read_calendar
from highlightbot.workflows.ports import UnitOfWork
from highlightbot.workflows.update_reminders import change_reminders


def foresee_change(
    unit: UnitOfWork, programme: Programme, asked: CalendarInstruction, now: datetime
) -> tuple[str, ...]:
    """What would become different; Refusal where it makes no sense."""
    before, after = _calendars(unit, programme, asked, now)
    return (*differences(before, after, now), _who_is_told(asked))


def change_calendar(
    unit: UnitOfWork, programme: Programme, asked: CalendarInstruction, now: datetime
) -> None:
    """Do it, in a programme that is held. Refusal where it makes no sense."""
    before, after = _calendars(unit, programme, asked, now)
    if after.pause != before.pause:
        unit.programmes.pause(programme.id, after.pause)
    if not keep_calendar(unit, programme, before, after, now):
        raise Refusal(
            "Documents were imported for a period of exactly these dates: choose another last day."
        )
    unit.looks.wake(programme_id=programme.id)
    for old, new in zip(before.periods, after.periods, strict=True):
        if old != new:
            for report in unit.reports.of_period(new.id):
                change_reminders(unit, report.id, now)
                if old.due_at != new.due_at:
                    follow_cut_off(unit, programme, report, old.due_at, now)


def _calendars(
    unit: UnitOfWork, programme: Programme, asked: CalendarInstruction, now: datetime
) -> tuple[Calendar, Calendar]:
    if programme.timetable is None:
        raise Refusal(f"{programme.name} keeps past reports only: it has no calendar to change.")
    calendar = read_calendar(unit, programme, programme.timetable, now)
    return calendar, _changed(calendar, asked, now)


def _changed(calendar: Calendar, asked: CalendarInstruction, now: datetime) -> Calendar:
    match asked:
        case MoveCutOff(day, at):
            return calendar_changes.move_cut_off(calendar, day, at, now)
        case EndPeriod(on):
            return calendar_changes.end_period(calendar, on, now)
        case MergePeriods():
            return calendar_changes.merge_with_next(calendar, now)
        case PauseProgramme(starts_on, resumes_on):
            return calendar_changes.pause(calendar, starts_on, resumes_on, now)
        case ResumeProgramme():
            return calendar_changes.resume(calendar, now)
        case _:
            assert_never(asked)


def _who_is_told(asked: CalendarInstruction) -> str:
    if isinstance(asked, PauseProgramme | ResumeProgramme):
        return "Nobody gets a message about this."
    return (
        "Nobody gets a message about this now. Reminders that were sent show the new dates, and"
        " later ones follow them."
    )
