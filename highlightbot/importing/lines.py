"""What a document is made of before anybody asks what it means."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from highlightbot.core.rich_text import Listing, Passage, Quotation, RichText, Span, Spans


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at; ``text`` is a sentence.

    ``line`` counts from 1: lines of a text file, paragraphs of a Word file (those in tables and
    empty ones too). None where the doubt is about no place.
    """

    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ItemStyle:
    """How a list item is drawn: ``level`` 0 is the outermost."""

    ordered: bool
    level: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text file or of a Word paragraph.

    ``gap`` stands between it and the line before: a line's end, a blank line, or a tab between
    the cells of a table. ``heading`` is whether Word's outline has it. ``row`` is the same number
    for all that stands in one row of a table, 0 outside of tables.
    """

    number: int
    spans: Spans
    gap: str = "\n"
    heading: bool = False
    item: ItemStyle | None = None
    quoted: bool = False
    row: int = 0

    @property
    def text(self) -> str:
        """Its characters alone."""
        return "".join(span.text for span in self.spans)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see."""
        return not self.text.strip()

    def without(self, length: int) -> "Line":
        """The line less that many characters at its start, and the white space after them."""
        start = length + len(self.text[length:]) - len(self.text[length:].lstrip())
        return replace(self, spans=_from(self.spans, start))


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file. ``doubts`` are about what the file holds and the lines do not."""

    name: str
    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...] = ()


def as_rich_text(lines: Sequence[Line]) -> RichText:
    """The lines as one answer, exactly as they stand, without blank lines around them."""
    shown = [place for place, line in enumerate(lines) if not line.is_blank]
    if not shown:
        return RichText()
    kept = lines[shown[0] : shown[-1] + 1]
    blocks: list[Passage | Listing | Quotation] = []
    for (item, quoted), group in groupby(kept, key=lambda line: (line.item, line.quoted)):
        if item:
            items = tuple(_merged(line.spans) for line in group)
            blocks.append(Listing(items, ordered=item.ordered, level=item.level))
        else:
            kind = Quotation if quoted else Passage
            blocks.append(kind(_merged(_joined(group))))
    return RichText(tuple(blocks))


def _joined(lines: Iterable[Line]) -> Iterator[Span]:
    for place, line in enumerate(lines):
        if place:
            yield Span(line.gap)
        yield from line.spans


def _merged(spans: Iterable[Span]) -> Spans:
    """The spans with neighbours of one style made one."""
    styles = groupby(spans, key=lambda span: replace(span, text=""))
    merged = (replace(style, text="".join(span.text for span in run)) for style, run in styles)
    return tuple(span for span in merged if span.text)


def _from(spans: Spans, start: int) -> Spans:
    kept = []
    for span in spans:
        if len(span.text) > start:
            kept.append(replace(span, text=span.text[start:]))
        start = max(0, start - len(span.text))
    return tuple(kept)
