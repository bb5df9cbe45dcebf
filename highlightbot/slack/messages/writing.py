"""What somebody is shown who writes to the bot that they want to write a report."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from highlightbot.core.reports import Report, ReportState
from highlightbot.core.rich_text import Span
from highlightbot.slack.blocks import (
    buttons,
    change_button,
    context,
    line,
    section,
    writing_buttons,
)
from highlightbot.slack.messages.message import Message
from highlightbot.slack.messages.standing import until
from highlightbot.slack.text import clip, escape

_MOST = 20


def offer(reports: Sequence[Report], zone: ZoneInfo, now: datetime) -> Message:
    """The reports, at least one, each with the buttons that lead to it. No report text is in it.

    A message gives no right to open a modal, as a command or a click does. It is not changed
    later, and tells nothing of a report that writing it makes untrue. Times are told in ``zone``.
    """
    said = "Your report:" if len(reports) == 1 else "Your reports:"
    names = ", ".join(clip(report.area_name, 80) for report in reports[:_MOST])
    return Message(
        escape(clip(f"{said} {names}", 2000)),
        [
            section(said),
            *(block for report in reports[:_MOST] for block in _report(report, zone, now)),
            *_more(len(reports) - _MOST),
        ],
    )


def _report(report: Report, zone: ZoneInfo, now: datetime) -> Iterator[Block]:
    programme, bounds = clip(report.programme_name, 80), report.period.bounds
    yield line(
        Span(clip(report.area_name, 80), bold=True),
        Span(f" · {programme} · {bounds}\n{until(report, zone, now)}"),
    )
    if report.state is ReportState.SUBMITTED:
        yield buttons(change_button(report.id, report.area_name))
    else:
        yield buttons(*writing_buttons(report))


def _more(count: int) -> Iterator[Block]:
    if count > 0:
        yield context(f"And {count} more: type /highlight report.")
