"""What every store does with rows."""

from typing import Any, TypeAlias

from sqlalchemy import Connection, Insert, Row

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row whose columns are read by name."""


def add_row(connection: Connection, statement: Insert, values: dict[str, Any]) -> int:
    """Insert one row; gives the id that the database chose."""
    key = connection.execute(statement, values).inserted_primary_key
    assert key is not None
    return int(key[0])
