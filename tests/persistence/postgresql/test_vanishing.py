"""A server that is away for a while, as at its restart or a change-over, or that hangs."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import closing, contextmanager, suppress

import psycopg
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


@contextmanager
def frozen(url: str) -> Iterator[None]:
    """The processes of the server that serve the bot stand still."""
    with psycopg.connect(url) as other:
        serving = other.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'highlightbot'"
        ).fetchall()
    for (pid,) in serving:
        with suppress(ProcessLookupError):  # it was about to end
            os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for (pid,) in serving:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def test_server_that_hangs_is_waited_for_and_then_does_what_it_was_asked(
    postgresql: PostgresServer,
) -> None:
    url = postgresql.emptied()

    def workspace() -> int:
        with database.writing() as unit:
            return unit.people.workspace("slack", "T-1")

    with (
        closing(open_database(url, calendar_for=calendar_of)) as database,
        ThreadPoolExecutor(1) as others,
    ):
        known = workspace()
        with frozen(url):
            asked = others.submit(workspace)
            with pytest.raises(NotYet):
                asked.result(0.2)
        assert asked.result(60) == known
        assert database.failures == 0
