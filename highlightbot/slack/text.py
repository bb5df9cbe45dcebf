"""Lengths as Slack may count them, and text cut to them.

Slack does not say whether it counts code points or UTF-16 units; the latter are never fewer.
"""

from dataclasses import replace

from highlightbot.core.rich_text import Block, Listing, RichText, Span, Spans

_BREAKS = ("\n\n", "\n", ". ", " ")


def length(text: str) -> int:
    """How many UTF-16 units the text has."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def clip(text: str, limit: int) -> str:
    """The text, cut with an ellipsis at a word's end if it is longer than ``limit``."""
    if length(text) <= limit:
        return text
    cut = _longest_prefix(text, limit - 1)
    word_end = cut.rfind(" ")
    return f"{(cut[:word_end] if word_end > len(cut) // 2 else cut).rstrip()}…"


def escape(text: str) -> str:
    """The text for a message's ``text``, where Slack reads ``<…>`` as mentions and links.

    https://docs.slack.dev/messaging/formatting-message-text
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def weight(text: RichText) -> int:
    """How much a rich text takes up: its characters and the addresses of its links."""
    return sum(map(_block_weight, text.blocks))


def spell_out(text: RichText, longest: int) -> RichText:
    """The text with longer addresses than that in brackets beside it: those can be cut."""
    return RichText(
        tuple(
            replace(block, items=tuple(_spelled_out(item, longest) for item in block.items))
            if isinstance(block, Listing)
            else replace(block, spans=_spelled_out(block.spans, longest))
            for block in text.blocks
        )
    )


def split(text: RichText, limit: int) -> tuple[RichText, RichText]:
    """The text's beginning, of at most ``limit``, and the rest.

    It is cut at the end of a paragraph, a line, a sentence or a word if one ends in the second
    half of what fits, else between two characters. What stands on both sides of a cut in a
    list stays one list item each, and its numbers go on.
    """
    head: list[Block] = []
    for index, block in enumerate(text.blocks):
        size = _block_weight(block)
        if size > limit:
            first, last = _split_block(block, limit, must=not head)
            head += first
            return RichText(tuple(head)), RichText((*last, *text.blocks[index + 1 :]))
        head.append(block)
        limit -= size
    return text, RichText()


def clip_rich(text: RichText, limit: int) -> RichText:
    """The text, or its beginning followed by an ellipsis."""
    if weight(text) <= limit:
        return text
    return RichText((*split(text, limit)[0].blocks, *RichText.from_plain("…").blocks))


def _spelled_out(spans: Spans, longest: int) -> Spans:
    told: list[Span] = []
    for span in spans:
        if span.link is None or length(span.link) <= longest:
            told.append(span)
        else:
            beside = "" if span.link == span.text else f" ({span.link})"
            told.append(replace(span, text=f"{span.text}{beside}", link=None))
    return tuple(told)


def _split_block(block: Block, limit: int, *, must: bool) -> tuple[list[Block], list[Block]]:
    """A block that does not fit in two; ``must`` says that something has to come of it."""
    if isinstance(block, Listing):
        return _split_list(block, limit, must=must)
    first, last = _split_spans(block.spans, limit, must=must)
    return (
        [replace(block, spans=first)] if first else [],
        [replace(block, spans=last)] if last else [],
    )


def _split_list(block: Listing, limit: int, *, must: bool) -> tuple[list[Block], list[Block]]:
    count = 0
    for item in block.items:
        if _item_weight(item) > limit:
            break
        limit -= _item_weight(item)
        count += 1
    first, last = block.items[:count], block.items[count:]
    if not first and must:
        begun, rest = _split_spans(last[0], limit - 1, must=True)
        first, last = (begun,), ((rest, *last[1:]) if rest else last[1:])
    finished = len(block.items) - len(last) if block.ordered else 0
    return (
        [replace(block, items=first)] if first else [],
        [replace(block, items=last, start=block.start + finished)] if last else [],
    )


def _split_spans(spans: Spans, limit: int, *, must: bool) -> tuple[Spans, Spans]:
    fitting = _fitting(spans, limit)
    text = "".join(span.text for span in spans)
    at = _break_in(text[:fitting])
    if at is None:
        at = max(fitting, 1) if must else 0
    return _cut(spans, at)


def _fitting(spans: Spans, limit: int) -> int:
    """How many characters of the spans fit."""
    count = 0
    for span in spans:
        size = _span_weight(span)
        if size > limit:
            room = limit - (length(span.link) if span.link else 0)
            return count + (len(_longest_prefix(span.text, room)) if room > 0 else 0)
        limit -= size
        count += len(span.text)
    return count


def _break_in(text: str) -> int | None:
    """Where the text is best cut, after the break; None where nothing ends in its second half."""
    for mark in _BREAKS:
        at = text.rfind(mark)
        if at >= len(text) // 2 and at >= 0 and text:
            return at + len(mark)
    return None


def _cut(spans: Spans, at: int) -> tuple[Spans, Spans]:
    first: list[Span] = []
    for index, span in enumerate(spans):
        if at < len(span.text):
            last = replace(span, text=span.text[at:])
            if at:
                first.append(replace(span, text=span.text[:at]))
            return tuple(first), (last, *spans[index + 1 :])
        first.append(span)
        at -= len(span.text)
    return tuple(first), ()


def _longest_prefix(text: str, limit: int) -> str:
    limit = max(limit, 0)
    prefix = text[:limit]
    while (excess := length(prefix) - limit) > 0:
        prefix = prefix[: -((excess + 1) // 2)]  # no character has more than two units
    return prefix


def _span_weight(span: Span) -> int:
    if not span.text:
        return 0
    return length(span.text) + (length(span.link) if span.link else 0)


def _item_weight(item: Spans) -> int:
    return 1 + sum(map(_span_weight, item))


def _block_weight(block: Block) -> int:
    if isinstance(block, Listing):
        return sum(map(_item_weight, block.items))
    return sum(map(_span_weight, block.spans))
