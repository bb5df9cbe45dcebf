"""What an answer is made of: running text, lists, quotations, with emphasis and links.

Text is kept exactly as it was given: spaces, blank lines, control characters and all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters in one style. ``link`` is the address that it points to."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str | None = None


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text. Line breaks and the blank lines between paragraphs stand in the spans."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Listing:
    """List items at one ``level`` of indentation (0 is the outermost).

    ``start`` is the number of the first item, if they are ``ordered``.
    """

    items: tuple[Spans, ...]
    ordered: bool = False
    level: int = 0
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text that is quoted from elsewhere."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose spacing matters."""

    spans: Spans


Block: TypeAlias = Passage | Listing | Quotation | Preformatted
_KINDS: dict[str, type[Passage] | type[Quotation] | type[Preformatted]] = {
    "passage": Passage,
    "quotation": Quotation,
    "preformatted": Preformatted,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class RichText:
    """A whole answer, in order."""

    blocks: tuple[Block, ...] = ()

    @classmethod
    def from_plain(cls, text: str) -> "RichText":
        """Text without emphasis; an empty string gives an empty answer."""
        return cls((Passage((Span(text),)),)) if text else cls()

    @property
    def plain(self) -> str:
        """The text alone, lists with bullets or numbers, quotations with ``>``."""
        return "\n".join(_plain(block) for block in self.blocks)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it but white space."""
        return not any(span.text.strip() for spans in self._runs() for span in spans)

    def _runs(self) -> Iterable[Spans]:
        for block in self.blocks:
            if isinstance(block, Listing):
                yield from block.items
            else:
                yield block.spans

    def to_data(self) -> list[dict[str, Any]]:
        """The answer as JSON data; `from_data` is its inverse."""
        return [_block_to_data(block) for block in self.blocks]

    @classmethod
    def from_data(cls, data: Iterable[Mapping[str, Any]]) -> "RichText":
        """An answer from what `to_data` made."""
        return cls(tuple(_block_from_data(block) for block in data))


def _plain_spans(spans: Spans) -> str:
    return "".join(span.text for span in spans)


def _plain(block: Block) -> str:
    if isinstance(block, Listing):
        return "\n".join(
            f"{'  ' * block.level}{f'{number}.' if block.ordered else '•'} {_plain_spans(item)}"
            for number, item in enumerate(block.items, start=block.start)
        )
    text = _plain_spans(block.spans)
    if isinstance(block, Quotation):
        return "\n".join(f"> {line}" for line in text.split("\n"))
    return text


_PLAIN_SPAN = Span("")


def _span_to_data(span: Span) -> dict[str, Any]:
    styles = {
        field.name: getattr(span, field.name)
        for field in fields(span)[1:]
        if getattr(span, field.name) != getattr(_PLAIN_SPAN, field.name)
    }
    return {"text": span.text, **styles}


def _spans_from_data(data: Iterable[Mapping[str, Any]]) -> Spans:
    return tuple(Span(**span) for span in data)


def _block_to_data(block: Block) -> dict[str, Any]:
    if isinstance(block, Listing):
        return {
            "kind": "listing",
            "ordered": block.ordered,
            "level": block.level,
            **({} if block.start == 1 else {"start": block.start}),
            "items": [[_span_to_data(span) for span in item] for item in block.items],
        }
    return {"kind": _NAMES[type(block)], "spans": [_span_to_data(span) for span in block.spans]}


def _block_from_data(data: Mapping[str, Any]) -> Block:
    if data["kind"] == "listing":
        items = tuple(_spans_from_data(item) for item in data["items"])
        return Listing(
            items, ordered=data["ordered"], level=data["level"], start=data.get("start", 1)
        )
    return _KINDS[data["kind"]](_spans_from_data(data["spans"]))
