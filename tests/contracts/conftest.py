"""The databases that every contract is held to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from highlightbot.persistence import migrate, open_database
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.ports import Database
from tests.samples import Stored, store_programme


@pytest.fixture(scope="session")
def empty_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied: cheaper than to migrate for every test."""
    path = tmp_path_factory.mktemp("contracts") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite"])
def database(empty_sqlite_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    path = tmp_path / "contract.db"
    path.write_bytes(empty_sqlite_file.read_bytes())
    opened = open_database(f"sqlite:///{path}", calendar_for=calendar_of)
    yield opened
    opened.close()


@pytest.fixture
def stored(database: Database) -> Stored:
    """A database that holds `samples.PROGRAMME`, no period opened."""
    return store_programme(database)
