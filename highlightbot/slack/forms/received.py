"""The modal after a submission: it arrived, and what happens now."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from highlightbot.slack import dates, ids
from highlightbot.slack.blocks import TITLE
from highlightbot.slack.text import clip
from highlightbot.workflows.write_report import Submitted


def build(submitted: Submitted, zone: ZoneInfo) -> dict[str, Any]:
    """Times are told in the author's ``zone``, which is named if it is not the programme's.

    Built without the SDK's block objects: turning those into this takes longer than storing the
    report, and the author waits for both.
    """
    report = submitted.report
    return {
        "type": "modal",
        "callback_id": ids.RECEIVED,
        "title": _text(TITLE),
        "close": _text("Done"),
        "blocks": [
            {
                "type": "header",
                "text": _text("✓ Received late" if submitted.late else "✓ Received in time"),
            },
            {
                "type": "context",
                "elements": [_text(f"{report.area_name} · {dates.bounds(report.period)}")],
            },
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": _arrived(submitted, zone)}],
            },
            {"type": "section", "text": _text(_what_next(submitted, zone))},
        ],
    }


def _text(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": clip(text, 3000), "emoji": False}


def _arrived(submitted: Submitted, zone: ZoneInfo) -> list[dict[str, Any]]:
    again = f"Revision {submitted.revision} of your" if submitted.revision > 1 else "Your"
    moment = _moment(submitted, submitted.submitted_at, zone)
    return [
        {"type": "text", "text": f"{again} report arrived on "},
        {"type": "text", "text": moment, "style": {"bold": True}},
        {"type": "text", "text": "."},
    ]


def _what_next(submitted: Submitted, zone: ZoneInfo) -> str:
    period = submitted.report.period
    closes = _moment(submitted, period.closes_at, zone)
    change = f"You can change it until {closes}: choose “Change report”."
    if submitted.late:
        return f"It is marked late, and the posted summary is updated with it. {change}"
    due = _moment(submitted, period.due_at, zone)
    return f"It goes into the summary at the cut-off, {due}. {change}"


def _moment(submitted: Submitted, at: datetime, zone: ZoneInfo) -> str:
    report = submitted.report
    told = dates.moment(at, zone, report.period.ends_on)
    return f"{told}{dates.zone_note(at, zone, report.zone)}"
