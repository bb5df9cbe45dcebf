"""Elements to choose from: select menus, multi-selects, radio buttons, checkboxes.

https://docs.slack.dev/reference/block-kit/block-elements
"""

import json
from collections.abc import Container, Iterable, Iterator, Sequence

from markupsafe import Markup

from highlightbot.playground.errors import ApiError
from highlightbot.playground.json_object import read_json
from highlightbot.playground.page.html import join, tag
from highlightbot.playground.page.mrkdwn import mrkdwn, plain
from highlightbot.playground.page.place import Json, Spot
from highlightbot.playground.page.viewpoint import Viewpoint

SOURCES = {
    "static": ("selected_option", "initial_option"),
    "external": ("selected_option", "initial_option"),
    "users": ("selected_user", "initial_user"),
    "conversations": ("selected_conversation", "initial_conversation"),
    "channels": ("selected_channel", "initial_channel"),
}
"""Where options come from -> the keys of the state element and of the initial value; plural in
multi-selects."""

TYPES = frozenset(
    [f"{source}_select" for source in SOURCES]
    + [f"multi_{source}_select" for source in SOURCES]
    + ["radio_buttons", "checkboxes"]
)


def choice(element: Json, spot: Spot, confirm: str | None) -> Markup:
    """The control of a choice, with what is chosen now."""
    kind = element["type"]
    if kind in ("radio_buttons", "checkboxes"):
        return _listed(element, spot, confirm, element["options"], _chosen(element, spot))
    if kind.startswith("multi_"):
        options = [*_flat(element, spot)]
        shown = _listed(element, spot, confirm, options, _chosen(element, spot))
    else:
        shown = _menu(element, spot, confirm)
    return _searched(element, spot, shown) if source_of(kind) == "external" else shown


def suggested(element: Json, offered: Sequence[Json], spot: Spot) -> Markup:
    """The options, or option groups, that the app offers for an external select."""
    if element["type"].startswith("multi_"):
        options = [one for group in offered for one in group.get("options", [group])]
        return join(_boxes(element, spot, map(_coded, options), ()))
    return join(
        tag("optgroup", *_options(map(_coded, one["options"]), ()), label=one["label"]["text"])
        if "options" in one
        else join(_options([_coded(one)], ()))
        for one in offered
    )


def decoded(raw: str) -> Json:
    """The option object in the raw value of an external select. ValueError if it is none."""
    try:
        option = read_json(raw)
    except ApiError:
        option = None
    if not isinstance(option, dict) or not isinstance(option.get("value"), str):
        raise ValueError(f"{raw!r} is no option")
    return option


def is_group(element: Json) -> bool:
    """Whether the element is drawn as a group of boxes or buttons, each with a label."""
    return element["type"] in ("radio_buttons", "checkboxes") or element["type"].startswith(
        "multi_"
    )


def source_of(kind: str) -> str:
    """`users` for `users_select` and for `multi_users_select`."""
    return kind.removeprefix("multi_").removesuffix("_select")


def selectable(element: Json, seen: Viewpoint) -> Sequence[Json]:
    """The options of a users, conversations or channels select, as option objects."""
    source = source_of(element["type"])
    if source == "users":
        return [
            _option(person.id, person.real_name or person.name)
            for person in seen.people.values()
            if not person.deleted
        ]
    kinds = {"channel"} if source == "channels" else _kinds(element.get("filter") or {})
    return [
        _option(found.id, found.name if found.kind == "im" else "#" + found.name)
        for found in seen.conversations.values()
        if found.kind in kinds and not found.archived
    ]


def _menu(element: Json, spot: Spot, confirm: str | None) -> Markup:
    chosen = set(_chosen(element, spot))
    placeholder = (element.get("placeholder") or {}).get("text", "Choose an option")
    groups = element.get("option_groups")
    options = (
        [
            tag("optgroup", *_options(group["options"], chosen), label=group["label"]["text"])
            for group in groups
        ]
        if groups
        else list(_options(_flat(element, spot), chosen))
    )
    return tag(
        "select",
        tag("option", placeholder, value=""),
        *options,
        id=spot.html_id,
        class_="select",
        aria_label=None if spot.labelled else spot.label,
        aria_describedby=spot.described_by,
        aria_required="true" if spot.required else None,
        autofocus=bool(element.get("focus_on_load")),
        data_block=spot.block_id,
        data_action=spot.action_id,
        data_type=element["type"],
        data_acts=spot.acts or None,
        data_confirm=confirm,
    )


def _options(options: Iterable[Json], chosen: Container[str]) -> Iterator[Markup]:
    for option in options:
        yield tag(
            "option",
            option["text"]["text"],
            value=option["value"],
            selected=option["value"] in chosen,
        )


def _listed(
    element: Json, spot: Spot, confirm: str | None, options: Sequence[Json], chosen: Sequence[str]
) -> Markup:
    single = element["type"] == "radio_buttons"
    return tag(
        "div",
        *_boxes(element, spot, options, chosen),
        id=spot.html_id,
        class_="options scrolling" if element["type"].startswith("multi_") else "options",
        role=None if spot.labelled else "radiogroup" if single else "group",
        aria_label=None if spot.labelled else spot.label,
        data_block=spot.block_id,
        data_action=spot.action_id,
        data_type=element["type"],
        data_acts=spot.acts or None,
        data_confirm=confirm,
    )


def _boxes(
    element: Json, spot: Spot, options: Iterable[Json], chosen: Container[str]
) -> Iterator[Markup]:
    for number, option in enumerate(options):
        yield tag(
            "label",
            tag(
                "input",
                type="radio" if element["type"] == "radio_buttons" else "checkbox",
                name=spot.html_id,
                id=f"{spot.html_id}.{number}",
                value=option["value"],
                checked=option["value"] in chosen,
                autofocus=bool(element.get("focus_on_load")) and number == 0,
            ),
            tag("span", _text(option["text"], spot), _description(option, spot)),
            class_="option",
        )


def _searched(element: Json, spot: Spot, shown: Markup) -> Markup:
    """The control under a field to type in: what is typed decides what the app offers."""
    placeholder = (element.get("placeholder") or {}).get("text")
    field = tag(
        "input",
        type="search",
        class_="field",
        aria_label=f"Search {spot.label}",
        placeholder=placeholder,
        autocomplete="off",
        data_suggests=True,
        data_least=element.get("min_query_length", 3),
    )
    return tag("span", field, shown, class_="external")


def _coded(option: Json) -> Json:
    """The option with all of itself as its value: only the app knows what it offered."""
    return {**option, "value": json.dumps(option, ensure_ascii=False, sort_keys=True)}


def _description(option: Json, spot: Spot) -> Markup | None:
    described = option.get("description")
    return tag("small", _text(described, spot)) if described else None


def _text(text: Json, spot: Spot) -> Markup:
    if text["type"] == "mrkdwn":
        return mrkdwn(text["text"], spot.place.seen)
    return plain(text["text"])


def _flat(element: Json, spot: Spot) -> Iterator[Json]:
    source = source_of(element["type"])
    if source == "external":
        yield from map(_coded, _initial_options(element, spot))
    elif source != "static":
        yield from selectable(element, spot.place.seen)
    else:
        yield from element.get("options") or ()
        for group in element.get("option_groups") or ():
            yield from group["options"]


def _initial_options(element: Json, spot: Spot) -> Sequence[Json]:
    """The options of an external select that are known: those that are chosen."""
    many = element["type"].startswith("multi_")
    held = spot.held(
        "selected_options" if many else "selected_option",
        element.get("initial_options" if many else "initial_option"),
    )
    return (held or []) if many else [held] if held else []


def _chosen(element: Json, spot: Spot) -> list[str]:
    kind = element["type"]
    if kind == "radio_buttons":
        keys, many = SOURCES["static"], False
    elif kind == "checkboxes":
        keys, many = SOURCES["static"], True
    else:
        keys, many = SOURCES[source_of(kind)], kind.startswith("multi_")
    plural = "s" if many else ""
    if source_of(kind) == "external":
        return [_coded(one)["value"] for one in _initial_options(element, spot)]
    held = spot.held(keys[0] + plural, element.get(keys[1] + plural))
    found = (held or []) if many else [held] if held else []
    return [one if isinstance(one, str) else one["value"] for one in found]


def _option(value: str, name: str) -> Json:
    return {"text": {"type": "plain_text", "text": name}, "value": value}


def _kinds(only: Json) -> set[str]:
    names = {"public": "channel", "private": "private", "im": "im"}
    return {names[kind] for kind in only.get("include", names) if kind in names}
