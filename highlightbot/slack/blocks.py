"""The few kinds of blocks that every view and message is made of.

What people wrote, names of areas and people among it, goes out as ``plain_text`` or
``rich_text``: Slack reads no mentions, links or emoji names in them.
"""

from collections.abc import Iterator
from typing import Any

from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    SectionBlock,
)

from highlightbot.core.reports import Report
from highlightbot.core.rich_text import Listing, Passage, RichText, Span, Spans
from highlightbot.slack import ids
from highlightbot.slack.rich_text import to_slack
from highlightbot.slack.text import clip, length

TITLE = "Highlight report"


def plain(text: str, limit: int = 3000) -> PlainTextObject:
    """Text as it stands, within a limit; Slack refuses an empty one."""
    return PlainTextObject(text=clip(text, limit) or "–", emoji=False)


def header(text: str) -> HeaderBlock:
    """A line in large letters."""
    return HeaderBlock(text=plain(" ".join(text.split()), 150))


def context(text: str) -> ContextBlock:
    """A line in small letters."""
    return ContextBlock(elements=[plain(text)])


def section(text: str, button: ButtonElement | None = None) -> SectionBlock:
    """A paragraph, with a button at its side."""
    return SectionBlock(text=plain(text), accessory=button)


def line(*spans: Span) -> RichTextBlock:
    """A paragraph with emphasis."""
    return to_slack(RichText((Passage(spans),)))


def listing(*items: Spans) -> RichTextBlock:
    """Items with bullets."""
    return to_slack(RichText((Listing(items),)))


def titled(title: str, text: RichText) -> RichText:
    """The text under a line in bold."""
    return RichText((Passage((Span(title, bold=True),)), *text.blocks))


def buttons(*elements: ButtonElement) -> ActionsBlock:
    """A row of buttons."""
    return ActionsBlock(elements=list(elements))


def button(
    label: str,
    action_id: str,
    value: str | None = None,
    *,
    primary: bool = False,
    confirm: ConfirmObject | None = None,
    read_as: str | None = None,
) -> ButtonElement:
    """A button; ``read_as`` is what a screen reader says for it."""
    return ButtonElement(
        text=plain(label, 75),
        action_id=action_id,
        value=value,
        style="primary" if primary else None,
        confirm=confirm,
        accessibility_label=clip(read_as, 75) if read_as else None,
    )


def write_button(report_id: int, area: str, *, primary: bool = True) -> ButtonElement:
    """Opens a report's modal."""
    return button(
        "Write report",
        ids.WRITE_REPORT,
        ids.encode_report(report_id),
        primary=primary,
        read_as=f"Write report for {area}",
    )


def writing_buttons(report: Report) -> Iterator[ButtonElement]:
    """Open the modal of a report that is not submitted, or submit a nil one where that can be."""
    yield write_button(report.id, report.area_name)
    if report.may_be_nil:
        yield nothing_button(report.id, report.area_name)


def change_button(report_id: int, area: str) -> ButtonElement:
    """Opens the modal of a report that is submitted."""
    return button(
        "Change report",
        ids.WRITE_REPORT,
        ids.encode_report(report_id),
        read_as=f"Change report for {area}",
    )


def nothing_button(report_id: int, area: str) -> ButtonElement:
    """Submits a nil report, once confirmed."""
    asked = f"This submits a report for {clip(area, 80)} with nothing to report in any section."
    return button(
        "Nothing to report",
        ids.REPORT_NOTHING,
        ids.encode_report(report_id),
        confirm=ConfirmObject(
            title=plain("Nothing to report?", 100),
            text=plain(asked, 300),
            confirm=plain("Submit", 30),
            deny=plain("Cancel", 30),
        ),
        read_as=f"Nothing to report for {area}",
    )


def hand_over_button(report_id: int, area: str) -> ButtonElement:
    """Opens the choice of a deputy."""
    return button(
        "Hand to a deputy",
        ids.CHOOSE_DEPUTY,
        ids.encode_report(report_id),
        read_as=f"Hand the report for {area} to a deputy",
    )


def take_back_button(report_id: int, area: str) -> ButtonElement:
    """Takes back a report that was handed to a deputy."""
    return button(
        "Take back",
        ids.TAKE_BACK,
        ids.encode_report(report_id),
        read_as=f"Take back the report for {area}",
    )


def away_button() -> ButtonElement:
    """Opens the choice of an absence's last day."""
    return button("I am away until…", ids.GO_AWAY)


def names(of: tuple[str, ...], limit: int = 1500) -> str:
    """Names in one line; those that do not fit are counted."""
    shown: list[str] = []
    for name in of:
        name = clip(name, 100)
        limit -= length(name) + 2
        if limit < 0:
            return f"{', '.join(shown)} and {len(of) - len(shown)} more"
        shown.append(name)
    return ", ".join(shown)


def weigh(blocks: list[Block]) -> int:
    """How many characters Slack may count in the blocks, against 12,000 for a message."""
    return sum(map(_weigh, blocks))


def _weigh(value: Any) -> int:
    if isinstance(value, (RichTextBlock, RichTextElement)):
        value = vars(value)  # `to_dict` validates it, which takes eight times as long
    elif isinstance(value, JsonObject):
        value = value.to_dict()
    if isinstance(value, dict):
        return sum(
            length(part) if name in {"text", "url"} and isinstance(part, str) else _weigh(part)
            for name, part in value.items()
        )
    return sum(map(_weigh, value)) if isinstance(value, list) else 0
