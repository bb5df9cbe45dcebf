"""How far a report has come, in words."""

from highlightbot.core.reports import Report, ReportState


def standing(report: Report) -> str:
    """ "Not started", "Draft: 2 of 7 sections saved", "Submitted", "Submitted, revision 2"."""
    if report.state is ReportState.SUBMITTED:
        return "Submitted" if report.revision == 1 else f"Submitted, revision {report.revision}"
    count = len(report.template.sections)
    saved = count - len(report.unanswered())
    return f"Draft: {saved} of {count} sections saved" if saved else "Not started"
