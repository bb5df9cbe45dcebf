"""Column types that give back exactly the value that was stored."""

import json
import re
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from highlightbot.core.rich_text import RichText


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC and given back in UTC; ValueError for a naive one.

    SQLite drops the zone when it stores a datetime.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """See the class."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """See the class."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactText(TypeDecorator[str]):
    r"""Text as a person gave it, with the characters that databases refuse.

    PostgreSQL takes no NUL, neither database takes half of a surrogate pair. Both are stored as
    ``\uXXXX``, and a backslash twice, so that everything else stays readable in the table.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """See the class."""
        if value is None:
            return None
        return _UNSTORABLE.sub(_escape, value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """See the class."""
        if value is None or "\\" not in value:
            return value
        return _ESCAPED.sub(_unescape, value)


_UNSTORABLE = re.compile("[\x00\\\\\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(?:\\|u([0-9a-f]{4}))")


def _escape(found: re.Match[str]) -> str:
    return "\\\\" if found[0] == "\\" else f"\\u{ord(found[0]):04x}"


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else "\\"


class RichTextColumn(TypeDecorator[RichText]):
    """An answer as JSON in ASCII, which holds every character that Python can."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: RichText | None, dialect: Dialect) -> str | None:
        """See the class."""
        return None if value is None else json.dumps(value.to_data())

    def process_result_value(self, value: str | None, dialect: Dialect) -> RichText | None:
        """See the class."""
        return None if value is None else _rich_text(value)


@lru_cache(maxsize=512)
def _rich_text(data: str) -> RichText:
    """A draft is read again at every step of its author: each answer is decoded once."""
    return RichText.from_data(json.loads(data))
