"""A fresh database with a programme in it, for each test."""

import pytest

from highlightbot.persistence import SqlDatabase
from highlightbot.scheduling.holidays import calendar_of
from tests.databases import PostgresServer, SqliteFile
from tests.fakes.messenger import FakeMessenger
from tests.workflows.bureau import Bureau
from tests.workflows.office import Office, set_up_office

REPLICAS = 3


@pytest.fixture
def office(sqlite_file: SqliteFile) -> Office:
    """The programme of `office.DECLARED`, its first period open."""
    (connections,) = sqlite_file.connections()
    return set_up_office(SqlDatabase(connections, calendar_of))


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture(params=["sqlite_file", "postgresql"])
def bureau(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """The office on either database, which is waited for however busy the machine is."""
    monkeypatch.setattr("highlightbot.persistence.sqlite.connections.BUSY_SECONDS", 30)
    emptied: SqliteFile | PostgresServer = request.getfixturevalue(request.param)
    replicas = tuple(SqlDatabase(one, calendar_of) for one in emptied.connections(REPLICAS))
    first = set_up_office(replicas[0])
    return Bureau(first.database, first.workspace_id, first.programme_id, replicas)
