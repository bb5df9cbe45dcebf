"""Which database an address names, and what each kind of database offers."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

from highlightbot.core.errors import StorageFailure

_POSTGRESQL = ("postgresql", "postgresql+psycopg", "postgres")


@dataclass(frozen=True, slots=True)
class DatabaseCheck:
    """How a database stands.

    ``engine`` is the program that keeps it, with its version; ``size`` is in bytes; ``doubt``
    says what is not as it should be, and what to do.
    """

    engine: str
    revision: str
    size: int
    doubt: str | None = None


class Connections(Protocol):
    """A process's connections to its database; safe to share between threads.

    ``errors`` is what a transaction can raise; `failure` tells what it means.
    """

    @property
    def errors(self) -> tuple[type[Exception], ...]: ...

    def reading(self) -> AbstractContextManager[Connection]:
        """One state of the database, from the first statement on; nothing can be written."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """Committed when the block is left, undone when it is left by an exception."""
        ...

    def failure(self, error: Exception) -> StorageFailure | None:
        """What to tell of a database that cannot do it now; None for a bug of ours."""
        ...

    def close(self) -> None:
        """Close every connection, after the transactions that write."""
        ...


class Backend(Protocol):
    """One kind of database; the packages beside this module are such."""

    def connect(self, url: str) -> Connections:
        """Connections to the database at that address; none is made before it is needed."""
        ...

    def migrate(self, url: str) -> None:
        """Make the tables, or bring them up to date; several processes may do so at once.

        Problems, with what to do, where the database is not ours, is newer than this program or
        cannot be used.
        """
        ...

    def check(self, url: str) -> DatabaseCheck:
        """How the database stands; NothingStored where it is missing, Problems if not ours."""
        ...


def backend_of(url: str) -> Backend:
    """The kind of database that the address names; only its own driver is imported."""
    if url.partition(":")[0] in _POSTGRESQL:
        from highlightbot.persistence import postgresql

        return postgresql
    from highlightbot.persistence import sqlite

    return sqlite
