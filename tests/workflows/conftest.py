"""A fresh database with a programme in it, for each test."""

import pytest

from highlightbot.persistence import SqlDatabase
from highlightbot.scheduling.holidays import calendar_of
from tests.databases import SqliteFile
from tests.workflows.office import Office, set_up_office


@pytest.fixture
def office(sqlite_file: SqliteFile) -> Office:
    """The programme of `office.DECLARED`, its first period open."""
    (connections,) = sqlite_file.connections()
    return set_up_office(SqlDatabase(connections, calendar_of))
