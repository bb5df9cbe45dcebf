"""The standard Markdown of Slack's markdown block, as HTML.

https://docs.slack.dev/reference/block-kit/blocks/markdown-block
"""

import re
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup, escape

from highlightbot.playground.page.html import join, tag
from highlightbot.playground.page.mrkdwn import link, plain

_FENCED = re.compile(r"^```[^\n]*\n(.*?)\n?```\s*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"#{1,6} +(.*)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *")
_BULLET = re.compile(r"( *)[-*+] +(?:\[([ xX])\] +)?(.*)")
_NUMBERED = re.compile(r"( *)(\d{1,9})[.)] +(.*)")
_TABLE_ROW = re.compile(r" *\|(.*)\| *")
_TABLE_RULE = re.compile(r" *\|[ :|-]+\| *")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|!?\[(?P<label>[^\]\n]*)\]\((?P<url>[^()\s]+)\)"
    r"|\*\*(?=\S)(?P<bold>[^\n]+?)(?<=\S)\*\*"
    r"|(?<!\w)__(?=\S)(?P<strong>[^\n]+?)(?<=\S)__(?!\w)"
    r"|~~(?=\S)(?P<strike>[^~\n]+)(?<=\S)~~"
    r"|\*(?=\S)(?P<italic>[^*\n]+)(?<=\S)\*"
    r"|(?<!\w)_(?=\S)(?P<emphasis>[^_\n]+)(?<=\S)_(?!\w)"
    r"|(?P<address>https?://[^\s<>|]+[^\s<>|.,;:!?)'\"*_~])"
)
_STYLES = {
    "bold": "strong", "strong": "strong", "strike": "s", "italic": "em", "emphasis": "em",
}  # fmt: skip


def markdown(text: str) -> Markup:
    """Headings, lists, quotes, code, rules, tables, paragraphs and inline formatting."""
    pieces = _FENCED.split(text)
    return join(
        tag("pre", piece) if index % 2 else _blocks(piece) for index, piece in enumerate(pieces)
    )


def _blocks(text: str) -> Markup:
    return join(
        _group(kind, list(lines))
        for kind, lines in groupby(text.split("\n"), key=_kind)
        if kind != "blank"
    )


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if _RULE.fullmatch(line):
        return "rule"
    for kind, form in (("heading", _HEADING), ("ul", _BULLET), ("ol", _NUMBERED)):
        if form.fullmatch(line):
            return kind
    if _TABLE_ROW.fullmatch(line):
        return "table"
    return "quote" if line.lstrip().startswith(">") else "paragraph"


def _group(kind: str, lines: Sequence[str]) -> Markup:
    match kind:
        case "rule":
            return join(tag("hr") for _ in lines)
        case "heading":
            return join(
                tag("p", tag("strong", _inline(line.lstrip("# "))), class_="heading")
                for line in lines
            )
        case "ul" | "ol":
            return tag(kind, *(_item(line) for line in lines), start=_start(lines))
        case "table":
            return _table(lines)
        case "quote":
            quoted = "\n".join(line.lstrip().removeprefix(">").lstrip() for line in lines)
            return tag("blockquote", _inline(quoted))
        case _:
            return tag("p", _inline("\n".join(lines)))


def _start(lines: Sequence[str]) -> str | None:
    numbered = _NUMBERED.fullmatch(lines[0])
    return numbered[2] if numbered and numbered[2] != "1" else None


def _item(line: str) -> Markup:
    bullet = _BULLET.fullmatch(line)
    numbered = _NUMBERED.fullmatch(line)
    spaces, content = ("", "")
    if bullet:
        spaces, content = bullet[1], bullet[3]
        if bullet[2]:
            content = ("☐ " if bullet[2] == " " else "☑ ") + content
    elif numbered:
        spaces, content = numbered[1], numbered[3]
    return tag("li", _inline(content), class_=f"in-{min(len(spaces) // 2, 4)}" if spaces else None)


def _table(lines: Sequence[str]) -> Markup:
    rows = [
        [cell.strip() for cell in row[1].split("|")]
        for line in lines
        if not _TABLE_RULE.fullmatch(line) and (row := _TABLE_ROW.fullmatch(line))
    ]
    if not rows:
        return tag("p", "\n".join(lines))
    head, *body = rows
    return tag(
        "table",
        tag("thead", tag("tr", *(tag("th", _inline(cell), scope="col") for cell in head))),
        tag("tbody", *(tag("tr", *(tag("td", _inline(cell)) for cell in row)) for row in body)),
    )


def _inline(text: str) -> Markup:
    written: list[Markup] = []
    end = 0
    for found in _INLINE.finditer(text):
        written.append(plain(text[end : found.start()]))
        written.append(_token(found))
        end = found.end()
    return join([*written, plain(text[end:])])


def _token(found: re.Match[str]) -> Markup:
    if found["code"]:
        return tag("code", found["code"])
    if found["url"]:
        return link(found["url"], found["label"] or found["url"])
    if found["address"]:
        return link(found["address"], escape(found["address"]))
    kind = str(found.lastgroup)
    return tag(_STYLES[kind], _inline(found[kind]))
