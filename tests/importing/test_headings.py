from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from highlightbot.core.reports import AnsweredSection
from highlightbot.core.rich_text import RichText
from highlightbot.importing import Doubt, read_document
from highlightbot.templates import shipped_templates
from tests.importing.documents import BODY, HEAD, write_text
from tests.importing.forms import VISITORS
from tests.importing.reports import MISPLACED, WHOLE, plain, read


def test_read_document_with_a_missing_and_a_blank_section(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD, *BODY[:6], "ROOF / WALLS", "", "  ", "")

    assert report == replace(
        WHOLE,
        sections=WHOLE.sections[:1],
        doubts=(
            Doubt(13, "The section “Roof / walls” is blank: no answer."),
            Doubt(None, "The section “Staff changes” is missing."),
        ),
    )


def test_read_document_with_an_unknown_heading(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD, *BODY, "", "GIFT SHOP", "", "Sold out.")

    assert plain(report)["staff"] == "One left.\n\nGIFT SHOP\n\nSold out."
    assert report.doubts == (
        Doubt(21, "Unknown heading “GIFT SHOP”; kept as text of “Staff changes”."),
    )


def test_read_document_with_an_unknown_heading_first(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD, "GIFT SHOP", "", "Sold out.", "", *BODY)

    assert plain(report)["visitors"] == "GIFT SHOP\n\nSold out.\n\n\nForty came.\n\nTwo came twice."
    kept = "This stands above all sections; kept as text of “Visitors”."
    assert report.doubts == (Doubt(7, kept), Doubt(9, kept))


def test_read_document_with_a_heading_in_other_words(tmp_path: Path) -> None:
    body = ["Who came and went" if line == "STAFF CHANGES" else line for line in BODY]

    report = read(tmp_path, *HEAD, *body)

    assert plain(report)["roof"] == "None\n\nWho came and went\n\nOne left."
    assert report.doubts == (
        Doubt(17, "“Who came and went” may be a heading; kept as text of “Roof / walls”."),
        Doubt(None, "The section “Staff changes” is missing."),
        MISPLACED,
    )
    assert not report.is_complete


@pytest.mark.parametrize("place", [6, 9, 15])
def test_read_document_with_an_unknown_heading_in_place_of_a_section(
    place: int, tmp_path: Path
) -> None:
    lines = [*HEAD, *BODY[:9]]
    lines[place:place] = ["GIFT SHOP", "", "Sold out.", ""]

    report = read(tmp_path, *lines)

    assert report.doubts[-2:] == (
        Doubt(None, "The section “Staff changes” is missing."),
        MISPLACED,
    )
    assert not report.is_complete


def test_read_document_without_a_section(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD, *BODY[:9])

    assert report.doubts == (Doubt(None, "The section “Staff changes” is missing."),)
    assert report.is_complete


def test_read_document_with_a_misspelt_heading(tmp_path: Path) -> None:
    body = ["STAF CHANGES" if line == "STAFF CHANGES" else line for line in BODY]

    report = read(tmp_path, *HEAD, *body)

    assert report == replace(
        WHOLE, doubts=(Doubt(17, "“STAF CHANGES” is taken as the heading “Staff changes”."),)
    )


def test_read_document_with_misspelt_headings_right_above_their_text(tmp_path: Path) -> None:
    text = "\n".join(BODY).replace("\n\nROOF / WALLS\n", "\nROOF / WALS")
    text = text.replace("STAFF CHANGES\n", "Staf changes")

    report = read(tmp_path, *HEAD, text)

    assert report == replace(
        WHOLE,
        doubts=(
            Doubt(12, "“ROOF / WALS” is taken as the heading “Roof / walls”."),
            Doubt(15, "“Staf changes” is taken as the heading “Staff changes”."),
        ),
    )


def test_read_document_with_text_on_the_headings_line(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD, *BODY[:-3], "Staff changes: One left.")

    assert report == replace(
        WHOLE,
        doubts=(Doubt(17, "The beginning of this line is taken as the heading “Staff changes”."),),
    )


def test_read_document_with_a_heading_twice(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD, *BODY, "", "VISITORS (all sites)", "", "A dog came.")

    assert plain(report)["visitors"] == "Forty came.\n\nTwo came twice.\n\n\nA dog came."
    assert report.doubts == (Doubt(21, "“Visitors” is also in line 7: put together."),)


def test_read_document_with_headings_in_the_text(tmp_path: Path) -> None:
    extra = ("Staff changes", "Roof / walls: see the plan")
    report = read(tmp_path, *HEAD, *BODY[:5], *extra, *BODY[5:])

    assert plain(report)["visitors"] == "\n".join(("Forty came.\n\nTwo came twice.", *extra))
    assert report.doubts == (
        Doubt(12, "“Staff changes” has a clearer heading elsewhere; kept as text of “Visitors”."),
    )


def test_read_document_with_nil_where_it_is_not_allowed(tmp_path: Path) -> None:
    report = read(tmp_path, *HEAD, "VISITORS (all sites)", "", "Nil", "", *BODY[6:])

    assert report.sections[0] == AnsweredSection(VISITORS, RichText.from_plain("Nil"), nil=False)
    assert [doubt.line for doubt in report.doubts] == [7]


def test_read_document_with_capitals_that_are_no_headings(tmp_path: Path) -> None:
    text = ("N/A", "NIL", "PPE", "WE WON!", "THE ROOF IS DRY.", "2020")

    assert read(tmp_path, *HEAD, *BODY, *text).doubts == ()


def test_read_document_takes_no_field_for_a_heading(tmp_path: Path) -> None:
    head = [line.replace("PERIOD:\t", "PERIOD:\n") for line in HEAD]
    path = write_text(tmp_path, *head, "STATUS SUMMARY", "On course.", "REQUESTS FOR CHANGE", "nil")

    (report,) = read_document(path, shipped_templates())

    assert plain(report) == {"status-summary": "On course.", "requests-for-change": "nil"}
    assert report.starts_on == date(2020, 6, 6)
