from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document

from highlightbot.core.rich_text import Passage, Span
from highlightbot.importing import Doubt
from tests.importing.documents import word_with_head
from tests.importing.reports import read_word, with_rest, word_whole


def test_word_report_that_is_one_table(tmp_path: Path) -> None:
    rows = {
        "Team ": "Museum of Examples",
        "Author": "Mx Sample",
        "Period": "6-19 th June 2020",
        "Visitors (all sites)": "Forty came.",
        "Roof / walls": "None",
        "Staff changes": "One left.",
    }
    word = docx.Document()
    word.add_paragraph("MUSEUM REPORT")
    table = word.add_table(rows=len(rows), cols=2)
    for row, (label, text) in zip(table.rows, rows.items(), strict=True):
        row.cells[0].text, row.cells[1].text = label, text
    table.rows[3].cells[1].add_paragraph("Two came twice.")

    report = read_word(word, tmp_path)

    assert report == word_whole(Passage((Span("Forty came.\nTwo came twice."),)))


def table_of(word: Document, *rows: tuple[str, ...]) -> Document:
    table = word.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return word


@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("1.", "2.1", "(3)"), ("", " ", "")])
def test_word_numbers_left_of_headings_are_no_text(
    numbers: tuple[str, str, str], tmp_path: Path
) -> None:
    texts = (("Visitors", "Forty came."), ("Roof / wals", "None"), ("Staff changes", "One left."))
    rows = [(number, *row) for number, row in zip(numbers, texts, strict=True)]

    report = read_word(table_of(word_with_head(), *rows), tmp_path)

    taken = Doubt(9, "“Roof / wals” is taken as the heading “Roof / walls”.")
    assert report == replace(word_whole(Passage((Span("Forty came."),))), doubts=(taken,))


def test_word_misspelt_heading_begins_a_row(tmp_path: Path) -> None:
    rows = ("Visitors", "Forty came."), ("Roof / wals", "None"), ("Staff changes", "One left.")

    report = read_word(table_of(word_with_head(), *rows), tmp_path)

    taken = Doubt(7, "“Roof / wals” is taken as the heading “Roof / walls”.")
    assert report == replace(word_whole(Passage((Span("Forty came."),))), doubts=(taken,))


def test_word_text_left_of_a_heading_is_left_out_with_a_doubt(tmp_path: Path) -> None:
    rows = ("House", "", "Roof / walls", "None"), ("12", "", "Staff changes", "One left.")
    word = word_with_head()
    word.add_paragraph("VISITORS")
    word.add_paragraph("12")
    table_of(word, *rows).tables[0].rows[0].cells[0].add_paragraph("Shed")

    report = read_word(word, tmp_path)

    assert report == replace(
        word_whole(Passage((Span("12"),))),
        doubts=(
            Doubt(7, "This stands left of the heading “Roof / walls” and is left out: “House”."),
            Doubt(8, "This stands left of the heading “Roof / walls” and is left out: “Shed”."),
        ),
    )


def test_word_text_between_two_headings_of_a_row_is_kept(tmp_path: Path) -> None:
    rows = ("Visitors", "40", "Roof / walls", "None"), ("Staff changes", "One left.", "", "")

    report = read_word(table_of(word_with_head(), *rows), tmp_path)

    assert report == word_whole(Passage((Span("40"),)))


def test_word_headings_side_by_side_are_not_complete(tmp_path: Path) -> None:
    rows = ("Visitors", "Roof / walls", "Staff changes"), ("Forty came.", "None", "One left.")

    report = read_word(table_of(word_with_head(), *rows), tmp_path)

    assert report.doubts == (
        Doubt(5, "The section “Visitors” is blank: no answer."),
        Doubt(
            6,
            "“Roof / walls” stands right beside the heading before it, so that it is not clear"
            " which text is whose: put each heading above its text or left of it.",
        ),
        Doubt(6, "The section “Roof / walls” is blank: no answer."),
    )
    assert not report.is_complete


def test_word_table_in_a_section_keeps_rows_and_columns(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    word.add_paragraph("By day:")
    table = word.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, (("Day", "In", "Out"), ("", "1", ""), ("Tue", "", "3")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    word.add_paragraph("That is all.")

    report = read_word(with_rest(word), tmp_path)

    assert report == word_whole(
        Passage((Span("By day:\n\nDay\tIn\tOut\n\t1\t\nTue\t\t3\n\nThat is all."),))
    )
