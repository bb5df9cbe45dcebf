"""A fresh database with a programme in it, for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from highlightbot.persistence import migrate, open_database
from highlightbot.scheduling.holidays import calendar_of
from tests.workflows.office import Office, set_up_office


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied: cheaper than to migrate for every test."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def office(empty_database: Path, tmp_path: Path) -> Iterator[Office]:
    """The programme of `office.DECLARED`, its first period open."""
    path = tmp_path / "office.db"
    path.write_bytes(empty_database.read_bytes())
    database = open_database(f"sqlite:///{path}", calendar_for=calendar_of)
    yield set_up_office(database)
    database.close()
