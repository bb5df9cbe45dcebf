"""How a bot finds its workspace in a database."""

import pytest

from highlightbot.core.errors import Problems
from highlightbot.persistence import SqlDatabase
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.wiring import PLATFORM, workspace_in
from tests.databases import SqliteFile


@pytest.fixture
def database(sqlite_file: SqliteFile) -> SqlDatabase:
    (connections,) = sqlite_file.connections()
    return SqlDatabase(connections, calendar_of)


def test_workspace_is_found_again_and_one_without_a_name_gets_it(database: SqlDatabase) -> None:
    unnamed = workspace_in(database, None)
    assert workspace_in(database, "T-ONE") == unnamed
    assert workspace_in(database, "T-ONE") == unnamed
    assert workspace_in(database, None) == unnamed


def test_database_of_another_workspace_is_refused(database: SqlDatabase) -> None:
    workspace_in(database, "T-TRIAL")
    with pytest.raises(Problems, match="another Slack workspace"):
        workspace_in(database, "T-ONE")
    with database.reading() as unit:
        assert unit.people.known_workspace(PLATFORM, "T-ONE") is None


def test_database_that_holds_several_serves_those_alone(database: SqlDatabase) -> None:
    with database.writing() as unit:
        unit.people.workspace(PLATFORM, "T-TRIAL")
        own = unit.people.workspace(PLATFORM, "T-ONE")
    assert workspace_in(database, "T-ONE") == own
    with pytest.raises(Problems):
        workspace_in(database, "T-OTHER")
