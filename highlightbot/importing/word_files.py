"""Reads Word files (.docx): paragraphs, lists, tables, emphasis and links, in reading order."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import count, pairwise
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.text.run import Run

from highlightbot.core.errors import Refusal
from highlightbot.core.rich_text import Span, Spans
from highlightbot.importing.lines import Document, Doubt, Line
from highlightbot.importing.word_margins import doubts_about_margins
from highlightbot.importing.word_packages import check_package
from highlightbot.importing.word_styles import Styles

_MOST_PARAGRAPHS = 10_000
_LINKS = ("http://", "https://", "mailto:")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PASSED_OVER = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), _FALLBACK}
_TRACKED = "There are tracked changes: read as if they were accepted."
_PICTURE = "A picture is left out."
_LEFT_OUT = {
    "w:drawing": _PICTURE,
    "w:pict": _PICTURE,
    "w:object": "An embedded object is left out.",
    "w:footnoteReference": "A footnote is left out.",
    "w:endnoteReference": "An endnote is left out.",
    "w:commentReference": "A comment is left out.",
    "w:sym": "A symbol is left out.",
    "m:oMath": "A formula is left out.",
    "w:ins": _TRACKED,
    "w:del": _TRACKED,
    "w:moveTo": _TRACKED,
}


def read_word_file(name: str, content: bytes) -> Document:
    """The lines of a Word file, with doubts about what is not text.

    Raises Refusal for what is damaged, protected, unsafe to open or no Word file.
    """
    check_package(name, content)
    try:
        return _read(name, docx.Document(BytesIO(content)))
    except (
        # What python-docx lets through from parts that are missing or hold something unexpected.
        AttributeError, EOFError, IndexError, KeyError, NotImplementedError, OSError, OpcError,
        OverflowError, PythonDocxError, TypeError, ValueError, SyntaxError,
        zipfile.BadZipFile, zlib.error,
    ) as error:  # fmt: skip
        raise Refusal(f"{name} is damaged, or not a Word document.") from error


def _read(name: str, word: WordDocument) -> Document:
    styles = Styles(word)
    lines: list[Line] = []
    doubts = list(doubts_about_margins(word))
    paragraphs = _paragraphs(word.element.body, count(1))
    for number, (paragraph, gap, row) in enumerate(paragraphs, start=1):
        if number > _MOST_PARAGRAPHS:
            raise Refusal(f"{name} has over {_MOST_PARAGRAPHS:,} paragraphs, which is no report.")
        lines += _lines(word, styles, number, paragraph, gap, row)
        hidden = _hidden(word, styles, paragraph)
        doubts += [Doubt(number, sentence) for sentence in (*hidden, *_left_out(paragraph))]
    return Document(name, tuple(_without_empty(lines)), tuple(_tracked_once(doubts)))


def _within(parent: Any, *tags: str) -> Iterator[Any]:
    """The nearest descendants with those tags, whatever wraps them, save in deleted text."""
    for child in parent.iterchildren("*"):
        if child.tag in tags:
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from _within(child, *tags)


def _paragraphs(parent: Any, rows: Iterator[int]) -> Iterator[tuple[Any, str, int]]:
    """Every paragraph, tables row by row, with the gap before it and its row's number or 0."""
    for block in _within(parent, qn("w:p"), qn("w:tbl")):
        if block.tag == qn("w:p"):
            yield block, "\n\n", 0
        else:
            yield from _table(block, rows)


def _table(table: Any, rows: Iterator[int]) -> Iterator[tuple[Any, str, int]]:
    first = "\n\n"
    for row in _within(table, qn("w:tr")):
        number = next(rows)
        for cell in _within(row, qn("w:tc")):
            for paragraph, *_ in _paragraphs(cell, rows):
                yield paragraph, first, number
                first = "\n"
            first = "\t"
        first = "\n"


def _lines(
    word: WordDocument, styles: Styles, number: int, paragraph: Any, gap: str, row: int
) -> Iterator[Line]:
    look = styles.paragraph(paragraph)
    spans = tuple(_spans(word, styles, paragraph))
    line = Line(
        number, spans, gap, heading=look.heading, item=look.item, quoted=look.quoted, row=row
    )
    if look.item:
        yield line
        return
    for place, part in enumerate(_split(spans)):
        yield replace(line, spans=part, gap="\n" if place else gap)


def _split(spans: Spans) -> Iterator[Spans]:
    """The spans cut at line breaks."""
    current: list[Span] = []
    for span in spans:
        first, *others = span.text.split("\n")
        current.append(replace(span, text=first))
        for text in others:
            yield tuple(current)
            current = [replace(span, text=text)]
    yield tuple(current)


def _spans(
    word: WordDocument, styles: Styles, parent: Any, link: str | None = None
) -> Iterator[Span]:
    for element in _within(parent, qn("w:r"), qn("w:hyperlink")):
        if element.tag == qn("w:hyperlink"):
            yield from _spans(word, styles, element, _address(word, element))
        elif _is_shown(styles, element) and (text := Run(element, word).text):
            yield replace(styles.run(element), text=text, link=link)


def _is_shown(styles: Styles, run: Any) -> bool:
    """Whether a run is neither hidden nor what Word shows where nobody has written anything."""
    return not styles.is_hidden(run) and not any(
        _is_on(placeholder)
        for control in run.iterancestors(qn("w:sdt"))
        for placeholder in control.iterfind(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    )


def _is_on(element: Any) -> bool:
    return element.get(qn("w:val")) not in ("0", "false", "off")


def _hidden(word: WordDocument, styles: Styles, paragraph: Any) -> list[str]:
    runs = (run for run in paragraph.iter(qn("w:r")) if styles.is_hidden(run))
    text = " ".join("".join(Run(run, word).text for run in runs).split())
    return [f"Hidden text is left out: “{text}”."] if text else []


def _address(word: WordDocument, hyperlink: Any) -> str | None:
    relation = word.part.rels.get(hyperlink.get(qn("r:id")))
    if relation is None or not relation.is_external:
        return None
    anchor = hyperlink.get(qn("w:anchor"))
    address = f"{relation.target_ref}#{anchor}" if anchor else relation.target_ref
    return address if address.lower().startswith(_LINKS) else None


def _left_out(paragraph: Any) -> list[str]:
    texts = ["".join(box.itertext(qn("w:t"))) for box in _text_boxes(paragraph)]
    boxes = [f"A text box is left out: “{' '.join(text.split())}”." for text in texts]
    found = (_LEFT_OUT[tag] for tag in _LEFT_OUT if next(paragraph.iter(qn(tag)), None) is not None)
    # Word draws a text box as a picture.
    kinds = (kind for kind in dict.fromkeys(found) if not (boxes and kind == _PICTURE))
    return [*boxes, *kinds]


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(qn("w:txbxContent")):
        if next(box.iterancestors(_FALLBACK), None) is None:
            yield box


def _without_empty(lines: list[Line]) -> Iterator[Line]:
    """The lines less empty paragraphs, but with the empty cells that keep a table's columns."""
    for line, following in pairwise([*lines, Line(0, ())]):
        if not line.is_blank or line.gap != "\n\n" or following.gap == "\t":
            yield line


def _tracked_once(doubts: list[Doubt]) -> Iterator[Doubt]:
    tracked = False
    for doubt in doubts:
        if doubt.text != _TRACKED or not tracked:
            yield doubt
        tracked = tracked or doubt.text == _TRACKED
