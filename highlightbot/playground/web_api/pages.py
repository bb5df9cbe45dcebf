"""Pagination by cursor. https://docs.slack.dev/apis/web-api/pagination"""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from highlightbot.playground.errors import ApiError
from highlightbot.playground.web_api.arguments import Arguments, limit, optional

Item = TypeVar("Item")


def page_of(
    items: Sequence[Item], arguments: Arguments, *, default: int = 100, most: int = 999
) -> tuple[Sequence[Item], str]:
    """The page that `cursor` and `limit` ask for, and the next cursor ("" after the last page).

    Raises ApiError `invalid_cursor` or `invalid_limit`.
    """
    start = _position(optional(arguments, "cursor"))
    end = start + limit(arguments, default, most)
    if start > len(items):
        raise ApiError("invalid_cursor")
    return items[start:end], _cursor(end) if end < len(items) else ""


def _cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _position(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        kind, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
        if kind == "next" and int(position) >= 0:
            return int(position)
    except (binascii.Error, ValueError):
        pass
    raise ApiError("invalid_cursor")
