"""Remind an area's author now, because a coordinator asks for it."""

from dataclasses import dataclass
from datetime import datetime

from highlightbot.core.duties import duties, zone_of
from highlightbot.core.errors import Refusal
from highlightbot.core.instructions import ChaseArea
from highlightbot.core.people import Person
from highlightbot.core.periods import day_of, format_instant
from highlightbot.core.programmes import Programme
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reports import Report
from highlightbot.core.stages import Duty
from highlightbot.workflows.ask_reminder import remind_now
from highlightbot.workflows.excuse_area import report_of
from highlightbot.workflows.missing_reports import period_asked_about
from highlightbot.workflows.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Chased:
    """Somebody to be reminded at ``at``, or who was reminded that day already."""

    person: Person
    at: datetime
    reminded: bool


def foresee_chase(
    unit: UnitOfWork, programme: Programme, asked: ChaseArea, now: datetime
) -> tuple[str, ...]:
    """Who would be reminded when; Refusal where nobody can be."""
    report = _report(unit, programme, asked, now)
    bounds = report.period.bounds
    told = []
    for one in _chased(unit, programme, report, now):
        if one.reminded:
            told.append(f"{one.person.name} was reminded that day already, and gets no second one.")
        elif one.at > now:
            at = format_instant(one.at, programme.zone)
            told.append(f"{one.person.name} is reminded on {at}, when their working hours begin.")
        else:
            told.append(f"{one.person.name} is reminded now.")
    return (f"It is about the report of {report.area_name} for {bounds}.", *told)


def chase_area(unit: UnitOfWork, programme: Programme, asked: ChaseArea, now: datetime) -> None:
    """Do it, in a programme that is held. Refusal where nobody can be reminded."""
    report = _report(unit, programme, asked, now)
    for one in _chased(unit, programme, report, now):
        if not one.reminded:
            remind_now(unit, programme, one.person, report, ReminderKind.CHASED, now, besides=False)


def _report(unit: UnitOfWork, programme: Programme, asked: ChaseArea, now: datetime) -> Report:
    if programme.is_paused(now):
        raise Refusal("The programme is paused: resume it first, and then chase.")
    period = period_asked_about(unit, programme, now)
    if programme.timetable is None or period is None:
        raise Refusal("No reporting period is open.")
    report = report_of(unit, programme, asked.area, period)
    bounds = period.bounds
    if report.revision:
        raise Refusal(f"{report.area_name} has reported for {bounds} already.")
    if report.excused_at:
        raise Refusal(f"{report.area_name} is excused for {bounds}: unexcuse it first.")
    return report


def _chased(
    unit: UnitOfWork, programme: Programme, report: Report, now: datetime
) -> tuple[_Chased, ...]:
    assert programme.timetable is not None
    plan, calendar = programme.timetable.reminders, programme.timetable.calendar
    authors = [one for one, duty in duties(programme, report, now) if duty is Duty.AUTHOR]
    if not authors:
        raise Refusal(f"Nobody who writes for {report.area_name} is there to be reminded.")
    found = []
    for person in authors:
        zone = zone_of(person, programme)
        at = plan.hours.next_moment(now, zone, calendar)
        row = unit.reminders.row_of(person.id, *day_of(at, zone))
        found.append(_Chased(person, at, row is not None and row.sent))
    if all(one.reminded for one in found):
        names = ", ".join(one.person.name for one in found)
        raise Refusal(
            f"{names} was reminded today already, and nobody gets two reminders a day. Chase again"
            " tomorrow, or write to them yourself."
            if len(found) == 1
            else f"{names} were reminded today already, and nobody gets two reminders a day. Chase"
            " again tomorrow, or write to them yourself."
        )
    return tuple(found)
