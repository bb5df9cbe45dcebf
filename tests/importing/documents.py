"""Builds the documents that the tests read. All names in them are made up."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

HEAD = (
    "MUSEUM REPORT",
    "",
    "SERVICE AREA:\tMuseum of Examples",
    "REPORT AUTHOR:\tMx Sample",
    "REPORTING PERIOD:\t6-19 th June 2020",
    "",
)
BODY = (
    "VISITORS (all sites)",
    "",
    "Forty came.",
    "",
    "Two came twice.",
    "",
    "ROOF / WALLS",
    "",
    "None",
    "",
    "STAFF CHANGES",
    "",
    "One left.",
)


def write_text(folder: Path, *lines: str, name: str = "report.txt") -> Path:
    """A UTF-8 text file with those lines."""
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    return path


def save(word: Document, folder: Path, name: str = "report.docx") -> Path:
    """The Word file of that document."""
    path = folder / name
    word.save(str(path))
    return path


def word_with_head(*, table: bool = False) -> Document:
    """A Word document with title and fields, in paragraphs or in a table of two columns."""
    word = docx.Document()
    word.add_heading(HEAD[0], level=0)
    fields = [line.split("\t") for line in HEAD if "\t" in line]
    if table:
        grid = word.add_table(rows=len(fields), cols=2)
        for row, (label, value) in zip(grid.rows, fields, strict=True):
            row.cells[0].text, row.cells[1].text = label, value
    else:
        for label, value in fields:
            word.add_paragraph(f"{label}\t{value}")
    return word


def add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """A hyperlink at the paragraph's end."""
    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"),
        paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
    )
    run = paragraph.add_run(text)
    link.append(run._r)
    paragraph._p.append(link)


def replace_parts(path: Path, parts: Mapping[str, bytes | None]) -> Path:
    """The same Word file with some of its parts changed, added, or, where None, left out."""
    packed = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in parts:
                new.writestr(part, old.read(part))
        for part, content in parts.items():
            if content is not None:
                new.writestr(part, content)
    path.write_bytes(packed.getvalue())
    return path


def read_part(path: Path, part: str) -> bytes:
    """One part of a Word file."""
    with zipfile.ZipFile(path) as package:
        return package.read(part)
