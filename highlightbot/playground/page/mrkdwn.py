"""Slack's message text, mrkdwn, as HTML.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from datetime import UTC, datetime, timedelta

from markupsafe import Markup, escape

from highlightbot.playground import emoji
from highlightbot.playground.page.html import join, tag
from highlightbot.playground.page.viewpoint import Viewpoint

_PREFORMATTED = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_QUOTED = re.compile(r"^(?:&gt;|>) ?")
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<entity>[^<>\n]+)>"
    r"|(?P<address>https?://[^\s<>|]+[^\s<>|.,;:!?)'\"*_~])"
    r"|:(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):"
    r"|(?<![\w*])\*(?=\S)(?P<bold>[^*\n]+)(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=\S)(?P<italic>[^_\n]+)(?<=\S)_(?![\w_])"
    r"|(?<![\w~])~(?=\S)(?P<strike>[^~\n]+)(?<=\S)~(?![\w~])"
)
_STYLES = {"bold": "strong", "italic": "em", "strike": "s"}
_LINKABLE = ("http://", "https://", "mailto:", "tel:")


def mrkdwn(text: str, seen: Viewpoint) -> Markup:
    """The text with its formatting, entities and emoji; line breaks are kept as they are.

    Whatever is not markup of Slack's is shown literally.
    """
    pieces = _PREFORMATTED.split(text)
    return join(
        tag("pre", unescaped(piece)) if index % 2 else _lines(piece, seen)
        for index, piece in enumerate(pieces)
        if piece
    )


def plain(text: str) -> Markup:
    """Plain text with `:emoji:` names shown as emoji, as Slack does for plain_text objects."""
    return join(
        _emoji(name) if index % 2 else escape(name)
        for index, name in enumerate(re.split(r":([a-z0-9_+'-]+):", text))
    )


def link(url: str, label: str | Markup) -> Markup:
    """A link, or only its label where the address is not one that is safe to follow."""
    if not is_linkable(url):
        return escape(label)
    return tag("a", label, href=url, target="_blank", rel="noopener noreferrer")


def is_linkable(url: str) -> bool:
    """Whether the address is one that is safe to follow."""
    return url.lower().startswith(_LINKABLE)


def mention(name: str, *, of_viewer: bool = False) -> Markup:
    """A highlighted name of a person, group or channel."""
    return tag("span", name, class_="mention mine" if of_viewer else "mention")


def unescaped(text: str) -> str:
    """The text without Slack's three escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def formatted_date(seconds: int, pattern: str, seen: Viewpoint) -> str:
    """Slack's date tokens filled in, in the viewer's zone.

    https://docs.slack.dev/messaging/formatting-message-text#date-formatting
    """
    at = datetime.fromtimestamp(seconds, UTC).astimezone(seen.zone)
    days = (at.date() - seen.local(seen.now).date()).days
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get(days)
    forms = {
        "date_num": f"{at:%Y-%m-%d}",
        "date": f"{at:%B} {at.day}, {at.year}",
        "date_short": f"{at:%b} {at.day}, {at.year}",
        "date_long": f"{at:%A}, {at:%B} {at.day}, {at.year}",
        "time": f"{at:%H:%M}",
        "time_secs": f"{at:%H:%M:%S}",
        "ago": _ago(at, seen.now),
    }
    for name in ("date", "date_short", "date_long"):
        forms[name + "_pretty"] = near or forms[name]
    return re.sub(r"\{(\w+)\}", lambda token: forms.get(token[1], token[0]), pattern)


def _lines(text: str, seen: Viewpoint) -> Markup:
    written: list[Markup] = []
    quoted: list[str] = []
    plain_lines: list[str] = []

    def flush() -> None:
        if quoted:
            written.append(tag("blockquote", _inline("\n".join(quoted), seen)))
        if plain_lines:
            written.append(_inline("\n".join(plain_lines), seen))
        quoted.clear()
        plain_lines.clear()

    for line in text.split("\n"):
        marked = _QUOTED.match(line)
        if bool(marked) != bool(quoted):
            flush()
        if marked:
            quoted.append(line[marked.end() :])
        else:
            plain_lines.append(line)
    flush()
    return join(written)


def _inline(text: str, seen: Viewpoint) -> Markup:
    written: list[Markup] = []
    end = 0
    for found in _INLINE.finditer(text):
        written.append(escape(unescaped(text[end : found.start()])))
        written.append(_token(found, seen))
        end = found.end()
    written.append(escape(unescaped(text[end:])))
    return join(written)


def _token(found: re.Match[str], seen: Viewpoint) -> Markup:
    kind, value = found.lastgroup, found[found.lastgroup or 0]
    if kind == "code":
        return tag("code", unescaped(value))
    if kind == "entity":
        return _entity(value, seen)
    if kind == "address":
        return link(unescaped(value), unescaped(value))
    if kind == "emoji":
        return _emoji(value)
    return tag(_STYLES[str(kind)], _inline(value, seen))


def _entity(value: str, seen: Viewpoint) -> Markup:
    target, _, label = value.partition("|")
    target, label = unescaped(target), unescaped(label)
    if target.startswith("@"):
        return mention("@" + seen.person_name(target[1:]), of_viewer=target[1:] == seen.viewer.id)
    if target.startswith("#"):
        name = "#" + (label or seen.conversation_name(target[1:]))
        if target[1:] not in seen.conversations:
            return mention(name)
        return tag("a", name, href=seen.address(target[1:]), class_="mention")
    if target.startswith("!date^"):
        return _date(target, label, seen)
    if target.startswith("!"):
        group = target[1:].partition("^")[0]
        return mention(label or "@" + group, of_viewer=group in {"channel", "here", "everyone"})
    return link(target, label or (target if is_linkable(target) else f"<{target}>"))


def _date(target: str, label: str, seen: Viewpoint) -> Markup:
    _, seconds, pattern, *address = target.split("^", 3)
    if not re.fullmatch(r"-?\d{1,11}", seconds):
        return escape(label)
    shown = formatted_date(int(seconds), pattern, seen)
    return link(address[0], shown) if address else tag("span", shown, title=label or None)


def _emoji(name: str) -> Markup:
    known = emoji.character(name)
    if known is None:
        return escape(f":{name}:")
    return tag("span", known, class_="emoji", role="img", aria_label=name.replace("_", " "))


def _ago(at: datetime, now: datetime) -> str:
    minutes = int(abs(now - at) / timedelta(minutes=1))
    lengths = (("day", 24 * 60), ("hour", 60), ("minute", 1))
    unit, length = next((pair for pair in lengths if minutes >= pair[1]), lengths[-1])
    count = minutes // length
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{words} ago" if at <= now else f"in {words}"
