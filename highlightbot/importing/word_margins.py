"""What stands in the margins of a Word file's pages, which is no part of a report's text."""

import re
from collections.abc import Iterator

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from highlightbot.importing.lines import Doubt

_MARGINS = {RELATIONSHIP_TYPE.HEADER: "header", RELATIONSHIP_TYPE.FOOTER: "footer"}
_PAGE_NUMBER = re.compile(r"(?:page|of|[\W\d_])*", re.IGNORECASE)


def doubts_about_margins(word: WordDocument) -> Iterator[Doubt]:
    """One for each header and footer that says more than a page's number."""
    told = set[str]()
    for relation in word.part.rels.values():
        if relation.reltype not in _MARGINS or relation.is_external:
            continue
        part = relation.target_part
        paragraphs = part.element.iter(qn("w:p")) if isinstance(part, XmlPart) else ()
        text = " ".join(" ".join(paragraph.text for paragraph in paragraphs).split())
        sentence = f"The page {_MARGINS[relation.reltype]} is left out: “{text}”."
        if not _PAGE_NUMBER.fullmatch(text) and sentence not in told:
            told.add(sentence)
            yield Doubt(None, sentence)
