"""A JSON object that came from outside: from the app, or from the page."""

import json
from typing import Any

from highlightbot.playground.errors import ApiError


def read_json_object(body: bytes) -> dict[str, Any]:
    """A JSON object whose texts can be encoded again.

    Raises ApiError `invalid_json`, `json_not_object` or `invalid_charset`; the last also for half
    of a surrogate pair.
    """
    try:
        value = json.loads(body, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise ApiError("invalid_charset") from None
    except (ValueError, RecursionError):
        raise ApiError("invalid_json") from None
    if not isinstance(value, dict):
        raise ApiError("json_not_object")
    if b"\\ud" in body.lower():
        _refuse_lone_surrogates(value)
    return value


def _refuse_lone_surrogates(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ApiError("invalid_charset") from None
    except RecursionError:
        raise ApiError("invalid_json") from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
