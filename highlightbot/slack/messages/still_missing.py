"""Which areas' reports are still missing: who writes them, and who was reminded when."""

from collections.abc import Iterator, Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from highlightbot.core.day_names import month_of
from highlightbot.core.reminders import DueReport
from highlightbot.core.reports import ReportState
from highlightbot.core.rich_text import Span, Spans
from highlightbot.slack.blocks import context, listing, names
from highlightbot.slack.text import clip, length

_MOST = 20
_MOST_TOLD = 4
_BELOW_THE_LIST = 100


def still_missing(missing: Sequence[DueReport], room: int) -> Iterator[Block]:
    """One item an area, as many as ``room`` characters hold, and what can be done about them."""
    items = list(_fitting(missing, room - _BELOW_THE_LIST))
    if items:
        yield listing(*items)
    if len(missing) > len(items):
        yield context(f"And {len(missing) - len(items)} more: type /highlight missing.")
    if any(due.report.is_owed for due in missing):
        yield context("You can chase an area again: see Manage on my Home tab.")


def _fitting(missing: Sequence[DueReport], room: int) -> Iterator[Spans]:
    for due in missing[:_MOST]:
        item = _item(due)
        room -= sum(length(span.text) for span in item)
        if room < 0:
            return
        yield item


def _item(due: DueReport) -> Spans:
    writers = names(tuple(_called(person.name, person.has_left) for person in due.authors), 120)
    handed = f", handed to {clip(due.report.handed.to, 50)}" if due.report.handed else ""
    return (
        Span(clip(due.report.area_name, 60), bold=True),
        Span(f" · {writers or 'no lead'}{handed} · {_state(due)}"),
    )


def _called(name: str, has_left: bool) -> str:
    return f"{clip(name, 50)} (has left)" if has_left else clip(name, 50)


def _state(due: DueReport) -> str:
    """What stays true while the report is written: no saved answer changes a message."""
    report = due.report
    if report.revision:
        return "✓ has come in"
    if report.excused_at is not None:
        return "excused"
    told = ", ".join(f"{clip(one.person, 50)} on {_day(one.on)}" for one in due.told[-_MOST_TOLD:])
    reminded = f"last reminded: {told}" if told else "nobody was reminded"
    return f"a draft is begun; {reminded}" if report.state is ReportState.DRAFT else reminded


def _day(on: date) -> str:
    return f"{on.day} {month_of(on)}"
