"""Writing a report: open it, save its sections, submit it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from highlightbot.core.errors import NotAllowed, Refusal, StaleDraft
from highlightbot.core.people import Account, Person
from highlightbot.core.reports import (
    HEADLINE_LENGTH,
    Answer,
    AnsweredSection,
    Report,
    answer,
    refuse_blank,
    refuse_incomplete,
    refuse_nil_report,
)
from highlightbot.core.rich_text import RichText
from highlightbot.core.templates import Section
from highlightbot.workflows.ports import Database, UnitOfWork


@dataclass(frozen=True, slots=True)
class WritingDesk:
    """A report opened by an author who lives in ``zone``, and what its area said last time."""

    report: Report
    zone: ZoneInfo
    previous: Sequence[AnsweredSection] = ()

    def previous_on(self, section: Section) -> AnsweredSection | None:
        """The last answer to the section, or across template versions the last on its theme."""
        on_theme = [said for said in self.previous if said.section.theme == section.theme]
        same = [said for said in on_theme if said.section.key == section.key]
        return next(iter(same or on_theme), None)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the author of a submission looked at: the mark of the draft and the newest revision.

    ``page`` begins the key of every submission that is made where they looked.
    """

    draft_mark: str
    revision: int
    page: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of a submission by an author who lives in ``zone``."""

    report: Report
    revision: int
    submitted_at: datetime
    zone: ZoneInfo

    @property
    def late(self) -> bool:
        """Whether the report first came after the cut-off."""
        return self.report.is_late(self.submitted_at)

    @property
    def after_cut_off(self) -> bool:
        """Whether the cut-off had passed, for a correction of a report that is in time, too."""
        return self.submitted_at > self.report.period.due_at


def reports_to_write(database: Database, account: Account, now: datetime) -> list[Report]:
    """The reports that the account's holder may write now, oldest period first."""
    with database.reading() as unit:
        person = unit.people.person(account)
        if person is None:
            return []
        return unit.reports.open_for(person.id, now)


def open_report(database: Database, account: Account, report_id: int, now: datetime) -> WritingDesk:
    """The report with its draft and last period's answers.

    Raises Refusal where the person does not write for the area or the period is closed.
    """
    with database.reading() as unit:
        person, report = writable(unit, account, unit.reports.get(report_id))
        report.refuse_if_closed(now)
        return _desk(unit, person, report)


def save_section(
    database: Database,
    account: Account,
    report_id: int,
    section_key: str,
    text: RichText,
    *,
    nil: bool,
    expected_version: int | None,
    may_be_blank: bool,
    now: datetime,
) -> WritingDesk:
    """Save one section of the draft as the author leaves it; gives the report as it now stands.

    Text is kept even where the report can no longer be submitted. Raises StaleDraft if somebody
    else saved the section meanwhile, Refusal of a blank answer unless it ``may_be_blank``.
    """
    with database.writing() as unit:
        person, report = writable(unit, account, unit.reports.hold(report_id))
        section = report.template.section(section_key)
        given = answer(section, text, nil=nil)
        if not may_be_blank:
            refuse_blank(section, given)
        if given.is_given or section_key in report.draft:
            unit.reports.save_answer(report_id, given, expected_version, person.id, now)
        saved = unit.reports.get(report_id)
        assert saved is not None
        return _desk(unit, person, saved)


def submit_report(
    database: Database,
    account: Account,
    report_id: int,
    *,
    headline: str,
    submission_key: str,
    now: datetime,
    seen: Seen | None = None,
) -> Submitted:
    """Make the draft a new revision.

    The same ``submission_key`` again changes nothing and gives what it gave before. ``seen`` is
    what the author looked at: StaleDraft if that is not what there is now. Raises Refusal where
    the report is not complete, the period is closed, or the person does not write for the area;
    the draft stays.
    """
    headline = " ".join(headline.split())
    if len(headline) > HEADLINE_LENGTH:
        raise Refusal(f"Keep the headline to {HEADLINE_LENGTH} characters.")
    with database.writing() as unit:
        person, report = writable(unit, account, unit.reports.hold(report_id))
        report.refuse_if_closed(now)
        if seen is not None:
            _refuse_unseen(unit, report, seen)
        refuse_incomplete(report)
        number = unit.reports.submit(
            report_id,
            submission_key=submission_key,
            person_id=person.id,
            headline=headline,
            now=now,
        )
    return Submitted(report, number, now, person.zone or report.zone)


def report_nothing(
    database: Database, account: Account, report_id: int, *, submission_key: str, now: datetime
) -> Submitted:
    """Submit a nil report: nothing to report in any section that allows to say so.

    Raises Refusal if a draft with text would be overwritten or a section needs an answer.
    """
    with database.writing() as unit:
        person, report = writable(unit, account, unit.reports.hold(report_id))
        report.refuse_if_closed(now)
        refuse_nil_report(report)
        if report.revision:
            raise Refusal("This report is already submitted. Choose “Change report” to change it.")
        if report.has_text:
            raise Refusal("This draft has text in it. Choose “Write report” to finish or empty it.")
        for section in report.template.sections:
            unit.reports.save_answer(report_id, Answer(section.key, nil=True), None, person.id, now)
        number = unit.reports.submit(
            report_id, submission_key=submission_key, person_id=person.id, headline="", now=now
        )
    return Submitted(report, number, now, person.zone or report.zone)


def writable(unit: UnitOfWork, account: Account, report: Report | None) -> tuple[Person, Report]:
    """The report, and who of its authors has the account; Refusal where they cannot write it."""
    if report is None:
        raise Refusal("That report is no longer there. Ask your coordinator which one is due.")
    person = unit.people.writer(account, report.area_id)
    if person is None:
        raise NotAllowed(
            f"You are not an author for {report.area_name}. A coordinator can add you to it."
        )
    if report.area_retired:
        raise Refusal(
            f"{report.area_name} no longer reports in this programme. What was saved is kept;"
            " ask a coordinator what should become of it."
        )
    return person, report


def _refuse_unseen(unit: UnitOfWork, report: Report, seen: Seen) -> None:
    """StaleDraft where somebody changed or submitted the report elsewhere meanwhile."""
    is_new = report.draft_mark != seen.draft_mark
    if report.revision != seen.revision:
        is_new |= not unit.reports.newest_key(report.id).startswith(seen.page)
    if is_new:
        raise StaleDraft(
            "This report was changed or submitted since you opened this page. Look at it once"
            " more, and then submit it."
        )


def _desk(unit: UnitOfWork, person: Person, report: Report) -> WritingDesk:
    return WritingDesk(report, person.zone or report.zone, unit.reports.previous_answers(report))
