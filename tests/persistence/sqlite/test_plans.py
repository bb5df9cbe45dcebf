"""What the program asks on every tick is found by an index that holds only unfinished work."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import ClauseElement, Connection, create_engine, func, select
from sqlalchemy.dialects import sqlite

from highlightbot.persistence import (
    deliveries,
    ledger,
    looks,
    open_database,
    periods,
    reminders,
)
from highlightbot.persistence.sqlite import sqlite_driver
from highlightbot.persistence.tables import UNPUBLISHED_REPORT, reports
from highlightbot.scheduling.holidays import calendar_of
from tests.contracts.test_periods import archive, import_report
from tests.databases import SqliteFile
from tests.samples import store_programme


@pytest.fixture
def connection(tmp_path: Path, sqlite_file: SqliteFile) -> Iterator[Connection]:
    url = sqlite_file.copy(tmp_path / "plans.db")
    engine = create_engine(url, module=sqlite_driver())
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def plan(connection: Connection, statement: ClauseElement) -> list[str]:
    compiled = statement.compile(dialect=sqlite.dialect(paramstyle="named"))
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", compiled.params)
    return [row.detail for row in rows]


def test_claim_looks_at_unfinished_rows_alone(connection: Connection) -> None:
    told = " | ".join(plan(connection, deliveries._CLAIM.statement))
    assert "ix_deliveries_due (next_attempt_at<?)" in told
    assert "ix_deliveries_claimed" in told
    assert "ix_deliveries_sent (finished_at>? AND finished_at<?)" in told
    assert "SCAN deliveries\n" not in told.replace(" | ", "\n")


def test_what_is_stale_is_found_among_claimed_and_unfinished_rows(connection: Connection) -> None:
    for statement in (deliveries._HAS_LAPSED, deliveries._IS_STRANDED):
        assert "ix_deliveries_" in " | ".join(plan(connection, statement))


def test_dead_rows_that_nobody_was_told_of_are_found_by_an_index(connection: Connection) -> None:
    assert "ix_deliveries_untold" in " | ".join(plan(connection, ledger._UNTOLD))


def test_periods_awaiting_an_edition_are_found_without_a_scan_of_all(
    connection: Connection,
) -> None:
    told = " | ".join(plan(connection, periods._AWAITING_EDITION))
    assert "ix_periods_unpublished" in told
    assert "ix_reports_unpublished" in told
    assert "SCAN periods" not in told


def test_what_is_to_be_reminded_of_is_found_without_a_scan_of_all(connection: Connection) -> None:
    due = " | ".join(plan(connection, looks._TO_LOOK_AT))
    assert "ix_periods_look (look_at>? AND look_at<?)" in due
    assert "ix_periods_look (look_at>?)" in due
    assert "SCAN" not in due
    untold = " | ".join(plan(connection, reminders._UNTOLD))
    assert "ix_reports_untold" in untold
    days_row = " | ".join(plan(connection, reminders._SLOT))
    assert "ix_deliveries_person_id (person_id=?)" in days_row


def test_imported_reports_do_not_fill_the_index_of_unpublished_ones(connection: Connection) -> None:
    """No edition will ever hold them, and every tick would read them again."""
    database = open_database(str(connection.engine.url), calendar_for=calendar_of)
    stored = store_programme(database)
    period = archive(stored)
    import_report(stored, period, "Libraries")
    database.close()
    unpublished = select(func.count()).select_from(reports).where(UNPUBLISHED_REPORT)
    assert connection.scalar(unpublished) == 0
