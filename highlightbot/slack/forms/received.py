"""The modal after a submission: it arrived, and what happens now."""

from datetime import datetime
from typing import Any

from highlightbot.slack import ids
from highlightbot.slack.blocks import TITLE
from highlightbot.slack.messages.standing import moment
from highlightbot.slack.text import clip
from highlightbot.workflows.write_report import Submitted


def build(submitted: Submitted) -> dict[str, Any]:
    """Times are told in the author's zone, which is named if it is not the programme's.

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
                "text": _text(_title(submitted)),
            },
            {
                "type": "context",
                "elements": [_text(f"{report.area_name} · {report.period.bounds}")],
            },
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": _arrived(submitted)}],
            },
            {"type": "section", "text": _text(_what_next(submitted))},
        ],
    }


def _text(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": clip(text, 3000), "emoji": False}


def _title(submitted: Submitted) -> str:
    if submitted.late:
        return "✓ Received late"
    return "✓ Received" if submitted.after_cut_off else "✓ Received in time"


def _arrived(submitted: Submitted) -> list[dict[str, Any]]:
    again = f"Revision {submitted.revision} of your" if submitted.revision > 1 else "Your"
    moment = _moment(submitted, submitted.submitted_at)
    return [
        {"type": "text", "text": f"{again} report arrived on "},
        {"type": "text", "text": moment, "style": {"bold": True}},
        {"type": "text", "text": "."},
    ]


def _what_next(submitted: Submitted) -> str:
    period = submitted.report.period
    closes = _moment(submitted, period.closes_at)
    change = f"You can change it until {closes}: choose “Change report”."
    if submitted.late:
        return f"It is marked late, and the posted summary is updated with it. {change}"
    if submitted.after_cut_off:
        return f"The posted summary is updated with it. {change}"
    due = _moment(submitted, period.due_at)
    return f"It goes into the summary at the cut-off, {due}. {change}"


def _moment(submitted: Submitted, at: datetime) -> str:
    return moment(at, submitted.report, submitted.zone)
