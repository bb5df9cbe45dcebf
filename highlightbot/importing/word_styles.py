"""How Word draws paragraphs and runs: headings, lists, quotations, emphasis, also by style."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.run import Run

from highlightbot.core.rich_text import Span
from highlightbot.importing.lines import ItemStyle

_LONGEST_CHAIN = 20
_EMPHASES = ("bold", "italic", "strike")
_HIDDEN = "hidden"
_NUMBERED = ("w:numId", "w:ilvl")
_LEVELS = tuple("012345678")


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is drawn as."""

    heading: bool = False
    quoted: bool = False
    item: ItemStyle | None = None


class Styles:
    """The styles and list formats of one open Word file, each looked up once."""

    def __init__(self, word: WordDocument) -> None:
        self._word = word
        self._formats = _list_formats(word)
        self._looks: dict[str | None, Look] = {}
        self._emphases: dict[str | None, dict[str, bool]] = {}

    def paragraph(self, element: Any) -> Look:
        """The look of a w:p element: its own list format, else what its style says."""
        style_id = element.style
        if style_id not in self._looks:
            self._looks[style_id] = self._style_look(style_id)
        look = self._looks[style_id]
        numbering = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbering is None or look.heading:
            return look
        return Look(quoted=look.quoted, item=self._item(numbering))

    def run(self, element: Any) -> Span:
        """A span without text in the emphasis of a w:r element."""
        bold, italic, strike = (self._drawn(element, name) for name in _EMPHASES)
        return Span("", bold=bold, italic=italic, strike=strike)

    def is_hidden(self, element: Any) -> bool:
        """Whether Word shows a w:r element only to those who ask for hidden text."""
        return self._drawn(element, _HIDDEN)

    def _drawn(self, element: Any, name: str) -> bool:
        """A property of a w:r element: its own, else what its style says."""
        style_id = element.style
        if style_id not in self._emphases:
            self._emphases[style_id] = self._style_emphasis(style_id)
        own: bool | None = getattr(Run(element, self._word).font, name)
        return self._emphases[style_id][name] if own is None else own

    def _style_look(self, style_id: str | None) -> Look:
        item, chain = None, list(self._chain(style_id, WD_STYLE_TYPE.PARAGRAPH))
        names = [style.name or "" for style in chain]
        heading = any(name.startswith(("Heading", "Title", "Subtitle")) for name in names)
        for style in chain:
            numbering = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if numbering is not None and not heading:
                item = self._item(numbering, indented=_level_in(names[0]))
                break
        return Look(heading, any("Quote" in name for name in names), item)

    def _style_emphasis(self, style_id: str | None) -> dict[str, bool]:
        chain = list(self._chain(style_id, WD_STYLE_TYPE.CHARACTER))
        return {
            name: next(
                (value for style in chain if (value := getattr(style.font, name)) is not None),
                False,
            )
            for name in (*_EMPHASES, _HIDDEN)
        }

    def _chain(self, style_id: str | None, kind: WD_STYLE_TYPE) -> Iterator[Any]:
        """A style and those it is based on; a file can hold a circle of them."""
        style: Any = self._word.part.get_style(style_id, kind)
        for _ in range(_LONGEST_CHAIN):
            if style is None:
                return
            yield style
            style = style.base_style

    def _item(self, numbering: Any, indented: int = 0) -> ItemStyle | None:
        """A list item's style; ``indented`` is how far the paragraph style moves it in."""
        number, depth = (_value(numbering.find(qn(tag))) for tag in _NUMBERED)
        if number in (None, "0"):
            return None
        level = int(depth) if depth in _LEVELS else 0
        drawn = self._formats.get((number, str(level)), "bullet")
        return ItemStyle(ordered=drawn not in ("bullet", "none"), level=max(level, indented))


def _level_in(style_name: str) -> int:
    """Word's "List Bullet 2" is the second level."""
    last = style_name.rpartition(" ")[2]
    return int(last) - 1 if last in ("2", "3", "4", "5") else 0


def _list_formats(word: WordDocument) -> dict[tuple[str | None, str | None], str | None]:
    """How numbers are drawn, by list and level."""
    relations = (r for r in word.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.NUMBERING)
    root = next((r.target_part.element for r in relations if not r.is_external), None)
    if root is None:
        return {}
    levels: dict[str | None, dict[str | None, str | None]] = {
        abstract.get(qn("w:abstractNumId")): {
            level.get(qn("w:ilvl")): _value(level.find(qn("w:numFmt")))
            for level in abstract.iterchildren(qn("w:lvl"))
        }
        for abstract in root.iterchildren(qn("w:abstractNum"))
    }
    return {
        (number.get(qn("w:numId")), level): drawn
        for number in root.iterchildren(qn("w:num"))
        for level, drawn in levels.get(_value(number.find(qn("w:abstractNumId"))), {}).items()
    }


def _value(element: Any) -> str | None:
    return None if element is None else element.get(qn("w:val"))
