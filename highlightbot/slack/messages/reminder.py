"""The direct message that reminds an author."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from highlightbot.core.reminders import ReminderKind
from highlightbot.core.reports import Report
from highlightbot.core.rich_text import Span
from highlightbot.slack import dates
from highlightbot.slack.blocks import (
    buttons,
    context,
    line,
    nothing_button,
    section,
    write_button,
)
from highlightbot.slack.messages.message import Message
from highlightbot.slack.messages.standing import standing
from highlightbot.slack.text import clip, escape

_MOST_AREAS = 20


def build(kind: ReminderKind, reports: Sequence[Report], zone: ZoneInfo) -> Message:
    """What a person still owes for one period, with buttons for each area.

    Times are told in the reader's ``zone``, which is named if it is not the programme's. No
    report text is in it.
    """
    opening = _opening(kind, reports, zone)
    shown = reports[:_MOST_AREAS]
    return Message(
        escape("".join(span.text for span in opening)),
        [
            line(*opening),
            *(block for report in shown for block in _report(report)),
            *_more(len(reports) - len(shown)),
        ],
    )


def handled(text: str) -> Message:
    """What stands in a reminder's place once its buttons have done their work."""
    return Message(escape(clip(text, 3000)), [section(text)])


def _opening(kind: ReminderKind, reports: Sequence[Report], zone: ZoneInfo) -> tuple[Span, ...]:
    first, several = reports[0], len(reports) > 1
    period = first.period
    due = Span(_moment(period.due_at, first, zone), bold=True)
    subject = f"{len(reports)} highlight reports" if several else "highlight report"
    subject = f"{subject} for {dates.bounds(period)}"
    match kind:
        case ReminderKind.PERIOD_ENDED:
            verb = "are" if several else "is"
            return (Span(f"Your {subject} {verb} due by "), due, Span("."))
        case ReminderKind.DUE_SOON:
            return (Span(f"Still to come: your {subject}, due by "), due, Span("."))
        case ReminderKind.OVERDUE:
            verb, it = ("were", "They") if several else ("was", "It")
            closes = _moment(period.closes_at, first, zone)
            return (
                Span(f"Your {subject} {verb} due by "),
                due,
                Span(f". {it} can still be sent until {closes}, and will be marked late."),
            )


def _moment(at: datetime, report: Report, zone: ZoneInfo) -> str:
    told = dates.moment(at, zone, report.period.ends_on)
    return f"{told}{dates.zone_note(at, zone, report.zone)}"


def _report(report: Report) -> Iterator[Block]:
    yield line(
        Span(clip(report.area_name, 80), bold=True),
        Span(f" · {clip(report.programme_name, 80)}\n{standing(report)}"),
    )
    write = write_button(report.id, report.area_name)
    if _may_be_nil(report):
        yield buttons(write, nothing_button(report.id, report.area_name))
    else:
        yield buttons(write)


def _may_be_nil(report: Report) -> bool:
    return report.template.nil_allowed and not any(
        not saved.answer.nil for saved in report.draft.values()
    )


def _more(count: int) -> Iterator[Block]:
    if count > 0:
        yield context(f"And {count} more: type /highlight report.")
