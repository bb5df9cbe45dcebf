"""Let a service area off its report for one period, and take that back."""

from datetime import datetime

from highlightbot.core.errors import Refusal
from highlightbot.core.instructions import ExcuseArea, ExpectArea
from highlightbot.core.naming import find_by_name, nearest_names
from highlightbot.core.people import Person
from highlightbot.core.periods import Period, format_instant
from highlightbot.core.programmes import Programme
from highlightbot.core.reports import Report
from highlightbot.workflows.open_periods import read_calendar
from highlightbot.workflows.ports import UnitOfWork
from highlightbot.workflows.update_reminders import change_reminders


def foresee_excuse(
    unit: UnitOfWork, programme: Programme, asked: ExcuseArea | ExpectArea, now: datetime
) -> tuple[str, ...]:
    """What would become different; Refusal where it makes no sense."""
    report = _report(unit, programme, asked, now)
    bounds = report.period.bounds
    if isinstance(asked, ExcuseArea):
        return (
            f"{report.area_name} owes no report for {bounds}: nobody is reminded of it, and the"
            " summary names it as excused instead of missing.",
            "A report that comes all the same is taken.",
            "Nobody gets a message about this.",
        )
    due = format_instant(report.period.due_at, programme.zone)
    return (
        f"{report.area_name} owes its report for {bounds} again, due on {due}.",
        "Nobody gets a message about this now: its authors are reminded as usual.",
    )


def excuse_area(
    unit: UnitOfWork,
    programme: Programme,
    person: Person,
    asked: ExcuseArea | ExpectArea,
    now: datetime,
) -> None:
    """Do it, in a programme that is held. Refusal where it makes no sense."""
    report = _report(unit, programme, asked, now)
    unit.reports.hold(report.id)
    by = person.id if isinstance(asked, ExcuseArea) else None
    unit.reports.excuse(report.id, by, now)
    unit.looks.wake(period_id=report.period.id)
    change_reminders(unit, report.id, now)


def _report(
    unit: UnitOfWork, programme: Programme, asked: ExcuseArea | ExpectArea, now: datetime
) -> Report:
    if programme.timetable is None:
        raise Refusal(f"{programme.name} keeps past reports only: nobody owes one in it.")
    period = read_calendar(unit, programme, programme.timetable, now).awaiting_cut_off(now)
    report = report_of(unit, programme, asked.area, period)
    bounds = period.bounds
    if report.revision:
        raise Refusal(f"{report.area_name} has reported for {bounds} already.")
    if isinstance(asked, ExcuseArea) and report.excused_at:
        raise Refusal(f"{report.area_name} is excused for {bounds} already.")
    if isinstance(asked, ExpectArea) and not report.excused_at:
        raise Refusal(f"{report.area_name} is not excused for {bounds}.")
    return report


def report_of(unit: UnitOfWork, programme: Programme, typed: str, period: Period) -> Report:
    """The report of the area that is meant; Refusal where none is."""
    reports = {report.area_name: report for report in unit.reports.of_period(period.id)}
    if typed not in reports and any(area.name == typed for area in programme.areas):
        raise Refusal(f"{typed} owes no report for {period.bounds}: it begins with the next one.")
    found = find_by_name(typed, reports)
    if found is None:
        near = nearest_names(typed, reports) or tuple(reports)[:10]
        raise Refusal(
            f"I know no area called “{typed[:100]}” that owes a report to {programme.name}. Did"
            f" you mean: {', '.join(near)}?"
        )
    return found
