"""Block Kit's layout blocks as HTML.

https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from markupsafe import Markup, escape

from highlightbot.playground.page import choices
from highlightbot.playground.page.elements import acting, control, image, text
from highlightbot.playground.page.html import join, tag
from highlightbot.playground.page.markdown import markdown
from highlightbot.playground.page.mrkdwn import link, plain
from highlightbot.playground.page.place import Json, Place, Spot
from highlightbot.playground.page.rich_text import rich_text
from highlightbot.playground.page.tables import chart, data_table, table

_LEVELS = {"info": "ℹ️", "warning": "⚠️", "error": "⛔", "success": "✅"}
_STATUSES = {"pending": "○", "in_progress": "◔", "complete": "✓", "error": "✗"}


def blocks(shown: Sequence[Json], place: Place) -> Markup:
    """All blocks of a message or view, each keyed so that the script can update it alone."""
    return join(_keyed(one, number, place) for number, one in enumerate(shown))


def block(shown: Json, place: Place) -> Markup:
    """One block; a type that Slack does not document is shown by its name."""
    draw = _DRAWN.get(shown["type"])
    if draw is None:
        return tag("p", f"[{shown['type']}]", class_="unsupported")
    return draw(shown, place)


def _keyed(shown: Json, number: int, place: Place) -> Markup:
    key = f"{place.prefix}.{shown.get('block_id') or number}"
    return tag("div", block(shown, place), class_=f"block {shown['type']}", data_key=key)


def _section(shown: Json, place: Place) -> Markup:
    seen, accessory = place.seen, shown.get("accessory")
    words = shown.get("text")
    fields = [tag("div", text(field, seen), dir="auto") for field in shown.get("fields") or ()]
    body = tag(
        "div",
        tag("div", text(words, seen), class_="text", dir="auto") if words else None,
        tag("div", *fields, class_="fields") if fields else None,
        class_="body",
    )
    if not accessory:
        return body
    name = (words or {}).get("text", "Options")
    return join([body, acting(accessory, shown.get("block_id", ""), place, name[:100])])


def _header(shown: Json, place: Place) -> Markup:
    return tag("h3", plain(shown["text"]["text"]), dir="auto")


def _divider(shown: Json, place: Place) -> Markup:
    return tag("hr")


def _context(shown: Json, place: Place) -> Markup:
    return join(
        image(part, "tiny") if part["type"] == "image" else tag("span", text(part, place.seen))
        for part in shown["elements"]
    )


def _actions(shown: Json, place: Place) -> Markup:
    block_id = shown.get("block_id", "")
    return join(acting(part, block_id, place, "Options") for part in shown["elements"])


def _image(shown: Json, place: Place) -> Markup:
    title = shown.get("title")
    return tag(
        "figure",
        tag("figcaption", plain(title["text"])) if title else None,
        image(shown, "picture"),
    )


def _input(shown: Json, place: Place) -> Markup:
    """A label, the control, its hint, and room for what is wrong with it.

    The mark of an optional input stands beside the label: the control's name is the label alone.
    """
    entry, block_id = shown["element"], shown.get("block_id", "")
    optional, hint, problem = shown.get("optional"), shown.get("hint"), place.errors.get(block_id)
    label = shown["label"]["text"]
    plain_spot = Spot(place, block_id, entry.get("action_id", ""), label, labelled=True)
    html_id = plain_spot.html_id
    told = (("optional", optional), ("hint", hint), ("problem", True))
    spot = replace(
        plain_spot,
        acts=_dispatches(shown),
        described_by=" ".join(f"{html_id}.{name}" for name, there in told if there),
        required=not optional,
    )
    parts = [
        tag("span", "(optional)", class_="optional", id=f"{html_id}.optional")
        if optional
        else None,
        control(entry, spot),
        tag("p", problem, class_="problem", id=f"{html_id}.problem", hidden=not problem),
        tag("p", plain(hint["text"]), class_="hint", id=f"{html_id}.hint") if hint else None,
    ]
    if not choices.is_group(entry):
        return join([tag("label", plain(label), for_=html_id, id=f"{html_id}.label"), *parts])
    radio = entry["type"] == "radio_buttons"
    return tag(
        "fieldset",
        tag("legend", plain(label)),
        *parts,
        aria_describedby=spot.described_by,
        role="radiogroup" if radio else None,
        aria_required="true" if radio and not optional else None,
    )


def _dispatches(shown: Json) -> str:
    """Which deeds in an input block send a block action.

    https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object
    """
    if not shown.get("dispatch_action"):
        return ""
    entry = shown["element"]
    if entry["type"] in choices.TYPES or entry["type"].endswith("picker"):
        return "change"
    config = entry.get("dispatch_action_config") or {}
    triggers = config.get("trigger_actions_on") or ["on_enter_pressed"]
    names = {"on_enter_pressed": "enter", "on_character_entered": "character"}
    return " ".join(names[trigger] for trigger in triggers if trigger in names)


def _rich_text(shown: Json, place: Place) -> Markup:
    return tag("div", rich_text(shown, place.seen), class_="rich", dir="auto")


def _markdown(shown: Json, place: Place) -> Markup:
    return tag("div", markdown(shown["text"]), class_="rich", dir="auto")


def _video(shown: Json, place: Place) -> Markup:
    title, description = shown["title"]["text"], shown.get("description")
    return tag(
        "figure",
        tag("figcaption", link(shown.get("title_url") or shown["video_url"], plain(title))),
        tag("div", plain(description["text"])) if description else None,
        image({"image_url": shown["thumbnail_url"], "alt_text": shown["alt_text"]}, "picture"),
        tag("div", link(shown["video_url"], "▶ Watch the video")),
    )


def _file(shown: Json, place: Place) -> Markup:
    return tag("p", "📄 ", tag("strong", shown.get("external_id", "")), " (remote file)")


def _alert(shown: Json, place: Place) -> Markup:
    level = shown.get("level", "default")
    return tag(
        "div",
        tag("span", _LEVELS[level] + " ", class_="emoji") if level in _LEVELS else None,
        tag("span", text(shown["text"], place.seen)),
        class_=f"alert-box {level if level in _LEVELS else 'default'}",
    )


def _card(shown: Json, place: Place) -> Markup:
    parts = [
        image(shown["hero_image"], "picture") if shown.get("hero_image") else None,
        image(shown["icon"], "tiny") if shown.get("icon") else None,
    ]
    for name, kind in (("title", "strong"), ("subtitle", "span"), ("body", "div"),
                       ("subtext", "small")):  # fmt: skip
        if shown.get(name):
            parts.append(tag("div", tag(kind, text(shown[name], place.seen))))
    buttons = [
        acting(part, shown.get("block_id", ""), place, "Options")
        for part in shown.get("actions") or ()
    ]
    return tag("div", *parts, tag("div", *buttons, class_="actions"), class_="card-box")


def _carousel(shown: Json, place: Place) -> Markup:
    cards = [
        _card({"block_id": shown.get("block_id", ""), **card}, place) for card in shown["elements"]
    ]
    return tag("div", *cards, class_="cards", role="group", aria_label="Cards", tabindex="0")


def _container(shown: Json, place: Place) -> Markup:
    titled = shown.get("rich_text_title")
    title = rich_text(titled, place.seen) if titled else text(shown["title"], place.seen)
    subtitle = shown.get("subtitle")
    inner = [block(child, place) for child in shown["child_blocks"]]
    head = [tag("strong", title), tag("div", text(subtitle, place.seen)) if subtitle else None]
    if shown.get("is_collapsible"):
        return tag(
            "details",
            tag("summary", *head),
            *inner,
            class_="card-box",
            open=not shown.get("default_collapsed"),
        )
    return tag("div", *head, *inner, class_="card-box")


def _task_card(shown: Json, place: Place) -> Markup:
    status = shown.get("status", "pending")
    return tag(
        "div",
        tag("strong", f"{_STATUSES.get(status, '○')} ", _plain(shown["title"])),
        tag("small", " ", escape(status.replace("_", " "))),
        *(rich_text(shown[part], place.seen) for part in ("details", "output") if shown.get(part)),
        *(tag("div", link(source["url"], source["text"])) for source in shown.get("sources") or ()),
        class_="card-box",
    )


def _plan(shown: Json, place: Place) -> Markup:
    tasks = [_task_card(task, place) for task in shown.get("tasks") or ()]
    return join([tag("strong", _plain(shown["title"])), *tasks])


def _plain(value: Json | str) -> Markup:
    return plain(value if isinstance(value, str) else value["text"])


_DRAWN: dict[str, Callable[[Json, Place], Markup]] = {
    "actions": _actions,
    "alert": _alert,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "context": _context,
    "context_actions": _actions,
    "data_table": data_table,
    "data_visualization": chart,
    "divider": _divider,
    "file": _file,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "plan": _plan,
    "rich_text": _rich_text,
    "section": _section,
    "table": table,
    "task_card": _task_card,
    "video": _video,
}
