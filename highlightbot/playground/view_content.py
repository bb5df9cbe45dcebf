"""A view as the app sends it, checked."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, Literal

from highlightbot.playground.errors import ApiError
from highlightbot.playground.rules import Violation, check_view
from highlightbot.playground.rules.placed import blocks_of, elements_of

FILES_READ = "files:read"


def read_view(
    payload: Any, scopes: Set[str], *types: Literal["modal", "home"]
) -> Mapping[str, Any]:
    """The view, of one of these types, from an app with these scopes.

    Raises ApiError `view_too_large`, `invalid_arguments` with the violations, or `missing_scope`
    for a file input. https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
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
    if FILES_READ not in scopes and _takes_files(payload["blocks"]):
        raise ApiError("missing_scope", needed=FILES_READ, provided=",".join(sorted(scopes)))
    return payload


def _takes_files(blocks: Sequence[Mapping[str, Any]]) -> bool:
    elements = (one for block in blocks_of("", blocks) for _, one in elements_of(block))
    return any(element["type"] == "file_input" for element in elements)


def _violation(pointer: str, message: str) -> Violation:
    return Violation(pointer, message, "https://docs.slack.dev/reference/views")
