"""The modal after a submission: it arrived, and what happens now."""

from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.views import View

from highlightbot.core.rich_text import Span
from highlightbot.slack import dates, ids
from highlightbot.slack.blocks import TITLE, context, header, line, plain, section
from highlightbot.workflows.write_report import Submitted


def build(submitted: Submitted, zone: ZoneInfo) -> View:
    """Times are told in the author's ``zone``, which is named if it is not the programme's."""
    report = submitted.report
    return View(
        type="modal",
        callback_id=ids.RECEIVED,
        title=plain(TITLE, 24),
        close=plain("Done", 24),
        blocks=[
            header("✓ Received late" if submitted.late else "✓ Received in time"),
            context(f"{report.area_name} · {dates.bounds(report.period)}"),
            line(*_arrived(submitted, zone)),
            section(_what_next(submitted, zone)),
        ],
    )


def _arrived(submitted: Submitted, zone: ZoneInfo) -> tuple[Span, ...]:
    again = f"Revision {submitted.revision} of your" if submitted.revision > 1 else "Your"
    return (
        Span(f"{again} report arrived on "),
        Span(_moment(submitted, submitted.submitted_at, zone), bold=True),
        Span("."),
    )


def _what_next(submitted: Submitted, zone: ZoneInfo) -> str:
    period = submitted.report.period
    closes = _moment(submitted, period.closes_at, zone)
    change = f"You can change it until {closes}: choose “Write report” again."
    if submitted.late:
        return f"It is marked late, and the posted summary is updated with it. {change}"
    due = _moment(submitted, period.due_at, zone)
    return f"It goes into the summary at the cut-off, {due}. {change}"


def _moment(submitted: Submitted, at: datetime, zone: ZoneInfo) -> str:
    report = submitted.report
    told = dates.moment(at, zone, report.period.ends_on)
    return f"{told}{dates.zone_note(at, zone, report.zone)}"
