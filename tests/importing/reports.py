"""What becomes of text and Word files on the museum's form."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from docx.document import Document

from highlightbot.core.reports import AnsweredSection
from highlightbot.core.rich_text import Block, RichText
from highlightbot.importing import Doubt, ReadReport, read_document
from tests.importing.documents import save, write_text
from tests.importing.forms import MUSEUM, ROOF, STAFF, VISITORS

VISITORS_TEXT = RichText.from_plain("Forty came.\n\nTwo came twice.")
WHOLE = ReadReport(
    file_name="report.txt",
    title="MUSEUM REPORT",
    area="Museum of Examples",
    author="Mx Sample",
    starts_on=date(2020, 6, 6),
    ends_on=date(2020, 6, 19),
    template=MUSEUM,
    sections=(
        AnsweredSection(VISITORS, VISITORS_TEXT, nil=False),
        AnsweredSection(ROOF, RichText.from_plain("None"), nil=True),
        AnsweredSection(STAFF, RichText.from_plain("One left."), nil=False),
    ),
    doubts=(),
)
MISPLACED = Doubt(
    None, "Text of a missing section may stand under another. Mend its heading, or add it."
)


def read(folder: Path, *lines: str) -> ReadReport:
    (report,) = read_document(write_text(folder, *lines), [MUSEUM])
    return report


def plain(report: ReadReport) -> dict[str, str]:
    return {answered.section.key: answered.text.plain for answered in report.sections}


def read_word(word: Document, folder: Path) -> ReadReport:
    (report,) = read_document(save(word, folder), [MUSEUM])
    return report


def with_rest(word: Document) -> Document:
    """With the second and the third section of ``WHOLE``."""
    for text in ("ROOF / WALLS", "None", "STAFF CHANGES", "One left."):
        word.add_paragraph(text)
    return word


def word_whole(*visitors: Block) -> ReadReport:
    """``WHOLE`` from a Word file, with another first section."""
    first = AnsweredSection(VISITORS, RichText(visitors), nil=False)
    return replace(WHOLE, file_name="report.docx", sections=(first, *WHOLE.sections[1:]))
