"""Which areas' reports are still missing: who writes them, and who was reminded when."""

from collections.abc import Iterator, Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from highlightbot.core.duties import DueReport
from highlightbot.core.rich_text import Span, Spans
from highlightbot.slack.blocks import context, listing, names
from highlightbot.slack.messages.standing import standing
from highlightbot.slack.text import clip

_MOST = 20
_MOST_TOLD = 4


def still_missing(missing: Sequence[DueReport]) -> Iterator[Block]:
    """One item an area, and what a coordinator can do about them."""
    yield listing(*(_item(due) for due in missing[:_MOST]))
    if len(missing) > _MOST:
        yield context(f"And {len(missing) - _MOST} more: type /highlight missing.")
    yield context("You can chase an area again: see Manage on my Home tab.")


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
    report = due.report
    if report.revision:
        return "✓ has come in"
    if report.excused_at is not None:
        return "excused"
    told = ", ".join(f"{clip(one.person, 50)} on {_day(one.on)}" for one in due.told[-_MOST_TOLD:])
    return f"{standing(report).lower()}; {f'reminded: {told}' if told else 'nobody was reminded'}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B}"
