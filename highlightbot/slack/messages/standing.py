"""How far a report has come, and what time there is for it, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from highlightbot.core.reports import Report, ReportState
from highlightbot.slack import dates


def standing(report: Report) -> str:
    """ "Not started", "Draft: 2 of 7 sections saved", "Submitted", "Submitted, revision 2"."""
    if report.state is ReportState.SUBMITTED:
        return "Submitted" if report.revision == 1 else f"Submitted, revision {report.revision}"
    count = len(report.template.sections)
    saved = count - len(report.unanswered())
    return f"Draft: {saved} of {count} sections saved" if saved else "Not started"


def until(report: Report, zone: ZoneInfo, now: datetime) -> str:
    """The next instant that matters: the cut-off, or after it the closing."""
    period = report.period
    closes = moment(period.closes_at, report, zone)
    if report.state is ReportState.SUBMITTED:
        return f"can be changed until {closes}"
    if now > period.due_at:
        return f"the cut-off has passed; taken as late until {closes}"
    return f"due {moment(period.due_at, report, zone)}"


def place(report: Report, zone: ZoneInfo) -> str:
    """ "Libraries · 6–19 June 2020 · due Tue 23 June, 12:00": which report, and when it is due."""
    return f"{report.area_name} · {report.period.bounds} · {due(report, zone)}"


def due(report: Report, zone: ZoneInfo) -> str:
    """ "due Tue 23 June, 12:00" in the reader's zone, which is named as in `moment`."""
    at = report.period.due_at
    told = dates.short_moment(at, zone, report.period.ends_on)
    return f"due {told}{dates.zone_note(at, zone, report.zone)}"


def moment(at: datetime, report: Report, zone: ZoneInfo) -> str:
    """An instant in the reader's zone, which is named if it is not the programme's."""
    told = dates.moment(at, zone, report.period.ends_on)
    return f"{told}{dates.zone_note(at, zone, report.zone)}"
