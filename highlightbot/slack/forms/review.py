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
from highlightbot.slack import dates, ids
from highlightbot.slack.blocks import TITLE, button, context, line, plain, section
from highlightbot.slack.text import clip
from highlightbot.workflows.write_report import WritingDesk

_PREVIEW = 400


@dataclass(frozen=True, slots=True)
class ReviewInput:
    """What somebody leaves the review page with; ``seen`` is the mark of the draft it showed."""

    report_id: int
    seen: str
    headline: str

    @property
    def content_key(self) -> str:
        """The same for the same report with the same headline."""
        return f"{self.seen}:{sha256(self.headline.encode('utf-8', 'replace')).hexdigest()[:16]}"


def build(
    desk: WritingDesk,
    *,
    warning: str | None = None,
    headline: str = "",
    now: datetime | None = None,
) -> View:
    """The report as it would be submitted.

    The input holds ``headline``, or else that of the newest revision. With ``now`` it says
    whether the report would be late, without it when it would be.
    """
    report = desk.report
    return View(
        type="modal",
        callback_id=ids.REVIEW,
        title=plain(TITLE, 24),
        submit=plain("Submit again" if report.revision else "Submit", 24),
        close=plain("Close", 24),
        private_metadata=ids.encode_review(ids.ReviewRef(report.id, report.draft_mark)),
        blocks=[
            *_place(report),
            *([line(Span(warning, bold=True))] if warning else []),
            *(block for asked in report.template.sections for block in _section(report, asked)),
            _headline_input(headline or report.headline),
            _what_happens(report, now),
        ],
    )


def read(view: Mapping[str, Any]) -> ReviewInput:
    """What is typed in the view of a submission or a click; a missing headline is none."""
    values = (view.get("state") or {}).get("values") or {}
    element = (values.get(ids.HEADLINE_BLOCK) or {}).get(ids.HEADLINE) or {}
    page = ids.decode_review(view["private_metadata"])
    return ReviewInput(page.report_id, page.seen, element.get("value") or "")


def _place(report: Report) -> Iterator[Block]:
    period = report.period
    due = dates.short_moment(period.due_at, report.zone, period.ends_on)
    yield context(f"{report.area_name} · {dates.bounds(period)} · due {due}")
    count, left = len(report.template.sections), len(report.unanswered())
    if left:
        yield context(f"Review: {count - left} of {count} sections answered")
    else:
        yield context(f"Review: all {count} sections answered")


def _section(report: Report, asked: Section) -> Iterator[Block]:
    change = button(
        "Change",
        ids.CHANGE_SECTION,
        ids.encode_section(ids.SectionRef(report.id, asked.key)),
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


def _headline_input(headline: str) -> InputBlock:
    return InputBlock(
        block_id=ids.HEADLINE_BLOCK,
        label=plain("Headline"),
        hint=plain("Your area's line in the summary. Left empty, it is how your text begins."),
        element=PlainTextInputElement(
            action_id=ids.HEADLINE,
            initial_value=clip(headline, HEADLINE_LENGTH) or None,
            max_length=HEADLINE_LENGTH,
        ),
        optional=True,
    )


def _what_happens(report: Report, now: datetime | None) -> Block:
    period = report.period
    closes = dates.moment(period.closes_at, report.zone, period.ends_on)
    if now is not None and now > period.due_at:
        return line(
            Span("The cut-off has passed.", bold=True),
            Span(" This report is marked late, and the posted summary is updated with it."),
        )
    due = dates.moment(period.due_at, report.zone, period.ends_on)
    return context(
        f"In time until {due}. After that it is marked late, and the posted summary is updated"
        f" with it, until {closes}."
    )
