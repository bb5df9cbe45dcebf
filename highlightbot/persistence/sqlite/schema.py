"""Brings a database file up to this program's schema, and refuses files that are not its own."""

from contextlib import closing
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from highlightbot.core.errors import NothingStored, Problems
from highlightbot.persistence import migrations
from highlightbot.persistence.backends import DatabaseCheck
from highlightbot.persistence.sqlite.connections import BUSY_SECONDS, connect, sqlite_driver

APPLICATION_ID = 0x484C4254
"""Marks a file as ours in its header ("HLBT"; https://sqlite.org/pragma.html#pragma_application_id)."""

PATIENCE_SECONDS = 30
"""How long to wait for another process that migrates the same file."""

_driver: Any = sqlite_driver()


def migrate(url: str) -> None:
    """See `backends.Backend`. A file that is brought up to date is copied before.

    The copy stands beside the file as ``<file>.before-<revision>``.
    """
    path = _path(url)
    deadline = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            if _revision(path) != migrations.REVISIONS[-1]:
                _upgrade(url, path)
            return
        except (_driver.Error, DBAPIError) as error:
            # Another process may be migrating the file, or turning it to WAL, which SQLite does
            # not wait for.
            if "locked" not in str(error) or monotonic() > deadline:
                raise Problems([_sentence(path, error)]) from error
            sleep(_RETRY_SECONDS)


_RETRY_SECONDS = 0.02


def check(url: str) -> DatabaseCheck:
    """See `backends.Backend`."""
    path = _path(url)
    try:
        revision = _revision(path)
        if revision is None:
            raise NothingStored(
                [f"There is no database at {path} yet: start the bot or run setup."]
            )
        with closing(_connect(path)) as connection:
            (journal_mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    except _driver.Error as error:
        raise Problems([_sentence(path, error)]) from error
    version = _driver.sqlite_version
    return DatabaseCheck(
        f"SQLite {version}, {journal_mode}",
        revision,
        path.stat().st_size,
        None if tuple(map(int, version.split("."))) >= _SAFE_SQLITE else _UNSAFE,
    )


_SAFE_SQLITE = (3, 51, 3)
_UNSAFE = (
    "SQLite before 3.51.3 can damage a database that several connections write. Install pysqlite3"
    " 0.6.1 or newer, and let only one bot use the file."
)


def _path(url: str) -> Path:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise Problems([_NO_FILE]) from error
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise Problems([_NO_FILE])
    return Path(str(parsed.database))


_NO_FILE = (
    "DATABASE_URL names no SQLite file: write for example sqlite:///highlightbot.db, or four"
    " slashes before an absolute path. PostgreSQL is postgresql://user:password@host/database."
)


def _connect(path: Path) -> Any:
    """A connection to the file, which is not made if it is missing."""
    return _driver.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )


def _revision(path: Path) -> str | None:
    """The schema that the file holds, None if it is missing or empty; Problems if not ours."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return None
    with closing(_connect(path)) as connection:
        # One state of the file, though another process may be making it.
        connection.execute("BEGIN")
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        if application_id == APPLICATION_ID:
            return _known(path, connection.execute(_VERSION).fetchone())
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application_id or tables:
        raise Problems(
            [
                f"{path} is the database of another program. Move it away, or name another file"
                " in DATABASE_URL."
            ]
        )
    return None


_VERSION = "SELECT version_num FROM alembic_version"


def _known(path: Path, row: tuple[str] | None) -> str:
    if row is None:
        raise Problems([f"{path} {_DAMAGED}."])
    (revision,) = row
    newest = migrations.REVISIONS[-1]
    if revision not in migrations.REVISIONS:
        raise Problems(
            [
                f"{path} was written by a newer version of this program (its schema is {revision},"
                f" this version knows up to {newest}). Install the newer version again, or"
                f" put back the copy {path.name}.before-{newest} if it stands beside it."
            ]
        )
    return revision


def _upgrade(url: str, path: Path) -> None:
    _make_file(path)
    # The write lock makes a second process wait here and find the work done.
    with closing(connect(url)) as connections, connections.writing() as connection:
        revision = _revision(path)
        if revision is not None:
            _back_up(path, revision)
        connection.begin()  # Alembic commits after each script where it sees no transaction
        migrations.upgrade(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _make_file(path: Path) -> None:
    """An empty database in WAL, which stays so from now on."""
    with closing(_driver.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _back_up(path: Path, revision: str) -> None:
    copy = path.with_name(f"{path.name}.before-{revision}")
    with closing(_connect(path)) as source, closing(_driver.connect(copy)) as target:
        source.backup(target)


def _sentence(path: Path, error: Exception) -> str:
    said = str(getattr(error, "orig", error))
    if not path.parent.is_dir():
        return f"The directory {path.parent} does not exist. Make it, or change DATABASE_URL."
    for words, sentence in _SENTENCES.items():
        if words in said:
            return f"{path} {sentence} ({said})."
    return f"{path} cannot be used: {said}."


_DAMAGED = "is damaged. Put back a backup copy, or move it away to begin anew"
_SENTENCES = {
    "not a database": "is not an SQLite file. Name another file in DATABASE_URL",
    "malformed": _DAMAGED,
    "no such table": _DAMAGED,
    "unable to open": "cannot be opened. Give the user that runs the bot the right to write there",
    "readonly": "cannot be written. Give the user that runs the bot the right to write there",
    "locked": "is locked by another program. End that program and start again",
    "full": "cannot grow: the disk is full. Make room and start again",
    "disk I/O": "cannot be read or written. See whether its disk is full, and start again",
}
