"""What Slack's own client refuses before it sends a submission.

https://docs.slack.dev/reference/block-kit/blocks/input-block
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from highlightbot.playground.local_slack import State
from highlightbot.playground.page.place import Json

REQUIRED = "Please complete this required field."

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NUMBER = re.compile(r"-?\d{1,300}(\.\d+)?")


def problems(blocks: Sequence[Json], state: State) -> dict[str, str]:
    """block_id -> what is wrong with its input; empty when the view may be submitted."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input" or block["element"]["type"] == "file_input":
            continue
        element, block_id = block["element"], block.get("block_id", "")
        value = _value(state.get(block_id, {}).get(element.get("action_id", "")) or {})
        if _empty(value):
            if not block.get("optional"):
                found[block_id] = REQUIRED
        elif problem := _problem(element, value):
            found[block_id] = problem
    return found


def _value(entered: Json) -> Any:
    return next((value for key, value in entered.items() if key != "type"), None)


def _empty(value: Any) -> bool:
    if isinstance(value, dict) and value.get("type") == "rich_text":
        return not any(_filled(part) for part in value["elements"])
    return value is None or value in ("", [])


def _filled(part: Json) -> bool:
    if "elements" in part:
        return any(_filled(inner) for inner in part["elements"])
    return part["type"] != "text" or bool(part["text"].strip("\n"))


def _problem(element: Json, value: Any) -> str | None:
    match element["type"]:
        case "plain_text_input":
            return _length_problem(element, value)
        case "email_text_input":
            return None if _EMAIL.fullmatch(value) else "Please enter a valid email address."
        case "url_text_input":
            return None if _is_web_address(value) else "Please enter a valid URL."
        case "number_input":
            return _number_problem(element, value)
    most = element.get("max_selected_items")
    if most is not None and isinstance(value, list) and len(value) > most:
        return f"Please choose {most} at most."
    return None


def _length_problem(element: Json, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please use at least {least} characters."
    if len(value) > most:
        return f"Please use at most {most} characters (it has {len(value)})."
    return None


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _number_problem(element: Json, value: str) -> str | None:
    if not _NUMBER.fullmatch(value):
        return "Please enter a valid number."
    number = float(value)
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < float(least):
        return f"Please enter a number of at least {least}."
    if most is not None and number > float(most):
        return f"Please enter a number of at most {most}."
    return None
