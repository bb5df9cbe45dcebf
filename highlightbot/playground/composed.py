"""What a person types into the message box, as the rich text that Slack's composer makes of it.

https://slack.com/help/articles/202288908-Format-your-messages
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from highlightbot.playground import emoji
from highlightbot.playground.messages import Block

_FENCED = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_LINE_KINDS = {
    "quote": re.compile(r"&gt; ?"),
    "bullet": re.compile(r"(?:[-*•]) (?=\S)"),
    "ordered": re.compile(r"\d{1,3}[.)] (?=\S)"),
}
_INLINE = re.compile(
    r"<@(?P<user>[UW][A-Z0-9]+)(?:\|[^<>]*)?>"
    r"|<!(?P<group>channel|here|everyone)(?:\|[^<>]*)?>"
    r"|<#(?P<channel>[CG][A-Z0-9]+)(?:\|[^<>]*)?>"
    r"|(?P<address>https?://(?:&amp;|[^\s<>&])*(?:&amp;|[^\s<>&.,;:!?)'\"\]*_~`]))"
    r"|`(?P<code>[^`\n]+)`"
    r"|:(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):"
    r"|(?<![\w*])\*(?=[^\s*])(?P<bold>[^*\n]+)(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<italic>[^_\n]+)(?<=\S)_(?![\w_])"
    r"|(?<![\w~])~(?=[^\s~])(?P<strike>[^~\n]+)(?<=\S)~(?![\w~])"
)
_Style = Mapping[str, bool]


def rich_text_of(text: str) -> Block:
    """A message's text, in its wire form (escaped, with entities), as a rich_text block."""
    parts: list[Block] = []
    for number, piece in enumerate(_FENCED.split(text)):
        if number % 2:
            parts.append({"type": "rich_text_preformatted", "elements": _plain(piece, {})})
        elif number == 0 or piece.strip():
            parts += _paragraphs(piece if "```" not in text else piece.strip("\n"))
    return {"type": "rich_text", "elements": parts}


def _paragraphs(text: str) -> Iterator[Block]:
    """The lines in runs of one kind: a section, a quote, or a list with an item for each."""
    for kind, group in groupby(text.split("\n"), _kind):
        lines = list(group)
        if kind == "text":
            yield _section("\n".join(lines))
            continue
        inner = [_LINE_KINDS[kind].sub("", line, count=1) for line in lines]
        if kind == "quote":
            yield {**_section("\n".join(inner)), "type": "rich_text_quote"}
        else:
            items = [_section(line) for line in inner]
            yield {"type": "rich_text_list", "style": kind, "indent": 0, "elements": items}


def _kind(line: str) -> str:
    return next((kind for kind, mark in _LINE_KINDS.items() if mark.match(line)), "text")


def _section(text: str) -> Block:
    elements: list[dict[str, Any]] = []
    for element in _inline(text, {}):
        above = elements[-1] if elements else {}
        if element["type"] == "text" == above.get("type") and (
            above.get("style") == element.get("style")
        ):
            elements[-1] = {**above, "text": above["text"] + element["text"]}
        else:
            elements.append(element)
    return {"type": "rich_text_section", "elements": elements}


def _inline(text: str, style: _Style) -> Iterator[dict[str, Any]]:
    position = 0
    for found in _INLINE.finditer(text):
        yield from _plain(text[position : found.start()], style)
        name = found.lastgroup or ""
        yield from _ELEMENTS[name](found[name], style)
        position = found.end()
    yield from _plain(text[position:], style)


def _plain(text: str, style: _Style) -> Sequence[dict[str, Any]]:
    return [{"type": "text", "text": html.unescape(text)} | _styled(style)] if text else []


def _marked(mark: str) -> Callable[[str, _Style], Iterator[dict[str, Any]]]:
    return lambda text, style: _inline(text, {**style, mark: True})


def _emoji(name: str, style: _Style) -> Sequence[dict[str, Any]]:
    shown = emoji.character(name)
    if shown is None:
        return _plain(f":{name}:", style)
    points = "-".join(f"{ord(point):x}" for point in shown)
    return [{"type": "emoji", "name": name, "unicode": points} | _styled(style)]


def _styled(style: _Style) -> dict[str, Any]:
    return {"style": dict(style)} if style else {}


_ELEMENTS: Mapping[str, Callable[[str, _Style], Any]] = {
    "user": lambda user, style: [{"type": "user", "user_id": user} | _styled(style)],
    "group": lambda group, style: [{"type": "broadcast", "range": group} | _styled(style)],
    "channel": lambda channel, style: [{"type": "channel", "channel_id": channel} | _styled(style)],
    "address": lambda url, style: [{"type": "link", "url": html.unescape(url)} | _styled(style)],
    "code": lambda text, style: _plain(text, {**style, "code": True}),
    "emoji": _emoji,
    "bold": _marked("bold"),
    "italic": _marked("italic"),
    "strike": _marked("strike"),
}
