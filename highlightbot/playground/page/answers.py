"""What a person put into the controls of the page, as Slack's state elements.

The script sends a raw value for each control: a string, or a list of strings where several can
be chosen, or rich text. https://docs.slack.dev/reference/views
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from highlightbot.playground import elements, emoji
from highlightbot.playground.local_slack import State
from highlightbot.playground.page.choices import SOURCES, decoded, selectable, source_of
from highlightbot.playground.page.place import Json
from highlightbot.playground.page.viewpoint import Viewpoint
from highlightbot.playground.rules.checks import VALIDATORS

_ADDRESS = re.compile(r"(?<!\w)(https?://[^\s<>]*[^\s<>.,;:!?)'\"\]])")
_VALUES = {"datepicker": "selected_date", "timepicker": "selected_time"}


def find_element(blocks: Sequence[Json], block_id: str, action_id: str) -> Json:
    """The element with these ids. Raises LookupError when there is none."""
    found = elements.find_element(blocks, block_id, action_id)
    if found is None:
        raise LookupError(f"no element {action_id!r} in block {block_id!r}")
    return found[1]


def state_of(
    blocks: Sequence[Json], raw: Mapping[str, Mapping[str, Any]], seen: Viewpoint
) -> State:
    """The state of all controls whose raw values (block_id -> action_id -> value) are given."""
    state: dict[str, dict[str, Json]] = {}
    for block in elements.every_block(blocks):
        sent = raw.get(block["block_id"], {})
        for element in elements.elements_of(block):
            if (action_id := element["action_id"]) in sent:
                value = state_element(element, sent[action_id], seen)
                if value is not None:
                    state.setdefault(block["block_id"], {})[action_id] = value
    return state


def state_element(element: Json, raw: Any, seen: Viewpoint) -> Json | None:
    """One control's state element; None for a button, which has no state.

    Raises ValueError for a raw value of the wrong kind, LookupError for an option not offered.
    """
    kind = element["type"]
    if kind in ("button", "icon_button", "workflow_button", "file_input"):
        return None
    if not _fits(kind, raw):
        raise ValueError(f"{raw!r} is no value of {kind}")
    if kind == "feedback_buttons":
        return {"type": kind, "value": raw}
    if kind in ("radio_buttons", "overflow"):
        return {"type": kind, "selected_option": _option(element, raw)}
    if kind == "checkboxes":
        return {"type": kind, "selected_options": [_option(element, value) for value in raw]}
    if kind.endswith("_select"):
        return _selected(element, raw, seen)
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": as_composed(raw) if raw else None}
    if kind == "datetimepicker":
        at = datetime.fromisoformat(raw).replace(tzinfo=seen.zone) if raw else None
        return {"type": kind, "selected_date_time": int(at.timestamp()) if at else None}
    return {"type": kind, _VALUES.get(kind, "value"): raw or None}


def _fits(kind: str, raw: Any) -> bool:
    if kind == "rich_text_input":
        return raw is None or _is_rich_text(raw)
    if kind == "checkboxes" or kind.startswith("multi_"):
        return isinstance(raw, list) and all(isinstance(value, str) for value in raw)
    return isinstance(raw, str)


def _is_rich_text(raw: Any) -> bool:
    """Whether it is that by its shape; no length is documented for an input."""
    return (
        isinstance(raw, dict)
        and raw.get("type") == "rich_text"
        and VALIDATORS["message"].is_valid({"blocks": [raw]})
    )


def as_composed(rich_text: Json) -> Json:
    """Rich text as Slack's composer sends it: each typed emoji and web address as an element.

    Code and preformatted text stay as typed.
    """
    if rich_text["type"] == "rich_text_preformatted":
        return rich_text
    elements: list[Json] = []
    for element in rich_text.get("elements", ()):
        if "elements" in element:
            elements.append(as_composed(element))
        elif element["type"] == "text" and not (element.get("style") or {}).get("code"):
            elements += _composed(element)
        else:
            elements.append(element)
    return {**rich_text, "elements": elements}


def _composed(text: Json) -> Iterator[Json]:
    style = {"style": text["style"]} if "style" in text else {}
    for number, piece in enumerate(_ADDRESS.split(text["text"])):
        if number % 2:
            yield {"type": "link", "url": piece, **style}
            continue
        for part, name in emoji.split(piece):
            if name is None:
                yield {**text, "text": part}
            else:
                points = "-".join(f"{ord(character):x}" for character in part)
                yield {"type": "emoji", "name": name, "unicode": points, **style}


def _selected(element: Json, raw: Any, seen: Viewpoint) -> Json:
    kind = element["type"]
    source, many = source_of(kind), kind.startswith("multi_")
    key = SOURCES[source][0] + ("s" if many else "")
    if source == "external":
        chosen = [dict(decoded(value)) for value in (raw if many else [raw]) if value]
        return {"type": kind, key: chosen if many else chosen[0] if chosen else None}
    if source == "static":
        if many:
            return {"type": kind, key: [_option(element, value) for value in raw]}
        return {"type": kind, key: _option(element, raw)}
    known = {option["value"] for option in selectable(element, seen)}
    if many:
        return {"type": kind, key: [value for value in raw if value in known]}
    return {"type": kind, key: raw if raw in known else None}


def _option(element: Json, value: str) -> Json | None:
    """The option object as the app sent it; None when nothing is chosen."""
    if not value:
        return None
    groups = element.get("option_groups") or ()
    options = [*(element.get("options") or ()), *(o for group in groups for o in group["options"])]
    for option in options:
        if option.get("value") == value:
            return dict(option)
    raise LookupError(f"no option {value!r}")
