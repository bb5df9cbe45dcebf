"""JSON that came from outside: from the app, or from the page."""

import json
import math
from typing import Any

from highlightbot.playground.errors import ApiError


def read_json(text: bytes | str) -> Any:
    """A JSON value whose texts can be encoded again and whose numbers are finite.

    Raises ApiError `invalid_json` or `invalid_charset`; the last also for half of a surrogate
    pair.
    """
    try:
        decoded = text.decode() if isinstance(text, bytes) else text
        value = json.loads(decoded, parse_constant=_refuse_constant, parse_float=_finite)
    except UnicodeDecodeError:
        raise ApiError("invalid_charset") from None
    except (ValueError, RecursionError):
        raise ApiError("invalid_json") from None
    if "\\ud" in decoded.lower():
        _refuse_lone_surrogates(value)
    return value


def read_json_object(body: bytes) -> dict[str, Any]:
    """The same of an object. Raises ApiError `json_not_object`, too."""
    value = read_json(body)
    if not isinstance(value, dict):
        raise ApiError("json_not_object")
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


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits} is too large")
    return number
