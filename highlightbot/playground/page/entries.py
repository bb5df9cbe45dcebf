"""Elements to type or pick a value in: text, rich text, numbers, addresses, dates, times, files.

https://docs.slack.dev/reference/block-kit/block-elements
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from markupsafe import Markup

from highlightbot.playground.page.html import tag
from highlightbot.playground.page.place import Json, Spot
from highlightbot.playground.page.viewpoint import Viewpoint

_INPUT_TYPES = {
    "plain_text_input": ("text", "value", "initial_value"),
    "email_text_input": ("email", "value", "initial_value"),
    "url_text_input": ("url", "value", "initial_value"),
    "number_input": ("number", "value", "initial_value"),
    "datepicker": ("date", "selected_date", "initial_date"),
    "timepicker": ("time", "selected_time", "initial_time"),
    "datetimepicker": ("datetime-local", "selected_date_time", "initial_date_time"),
}

TYPES = frozenset(_INPUT_TYPES) | {"rich_text_input", "file_input"}

_TOOLS = (
    ("bold", "Bold", "B"),
    ("italic", "Italic", "I"),
    ("strike", "Strikethrough", "S"),
    ("code", "Code", "</>"),
    ("link", "Link", "🔗"),
    ("ordered", "Numbered list", ""),
    ("bullet", "Bulleted list", "•"),
    ("quote", "Quote", "❝"),
    ("pre", "Code block", "{ }"),
)


def entry(element: Json, spot: Spot, confirm: str | None) -> Markup:
    """The control of a typed or picked value, with what it holds now."""
    if element["type"] == "rich_text_input":
        return _editor(element, spot)
    if element["type"] == "file_input":
        return _file(spot)
    kind, state_key, initial_key = _INPUT_TYPES[element["type"]]
    held = spot.held(state_key, element.get(initial_key))
    if element["type"] == "datetimepicker" and held:
        at = datetime.fromtimestamp(int(held), UTC).astimezone(spot.place.seen.zone)
        held = f"{at:%Y-%m-%dT%H:%M}"
    attributes: dict[str, str | bool | None] = {
        "id": spot.html_id,
        "class_": "field",
        "placeholder": (element.get("placeholder") or {}).get("text"),
        "aria_label": None if spot.labelled else spot.label,
        "aria_describedby": spot.described_by,
        "aria_required": "true" if spot.required else None,
        "autofocus": bool(element.get("focus_on_load")),
        "data_block": spot.block_id,
        "data_action": spot.action_id,
        "data_type": element["type"],
        "data_acts": spot.acts or None,
        "data_confirm": confirm,
        "dir": "auto" if kind in ("text", "email", "url") else None,
    }
    if element.get("multiline"):
        # HTML drops one line break directly after the opening tag.
        return tag("textarea", "\n" + (held or ""), rows="5", **attributes)
    step = None
    if kind == "number":
        step = "any" if element.get("is_decimal_allowed") else "1"
    return tag(
        "input",
        type=kind,
        value=held,
        step=step,
        autocomplete="off",
        **attributes,
    )


def _editor(element: Json, spot: Spot) -> Markup:
    held = spot.held("rich_text_value", element.get("initial_value"))
    return tag(
        "div",
        tag("div", *(_tool(*tool) for tool in _TOOLS), role="toolbar", aria_label="Formatting"),
        tag(
            "div",
            tag("input", type="url", class_="field", aria_label="Web address of the link",
                placeholder="https://…", autocomplete="off"),
            tag("button", "Apply", type="button", class_="button", data_link="apply"),
            tag("button", "Remove", type="button", class_="button", data_link="remove"),
            class_="link-form",
            role="group",
            aria_label="Link",
            hidden=True,
        ),
        tag(
            "div",
            id=spot.html_id,
            class_="lines",
            contenteditable="true",
            role="textbox",
            aria_multiline="true",
            aria_label=None if spot.labelled else spot.label,
            aria_labelledby=f"{spot.html_id}.label" if spot.labelled else None,
            aria_describedby=spot.described_by,
            aria_required="true" if spot.required else None,
            autofocus=bool(element.get("focus_on_load")),
            data_block=spot.block_id,
            data_action=spot.action_id,
            data_type=element["type"],
            data_acts=spot.acts or None,
            data_placeholder=(element.get("placeholder") or {}).get("text"),
            data_initial=json.dumps(held, ensure_ascii=False) if held else None,
            data_names=_names(held, spot.place.seen),
            spellcheck="true",
        ),
        class_="editor",
    )  # fmt: skip


def _names(held: Json | None, seen: Viewpoint) -> str | None:
    """What the mentioned people and channels are called, by id, as JSON."""
    names = {}
    for element in _within(held or {}):
        if element.get("type") == "user":
            names[element["user_id"]] = seen.person_name(element["user_id"])
        elif element.get("type") == "channel":
            names[element["channel_id"]] = seen.conversation_name(element["channel_id"])
    return json.dumps(names, ensure_ascii=False) if names else None


def _within(rich_text: Json) -> Iterator[Json]:
    for element in rich_text.get("elements", ()):
        yield element
        yield from _within(element)


def _tool(name: str, label: str, face: str) -> Markup:
    return tag(
        "button",
        tag("span", face, aria_hidden="true"),
        type="button",
        class_=f"tool {name}",
        data_tool=name,
        aria_label=label,
        aria_pressed="false",
        title=label,
    )


def _file(spot: Spot) -> Markup:
    return tag(
        "input",
        type="file",
        id=spot.html_id,
        disabled=True,
        title="Files cannot be sent here",
        aria_label=None if spot.labelled else spot.label,
        aria_describedby=spot.described_by,
    )
