"""Statements that are compiled once and then run by the driver itself.

Everything that happens while a person waits for an answer to a submission goes this way.
SQLAlchemy writes the SQL and converts the values, but running a statement through it costs up to
0.1 ms, several times what SQLite takes; a submission has six.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update

Convert = Callable[[Any], Any] | None


class Prepared:
    """A statement whose every value is a bound parameter; safe to share between threads.

    It may hold no list that is expanded when it is run. Rows have their columns as attributes,
    or are what ``make`` makes of them: an immutable value, as the last 512 are kept for when they
    are read again.
    """

    __slots__ = ("_compiled", "_make", "_statement")

    def __init__(
        self,
        statement: Select[Any] | Insert | Update | Delete,
        make: Callable[[Any], Any] | None = None,
    ) -> None:
        self._statement = statement
        self._make = make
        self._compiled: dict[str, _Compiled] = {}

    @property
    def statement(self) -> Select[Any] | Insert | Update | Delete:
        """What is run."""
        return self._statement

    def run(self, connection: Connection, values: Mapping[str, object]) -> int:
        """Run it for its effect; gives how many rows it changed."""
        return int(self._start(connection, values)[1].rowcount)

    def all(self, connection: Connection, values: Mapping[str, object]) -> list[Any]:
        """Every row."""
        compiled, cursor = self._start(connection, values)
        return [compiled.row(found) for found in cursor.fetchall()]

    def first(self, connection: Connection, values: Mapping[str, object]) -> Any | None:
        """The first row, or None."""
        compiled, cursor = self._start(connection, values)
        found = cursor.fetchall()
        return compiled.row(found[0]) if found else None

    def _start(
        self, connection: Connection, values: Mapping[str, object]
    ) -> tuple["_Compiled", Any]:
        compiled = self._compiled.get(connection.dialect.name)
        if compiled is None:
            compiled = _Compiled(self._statement, connection.dialect, self._make)
            self._compiled[connection.dialect.name] = compiled
        cursor = connection.connection.cursor()
        cursor.execute(compiled.sql, compiled.parameters(values))
        return compiled, cursor


class _Compiled:
    __slots__ = ("_by_name", "_columns", "_constants", "_parameters", "_row", "row", "sql")

    def __init__(
        self,
        statement: Select[Any] | Insert | Update | Delete,
        dialect: Dialect,
        make: Callable[[Any], Any] | None,
    ) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        self._by_name = not compiled.positional
        binds = {name: compiled.binds[name] for name in compiled.positiontup or compiled.binds}
        self._constants = {
            name: bind.effective_value for name, bind in binds.items() if not bind.required
        }
        self._parameters: list[tuple[str, Convert]] = [
            (name, binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup or binds
        ]
        columns = statement.exported_columns
        self._row = _row_type("Row", columns.keys())
        self._columns: list[Convert] = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
        ]
        self.row: Callable[[tuple[Any, ...]], Any] = self._converted
        if make is not None:
            self.row = lru_cache(maxsize=512)(lambda found: make(self._converted(found)))

    def parameters(self, values: Mapping[str, object]) -> Any:
        """The values as the driver takes them, by place or by name; KeyError if one is missing."""
        given = {**self._constants, **values}
        converted = [
            given[name] if convert is None else convert(given[name])
            for name, convert in self._parameters
        ]
        if self._by_name:
            return dict(zip((name for name, _ in self._parameters), converted, strict=True))
        return converted

    def _converted(self, found: tuple[Any, ...]) -> Any:
        return self._row._make(
            [
                value if convert is None else convert(value)
                for value, convert in zip(found, self._columns, strict=True)
            ]
        )


# Its fields are only known when a statement is compiled, which a type checker cannot follow.
_row_type: Any = namedtuple
