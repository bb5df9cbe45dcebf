"""The databases that every contract is held to."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from highlightbot.persistence import migrate, open_database
from highlightbot.persistence.sqlite import connections
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.ports import Database
from tests.databases import PostgresServer
from tests.samples import Stored, store_programme


@pytest.fixture(scope="session")
def empty_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied: cheaper than to migrate for every test."""
    path = tmp_path_factory.mktemp("contracts") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty database, which is waited for however busy the machine is."""
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgresql")
        return server.patient()
    monkeypatch.setattr(connections, "BUSY_SECONDS", 30)
    empty: Path = request.getfixturevalue("empty_sqlite_file")
    path = tmp_path / "contract.db"
    path.write_bytes(empty.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An empty database."""
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        yield database


@pytest.fixture
def stored(database: Database) -> Stored:
    """A database that holds `samples.PROGRAMME`, no period opened."""
    return store_programme(database)
