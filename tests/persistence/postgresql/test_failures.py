"""What is told, and what is left, when a PostgreSQL server cannot do it."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from highlightbot.core.errors import StorageFailure
from highlightbot.core.reports import Answer
from highlightbot.core.rich_text import RichText
from highlightbot.persistence import SqlDatabase, open_database
from highlightbot.persistence.postgresql import connections
from highlightbot.scheduling.holidays import calendar_of
from tests.databases import PostgresServer
from tests.samples import NOW, Stored, store_programme


@pytest.fixture
def url(postgresql: PostgresServer) -> str:
    return postgresql.emptied()


@pytest.fixture
def stored(url: str) -> Iterator[Stored]:
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        yield store_programme(database)


def workspaces(database: SqlDatabase, name: str = "T-1") -> int:
    with database.writing() as unit:
        return unit.people.workspace("slack", name)


def end_connections(url: str) -> None:
    """As a server does that is restarted."""
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_connection_that_the_server_closed_is_replaced_unnoticed(url: str, stored: Stored) -> None:
    programme = stored.programme
    end_connections(url)
    assert stored.programme == programme
    end_connections(url)
    assert workspaces(stored.database) == stored.workspace_id


def test_connection_lost_in_the_middle_undoes_the_transaction(url: str, stored: Stored) -> None:
    def interrupted() -> None:
        with stored.database.writing() as unit:
            unit.people.workspace("slack", "T-9")
            end_connections(url)
            unit.people.workspace("slack", "T-10")

    with pytest.raises(StorageFailure, match=r"^The PostgreSQL database p[0-9]+ at /"):
        interrupted()
    with psycopg.connect(url) as other:
        assert other.execute("SELECT external_id FROM workspaces").fetchall() == [("T-1",)]
    assert workspaces(stored.database) == stored.workspace_id


def test_connection_lost_before_a_prepared_statement(url: str, stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")

    def interrupted() -> None:
        with stored.database.writing() as unit:
            end_connections(url)
            unit.reports.get(report.id)

    with pytest.raises(StorageFailure):
        interrupted()
    assert stored.submit(report, "k1") == 1


def test_row_that_somebody_holds_too_long(url: str, stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    with psycopg.connect(url) as other:
        other.execute("SELECT FROM reports FOR UPDATE")
        other.execute("SET lock_timeout = 0")
        with pytest.raises(StorageFailure, match="another transaction holds what this one needs"):
            stored.submit(report, "k1")
        assert stored.report(report.period, "Libraries") == report
    assert stored.submit(report, "k1") == 1


def test_server_without_a_connection_left(postgresql: PostgresServer, url: str) -> None:
    name = url.rpartition("/")[2] if "?" not in url else url.split("?")[0].rpartition("/")[2]
    postgresql.execute(f"ALTER DATABASE {name} CONNECTION LIMIT 0", "CREATE ROLE crowd LOGIN")
    try:
        crowded = url.replace("postgres:@", "crowd@")
        with (
            closing(open_database(crowded, calendar_for=calendar_of)) as database,
            pytest.raises(StorageFailure, match="too many connections"),
        ):
            workspaces(database)
    finally:
        postgresql.execute(f"ALTER DATABASE {name} CONNECTION LIMIT -1", "DROP ROLE crowd")


def test_process_without_a_connection_left(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "POOL_SIZE", 1)
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 1)
    monkeypatch.setattr(connections, "_POOL_SECONDS", 0.01)
    no_more = pytest.raises(StorageFailure, match="no connection came free")
    with (
        closing(open_database(url, calendar_for=calendar_of)) as database,
        database.writing(),
        no_more,
        database.reading() as unit,
    ):
        unit.programmes.all()


def test_server_that_only_reads(postgresql: PostgresServer, url: str) -> None:
    standby = f"{url}&options=-c%20default_transaction_read_only%3Don"
    with closing(open_database(standby, calendar_for=calendar_of)) as database:
        with pytest.raises(StorageFailure, match="the server only reads"):
            workspaces(database)
        with database.reading() as unit:
            assert unit.programmes.all() == []


def test_full_disk_of_the_server_undoes_the_whole_transaction(url: str, stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    stored.save(report, "news", "Kept")
    before = stored.report(report.period, "Libraries")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("""
            CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE 'No space left on device' USING ERRCODE = 'disk_full'; END $$
        """)
        server.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON revisions EXECUTE FUNCTION fill()"
        )
        try:
            with pytest.raises(StorageFailure, match="the server's disk is full"):
                stored.submit(report, "k1")
            assert stored.report(report.period, "Libraries") == before
        finally:
            server.execute("DROP FUNCTION fill() CASCADE")
    assert stored.submit(report, "k1") == 1


def test_server_that_does_not_run_is_told_without_the_password() -> None:
    url = "postgresql://bot:secret@127.0.0.1:9/reports"
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        with pytest.raises(StorageFailure) as failure:
            workspaces(database)
        assert "PostgreSQL database reports at 127.0.0.1 cannot be reached" in str(failure.value)
        assert "secret" not in str(failure.value)


def test_broken_statement_is_a_bug_and_not_told_as_a_failure(stored: Stored) -> None:
    answer = Answer("news", RichText.from_plain("x"))
    with pytest.raises(Exception, match="fk_draft_answers"), stored.database.writing() as unit:
        unit.reports.save_answer(404, answer, None, stored.workspace_id, NOW)


def test_session_keeps_to_slacks_three_seconds(stored: Stored) -> None:
    settings = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
    with stored.database._connections.writing() as connection:
        told = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in settings]
        level = connection.exec_driver_sql("SHOW transaction_isolation").scalar()
    assert told == ["1s", "2s", "10s"]
    assert level == "read committed"
    with stored.database._connections.reading() as connection:
        level = connection.exec_driver_sql("SHOW transaction_isolation").scalar()
        reads = connection.exec_driver_sql("SHOW transaction_read_only").scalar()
    assert (level, reads) == ("repeatable read", "on")
