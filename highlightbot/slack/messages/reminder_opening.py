"""The sentence that opens a reminder: what is due until when, and why it is told."""

from collections.abc import Sequence
from typing import assert_never
from zoneinfo import ZoneInfo

from highlightbot.core.people import Person
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reminders import DueReport
from highlightbot.core.reports import Report, ReportState
from highlightbot.core.rich_text import Span
from highlightbot.slack.messages.standing import moment
from highlightbot.slack.text import clip

Sentence = tuple[Span, ...]


def opening(group: Sequence[DueReport], reader: Person, zone: ZoneInfo) -> Sentence:
    """The sentence for reports of one period that are due for the same reason."""
    owed = [due.report for due in group if due.report.is_owed and not due.is_with_another(reader)]
    if not owed:
        return _settled(group, zone)
    kind, several = group[0].kind, len(owed) > 1
    subject = _subject(owed)
    due = Span(moment(owed[0].period.due_at, owed[0], zone), bold=True)
    match kind:
        case ReminderKind.PERIOD_ENDED:
            return Span(f"Your {subject} {_are(several)} due by "), due, Span(".")
        case ReminderKind.DUE_SOON:
            return Span(f"Still to come: your {subject}, due by "), due, Span(".")
        case ReminderKind.OVERDUE:
            closes = moment(owed[0].period.closes_at, owed[0], zone)
            return (
                Span(f"Your {subject} {_were(several)} due by "),
                due,
                Span(
                    f". {_it(several)} can still be sent until {closes}, and will be marked late."
                ),
            )
        case ReminderKind.DEPUTY:
            return (
                Span(f"Still missing: the {subject}, due by "),
                due,
                Span(". You are a deputy and can write it; it will be marked late."),
            )
        case ReminderKind.COORDINATOR:
            return Span(f"Still missing: the {subject}, due by "), due, Span(".")
        case ReminderKind.ASKED:
            return Span(f"You asked to be reminded of your {subject}, due by "), due, Span(".")
        case ReminderKind.CHASED:
            return Span(f"Your coordinator is waiting for your {subject}, due by "), due, Span(".")
        case ReminderKind.HANDED:
            by = clip(owed[0].handed.by, 80) if owed[0].handed else "Somebody"
            return Span(f"{by} has handed you the {subject}, due by "), due, Span(".")
        case _:
            assert_never(kind)


def _settled(group: Sequence[DueReport], zone: ZoneInfo) -> Sentence:
    """What is said of reports of which the reader owes, or misses, none any more."""
    reports = [due.report for due in group]
    if group[0].kind is ReminderKind.COORDINATOR:
        return (Span(f"No longer missing: the {_subject(reports)}."),)
    submitted = [report for report in reports if report.state is ReportState.SUBMITTED]
    if not submitted:
        return (Span(f"You need not write the {_subject(reports)} now."),)
    several = len(submitted) > 1
    closes = moment(submitted[0].period.closes_at, submitted[0], zone)
    told = f"Your {_subject(submitted)} {_are(several)} in."
    return (Span(f"{told} {_it(several)} can be changed until {closes}."),)


def _subject(reports: Sequence[Report]) -> str:
    count = f"{len(reports)} highlight reports" if len(reports) > 1 else "highlight report"
    return f"{count} for {reports[0].period.bounds}"


def _are(several: bool) -> str:
    return "are" if several else "is"


def _were(several: bool) -> str:
    return "were" if several else "was"


def _it(several: bool) -> str:
    return "They" if several else "It"
