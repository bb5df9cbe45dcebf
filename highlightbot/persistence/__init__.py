"""The stores of `highlightbot.workflows.ports` over SQLAlchemy Core."""

from highlightbot.persistence.backends import DatabaseCheck, backend_of
from highlightbot.persistence.unit_of_work import SqlDatabase, open_database

__all__ = ["DatabaseCheck", "SqlDatabase", "check", "migrate", "open_database"]


def migrate(url: str) -> None:
    """Make the database at that address, or bring it up to date; see `backends.Backend`."""
    backend_of(url).migrate(url)


def check(url: str) -> DatabaseCheck:
    """How the database at that address stands; see `backends.Backend`."""
    return backend_of(url).check(url)
