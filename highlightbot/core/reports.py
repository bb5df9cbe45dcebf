"""Drafts, revisions, nil answers, and what may be submitted when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

from highlightbot.core.errors import Refusal
from highlightbot.core.nil import is_nil
from highlightbot.core.periods import Period
from highlightbot.core.rich_text import RichText
from highlightbot.core.templates import Section, Template

HEADLINE_LENGTH = 150
"""Characters of a headline: what stays on one line of a summary."""


class ReportState(StrEnum):
    """How far a report has come."""

    AWAITED = "awaited"
    DRAFT = "draft"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said in one section. A nil answer has no text but what was typed to say so."""

    section_key: str
    text: RichText = RichText()
    nil: bool = False

    @property
    def is_given(self) -> bool:
        """Whether anything is said, be it that there is nothing."""
        return self.nil or not self.text.is_blank


def answer(section: Section, text: RichText, *, nil: bool = False) -> Answer:
    """An answer to a section, known as nil if it was chosen or typed to be."""
    says_nil = nil or is_nil(text.plain)
    return Answer(section.key, text, nil=says_nil and section.nil_allowed)


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """A saved answer. ``version`` counts the times that this section was saved, from 1."""

    answer: Answer
    version: int
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class HandOver:
    """That a report was handed to a deputy: who is to write it, who said so, and when."""

    to_id: int
    to: str
    by_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """One service area's report for one period, as it stands.

    ``revision`` is the number of the newest revision, 0 where none was submitted. ``draft`` is
    keyed by section. ``zone`` is the programme's. ``submitted_at`` is when the newest revision
    was made, ``first_submitted_at`` when the first was, None where there is none. An area that
    was excused, ``excused_at``, owes no report.
    """

    id: int
    period: Period
    programme_id: int
    programme_name: str
    zone: ZoneInfo
    area_id: int
    area_name: str
    area_retired: bool
    template: Template
    revision: int
    headline: str
    draft: Mapping[str, DraftAnswer]
    submitted_at: datetime | None = None
    first_submitted_at: datetime | None = None
    excused_at: datetime | None = None
    handed: HandOver | None = None

    @property
    def is_owed(self) -> bool:
        """Whether it is still waited for."""
        return not (self.revision or self.excused_at or self.area_retired)

    @property
    def state(self) -> ReportState:
        """How far it has come; an edit after submitting leaves it submitted."""
        if self.revision:
            return ReportState.SUBMITTED
        return ReportState.DRAFT if self.draft else ReportState.AWAITED

    @property
    def draft_mark(self) -> str:
        """Names the draft as it stands: another one after every change."""
        versions = sorted((key, saved.version) for key, saved in self.draft.items())
        return sha256(repr(versions).encode()).hexdigest()[:16]

    def unanswered(self) -> tuple[Section, ...]:
        """The sections that nothing has been said in yet."""
        return tuple(
            section
            for section in self.template.sections
            if section.key not in self.draft or not self.draft[section.key].answer.is_given
        )

    @property
    def may_be_nil(self) -> bool:
        """Whether "nothing to report" can be said of the whole: nothing else is asked or saved."""
        return self.template.nil_allowed and not self.has_text

    @property
    def has_unsent_changes(self) -> bool:
        """Whether the draft was changed since it was submitted."""
        return self.submitted_at is not None and any(
            saved.saved_at > self.submitted_at for saved in self.draft.values()
        )

    @property
    def has_text(self) -> bool:
        """Whether anything is saved but nil answers and what was emptied."""
        return any(saved.answer.is_given and not saved.answer.nil for saved in self.draft.values())

    def is_late(self, now: datetime) -> bool:
        """Whether it came after the cut-off, or would if it came now: a correction is not late."""
        return (self.first_submitted_at or now) > self.period.due_at

    def refuse_if_closed(self, now: datetime) -> None:
        """Refusal once the period takes no more reports."""
        if now < self.period.closes_at:
            return
        closed = "This reporting period is closed: the next one's cut-off has passed."
        if self.draft:
            closed += " Your text is kept as a draft; ask a coordinator if it should still go in."
        raise Refusal(closed)


def refuse_incomplete(report: Report) -> None:
    """Refusal that names the sections without an answer, if there are any."""
    missing = report.unanswered()
    if missing:
        named = ", ".join(section.label for section in missing)
        raise Refusal(
            f"Not answered yet: {named}. Write something there or choose “Nothing to report”."
        )


def refuse_nil_report(report: Report) -> None:
    """Refusal where the template asks for an answer that cannot be nil."""
    needed = [section.label for section in report.template.sections if not section.nil_allowed]
    if needed:
        raise Refusal(f"This report always needs: {', '.join(needed)}. Choose “Write report”.")


def refuse_blank(section: Section, given: Answer) -> None:
    """Refusal of an answer that says nothing."""
    if given.is_given:
        return
    hint = " or choose “Nothing to report”" if section.nil_allowed else ""
    raise Refusal(f"This section is still empty. Write an answer{hint}.")


@dataclass(frozen=True, slots=True)
class AnsweredSection:
    """A section together with what was said in it."""

    section: Section
    text: RichText
    nil: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """An immutable copy of a report, made when it was submitted or imported.

    ``author`` is a name: of the person who submitted, or as the document says.
    ``first_submitted_at`` is when the report's first revision was made.
    """

    id: int
    report_id: int
    number: int
    area_id: int
    area_name: str
    author: str
    submitted_at: datetime
    first_submitted_at: datetime
    period: Period
    headline: str
    sections: tuple[AnsweredSection, ...]

    @property
    def is_late(self) -> bool:
        """Whether the report first came after the cut-off of a period that the bot ran."""
        return self.period.number is not None and self.first_submitted_at > self.period.due_at

    @property
    def is_nil(self) -> bool:
        """Whether it says in every section that there is nothing to report."""
        return bool(self.sections) and all(section.nil for section in self.sections)
