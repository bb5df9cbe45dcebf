"""Reads plain text files as Windows, macOS and Linux editors save them."""

import codecs
import re

from highlightbot.core.errors import Refusal
from highlightbot.core.rich_text import Span
from highlightbot.importing.lines import Document, Doubt, Line

_MOST_LINES = 10_000
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_OTHER_KINDS = {
    b"PK\x03\x04": "a Word file or another archive",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"%PDF-": "a PDF",
    b"{\\rtf": "a rich text (RTF) file",
}


def read_text_file(name: str, content: bytes) -> Document:
    """The lines of a text file: UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises Refusal for what is not text.
    """
    for start, kind in _OTHER_KINDS.items():
        if content.startswith(start):
            raise Refusal(
                f"{name} is named as text but is {kind}. Save it as plain text or as .docx."
            )
    text, doubts = _decode(name, content)
    if "\0" in text:
        raise Refusal(f"{name} is named as text but holds binary data.")
    texts = _LINE_END.split(text)
    if len(texts) > _MOST_LINES:
        raise Refusal(f"{name} has over {_MOST_LINES:,} lines, which is no report.")
    lines = tuple(
        Line(number, (Span(text),) if text else ()) for number, text in enumerate(texts, start=1)
    )
    return Document(name, lines, doubts)


def _decode(name: str, content: bytes) -> tuple[str, tuple[Doubt, ...]]:
    if content.startswith(_UTF_16):
        try:
            return content.decode("utf-16"), ()
        except UnicodeDecodeError:
            raise Refusal(f"{name} begins as UTF-16 text but is damaged.") from None
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = len(_LINE_END.findall(content[: error.start].decode("latin-1"))) + 1
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise Refusal(
            f"{name} is not text in UTF-8, UTF-16 or Windows-1252. Save it as UTF-8 text."
        ) from None
    return text, (
        Doubt(line, "The file is not UTF-8. Read as Windows-1252: check quotes, dashes, accents."),
    )
