"""A rich_text block as HTML.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from highlightbot.playground import emoji
from highlightbot.playground.page.html import join, tag
from highlightbot.playground.page.mrkdwn import formatted_date, link, mention
from highlightbot.playground.page.viewpoint import Viewpoint

_STYLES = {"code": "code", "strike": "s", "italic": "em", "bold": "strong", "underline": "u"}


def rich_text(block: Mapping[str, Any], seen: Viewpoint) -> Markup:
    """The block's sections, lists, quotes and preformatted text; lists nest by their indent."""
    written: list[Markup] = []
    lists: list[Mapping[str, Any]] = []
    parts: Sequence[Mapping[str, Any]] = block.get("elements", ())
    for part in parts:
        if part["type"] == "rich_text_list":
            lists.append(part)
            continue
        written += _nested(lists, seen)
        lists = []
        written.append(_part(part, seen))
    return join(written + _nested(lists, seen))


def runs(elements: Iterable[Mapping[str, Any]], seen: Viewpoint) -> Markup:
    """The elements of one section, quote or list item."""
    return join(_styled(_run(element, seen), element.get("style") or {}) for element in elements)


def _part(part: Mapping[str, Any], seen: Viewpoint) -> Markup:
    inner = runs(part.get("elements", ()), seen)
    kind = part["type"]
    if kind == "rich_text_section":
        return tag("p", _without_last_break(inner))
    if kind == "rich_text_quote":
        return tag("blockquote", inner)
    if kind == "rich_text_preformatted":
        return tag("pre", inner)
    return escape(f"[{kind}]")


def _without_last_break(inner: Markup) -> Markup:
    """Slack ends each line of a section with a break, also the one before a list."""
    return inner[:-1] if inner.endswith("\n") else inner


def _nested(lists: Sequence[Mapping[str, Any]], seen: Viewpoint) -> list[Markup]:
    """Consecutive lists as a tree: a deeper one belongs to the item before it."""
    written: list[Markup] = []
    at = 0
    while at < len(lists):
        first = lists[at]
        level = first.get("indent", 0)
        end = at + 1
        while end < len(lists) and lists[end].get("indent", 0) > level:
            end += 1
        items = [runs(item.get("elements", ()), seen) for item in first.get("elements", ())]
        if items:
            items[-1] = join([items[-1], *_nested(lists[at + 1 : end], seen)])
        ordered = first.get("style") == "ordered"
        written.append(
            tag(
                "ol" if ordered else "ul",
                *(tag("li", item) for item in items),
                class_=f"level-{level % 3}" + (" bordered" if first.get("border") else ""),
                start=first["offset"] + 1 if ordered and first.get("offset") else None,
            )
        )
        at = end
    return written


def _run(element: Mapping[str, Any], seen: Viewpoint) -> Markup:
    match element["type"]:
        case "text":
            return escape(element.get("text", ""))
        case "link":
            return link(element["url"], element.get("text") or element["url"])
        case "emoji":
            return _emoji(element)
        case "user":
            user_id = element["user_id"]
            return mention("@" + seen.person_name(user_id), of_viewer=user_id == seen.viewer.id)
        case "channel":
            return mention("#" + seen.conversation_name(element["channel_id"]))
        case "broadcast":
            return mention("@" + element["range"], of_viewer=True)
        case "usergroup":
            return mention("@" + element["usergroup_id"])
        case "date":
            shown = formatted_date(element["timestamp"], element["format"], seen)
            return link(element["url"], shown) if element.get("url") else escape(shown)
        case "color":
            return tag("code", element["value"])
        case unknown:
            return escape(f"[{unknown}]")


def _emoji(element: Mapping[str, Any]) -> Markup:
    name = element["name"]
    shown = emoji.from_code_points(element.get("unicode", "")) or emoji.character(name)
    if shown is None:
        return escape(f":{name}:")
    return tag("span", shown, class_="emoji", role="img", aria_label=name.replace("_", " "))


def _styled(run: Markup, style: Mapping[str, bool]) -> Markup:
    for name, element in _STYLES.items():
        if style.get(name):
            run = tag(element, run)
    return run
