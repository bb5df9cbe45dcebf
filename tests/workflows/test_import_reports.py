from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from highlightbot.core.errors import Refusal
from highlightbot.core.reports import AnsweredSection
from highlightbot.core.rich_text import RichText
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.import_reports import DocumentReport, ImportResult, import_reports
from highlightbot.workflows.publish_summaries import publish_summaries
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import CLOSED, CUT_OFF, HOUR, MONDAY, TEMPLATE, Office

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
    office: Office,
    *documents: DocumentReport,
    dry_run: bool = False,
    replace_newest: bool = False,
    now: datetime = MONDAY,
) -> list[tuple[ImportResult, str, tuple[str, ...]]]:
    outcomes = import_reports(
        office.database,
        office.workspace_id,
        None,
        documents,
        replace_newest=replace_newest,
        dry_run=dry_run,
        now=now,
    )
    return [(outcome.result, outcome.area, outcome.doubts) for outcome in outcomes]


def editions(office: Office) -> list[int]:
    """The newest of each period that the bot has opened, the newest period first."""
    with office.database.reading() as unit:
        opened = unit.periods.opened(office.programme_id)
        return [unit.summaries.newest_edition(period.id)[0] for period in opened]


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


def test_another_text_of_the_same_report_is_not_stored_unless_it_is_to_replace_it(
    office: Office,
) -> None:
    shorter = replace(DOCUMENT, sections=DOCUMENT.sections[:1])
    bring_in(office, DOCUMENT)
    there = "A report is there already: revision {} by Lee Example, of 9 November 2026."
    asked = " To put this one in its place, import it with --replace."
    assert bring_in(office, shorter) == [
        (ImportResult.REFUSED, "Libraries", (there.format(1) + asked,))
    ]
    kept = office.newest("Libraries")
    assert kept is not None
    assert (kept.number, kept.sections) == (1, DOCUMENT.sections)
    assert bring_in(office, shorter, replace_newest=True) == [
        (ImportResult.STORED, "Libraries", (there.format(1) + " This one takes its place.",))
    ]
    assert bring_in(office, DOCUMENT) == [
        (ImportResult.REFUSED, "Libraries", (there.format(2) + asked,))
    ]
    assert bring_in(office, DOCUMENT, replace_newest=True) == [
        (ImportResult.STORED, "Libraries", (there.format(2) + " This one takes its place.",))
    ]
    newest = office.newest("Libraries")
    assert newest is not None
    assert (newest.number, newest.sections) == (3, DOCUMENT.sections)


def test_a_document_does_not_take_the_place_of_what_was_submitted(office: Office) -> None:
    office.submit("Libraries", "alex", MONDAY, activity="From the dialog.")
    same_period = replace(DOCUMENT, starts_on=date(2026, 11, 7), ends_on=date(2026, 11, 20))
    ((result, _, _),) = bring_in(office, same_period)
    newest = office.newest("Libraries")
    assert newest is not None
    assert (result, newest.number, newest.author) == (ImportResult.REFUSED, 1, "Alex")


def test_two_texts_of_one_report_in_a_document_do_not_both_come_in(office: Office) -> None:
    other = replace(DOCUMENT, author="Dana Example")
    assert [result for result, _, _ in bring_in(office, DOCUMENT, other)] == [
        ImportResult.STORED,
        ImportResult.REFUSED,
    ]


def test_a_period_that_has_not_begun_is_refused_with_a_doubt(office: Office) -> None:
    begins_today = replace(DOCUMENT, starts_on=MONDAY.date(), ends_on=date(2026, 11, 22))
    tomorrow = replace(DOCUMENT, starts_on=date(2026, 11, 10), ends_on=date(2026, 11, 22))
    assert bring_in(office, replace(tomorrow, area="Museums")) == [
        (
            ImportResult.REFUSED,
            "Museums",
            ("Its period, 10–22 November 2026, has not begun yet: look at the year.",),
        )
    ]
    assert [one.name for one in office.programme.areas if one.retired] == []
    assert office.newest("Libraries") is None
    assert bring_in(office, begins_today)[0][0] is ImportResult.STORED
    london_is_ahead = replace(DOCUMENT, starts_on=date(2027, 7, 1), ends_on=date(2027, 7, 14))
    midnight = datetime(2027, 6, 30, 23, tzinfo=UTC)
    assert bring_in(office, london_is_ahead, now=midnight - HOUR)[0][0] is ImportResult.REFUSED
    assert bring_in(office, london_is_ahead, now=midnight)[0][0] is ImportResult.STORED


def test_a_period_that_overlaps_others_is_doubted(office: Office) -> None:
    bring_in(office, DOCUMENT, replace(DOCUMENT, area="Parks"))
    across = replace(DOCUMENT, starts_on=date(2020, 5, 22), ends_on=date(2020, 6, 5))
    beside = replace(DOCUMENT, starts_on=date(2020, 5, 1), ends_on=date(2020, 5, 8))
    assert bring_in(office, beside, across) == [
        (ImportResult.STORED, "Libraries", ()),
        (
            ImportResult.STORED,
            "Libraries",
            ("Its period overlaps another one: 9–22 May 2020.",),
        ),
    ]


def test_a_document_on_another_form_than_its_report_is_refused_with_a_doubt(
    office: Office,
) -> None:
    bring_in(office, DOCUMENT)
    form = replace(TEMPLATE, version="2", sections=TEMPLATE.sections[:1])
    other = replace(DOCUMENT, template=form, sections=DOCUMENT.sections[:1])
    ((result, area, doubts),) = bring_in(office, other)
    assert (result, area) == (ImportResult.REFUSED, "Libraries")
    assert doubts == (
        "This area's report for the period is on the form Form (form 1), and the document is on"
        " Form (form 2). A report keeps its form: bring the text into that one, and import it"
        " again.",
    )
    kept = office.newest("Libraries")
    assert kept is not None
    assert (kept.number, kept.sections) == (1, DOCUMENT.sections)


def test_a_dry_run_stores_nothing(office: Office) -> None:
    assert bring_in(office, DOCUMENT, dry_run=True) == [(ImportResult.STORED, "Libraries", ())]
    assert office.newest("Libraries") is None


def test_an_imported_period_is_neither_reminded_about_nor_published(office: Office) -> None:
    bring_in(office, DOCUMENT)
    with office.database.reading() as unit:
        assert [period.number for period in unit.periods.collecting(MONDAY)] == [1]
        awaited = unit.periods.awaiting_edition(datetime(2030, 1, 1, tzinfo=UTC))
    assert [period.number for period in awaited] == [1]


def test_a_report_of_a_period_that_the_bot_has_closed_makes_no_edition(office: Office) -> None:
    do_what_is_due(office.database, FakeMessenger(), FakeClock(CUT_OFF))
    late = replace(DOCUMENT, starts_on=date(2026, 11, 7), ends_on=date(2026, 11, 20))
    assert bring_in(office, late, now=CLOSED) == [
        (
            ImportResult.STORED,
            "Libraries",
            ("This period is closed: the summary in the channel stays as it is.",),
        )
    ]
    publish_summaries(office.database, CLOSED)
    assert editions(office) == [1, 1]


def test_a_report_of_a_period_that_takes_reports_makes_the_next_edition(office: Office) -> None:
    do_what_is_due(office.database, FakeMessenger(), FakeClock(CUT_OFF))
    late = replace(DOCUMENT, starts_on=date(2026, 11, 7), ends_on=date(2026, 11, 20))
    assert bring_in(office, late, now=CUT_OFF) == [(ImportResult.STORED, "Libraries", ())]
    publish_summaries(office.database, CUT_OFF)
    assert editions(office) == [0, 2]


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
        office.database,
        elsewhere,
        None,
        [DOCUMENT],
        replace_newest=False,
        dry_run=False,
        now=MONDAY,
    )
    assert [(one.programme, one.area, one.doubts) for one in outcomes] == [
        ("Imported reports", "Libraries", ())
    ]


def test_an_unknown_programme_is_refused_with_those_there_are(office: Office) -> None:
    with pytest.raises(Refusal, match="highlights"):
        import_reports(
            office.database,
            office.workspace_id,
            "nope",
            [DOCUMENT],
            replace_newest=False,
            dry_run=False,
            now=MONDAY,
        )


@pytest.mark.parametrize("name", ["Libraries North", "Mobile Libraries"])
def test_an_area_whose_name_holds_anothers_is_one_of_its_own(office: Office, name: str) -> None:
    assert bring_in(office, replace(DOCUMENT, area=name)) == [
        (
            ImportResult.STORED,
            name,
            (
                f"“{name}” is no service area of Highlights: kept as a former one. If it is"
                " Libraries, write that name into the document.",
            ),
        )
    ]
