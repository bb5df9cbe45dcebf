"""Have people reminded as they asked, though a date is moved or they were away just then."""

from datetime import datetime

from highlightbot.core.duties import duties, zone_of
from highlightbot.core.later import before_cut_off
from highlightbot.core.programmes import Programme
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reports import Report
from highlightbot.core.stages import Duty, kind_of
from highlightbot.workflows.ask_reminder import asked_mark, remind_at, remind_now
from highlightbot.workflows.ports import UnitOfWork


def follow_cut_off(
    unit: UnitOfWork, programme: Programme, report: Report, was_due_at: datetime, now: datetime
) -> None:
    """Move what was to come an hour before the old cut-off of the report to the new one.

    If that is outside working hours, it comes in the last hour of them before.
    """
    assert programme.timetable is not None
    hours, calendar = programme.timetable.reminders.hours, programme.timetable.calendar
    due_at = report.period.due_at
    mark = asked_mark(before_cut_off(was_due_at))
    for person_id in unit.reminders.asked_for(report.id, mark):
        person = unit.people.get(person_id)
        zone = zone_of(person, programme)
        at = max(now, hours.last_hour(before_cut_off(due_at), zone, calendar))
        unit.reminders.forget(person_id, report.id, mark)
        follows = asked_mark(before_cut_off(due_at))
        remind_at(unit, programme, person, [report], follows, at, now)


def tell_after_all(unit: UnitOfWork, programme: Programme, period_id: int, now: datetime) -> None:
    """Have those told who were away, or the programme paused, when they were to be."""
    for report_id, person_id, mark in unit.reminders.asked_in_vain(period_id):
        report, kind = unit.reports.get(report_id), kind_of(mark)
        if report is None or (kind is ReminderKind.HANDED and not _has(person_id, report)):
            continue
        for person, duty in duties(programme, report, now):
            if person.id == person_id and duty is not Duty.COORDINATOR:
                unit.reminders.forget(person_id, report_id, mark)
                besides = kind is ReminderKind.ASKED
                remind_now(unit, programme, person, report, kind, now, besides=besides)


def _has(person_id: int, report: Report) -> bool:
    """Whether it is handed to them: it can have been taken back."""
    return report.handed is not None and report.handed.to_id == person_id
