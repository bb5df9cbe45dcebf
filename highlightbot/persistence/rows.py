"""What every store does with rows."""

from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, Insert, Row, Select, Table, select, text
from sqlalchemy.ext.compiler import compiles

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
"""A row whose columns are read by name."""


def add_row(connection: Connection, statement: Insert, values: dict[str, Any]) -> int:
    """Insert one row; gives the id that the database chose."""
    key = connection.execute(statement, values).inserted_primary_key
    assert key is not None
    return int(key[0])


class InsertMissing(Insert):
    """Inserts what no unique constraint refuses, and leaves out the rest without an error.

    Where another transaction is inserting the same, it waits for its end.
    """

    inherit_cache = True


@compiles(InsertMissing)
def _compile(statement: InsertMissing, compiler: Any, **options: Any) -> str:
    return f"{compiler.visit_insert(statement, **options)} ON CONFLICT DO NOTHING"


def insert_missing(table: Table) -> InsertMissing:
    """The statement; how many rows it added is its ``rowcount``."""
    # Not inline, it would ask for the new id, of which there may be none.
    return InsertMissing(table).inline().execution_options(preserve_rowcount=True)


def hold_row(connection: Connection, column: Column[int], value: int) -> None:
    """Keep everybody else from holding the row before the transaction ends.

    Statements that come after see it as it then stands. Who only refers to the row need not wait.
    """
    if connection.dialect.name != "sqlite":  # there a transaction that writes holds everything
        held = select(column).where(column == value).with_for_update(key_share=True)
        connection.execute(held)


def hold_table(connection: Connection, table: Table) -> None:
    """Keep everybody else from writing to the table before the transaction ends."""
    if connection.dialect.name != "sqlite":
        connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))


def find_or_add(
    connection: Connection,
    find: Select[Any],
    add: InsertMissing,
    names: dict[str, Any],
    values: dict[str, Any],
) -> int:
    """The id that ``find`` gives for the names, after ``add`` if there was none."""
    found = connection.scalar(find, names)
    if found is None:
        connection.execute(add, {**names, **values})
        found = connection.execute(find, names).scalar_one()
    return int(found)
