"""Block Kit's interactive elements as HTML controls.

https://docs.slack.dev/reference/block-kit/block-elements
"""

import json
from collections.abc import Callable

from markupsafe import Markup

from highlightbot.playground.page import choices, entries
from highlightbot.playground.page.html import Child, tag
from highlightbot.playground.page.mrkdwn import mrkdwn, plain
from highlightbot.playground.page.place import Json, Place, Spot
from highlightbot.playground.page.viewpoint import Viewpoint

_ICONS = {"trash": "🗑️"}


def control(element: Json, spot: Spot) -> Markup:
    """The control of one element. The script finds it by its `data-` attributes."""
    return _DRAWN.get(element["type"], _unsupported)(element, spot)


def acting(element: Json, block_id: str, place: Place, name: str) -> Markup:
    """An element of an actions block or an accessory: using it sends a block action at once.

    `name` is its accessible name where it shows no text of its own.
    """
    if element["type"] == "image":
        return image(element, "accessory")
    placeholder = (element.get("placeholder") or {}).get("text")
    spot = Spot(
        place=place,
        block_id=block_id,
        action_id=element.get("action_id", ""),
        label=placeholder or name,
        acts="click" if element["type"] in _CLICKED else "change",
    )
    return control(element, spot)


def text(value: Json, seen: Viewpoint) -> Markup:
    """A text object: mrkdwn parsed, plain text as it is."""
    return mrkdwn(value["text"], seen) if value["type"] == "mrkdwn" else plain(value["text"])


def image(element: Json, class_: str) -> Markup:
    """An image, or its description where the address is not one to load."""
    address = element.get("image_url") or (element.get("slack_file") or {}).get("url", "")
    if not str(address).lower().startswith(("https://", "http://")):
        return tag("span", element.get("alt_text", ""), class_=f"{class_} missing-image")
    return tag(
        "img",
        src=address,
        alt=element.get("alt_text", ""),
        class_=class_,
        loading="lazy",
        referrerpolicy="no-referrer",
    )


def confirmation(element: Json) -> str | None:
    """What the script must ask before the element acts, as JSON of plain texts."""
    confirm = element.get("confirm")
    if not confirm:
        return None
    asked = {
        name: (confirm.get(name) or {}).get("text", default)
        for name, default in (
            ("title", "Are you sure?"),
            ("text", ""),
            ("confirm", "Yes"),
            ("deny", "No"),
        )
    }
    return json.dumps(asked | {"style": confirm.get("style", "primary")}, ensure_ascii=False)


def _button(element: Json, spot: Spot) -> Markup:
    label = element.get("text") or {"text": "…"}
    return _press(
        element,
        spot,
        plain(label["text"]),
        class_=f"button {element.get('style', '')}".strip(),
        aria_label=element.get("accessibility_label"),
        data_url=element.get("url"),
    )


def _workflow_button(element: Json, spot: Spot) -> Markup:
    return tag(
        "button",
        plain(element["text"]["text"]),
        type="button",
        class_="button",
        disabled=True,
        title="Workflows do not run here",
    )


def _icon_button(element: Json, spot: Spot) -> Markup:
    visible_to = element.get("visible_to_user_ids")
    if visible_to and spot.place.seen.viewer.id not in visible_to:
        return Markup("")
    name = element.get("accessibility_label") or element["text"]["text"]
    return _press(
        element, spot, _ICONS.get(element["icon"], "•"), class_="icon", aria_label=name, title=name
    )


def _feedback_buttons(element: Json, spot: Spot) -> Markup:
    pressed = []
    for name in ("positive_button", "negative_button"):
        button = element[name]
        pressed.append(
            _press(
                element,
                spot,
                ("👍 " if name == "positive_button" else "👎 ") + button["text"]["text"],
                class_="button",
                id=f"{spot.html_id}.{name}",
                value=button["value"],
                aria_label=button.get("accessibility_label"),
            )
        )
    return tag("span", *pressed, class_="pair")


def _overflow(element: Json, spot: Spot) -> Markup:
    items = [
        _press(
            element,
            spot,
            plain(option["text"]["text"]),
            role="menuitem",
            id=f"{spot.html_id}.{number}",
            value=option.get("value", ""),
            data_url=option.get("url"),
        )
        for number, option in enumerate(element["options"])
    ]
    return tag(
        "span",
        tag(
            "button",
            "⋯",
            type="button",
            class_="icon menu-opener",
            id=spot.html_id,
            aria_label="More actions",
            aria_haspopup="menu",
            aria_expanded="false",
        ),
        tag("span", *items, role="menu", class_="menu", hidden=True),
        class_="overflow",
    )


def _press(element: Json, spot: Spot, label: Child, **attributes: str | bool | None) -> Markup:
    written: dict[str, str | bool | None] = {
        "id": spot.html_id,
        "data_block": spot.block_id,
        "data_action": spot.action_id,
        "data_type": element["type"],
        "data_confirm": confirmation(element),
    }
    return tag("button", label, type="button", **(written | attributes))


def _choice(element: Json, spot: Spot) -> Markup:
    return choices.choice(element, spot, confirmation(element))


def _entry(element: Json, spot: Spot) -> Markup:
    return entries.entry(element, spot, confirmation(element))


def _unsupported(element: Json, spot: Spot) -> Markup:
    return tag("span", f"[{element['type']}]", class_="unsupported")


_CLICKED = {"button", "icon_button", "feedback_buttons", "overflow", "workflow_button"}

_DRAWN: dict[str, Callable[[Json, Spot], Markup]] = {
    "button": _button,
    "workflow_button": _workflow_button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback_buttons,
    "overflow": _overflow,
    **dict.fromkeys(choices.TYPES, _choice),
    **dict.fromkeys(entries.TYPES, _entry),
}
