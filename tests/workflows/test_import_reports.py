from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from highlightbot.core.errors import Refusal
from highlightbot.core.reports import AnsweredSection
from highlightbot.core.rich_text import RichText
from highlightbot.workflows.import_reports import DocumentReport, ImportResult, import_reports
from tests.workflows.office import MONDAY, TEMPLATE, Office

DOCUMENT = DocumentReport(
    area="Libraries",
    author="Lee Example",
    starts_on=date(2020, 5, 9),
    ends_on=date(2020, 5, 22),
    template=TEMPLATE,
    sections=(
        AnsweredSection(TEMPLATE.sections[0], RichText.from_plain("Opened."), nil=False),
        AnsweredSection(TEMPLATE.sections[1], RichText.from_plain("None"), nil=True),
    ),
)


def bring_in(
    office: Office, *documents: DocumentReport, dry_run: bool = False
) -> list[tuple[ImportResult, str, tuple[str, ...]]]:
    outcomes = import_reports(
        office.database, office.workspace_id, None, documents, dry_run=dry_run, now=MONDAY
    )
    return [(outcome.result, outcome.area, outcome.doubts) for outcome in outcomes]


def test_a_document_becomes_a_revision_that_is_not_late(office: Office) -> None:
    assert bring_in(office, DOCUMENT) == [(ImportResult.STORED, "Libraries", ())]
    revision = office.newest("Libraries")
    assert revision is not None
    assert (revision.author, revision.is_late, revision.sections) == (
        "Lee Example",
        False,
        DOCUMENT.sections,
    )
    assert (revision.period.number, revision.period.starts_on, revision.period.ends_on) == (
        None,
        date(2020, 5, 9),
        date(2020, 5, 22),
    )


def test_importing_again_changes_nothing(office: Office) -> None:
    bring_in(office, DOCUMENT)
    assert bring_in(office, DOCUMENT) == [(ImportResult.KNOWN, "Libraries", ())]


def test_a_dry_run_stores_nothing(office: Office) -> None:
    assert bring_in(office, DOCUMENT, dry_run=True) == [(ImportResult.STORED, "Libraries", ())]
    assert office.newest("Libraries") is None


def test_an_imported_period_is_neither_reminded_about_nor_published(office: Office) -> None:
    bring_in(office, DOCUMENT)
    with office.database.reading() as unit:
        assert [period.number for period in unit.periods.collecting(MONDAY)] == [1]
        awaited = unit.periods.awaiting_edition(datetime(2030, 1, 1, tzinfo=UTC))
    assert [period.number for period in awaited] == [1]


def test_an_area_named_a_little_differently_is_matched_with_a_doubt(office: Office) -> None:
    ((_, area, doubts),) = bring_in(office, replace(DOCUMENT, area="The Library"))
    assert area == "Libraries"
    assert doubts == ("The area “The Library” is taken to be Libraries.",)


def test_an_unknown_area_is_kept_as_a_former_one_with_a_doubt(office: Office) -> None:
    ((_, area, doubts),) = bring_in(office, replace(DOCUMENT, area="Museums"))
    assert area == "Museums"
    assert len(doubts) == 1
    assert [one.name for one in office.programme.areas if one.retired] == ["Museums"]


def test_without_a_programme_documents_go_into_an_archive(office: Office) -> None:
    with office.database.writing() as unit:
        elsewhere = unit.people.workspace("slack", "T-EMPTY")
    outcomes = import_reports(
        office.database, elsewhere, None, [DOCUMENT], dry_run=False, now=MONDAY
    )
    assert [(one.programme, one.area, one.doubts) for one in outcomes] == [
        ("Imported reports", "Libraries", ())
    ]


def test_an_unknown_programme_is_refused_with_those_there_are(office: Office) -> None:
    with pytest.raises(Refusal, match="highlights"):
        import_reports(
            office.database, office.workspace_id, "nope", [DOCUMENT], dry_run=False, now=MONDAY
        )
