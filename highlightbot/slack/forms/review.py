"""The modal's last page: every section once more, the headline, and the submission."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from highlightbot.core.reports import HEADLINE_LENGTH, Report
from highlightbot.core.rich_text import Span
from highlightbot.core.templates import Section
from highlightbot.slack import ids
from highlightbot.slack.blocks import TITLE, button, context, line, plain, section
from highlightbot.slack.forms.inputs import initial_value, told
from highlightbot.slack.messages.standing import moment, place
from highlightbot.slack.text import clip
from highlightbot.workflows.write_report import WritingDesk

_PREVIEW = 400


@dataclass(frozen=True, slots=True)
class ReviewInput:
    """What somebody leaves the review page with.

    It showed the draft of the mark ``seen`` and the newest ``revision``. ``headline`` is empty if
    they want none.
    """

    report_id: int
    seen: str
    revision: int
    headline: str

    @property
    def content_key(self) -> str:
        """The same for the same report with the same headline."""
        headline = self.headline.encode("utf-8", "replace")
        return f"{self.seen}:{sha256(headline).hexdigest()[:16]}"


def build(
    desk: WritingDesk,
    *,
    warning: str | None = None,
    headline: str | None = None,
    now: datetime | None = None,
) -> View:
    """The report as it would be submitted.

    The input holds ``headline``, if None that of the newest revision. With ``now`` it says
    whether the report would be late, without it when it would be.
    """
    report = desk.report
    return View(
        type="modal",
        callback_id=ids.REVIEW,
        title=plain(TITLE, 24),
        submit=plain("Submit again" if report.revision else "Submit", 24),
        close=plain("Close", 24),
        private_metadata=ids.encode(ids.ReviewRef(report.id, report.draft_mark, report.revision)),
        blocks=[
            *_place(desk),
            *([line(Span(warning, bold=True))] if warning else []),
            *(block for asked in report.template.sections for block in _section(report, asked)),
            _headline_input(report, report.headline if headline is None else headline),
            _what_happens(desk, now),
        ],
    )


def read(view: Mapping[str, Any]) -> ReviewInput:
    """What is typed in the view of a submission or a click."""
    page = ids.decode(ids.ReviewRef, view["private_metadata"])
    block_id = ids.headline_block(page.revision)
    element = told(view, block_id, ids.HEADLINE)
    typed = initial_value(view, block_id) if element is None else element.get("value")
    return ReviewInput(page.report_id, page.seen, page.revision, typed or "")


def _place(desk: WritingDesk) -> Iterator[Block]:
    report = desk.report
    yield context(place(report, desk.zone))
    count, left = len(report.template.sections), len(report.unanswered())
    if left:
        yield context(f"Review: {count - left} of {count} sections answered")
    else:
        yield context(f"Review: all {count} sections answered")


def _section(report: Report, asked: Section) -> Iterator[Block]:
    change = button(
        "Change",
        ids.CHANGE_SECTION,
        ids.encode(ids.SectionRef(report.id, asked.key)),
        read_as=f"Change {asked.label}",
    )
    mark = "○" if asked in report.unanswered() else "✓"
    yield section(f"{mark} {clip(asked.label, 500)}", change)
    yield context(_preview(report, asked))


def _preview(report: Report, asked: Section) -> str:
    saved = report.draft.get(asked.key)
    if saved is None or not saved.answer.is_given:
        return "Not answered yet"
    if saved.answer.nil:
        return "Nothing to report"
    return clip(saved.answer.text.plain.strip(), _PREVIEW)


def _headline_input(report: Report, headline: str) -> InputBlock:
    return InputBlock(
        block_id=ids.headline_block(report.revision),
        label=plain("Headline"),
        hint=plain("Your area's line in the summary. Left empty, it is how your text begins."),
        element=PlainTextInputElement(
            action_id=ids.HEADLINE,
            initial_value=clip(headline, HEADLINE_LENGTH) or None,
            max_length=HEADLINE_LENGTH,
        ),
        optional=True,
    )


def _what_happens(desk: WritingDesk, now: datetime | None) -> Block:
    report, period = desk.report, desk.report.period
    if now is not None and now >= period.closes_at:
        return line(
            Span("This reporting period is closed:", bold=True),
            Span(" it takes no more reports. What you have saved is kept as a draft."),
        )
    if now is not None and now > period.due_at:
        told = "This report is marked late, and the" if report.is_late(now) else "The"
        return line(
            Span("The cut-off has passed.", bold=True),
            Span(f" {told} posted summary is updated with it."),
        )
    due = moment(period.due_at, report, desk.zone)
    closes = moment(period.closes_at, report, desk.zone)
    marked = "" if report.revision else "it is marked late, and "
    return context(
        f"In time until {due}. After that {marked}the posted summary is updated with it, until"
        f" {closes}."
    )
