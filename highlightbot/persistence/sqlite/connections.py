"""SQLite as this program uses it: WAL, durable commits, one connection that writes."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from highlightbot.core.errors import StorageFailure

BUSY_SECONDS = 1
"""How long to wait for another writer before giving up: Slack waits 3 s for an answer."""


def sqlite_driver() -> ModuleType:
    """The newest SQLite at hand.

    SQLite 3.7.0 to 3.51.2 can corrupt a WAL database that several connections write
    (https://sqlite.org/wal.html, "The WAL-reset bug"), and systems ship older ones.
    """
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        from sqlite3 import dbapi2
    return dbapi2  # type: ignore[no-any-return]  # pysqlite3 has no annotations


_driver: Any = sqlite_driver()


class _TurnTimeout(Exception):
    """Other threads of this process write, and went on writing."""


_ERRORS = (_driver.Error, DBAPIError, PoolTimeout, _TurnTimeout)


def connect(url: str) -> "SqliteConnections":
    """See `backends.Backend`."""
    return SqliteConnections(url)


class SqliteConnections:
    """See `backends.Connections`. Those that read refuse to write."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine = _engine(url)
        self._writer = _Writer(self._engine)

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """See `backends.Connections`."""
        return _ERRORS

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See `backends.Connections`."""
        with self._engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("BEGIN")
            yield connection

    def writing(self) -> AbstractContextManager[Connection]:
        """See `backends.Connections`."""
        return self._writer.transaction()

    def failure(self, error: Exception) -> StorageFailure | None:
        """See `backends.Connections`."""
        return _storage_failure(error, self._url)

    def close(self) -> None:
        """See `backends.Connections`."""
        self._writer.close()
        self._engine.dispose()


class _Writer:
    """The process's one connection that writes, which threads take in turn.

    SQLite takes one writer at a time, and one that waits for its lock sleeps and asks again.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = Lock()
        self._connection: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Committed when the block is left, undone when it is left by an exception."""
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise _TurnTimeout
        try:
            connection = self._connection = self._connection or self._connect()
            driver: Any = connection.connection.driver_connection
            # A transaction that reads first cannot always become a writer later.
            driver.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                _settle(connection, driver.commit)
            except BaseException:
                self._undo(connection, driver.rollback)
                raise
        finally:
            self._turn.release()

    def close(self) -> None:
        """Wait for the transaction that runs, and close the connection."""
        with self._turn:
            if self._connection is not None:
                self._discard(self._connection)

    def _connect(self) -> Connection:
        connection = self._engine.connect()
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA query_only = OFF")
        return connection

    def _undo(self, connection: Connection, rollback: Any) -> None:
        try:
            _settle(connection, rollback)
        except _ERRORS:
            # The file is gone or its disk is: the next transaction opens it anew.
            self._discard(connection)

    def _discard(self, connection: Connection) -> None:
        """Close it for good: it must not come back among those that read."""
        self._connection = None
        connection.invalidate()
        connection.close()


def _storage_failure(error: Exception, url: str) -> StorageFailure | None:
    if isinstance(error, _TurnTimeout):
        return StorageFailure(f"The database {url} is busy: too many write to it.")
    if isinstance(error, PoolTimeout):
        return StorageFailure(f"The database {url} is busy: no connection came free.")
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, (_driver.IntegrityError, _driver.ProgrammingError)):
        return None
    if not isinstance(cause, _driver.DatabaseError):
        return None
    for words, sentence in _SENTENCES.items():
        if words in str(cause):
            return StorageFailure(f"The database {url} {sentence} ({cause}).")
    return StorageFailure(f"The database {url} failed: {cause}.")


_SENTENCES = {
    "locked": "is locked by another program",
    "readonly": "cannot be written: its file or disk is read-only",
    "full": "cannot grow: the disk is full",
    "unable to open": "cannot be opened",
    "malformed": "is damaged: restore a backup copy",
    "not a database": "is not an SQLite file",
    "disk I/O": "cannot be read or written: its disk is full, failing or gone",
}


def _settle(connection: Connection, end: Any) -> None:
    end()
    # SQLAlchemy keeps its own account of the transaction if a statement went through it.
    begun = connection.get_transaction()
    if begun is not None:
        begun.close()


def _engine(url: str) -> Engine:
    """One for those that read and the one that writes: a statement is compiled once for both."""
    engine = create_engine(
        url,
        module=_driver,
        hide_parameters=True,  # of a failed statement, which may hold what people write
        pool_size=6,
        max_overflow=20,
        pool_timeout=BUSY_SECONDS,
        # The driver's own transaction control begins too late and too weakly: switched off.
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )

    def prepare(connection: Any, _: object) -> None:
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "query_only = ON"):
            connection.execute(f"PRAGMA {pragma}")

    # SQLAlchemy's usual place for BEGIN is a listener of the engine; an engine that has one
    # spends a fifth more on every statement, so that transactions begin above.
    event.listen(engine.pool, "connect", prepare)
    return engine
