"""The modal for one section of a report."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    InputBlock,
    RichTextBlock,
    RichTextInputElement,
)
from slack_sdk.models.views import View

from highlightbot.core.reports import AnsweredSection, DraftAnswer, Report
from highlightbot.core.rich_text import RichText, Span
from highlightbot.core.templates import Section
from highlightbot.slack import ids
from highlightbot.slack.blocks import TITLE, button, buttons, context, header, line, plain, section
from highlightbot.slack.forms.inputs import initial_value, told
from highlightbot.slack.messages.standing import place
from highlightbot.slack.rich_text import NameOf, from_slack, to_slack
from highlightbot.slack.text import clip, clip_rich
from highlightbot.workflows.write_report import WritingDesk

_SHOWN_OF_LAST_TIME = 2000
_SHOWN_OF_LONG_ANSWER = 2000
_BYTES_FOR_ANSWER = 180_000
_LONGEST_BAR = 20


@dataclass(frozen=True, slots=True)
class StepInput:
    """What somebody leaves a section's step with.

    ``expected_version`` is that of the saved answer which they saw, 0 for none. With
    ``keeps_saved`` nothing was typed and the saved answer stays. ``headline`` is what stood on
    the review page from which the step was opened, None if none was. ``box`` names the input.
    """

    report_id: int
    section_key: str
    text: RichText
    expected_version: int
    keeps_saved: bool
    headline: str | None = None
    box: int = 0


def build(
    desk: WritingDesk,
    section_key: str,
    *,
    warning: str | None = None,
    typed: RichText | None = None,
    headline: str | None = None,
    box: int | None = None,
) -> View:
    """The section with its guidance, an input, and what was said the last time.

    The input holds ``typed``, or else the draft's answer. It is a new one, unless it is the
    ``box`` that has ``typed`` in it already. An answer too large for a view (250 KB)
    is shown in part above an empty input, and stays if nothing is typed.
    """
    report = desk.report
    asked = report.template.section(section_key)
    saved = report.draft.get(section_key)
    shown = _initial(typed, saved)
    fits = shown is None or len(json.dumps(shown.to_dict())) <= _BYTES_FOR_ANSWER
    version = saved.version if saved else 0
    box = version if box is None else box
    stays = saved is not None and saved.answer.is_given and (saved.answer.nil or not fits)
    return View(
        type="modal",
        callback_id=ids.SECTION_STEP,
        title=plain(TITLE, 24),
        submit=plain("Review" if asked == report.template.sections[-1] else "Next", 24),
        close=plain("Close", 24),
        private_metadata=ids.encode(
            ids.StepRef(report.id, section_key, version, stays, headline, box)
        ),
        blocks=[
            *_place(desk, asked),
            *([line(Span(warning, bold=True))] if warning else []),
            *(_theirs(saved, typed) if warning and saved else []),
            *(_kept(saved) if saved and stays else []),
            _input(asked, box, shown if fits else None, optional=stays),
            *_ways(report, asked, saved),
            context(f"Saved when you go on. Closing keeps what is saved{_not_sent(report)}."),
            *_last_time(desk.previous_on(asked)),
        ],
    )


def read(view: Mapping[str, Any], name_of: NameOf = str) -> StepInput:
    """What is typed in the view of a submission or a click.

    An input that Slack leaves out of the state was not touched: it holds what it began with, and
    where that is nothing, the saved answer stays.
    """
    step = ids.decode(ids.StepRef, view["private_metadata"])
    block_id = ids.answer_block(step.section_key, step.box)
    element = told(view, block_id, ids.ANSWER)
    typed = initial_value(view, block_id) if element is None else element.get("rich_text_value")
    text = from_slack(typed, name_of)
    untouched = element is None and step.version > 0
    return StepInput(
        step.report_id,
        step.section_key,
        text,
        step.version,
        keeps_saved=text.is_blank and (step.kept or untouched),
        headline=step.headline,
        box=step.box,
    )


def _initial(typed: RichText | None, saved: DraftAnswer | None) -> RichTextBlock | None:
    if typed is None and saved is not None and not saved.answer.nil:
        typed = saved.answer.text
    return None if typed is None or typed.is_blank else to_slack(typed)


def _place(desk: WritingDesk, asked: Section) -> Iterator[Block]:
    """Where the author is: report, progress, section."""
    template = desk.report.template
    count = len(template.sections)
    position = template.position(asked.key) + 1
    bar = f"   {'●' * position}{'○' * (count - position)}" if count <= _LONGEST_BAR else ""
    yield context(place(desk.report, desk.zone))
    yield context(f"Section {position} of {count}{bar}")
    yield header(f"{position}. {asked.label}")
    if asked.guidance:
        yield section(asked.guidance)


def _kept(saved: DraftAnswer) -> Iterator[Block]:
    if saved.answer.nil:
        yield section("Nothing to report is saved for this section. Type here to change that.")
        return
    yield section(
        "Your text is saved, and too long to be edited here. Leave the input empty to keep it;"
        " what you type replaces it. It begins:"
    )
    yield to_slack(clip_rich(saved.answer.text, _SHOWN_OF_LONG_ANSWER), quoted=True)


def _theirs(saved: DraftAnswer, typed: RichText | None) -> Iterator[Block]:
    """What is saved, above text that would take its place."""
    if typed is not None and not saved.answer.text.is_blank and saved.answer.text != typed:
        yield context(f"Saved by {clip(saved.saved_by, 100)}:")
        yield to_slack(clip_rich(saved.answer.text, _SHOWN_OF_LONG_ANSWER), quoted=True)


def _input(asked: Section, box: int, shown: RichTextBlock | None, *, optional: bool) -> InputBlock:
    return InputBlock(
        block_id=ids.answer_block(asked.key, box),
        label=plain(asked.label, 2000),
        element=RichTextInputElement(action_id=ids.ANSWER, initial_value=shown, focus_on_load=True),
        optional=optional,
    )


def _ways(report: Report, asked: Section, saved: DraftAnswer | None) -> Iterator[Block]:
    """The ways on from here besides the view's own."""
    ways = []
    if report.template.position(asked.key) > 0:
        ways.append(button("Back", ids.STEP_BACK))
    if asked.nil_allowed:
        ways.append(_nothing_button(saved))
    if not report.unanswered():
        ways.append(button("Review all", ids.STEP_REVIEW))
    if ways:
        yield buttons(*ways)


def _not_sent(report: Report) -> str:
    return ", and does not send it: submit it again on the last page" if report.revision else ""


def _nothing_button(saved: DraftAnswer | None) -> ButtonElement:
    """One click, but for those who have text to lose."""
    has_text = saved is not None and not saved.answer.nil and saved.answer.is_given
    confirm = ConfirmObject(
        title=plain("Replace your text?", 100),
        text=plain("The text saved for this section is replaced by “Nothing to report”.", 300),
        confirm=plain("Replace", 30),
        deny=plain("Cancel", 30),
    )
    return button("Nothing to report", ids.STEP_NIL, confirm=confirm if has_text else None)


def _last_time(said: AnsweredSection | None) -> Iterator[Block]:
    if said is None:
        return
    if said.nil or said.text.is_blank:
        yield context("Last time: nothing to report.")
        return
    yield context("Last time:")
    yield to_slack(clip_rich(said.text, _SHOWN_OF_LAST_TIME), quoted=True)
