"""A server that is away for a while, as at its restart or a change-over."""

from contextlib import closing

import pytest
from sqlalchemy.engine import make_url

from highlightbot.core.errors import StorageFailure
from highlightbot.persistence import migrate, open_database
from highlightbot.scheduling.holidays import calendar_of
from tests.databases import PostgresServer


def test_database_that_vanishes_is_told_and_used_again_when_it_is_back(
    postgresql: PostgresServer,
) -> None:
    with postgresql.new() as url:
        migrate(url)
        with closing(open_database(url, calendar_for=calendar_of)) as database:
            assert database.is_current()
            name = make_url(url).database
            postgresql.execute(
                f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
            )
            for _ in range(3):
                with pytest.raises(StorageFailure), database.writing() as unit:
                    unit.people.workspace("slack", "T-1")
            with pytest.raises(StorageFailure):
                database.is_current()
            assert database.failures == 4
            postgresql.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            with database.writing() as unit:
                unit.people.workspace("slack", "T-1")
            assert database.is_current()
