"""The databases that every contract is held to."""

import pytest

from highlightbot.persistence import SqlDatabase
from highlightbot.persistence.sqlite import connections
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.ports import Database
from tests.databases import PostgresServer, SqliteFile
from tests.samples import Stored, store_programme


@pytest.fixture(params=["sqlite_file", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An empty database, which is waited for however busy the machine is."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 30)
    emptied: SqliteFile | PostgresServer = request.getfixturevalue(request.param)
    (kept,) = emptied.connections()
    return SqlDatabase(kept, calendar_of)


@pytest.fixture
def stored(database: Database) -> Stored:
    """A database that holds `samples.PROGRAMME`, no period opened."""
    return store_programme(database)
