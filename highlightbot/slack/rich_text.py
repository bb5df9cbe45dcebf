"""Rich text to and from Slack's ``rich_text`` block.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import (
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextListElement,
    RichTextPreformattedElement,
    RichTextQuoteElement,
    RichTextSectionElement,
)

from highlightbot.core.rich_text import (
    Block,
    Listing,
    Passage,
    Preformatted,
    Quotation,
    RichText,
    Span,
    Spans,
)

_DEEPEST = 8
_STYLES = ("bold", "italic", "strike", "code")

NameOf = Callable[[str], str]
"""What to call the user, user group, channel or workspace of an id."""


def to_slack(text: RichText, *, quoted: bool = False) -> RichTextBlock:
    """The text as a block; ``quoted`` draws the line of a quotation beside all of it."""
    elements = list(_elements(canonical(text).blocks, quoted))
    return RichTextBlock(elements=elements or [RichTextSectionElement(elements=[])])


def from_slack(value: Mapping[str, Any] | None, name_of: NameOf = str) -> RichText:
    """What somebody typed into a ``rich_text_input``; None is nothing.

    Mentions become text, so that they call nobody when the text is shown again. What Slack may
    yet invent becomes its own text or, in brackets, its name.
    """
    blocks = (
        block
        for element in (value or {}).get("elements") or ()
        for block in _blocks(element, name_of)
    )
    return canonical(RichText(tuple(blocks)))


def canonical(text: RichText) -> RichText:
    """The same text in the one form that survives Slack.

    Neighbouring spans of one style are one, nothing is empty but list items, lists are at most
    as deep as Slack draws them, and count on where only deeper lists come between.
    """
    return RichText(tuple(_numbered(_canonical_blocks(text.blocks))))


def _canonical_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Listing):
            if block.items:
                items = tuple(_merged(item) for item in block.items)
                level = max(0, min(block.level, _DEEPEST))
                start = max(1, block.start) if block.ordered else 1
                yield Listing(items, ordered=block.ordered, level=level, start=start)
        elif spans := _merged(block.spans):
            yield replace(block, spans=spans)


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    following: dict[int, int] = {}  # the next number of each level's list
    for block in blocks:
        if not isinstance(block, Listing):
            following.clear()
            yield block
            continue
        if block.ordered and block.start == 1:
            block = replace(block, start=following.get(block.level, 1))
        following = {level: next_ for level, next_ in following.items() if level < block.level}
        if block.ordered:
            following[block.level] = block.start + len(block.items)
        yield block


def _merged(spans: Iterable[Span]) -> Spans:
    filled = (replace(span, link=span.link or None) for span in spans if span.text)
    return tuple(
        replace(style, text="".join(span.text for span in group))
        for style, group in groupby(filled, key=lambda span: replace(span, text=""))
    )


def _elements(blocks: Iterable[Block], quoted: bool) -> Iterator[RichTextElement]:
    border = 1 if quoted else None
    for block in blocks:
        match block:
            case Listing():
                yield _list(block, border)
            case Preformatted():
                yield RichTextPreformattedElement(elements=_runs(block.spans), border=border)
            case Passage() if not quoted:
                yield RichTextSectionElement(elements=_runs(block.spans))
            case Passage() | Quotation():
                yield RichTextQuoteElement(elements=_runs(block.spans))


def _list(block: Listing, border: int | None) -> RichTextListElement:
    return RichTextListElement(
        elements=[RichTextSectionElement(elements=_runs(item)) for item in block.items],
        style="ordered" if block.ordered else "bullet",
        indent=block.level,
        offset=block.start - 1 or None,
        border=border,
    )


def _runs(spans: Spans) -> list[RichTextElement]:
    return [_run(span) for span in spans]


def _run(span: Span) -> RichTextElement:
    style = {name: True for name in _STYLES if getattr(span, name)} or None
    if span.link:
        return RichTextElementParts.Link(url=span.link, text=span.text, style=style)
    return RichTextElementParts.Text(text=span.text, style=style)


def _blocks(element: Mapping[str, Any], name_of: NameOf) -> Iterator[Block]:
    parts = element.get("elements") or ()
    match element.get("type"):
        case "rich_text_list":
            yield Listing(
                tuple(_spans(item.get("elements") or (), name_of) for item in parts),
                ordered=element.get("style") == "ordered",
                level=element.get("indent") or 0,
                start=(element.get("offset") or 0) + 1,
            )
        case "rich_text_quote":
            yield Quotation(_spans(parts, name_of))
        case "rich_text_preformatted":
            yield Preformatted(_spans(parts, name_of))
        case _:
            yield Passage(_spans(parts, name_of))


def _spans(elements: Iterable[Mapping[str, Any]], name_of: NameOf) -> Spans:
    return tuple(_span(element, name_of) for element in elements)


def _span(element: Mapping[str, Any], name_of: NameOf) -> Span:
    style = element.get("style") or {}
    styles = {name: bool(style.get(name)) for name in _STYLES}
    is_link = element.get("type") in {"link", "date"}
    return Span(_words(element, name_of), link=element.get("url") if is_link else None, **styles)


def _words(element: Mapping[str, Any], name_of: NameOf) -> str:
    kind = element.get("type")
    if kind in _MENTIONS:
        mark, key = _MENTIONS[kind]
        return f"{mark}{name_of(str(element.get(key)))}"
    if kind == "text":
        return str(element.get("text") or "")
    if kind == "link":
        return str(element.get("text") or element.get("url") or "")
    if kind == "broadcast":
        return f"@{element.get('range')}"
    if kind == "emoji":
        return _emoji(element)
    if kind == "date":
        return str(element.get("fallback") or _date(element.get("timestamp") or 0))
    said = (element.get(key) for key in _TEXT_OF_OTHERS)
    return next((word for word in said if isinstance(word, str) and word), f"[{kind}]")


_MENTIONS = {
    "user": ("@", "user_id"),
    "usergroup": ("@", "usergroup_id"),
    "team": ("@", "team_id"),
    "channel": ("#", "channel_id"),
}
_TEXT_OF_OTHERS = ("value", "text", "fallback", "title", "name", "url")


def _emoji(element: Mapping[str, Any]) -> str:
    """The character of code points such as "1f44b-1f3fd"; a workspace's own emoji by name.

    https://docs.slack.dev/reference/block-kit/block-elements/emoji-element
    """
    try:
        return "".join(chr(int(point, 16)) for point in str(element.get("unicode")).split("-"))
    except (ValueError, OverflowError):
        return f":{element.get('name')}:"


def _date(timestamp: int) -> str:
    return f"{datetime.fromtimestamp(timestamp, UTC):%Y-%m-%d %H:%M} UTC"
