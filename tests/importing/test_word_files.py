"""Reports in Word files."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from highlightbot.core.reports import AnsweredSection
from highlightbot.core.rich_text import Listing, Passage, Quotation, RichText, Span
from highlightbot.importing import Doubt, ReadReport, read_document
from tests.importing.documents import add_link, read_part, replace_parts, save, word_with_head
from tests.importing.forms import MUSEUM, ROOF, STAFF, VISITORS


def _read(word: Document, folder: Path) -> ReadReport:
    (report,) = read_document(save(word, folder), [MUSEUM])
    return report


def _with_rest(word: Document) -> Document:
    for text in ("ROOF / WALLS", "None", "STAFF CHANGES", "One left."):
        word.add_paragraph(text)
    return word


REST = (
    AnsweredSection(ROOF, RichText.from_plain("None"), nil=True),
    AnsweredSection(STAFF, RichText.from_plain("One left."), nil=False),
)


def _whole(*blocks: Any) -> ReadReport:
    return ReadReport(
        file_name="report.docx",
        title="MUSEUM REPORT",
        area="Museum of Examples",
        author="Mx Sample",
        starts_on=date(2020, 6, 6),
        ends_on=date(2020, 6, 19),
        template=MUSEUM,
        sections=(AnsweredSection(VISITORS, RichText(blocks), nil=False), *REST),
        doubts=(),
    )


@pytest.mark.parametrize("table", [False, True])
@pytest.mark.parametrize("style", [None, "Heading 1"])
def test_word_report_with_its_head_in_paragraphs_or_a_table(
    table: bool, style: str | None, tmp_path: Path
) -> None:
    word = word_with_head(table=table)
    word.add_paragraph("Visitors", style)
    word.add_paragraph("")
    word.add_paragraph("Forty came.")
    word.add_paragraph("")
    word.add_paragraph("Two came twice.")

    report = _read(_with_rest(word), tmp_path)

    assert report == _whole(Passage((Span("Forty came.\n\nTwo came twice."),)))


def test_word_report_with_its_fields_in_one_paragraph(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("MUSEUM REPORT")
    word.add_paragraph(
        "SERVICE AREA: Museum of Examples\nREPORT AUTHOR: Mx Sample\n"
        "REPORTING PERIOD: 6-19 th June 2020"
    )
    word.add_paragraph("VISITORS")
    word.add_paragraph("Forty came.\nTwo came twice.")

    report = _read(_with_rest(word), tmp_path)

    assert report == _whole(Passage((Span("Forty came.\nTwo came twice."),)))


def test_word_report_that_is_one_table(tmp_path: Path) -> None:
    rows = {
        "Service area": "Museum of Examples",
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

    report = _read(word, tmp_path)

    assert report == _whole(Passage((Span("Forty came.\nTwo came twice."),)))


def _table(word: Document, *rows: tuple[str, ...]) -> Document:
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

    report = _read(_table(word_with_head(), *rows), tmp_path)

    taken = Doubt(9, "“Roof / wals” is taken as the heading “Roof / walls”.")
    assert report == replace(_whole(Passage((Span("Forty came."),))), doubts=(taken,))


def test_word_misspelt_heading_begins_a_row(tmp_path: Path) -> None:
    rows = ("Visitors", "Forty came."), ("Roof / wals", "None"), ("Staff changes", "One left.")

    report = _read(_table(word_with_head(), *rows), tmp_path)

    taken = Doubt(7, "“Roof / wals” is taken as the heading “Roof / walls”.")
    assert report == replace(_whole(Passage((Span("Forty came."),))), doubts=(taken,))


def test_word_text_left_of_a_heading_is_left_out_with_a_doubt(tmp_path: Path) -> None:
    rows = ("House", "", "Roof / walls", "None"), ("12", "", "Staff changes", "One left.")
    word = word_with_head()
    word.add_paragraph("VISITORS")
    word.add_paragraph("12")
    _table(word, *rows).tables[0].rows[0].cells[0].add_paragraph("Shed")

    report = _read(word, tmp_path)

    assert report == replace(
        _whole(Passage((Span("12"),))),
        doubts=(
            Doubt(7, "This stands left of the heading “Roof / walls” and is left out: “House”."),
            Doubt(8, "This stands left of the heading “Roof / walls” and is left out: “Shed”."),
        ),
    )


def test_word_text_between_two_headings_of_a_row_is_kept(tmp_path: Path) -> None:
    rows = ("Visitors", "40", "Roof / walls", "None"), ("Staff changes", "One left.", "", "")

    report = _read(_table(word_with_head(), *rows), tmp_path)

    assert report == _whole(Passage((Span("40"),)))


def test_word_headings_side_by_side_are_not_complete(tmp_path: Path) -> None:
    rows = ("Visitors", "Roof / walls", "Staff changes"), ("Forty came.", "None", "One left.")

    report = _read(_table(word_with_head(), *rows), tmp_path)

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


def test_word_placeholders_are_no_text(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    word.add_paragraph("Forty ")._p.extend(
        (_control("came.", placeholder="0"), _control("Enter text."))
    )
    word.add_paragraph("ROOF / WALLS")
    word.element.body.insert(-1, _control("Choose an item.", "w:p"))
    word.add_paragraph("STAFF CHANGES")
    word.add_paragraph("One left.")

    report = _read(word, tmp_path)

    whole = _whole(Passage((Span("Forty came."),)))
    assert report == replace(
        whole,
        sections=(whole.sections[0], whole.sections[2]),
        doubts=(Doubt(7, "The section “Roof / walls” is blank: no answer."),),
    )


def _control(text: str, *wrapped: str, placeholder: str = "1") -> Any:
    """A content control that shows a placeholder, or once did."""
    control, properties, content = map(OxmlElement, ("w:sdt", "w:sdtPr", "w:sdtContent"))
    control.extend((properties, content))
    shown = OxmlElement("w:showingPlcHdr")
    shown.set(qn("w:val"), placeholder)
    properties.append(shown)
    element = content
    for tag in (*wrapped, "w:r", "w:t"):
        child = OxmlElement(tag)
        element.append(child)
        element = child
    element.text = text
    return control


@pytest.mark.parametrize("styled", [False, True])
def test_word_hidden_text_is_left_out_with_a_doubt(styled: bool, tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    paragraph = word.add_paragraph("Forty ")
    for text in ("but not ", "Ann "):
        hidden = paragraph.add_run(text, style="Emphasis" if styled else None)
        if not styled:
            hidden.font.hidden = True
    if styled:
        word.styles["Emphasis"].font.hidden = True
    paragraph.add_run("came.")

    report = _read(_with_rest(word), tmp_path)

    assert report == replace(
        _whole(Passage((Span("Forty came."),))),
        doubts=(Doubt(6, "Hidden text is left out: “but not Ann”."),),
    )


def test_word_header_and_footer_are_left_out_with_a_doubt(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    word.add_paragraph("Forty came.")
    section = word.sections[0]
    section.header.paragraphs[0].text = "For the \t group"
    section.header.add_paragraph("only")
    section.footer.paragraphs[0].text = "Page 1 of 2"
    another = word.add_section()
    another.header.is_linked_to_previous = False
    another.header.paragraphs[0].text = "For the group only"
    another.footer.is_linked_to_previous = False
    another.footer.paragraphs[0].text = "One page of ten"

    report = _read(_with_rest(word), tmp_path)

    assert report == replace(
        _whole(Passage((Span("Forty came."),))),
        doubts=(
            Doubt(None, "The page header is left out: “For the group only”."),
            Doubt(None, "The page footer is left out: “One page of ten”."),
        ),
    )


def test_word_emphasis_and_links_are_kept(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    paragraph = word.add_paragraph("Some ")
    paragraph.add_run("came").bold = True
    paragraph.add_run(" late").bold = True
    paragraph.add_run(", ")
    paragraph.add_run("some", style="Emphasis")
    paragraph.add_run(" left").font.strike = True
    paragraph.add_run(": ")
    add_link(paragraph, "see", "https://museum.example.org/a")
    add_link(paragraph, "here", "javascript:alert(1)")

    report = _read(_with_rest(word), tmp_path)

    assert report == _whole(
        Passage(
            (
                Span("Some "),
                Span("came late", bold=True),
                Span(", "),
                Span("some", italic=True),
                Span(" left", strike=True),
                Span(": "),
                Span("see", link="https://museum.example.org/a"),
                Span("here"),
            )
        )
    )


def test_word_lists_and_quotations_are_kept(tmp_path: Path) -> None:
    word = word_with_head()
    for text, style in (
        ("VISITORS", "Heading 2"),
        ("They were:", None),
        ("many", "List Bullet"),
        ("merry", "List Bullet"),
        ("very", "List Bullet 2"),
        ("first", "List Number"),
        ("second", "List Number"),
        ("What fun", "Quote"),
        ("The end.", None),
    ):
        word.add_paragraph(text, style)

    report = _read(_with_rest(word), tmp_path)

    assert report == _whole(
        Passage((Span("They were:"),)),
        Listing(((Span("many"),), (Span("merry"),))),
        Listing(((Span("very"),),), level=1),
        Listing(((Span("first"),), (Span("second"),)), ordered=True),
        Quotation((Span("What fun"),)),
        Passage((Span("The end."),)),
    )


def test_word_headings_may_be_numbered_paragraphs(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("Visitors", "List Number")
    word.add_paragraph("Forty came.")

    assert _read(_with_rest(word), tmp_path) == _whole(Passage((Span("Forty came."),)))


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

    report = _read(_with_rest(word), tmp_path)

    assert report == _whole(
        Passage((Span("By day:\n\nDay\tIn\tOut\n\t1\t\nTue\t\t3\n\nThat is all."),))
    )


def test_word_unknown_heading_is_doubted_and_kept(tmp_path: Path) -> None:
    word = word_with_head()
    for text, style in (("VISITORS", None), ("Gift shop", "Heading 2"), ("Sold out.", None)):
        word.add_paragraph(text, style)

    report = _read(_with_rest(word), tmp_path)

    assert report == replace(
        _whole(Passage((Span("Gift shop\n\nSold out."),))),
        doubts=(Doubt(6, "Unknown heading “Gift shop”; kept as text of “Visitors”."),),
    )


def test_word_content_controls_are_read(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    paragraph = word.add_paragraph("Forty came.")._p
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    paragraph.addprevious(control)
    control.append(content)
    content.append(paragraph)

    assert _read(_with_rest(word), tmp_path) == _whole(Passage((Span("Forty came."),)))


def test_word_tracked_changes_are_read_as_accepted_with_a_doubt(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    paragraph = word.add_paragraph("")
    for tag, text in (("w:del", "Nobody"), ("w:ins", "Forty")):
        change = OxmlElement(tag)
        change.append(paragraph.add_run(text)._r)
        paragraph._p.append(change)
    paragraph.add_run(" came.")

    report = _read(_with_rest(word), tmp_path)

    assert report == replace(
        _whole(Passage((Span("Forty came."),))),
        doubts=(Doubt(6, "There are tracked changes: read as if they were accepted."),),
    )


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [
        (["w:drawing"], "A picture is left out."),
        (["w:footnoteReference"], "A footnote is left out."),
        (["w:sym"], "A symbol is left out."),
        (["w:commentReference"], "A comment is left out."),
        (["w:pict", "w:txbxContent", "w:p", "w:r", "w:t"], "A text box is left out: “Lost”."),
    ],
)
def test_word_content_that_is_no_text_is_doubted(
    tags: list[str], sentence: str, tmp_path: Path
) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    element: Any = word.add_paragraph("Forty came.").add_run("")._r
    for tag in tags:
        child = OxmlElement(tag)
        element.append(child)
        element = child
    if element.tag == qn("w:t"):
        element.text = "Lost"

    report = _read(_with_rest(word), tmp_path)

    assert report == replace(_whole(Passage((Span("Forty came."),))), doubts=(Doubt(6, sentence),))


def test_word_text_box_hides_no_other_doubt_of_its_paragraph(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    run: Any = word.add_paragraph("Forty came.").add_run("")._r
    box = OxmlElement("w:txbxContent")
    run.extend((OxmlElement("w:pict"), OxmlElement("w:footnoteReference")))
    run[-2].append(box)
    box.append(word.add_paragraph("Lost")._p)

    report = _read(_with_rest(word), tmp_path)

    assert report.doubts == (
        Doubt(6, "A text box is left out: “Lost”."),
        Doubt(6, "A footnote is left out."),
    )


def test_word_styles_based_on_each_other_come_to_an_end(tmp_path: Path) -> None:
    word = word_with_head()
    styles = word.styles
    styles["Body Text"].base_style = styles["Body Text 2"]
    styles["Body Text 2"].base_style = styles["Body Text"]
    word.add_paragraph("VISITORS")
    word.add_paragraph("Forty came.", "Body Text")

    assert _read(_with_rest(word), tmp_path) == _whole(Passage((Span("Forty came."),)))


@pytest.mark.parametrize("part", ["styles", "numbering", "settings", "theme"])
def test_word_file_without_a_lesser_part_is_read(part: str, tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    word.add_paragraph("Forty came.", "List Bullet")
    path = save(_with_rest(word), tmp_path)
    relations = "word/_rels/document.xml.rels"
    without = re.sub(
        rf'<Relationship [^>]*/{part}"[^>]*/>'.encode(), b"", read_part(path, relations)
    )
    assert without != read_part(path, relations)

    (report,) = read_document(replace_parts(path, {relations: without}), [MUSEUM])

    assert (report.area, len(report.sections)) == ("Museum of Examples", 3)
