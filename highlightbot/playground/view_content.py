"""A view as the app sends it, checked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from highlightbot.playground.errors import ApiError
from highlightbot.playground.rules import Violation, check_view


def read_view(payload: Any, *types: Literal["modal", "home"]) -> Mapping[str, Any]:
    """The view, of one of these types.

    Raises ApiError `view_too_large`, or `invalid_arguments` with the violations.
    """
    if not isinstance(payload, dict):
        raise ApiError("invalid_arguments", [_violation("/view", "must be provided an object")])
    if payload.get("type") not in types:
        message = f"must be a valid view type: {' or '.join(types)}"
        raise ApiError("invalid_arguments", [_violation("/view/type", message)])
    violations = check_view(payload)
    if violations:
        too_large = any(one.message == "view_too_large" for one in violations)
        raise ApiError(
            "view_too_large" if too_large else "invalid_arguments",
            [replace(one, pointer=f"/view{one.pointer}") for one in violations],
        )
    return payload


def _violation(pointer: str, message: str) -> Violation:
    return Violation(pointer, message, "https://docs.slack.dev/reference/views")
