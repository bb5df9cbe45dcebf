"""Reports in Word files."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from highlightbot.core.rich_text import Passage, Span
from highlightbot.importing import Doubt, read_document
from tests.importing.documents import read_part, replace_parts, save, word_with_head
from tests.importing.forms import MUSEUM
from tests.importing.reports import read_word, with_rest, word_whole


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

    report = read_word(with_rest(word), tmp_path)

    assert report == word_whole(Passage((Span("Forty came.\n\nTwo came twice."),)))


def test_word_report_with_its_fields_in_one_paragraph(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("MUSEUM REPORT")
    word.add_paragraph(
        "SERVICE AREA: Museum of Examples\nREPORT AUTHOR: Mx Sample\n"
        "REPORTING PERIOD: 6-19 th June 2020"
    )
    word.add_paragraph("VISITORS")
    word.add_paragraph("Forty came.\nTwo came twice.")

    report = read_word(with_rest(word), tmp_path)

    assert report == word_whole(Passage((Span("Forty came.\nTwo came twice."),)))


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

    report = read_word(word, tmp_path)

    whole = word_whole(Passage((Span("Forty came."),)))
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

    report = read_word(with_rest(word), tmp_path)

    assert report == replace(
        word_whole(Passage((Span("Forty came."),))),
        doubts=(
            Doubt(None, "The page header is left out: “For the group only”."),
            Doubt(None, "The page footer is left out: “One page of ten”."),
        ),
    )


def test_word_unknown_heading_is_doubted_and_kept(tmp_path: Path) -> None:
    word = word_with_head()
    for text, style in (("VISITORS", None), ("Gift shop", "Heading 2"), ("Sold out.", None)):
        word.add_paragraph(text, style)

    report = read_word(with_rest(word), tmp_path)

    assert report == replace(
        word_whole(Passage((Span("Gift shop\n\nSold out."),))),
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

    assert read_word(with_rest(word), tmp_path) == word_whole(Passage((Span("Forty came."),)))


def test_word_tracked_changes_are_read_as_accepted_with_a_doubt(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    paragraph = word.add_paragraph("")
    for tag, text in (("w:del", "Nobody"), ("w:ins", "Forty")):
        change = OxmlElement(tag)
        change.append(paragraph.add_run(text)._r)
        paragraph._p.append(change)
    paragraph.add_run(" came.")

    report = read_word(with_rest(word), tmp_path)

    assert report == replace(
        word_whole(Passage((Span("Forty came."),))),
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

    report = read_word(with_rest(word), tmp_path)

    assert report == replace(
        word_whole(Passage((Span("Forty came."),))), doubts=(Doubt(6, sentence),)
    )


def test_word_text_box_hides_no_other_doubt_of_its_paragraph(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    run: Any = word.add_paragraph("Forty came.").add_run("")._r
    box = OxmlElement("w:txbxContent")
    run.extend((OxmlElement("w:pict"), OxmlElement("w:footnoteReference")))
    run[-2].append(box)
    box.append(word.add_paragraph("Lost")._p)

    report = read_word(with_rest(word), tmp_path)

    assert report.doubts == (
        Doubt(6, "A text box is left out: “Lost”."),
        Doubt(6, "A footnote is left out."),
    )


@pytest.mark.parametrize("part", ["styles", "numbering", "settings", "theme"])
def test_word_file_without_a_lesser_part_is_read(part: str, tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    word.add_paragraph("Forty came.", "List Bullet")
    path = save(with_rest(word), tmp_path)
    relations = "word/_rels/document.xml.rels"
    without = re.sub(
        rf'<Relationship [^>]*/{part}"[^>]*/>'.encode(), b"", read_part(path, relations)
    )
    assert without != read_part(path, relations)

    (report,) = read_document(replace_parts(path, {relations: without}), [MUSEUM])

    assert (report.area, len(report.sections)) == ("Museum of Examples", 3)
