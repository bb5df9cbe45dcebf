"""What Slack's own modal refuses before the app hears of the submission.

https://docs.slack.dev/reference/block-kit/blocks/input-block
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from highlightbot.playground.elements import Element, elements_of, every_block
from highlightbot.playground.messages import Block
from highlightbot.playground.rules.dialect import text_length
from highlightbot.playground.views import State

REQUIRED = "Please complete this required field."

MOST_CHARACTERS = 3000
"""In a text input. https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""

_MOST_FILES = 10
_MOST_FILE_BYTES = 10_000_000
"""https://docs.slack.dev/reference/block-kit/block-elements/file-input-element"""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NUMBER = re.compile(r"-?\d{1,300}(\.\d+)?", re.ASCII)


def refused_fields(blocks: Sequence[Block], state: State) -> dict[str, str]:
    """block_id -> what is wrong with its input; empty where the view may be submitted."""
    refused: dict[str, str] = {}
    for block in every_block(blocks):
        if block["type"] != "input":
            continue
        for element in elements_of(block):
            value = _value(state.get(block["block_id"], {}).get(element["action_id"], {}))
            if _is_blank(value):
                if not block.get("optional"):
                    refused[block["block_id"]] = REQUIRED
            elif problem := _problem(element, value):
                refused[block["block_id"]] = problem
    return refused


def _value(held: Element) -> Any:
    return next((value for key, value in held.items() if key != "type"), None)


def _is_blank(value: Any) -> bool:
    if isinstance(value, Mapping) and value.get("type") == "rich_text":
        return not _has_content(value)
    return value is None or value in ("", [])


def _has_content(rich_text: Element) -> bool:
    if "elements" in rich_text:
        return any(_has_content(part) for part in rich_text["elements"])
    return rich_text["type"] != "text" or bool(rich_text["text"].strip("\n"))


def _problem(element: Element, value: Any) -> str | None:
    match element["type"]:
        case "plain_text_input":
            return _length_problem(element, value)
        case "email_text_input":
            return None if _EMAIL.fullmatch(value) else "Please enter a valid email address."
        case "url_text_input":
            return None if _is_web_address(value) else "Please enter a valid URL."
        case "number_input":
            return _number_problem(element, value)
        case "file_input":
            return _files_problem(element, value)
    most = element.get("max_selected_items")
    if most is not None and isinstance(value, list) and len(value) > most:
        return f"Please choose {most} at most."
    return None


def _length_problem(element: Element, value: str) -> str | None:
    length = text_length(value)
    least, most = element.get("min_length", 0), element.get("max_length", MOST_CHARACTERS)
    if length < least:
        return f"Please use at least {least} characters."
    if length > most:
        return f"Please use at most {most} characters (it has {length})."
    return None


def _files_problem(element: Element, value: Sequence[Mapping[str, Any]]) -> str | None:
    most = element.get("max_files", _MOST_FILES)
    if len(value) > most:
        return f"Please choose {most} at most."
    too_large = next((one["name"] for one in value if one["size"] > _MOST_FILE_BYTES), None)
    return None if too_large is None else f"{too_large} is larger than 10 MB."


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _number_problem(element: Element, value: str) -> str | None:
    if not _NUMBER.fullmatch(value):
        return "Please enter a valid number."
    number = Decimal(value)
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < Decimal(least):
        return f"Please enter a number of at least {least}."
    if most is not None and number > Decimal(most):
        return f"Please enter a number of at most {most}."
    return None
