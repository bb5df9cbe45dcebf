from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.errors import NotAllowed, Refusal, StaleDraft
from highlightbot.core.people import Account
from highlightbot.core.reports import Answer, Report, ReportState
from highlightbot.core.rich_text import Passage, RichText, Span
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.set_up_programme import set_up_programme
from highlightbot.workflows.write_report import (
    Seen,
    open_report,
    report_nothing,
    reports_to_write,
    save_section,
    submit_report,
)
from tests.workflows.office import (
    CLOSED,
    CUT_OFF,
    DECLARED,
    LAST_DAY,
    LONDON,
    Office,
    account,
    area,
    profiles_of,
)

NEW_YORK = ZoneInfo("America/New_York")
HOSTILE = "<!channel> <@U123> =cmd() \u202eright to left\u202c \x07\n\n  🙂" * 900
"""Some 40,000 characters that must come back as they went in."""


def save(
    office: Office,
    text: RichText,
    *,
    author: str = "alex",
    version: int | None = 0,
    may_be_blank: bool = False,
) -> Report:
    desk = save_section(
        office.database,
        account(author),
        office.report("Libraries", LAST_DAY).id,
        "activity",
        text,
        nil=False,
        expected_version=version,
        may_be_blank=may_be_blank,
        now=LAST_DAY,
    )
    return desk.report


def test_a_section_is_kept_exactly(office: Office) -> None:
    text = RichText((Passage((Span(HOSTILE), Span(" bold", bold=True))),))
    save(office, text)
    saved = office.report("Libraries", LAST_DAY).draft["activity"]
    assert saved.answer == Answer("activity", text)


def test_a_blank_section_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="still empty"):
        save(office, RichText.from_plain("  \n "))
    assert office.report("Libraries", LAST_DAY).state is ReportState.AWAITED


def test_saving_over_somebody_elses_change_is_refused_with_their_name(office: Office) -> None:
    save(office, RichText.from_plain("From Alex."))
    with pytest.raises(StaleDraft, match="Alex"):
        save(office, RichText.from_plain("From Bo."), author="bo", version=0)
    draft = office.report("Libraries", LAST_DAY).draft["activity"]
    assert (draft.answer.text.plain, draft.version) == ("From Alex.", 1)
    save(office, RichText.from_plain("From Bo."), author="bo", version=1)
    assert office.report("Libraries", LAST_DAY).draft["activity"].saved_by == "Bo"


def test_a_report_with_unanswered_sections_is_refused_by_name(office: Office) -> None:
    save(office, RichText.from_plain("Only this."))
    report = office.report("Libraries", LAST_DAY)
    with pytest.raises(Refusal, match="Workforce update"):
        submit_report(
            office.database,
            account("alex"),
            report.id,
            headline="",
            submission_key="1",
            now=LAST_DAY,
        )
    assert office.newest("Libraries") is None


def test_submitting_stores_a_revision_and_again_makes_another(office: Office) -> None:
    assert office.submit("Libraries", "alex", LAST_DAY, activity="First.").revision == 1
    assert office.submit("Libraries", "bo", CUT_OFF, activity="Second.").revision == 2
    newest = office.newest("Libraries")
    assert newest is not None
    assert (newest.number, newest.author) == (2, "Bo")
    assert [(said.section.key, said.text.plain, said.nil) for said in newest.sections] == [
        ("activity", "Second.", False),
        ("staff", "", True),
    ]


def test_the_same_submission_twice_makes_one_revision(office: Office) -> None:
    office.write("Libraries", "alex", LAST_DAY, activity="Once.")
    report = office.report("Libraries", LAST_DAY)
    numbers = {
        submit_report(
            office.database,
            account("alex"),
            report.id,
            headline="",
            submission_key="view:V1",
            now=LAST_DAY + timedelta(seconds=second),
        ).revision
        for second in range(3)
    }
    assert numbers == {1}


def test_a_deputy_may_write_and_another_areas_author_may_not(office: Office) -> None:
    report = office.report("Libraries", LAST_DAY)
    assert open_report(office.database, account("bo"), report.id, LAST_DAY).report == report
    for stranger in ("casey", "kim", "nobody"):
        with pytest.raises(NotAllowed, match="not an author for Libraries"):
            open_report(office.database, account(stranger), report.id, LAST_DAY)
    elsewhere = Account("slack", "T-OTHER", "U-ALEX")
    with pytest.raises(NotAllowed):
        open_report(office.database, elsewhere, report.id, LAST_DAY)


def test_a_late_report_is_taken_until_the_period_closes(office: Office) -> None:
    assert office.submit("Libraries", "alex", CLOSED - timedelta(seconds=1)).late
    report = office.report("Parks", LAST_DAY)
    with pytest.raises(Refusal, match="closed"):
        report_nothing(office.database, account("bo"), report.id, submission_key="1", now=CLOSED)


def test_text_is_kept_as_a_draft_although_the_period_closed_meanwhile(office: Office) -> None:
    report = office.report("Libraries", LAST_DAY)
    desk = save_section(
        office.database,
        account("alex"),
        report.id,
        "activity",
        RichText.from_plain("Too late."),
        nil=False,
        expected_version=0,
        may_be_blank=False,
        now=CLOSED,
    )
    assert desk.report.draft["activity"].answer.text.plain == "Too late."


def test_a_deleted_area_is_refused_with_a_sentence(office: Office) -> None:
    report = office.report("Libraries", LAST_DAY)
    save(office, RichText.from_plain("Half a report."))
    office.declare(LAST_DAY, areas=(area("Parks", "bo"),))
    with pytest.raises(Refusal):
        open_report(office.database, account("alex"), report.id, LAST_DAY)
    with office.database.reading() as unit:
        kept = unit.reports.get(report.id)
    assert kept is not None
    assert kept.draft["activity"].answer.text.plain == "Half a report."


def test_nothing_to_report_is_one_step(office: Office) -> None:
    report = office.report("Housing", LAST_DAY)
    submitted = report_nothing(
        office.database, account("casey"), report.id, submission_key="1", now=LAST_DAY
    )
    newest = office.newest("Housing")
    assert submitted.revision == 1
    assert newest is not None
    assert newest.is_nil


def test_nothing_to_report_does_not_overwrite_a_draft(office: Office) -> None:
    save(office, RichText.from_plain("Half a report."))
    report = office.report("Libraries", LAST_DAY)
    with pytest.raises(Refusal, match="draft"):
        report_nothing(
            office.database, account("alex"), report.id, submission_key="1", now=LAST_DAY
        )


def test_nothing_to_report_can_be_said_of_a_draft_that_was_emptied(office: Office) -> None:
    save(office, RichText.from_plain("Half a report."))
    report = save(office, RichText(), version=1, may_be_blank=True)
    assert report.may_be_nil
    submitted = report_nothing(
        office.database, account("alex"), report.id, submission_key="1", now=LAST_DAY
    )
    assert submitted.revision == 1


def test_reports_to_write_are_those_of_ones_areas(office: Office) -> None:
    def names(author: str) -> list[str]:
        reports = reports_to_write(office.database, account(author), LAST_DAY)
        return [report.area_name for report in reports]

    assert names("alex") == ["Libraries"]
    assert names("bo") == ["Libraries", "Parks"]
    assert names("kim") == []
    assert names("nobody") == []


def test_last_periods_answer_is_in_view(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="Before.")
    later = CLOSED + timedelta(hours=1)
    open_periods(office.database, later)
    report = office.report("Libraries", later)
    desk = open_report(office.database, account("alex"), report.id, later)
    said = desk.previous_on(desk.report.template.section("activity"))
    assert said is not None
    assert said.text.plain == "Before."


def test_a_report_is_opened_and_submitted_in_the_authors_own_zone(office: Office) -> None:
    people = {
        person: replace(profile, zone=NEW_YORK) if profile.name == "Alex" else profile
        for person, profile in profiles_of(DECLARED).items()
    }
    set_up_programme(office.database, office.workspace_id, DECLARED, people, LAST_DAY)
    report = office.report("Libraries", LAST_DAY)
    for author, zone in (("alex", NEW_YORK), ("bo", LONDON)):
        opened = open_report(office.database, account(author), report.id, LAST_DAY)
        submitted = office.submit("Libraries", author, LAST_DAY, key=author, activity="Open.")
        assert (opened.zone, submitted.zone) == (zone, zone)


def test_what_was_changed_after_the_review_is_not_submitted_unseen(office: Office) -> None:
    office.write("Libraries", "alex", LAST_DAY, activity="Reviewed.")
    report = office.report("Libraries", LAST_DAY)
    save(office, RichText.from_plain("Half a sen"), author="bo", version=None)
    with pytest.raises(StaleDraft, match="Look at it once more"):
        submit_report(
            office.database,
            account("alex"),
            report.id,
            headline="",
            submission_key="1",
            seen=Seen(report.draft_mark, 0, "view:V1:"),
            now=LAST_DAY,
        )
    assert office.newest("Libraries") is None
