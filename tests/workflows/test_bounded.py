"""A programme that cannot be read, among others: theirs goes on."""

import logging
from dataclasses import replace

import pytest
from sqlalchemy import text

from highlightbot.core.errors import StorageFailure
from highlightbot.persistence import SqlDatabase
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.bounded import bounded
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.set_up_programme import set_up_programme
from tests.databases import SqliteFile
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CUT_OFF,
    DECLARED,
    LAST_DAY,
    MONDAY,
    area,
    profiles_of,
    set_up_office,
)

OTHER = replace(
    DECLARED, key="other", name="Other", channel="C-OTHER", areas=(area("Museums", "dora"),)
)


def test_a_programme_that_cannot_be_read_stops_no_other(
    sqlite_file: SqliteFile, caplog: pytest.LogCaptureFixture
) -> None:
    (connections,) = sqlite_file.connections()
    database = SqlDatabase(connections, calendar_of)
    office = set_up_office(database)
    set_up_programme(database, office.workspace_id, OTHER, profiles_of(OTHER), MONDAY)
    open_periods(database, MONDAY)
    period = office.period(MONDAY)
    with connections.writing() as connection:
        damage = text("UPDATE programmes SET timetable = '{}' WHERE id = :id")
        connection.execute(damage, {"id": office.programme_id})
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)

    do_what_is_due(database, messenger, clock)
    clock.instant = CUT_OFF
    do_what_is_due(database, messenger, clock)

    assert [one.conversation for one in messenger.sent] == ["D-U-DORA", "C-OTHER"]
    told = f"period {period.id} met a bug when it was its turn, and is tried again"
    assert told in caplog.messages


def test_a_database_that_fails_concerns_all(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with pytest.raises(StorageFailure, match="gone"), bounded("programme", 1):
        raise StorageFailure("gone")
    assert caplog.messages == []
