"""A call's arguments: what came in the body, read as the types that a method wants."""

from collections.abc import Mapping
from typing import Any

from highlightbot.playground.errors import ApiError
from highlightbot.playground.json_object import read_json
from highlightbot.playground.rules import Violation

Arguments = Mapping[str, Any]
"""By name. JSON bodies keep their types; form values are strings, but that the structured ones
(`blocks`, `view` …) have been parsed."""

STRUCTURED = frozenset({"blocks", "attachments", "view", "metadata"})
_FALSE = frozenset({False, "", "0", "false", "False", None})


def parse_structured(arguments: Mapping[str, Any]) -> Arguments:
    """The arguments with JSON in strings parsed where a structure is wanted.

    Raises ApiError `invalid_blocks_format` or `invalid_arguments`.
    """
    return {
        name: _parsed(name, value) if name in STRUCTURED and isinstance(value, str) else value
        for name, value in arguments.items()
    }


def required(arguments: Arguments, name: str) -> str:
    """A string argument. Raises ApiError `invalid_arguments` if it is missing or no string."""
    value = optional(arguments, name)
    if not value:
        raise refusal(f"missing required field: {name}")
    return value


def optional(arguments: Arguments, name: str) -> str | None:
    """A string argument, or None. Raises ApiError `invalid_arguments` if it is no string."""
    value = arguments.get(name)
    if value is None or isinstance(value, str):
        return value
    raise refusal("must provide a string", f"/{name}")


def names_in(arguments: Arguments, name: str) -> list[str]:
    """The names in a list, or in a string between commas; blank ones and other things left out."""
    value = arguments.get(name)
    names = value if isinstance(value, list) else str(value or "").split(",")
    return [one.strip() for one in names if isinstance(one, str) and one.strip()]


def flag(arguments: Arguments, name: str, default: bool = False) -> bool:
    """A boolean argument as JSON or forms spell it."""
    if name not in arguments:
        return default
    value = arguments[name]
    return not (isinstance(value, (bool, int, str, type(None))) and value in _FALSE)


def limit(arguments: Arguments, default: int, most: int) -> int:
    """The `limit` argument: 1 to `most`. Raises ApiError `invalid_limit`."""
    value = arguments.get("limit", default)
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        raise ApiError("invalid_limit") from None
    if number < 0:
        raise ApiError("invalid_limit")
    return min(number or default, most)


def refusal(message: str, pointer: str = "") -> ApiError:
    """An `invalid_arguments` error with one message."""
    source = "https://docs.slack.dev/apis/web-api"
    return ApiError("invalid_arguments", [Violation(pointer, message, source)])


def _parsed(name: str, value: str) -> Any:
    if not value:
        return None
    try:
        return read_json(value)
    except ApiError:
        code = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        raise ApiError(code) from None
