"""The stores of `highlightbot.workflows.ports` over SQLAlchemy Core."""

from highlightbot.core.errors import Problems
from highlightbot.persistence.backends import DatabaseCheck, backend_of
from highlightbot.persistence.migrations import REVISIONS
from highlightbot.persistence.unit_of_work import CalendarFor, SqlDatabase, open_database

__all__ = ["DatabaseCheck", "SqlDatabase", "check", "migrate", "open_database", "open_present"]


def migrate(url: str) -> None:
    """Make the database at that address, or bring it up to date; see `backends.Backend`."""
    backend_of(url).migrate(url)


def open_present(url: str, *, calendar_for: CalendarFor) -> SqlDatabase:
    """As `open_database`, of a database that is there already and is not changed here.

    Raises NothingStored where there is none, Problems where it is not ours or not up to date.
    """
    stored = check(url).revision
    if stored != REVISIONS[-1]:
        raise Problems(
            [
                f"The database is one of an older version (its schema is {stored}, this version"
                f" needs {REVISIONS[-1]}). Start the bot of this version: it brings it up to date."
            ]
        )
    return open_database(url, calendar_for=calendar_for)


def check(url: str) -> DatabaseCheck:
    """How the database at that address stands; see `backends.Backend`."""
    return backend_of(url).check(url)
