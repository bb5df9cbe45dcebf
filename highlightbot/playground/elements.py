"""Interactive elements: where they stand in blocks, what they hold, what they send when used."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from highlightbot.playground.messages import Block
from highlightbot.playground.rules import placed
from highlightbot.playground.rules.dialect import is_date
from highlightbot.playground.views import State

Element = Mapping[str, Any]

_ONE_OPTION = ("selected_option", "initial_option")
_SOME_OPTIONS = ("selected_options", "initial_options")
_VALUE = ("value", "initial_value")

# Element type -> (its key in the state, its key for the initial value).
# https://docs.slack.dev/reference/block-kit/block-elements
_STATE_KEYS: Mapping[str, tuple[str, str]] = {
    "plain_text_input": _VALUE,
    "email_text_input": _VALUE,
    "url_text_input": _VALUE,
    "number_input": _VALUE,
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": _ONE_OPTION,
    "external_select": _ONE_OPTION,
    "radio_buttons": _ONE_OPTION,
    "multi_static_select": _SOME_OPTIONS,
    "multi_external_select": _SOME_OPTIONS,
    "checkboxes": _SOME_OPTIONS,
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "files"),
}
_LISTS = {"selected_options", "selected_users", "selected_conversations", "selected_channels"}
# Stateless elements that send an action all the same, with what they send of themselves.
_ACTION_KEYS: Mapping[str, tuple[str, ...]] = {
    "button": ("text", "value", "style", "url"),
    "icon_button": ("text", "value"),
    "feedback_buttons": (),
    "workflow_button": ("text", "style"),
    "overflow": (),
}
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
# Block type -> the field with the blocks that people see in it. Nobody sees a fallback.
_SEEN_WITHIN = {"container": "child_blocks", "carousel": "elements"}


def with_ids(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with a made-up block_id and action_id wherever one is missing, as Slack does."""
    return tuple(_with_ids(block) for block in blocks)


def every_block(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, each followed by those that stand in it: a container's, a carousel's cards."""
    for block in blocks:
        yield block
        if within := _SEEN_WITHIN.get(block["type"]):
            yield from every_block(block.get(within) or ())


def elements_of(block: Block) -> Iterator[Element]:
    """The interactive elements of one block."""
    for _, element in placed.elements_of(("", block)):
        if _is_interactive(element):
            yield element


def find_element(
    blocks: Sequence[Block], block_id: str, action_id: str
) -> tuple[Block, Element] | None:
    """The element with these ids and the block that it stands in."""
    for block in every_block(blocks):
        if block["block_id"] == block_id:
            for element in elements_of(block):
                if element.get("action_id") == action_id:
                    return block, element
    return None


def initial_state(blocks: Sequence[Block]) -> State:
    """The state of every stateful element before anyone has touched it; nulls included."""
    state: dict[str, dict[str, Element]] = {}
    for block in every_block(blocks):
        for element in elements_of(block):
            if (keys := _STATE_KEYS.get(element["type"])) is not None:
                held = {"type": element["type"], keys[0]: _initial_value(element, *keys)}
                state.setdefault(block["block_id"], {})[element["action_id"]] = held
    return state


def merged_state(blocks: Sequence[Block], *entered: State) -> State:
    """The initial state with what was entered over it, later over earlier.

    Entries for elements that are not in `blocks`, or are of another type now, are left out.
    """
    initial = initial_state(blocks)
    return {
        block_id: {
            action_id: _latest(element, block_id, action_id, entered)
            for action_id, element in elements.items()
        }
        for block_id, elements in initial.items()
    }


def without_initial_values(blocks: Sequence[Block], state: State) -> State:
    """The state without the elements that still hold the initial value which their block gave."""
    initial = initial_state(blocks)
    changed = {
        block_id: {
            action_id: held
            for action_id, held in elements.items()
            if _is_blank(held) or held != initial.get(block_id, {}).get(action_id)
        }
        for block_id, elements in state.items()
    }
    return {block_id: elements for block_id, elements in changed.items() if elements}


def action_payload(
    block: Block, element: Element, value: Element | None, action_ts: str
) -> Mapping[str, Any]:
    """One item of a `block_actions` payload's `actions`.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    kind = element["type"]
    own = {key: element[key] for key in _ACTION_KEYS.get(kind, ()) if key in element}
    held = {key: part for key, part in (value or {}).items() if key != "type"}
    keys = _STATE_KEYS.get(kind)
    initial = {keys[1]: element[keys[1]]} if keys and keys[1] in element and keys != _VALUE else {}
    return {
        "type": kind,
        "block_id": block["block_id"],
        "action_id": element["action_id"],
        **own,
        **initial,
        **held,
        "action_ts": action_ts,
    }


def refuse_impossible(element: Element, value: Element) -> None:
    """Raise ValueError where `value` is nothing that this element could come to hold."""
    if value.get("type") != element["type"]:
        raise ValueError(f"a {element['type']} cannot hold a {value.get('type')}")
    for key, part in value.items():
        if part is not None and not _could_be(key, part):
            raise ValueError(f"{part!r} is no {key}")
    if "options" not in element and "option_groups" not in element:
        return
    groups = element.get("option_groups") or [element]
    offered = [option for group in groups for option in group.get("options", ())]
    for option in (value.get("selected_option"), *(value.get("selected_options") or ())):
        if option is not None and option not in offered:
            raise ValueError(f"{option!r} is not among the options")


def refuse_impossible_state(blocks: Sequence[Block], entered: State) -> None:
    """Raise ValueError where one of the elements could not come to hold what was entered.

    As in `merged_state`, entries of another type are not looked at.
    """
    for block in every_block(blocks):
        for element in elements_of(block):
            held = entered.get(block["block_id"], {}).get(element["action_id"])
            if held is not None and held.get("type") == element["type"]:
                refuse_impossible(element, held)


def _with_ids(block: Block) -> Block:
    named = {**block, "block_id": block.get("block_id") or _made_up_id()}
    for key in ("element", "accessory"):
        if isinstance(named.get(key), Mapping):
            named[key] = _with_action_id(named[key])
    if many := placed.ELEMENTS_WITHIN.get(named["type"]):
        named[many] = [_with_action_id(element) for element in named.get(many) or ()]
    if named["type"] == "data_table":
        named["rows"] = [[_with_ids_in_cell(cell) for cell in row] for row in named["rows"]]
    if within := _SEEN_WITHIN.get(named["type"]):
        named[within] = [_with_ids(nested) for nested in named.get(within) or ()]
    return named


def _with_ids_in_cell(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**cell, "element": _with_action_id(cell["element"])} if "element" in cell else cell


def _with_action_id(element: Element) -> Element:
    if not _is_interactive(element):
        return element
    return {**element, "action_id": element.get("action_id") or _made_up_id()}


def _made_up_id() -> str:
    return secrets.token_urlsafe(4)


def _is_interactive(element: Element) -> bool:
    return element.get("type") in _STATE_KEYS or element.get("type") in _ACTION_KEYS


def _initial_value(element: Element, key: str, initial_key: str) -> Any:
    if initial_key in element:
        return element[initial_key]
    return [] if key in _LISTS or key == "files" else None


def _is_blank(held: Element) -> bool:
    return not any(value for key, value in held.items() if key != "type")


def _latest(initial: Element, block_id: str, action_id: str, entered: Sequence[State]) -> Element:
    for state in reversed(entered):
        held = state.get(block_id, {}).get(action_id)
        if held is not None and held.get("type") == initial["type"]:
            return held
    return initial


def _is_file(part: Any) -> bool:
    """Whether it is one as a view's state tells it: with a name, and a size in bytes."""
    return (
        isinstance(part, Mapping)
        and isinstance(part.get("name"), str)
        and isinstance(part.get("size"), int)
    )


def _could_be(key: str, part: Any) -> bool:
    """Whether `part` has the form of what stands under `key` in a state element."""
    if key in _LISTS:
        return isinstance(part, list) and all(_could_be(key.removesuffix("s"), one) for one in part)
    match key:
        case "files":
            return isinstance(part, list) and all(_is_file(one) for one in part)
        case "selected_option" | "rich_text_value":
            return isinstance(part, Mapping)
        case "selected_date_time":
            return isinstance(part, int)
        case "selected_date":
            return isinstance(part, str) and is_date(part)
        case "selected_time":
            return isinstance(part, str) and _TIME.fullmatch(part) is not None
    return isinstance(part, str)
