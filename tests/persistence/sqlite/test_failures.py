"""What is told, and what is left, when the database cannot do it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import Pool

from highlightbot.core.errors import StorageFailure
from highlightbot.core.reports import Answer
from highlightbot.core.rich_text import RichText
from highlightbot.persistence import SqlDatabase, open_database
from highlightbot.persistence.sqlite import connections, sqlite_driver
from highlightbot.scheduling.holidays import calendar_of
from tests.databases import SqliteFile
from tests.samples import NOW, Stored, store_programme

driver: Any = sqlite_driver()


@pytest.fixture
def path(tmp_path: Path, sqlite_file: SqliteFile) -> Path:
    path = tmp_path / "highlightbot.db"
    sqlite_file.copy(path)
    return path


@contextmanager
def opened(path: Path, query: str = "") -> Iterator[SqlDatabase]:
    with closing(
        open_database(f"sqlite:///file:{path}?uri=true{query}", calendar_for=calendar_of)
    ) as database:
        yield database


@contextmanager
def every_connection(pragma: str) -> Iterator[None]:
    def prepare(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA {pragma}")

    event.listen(Pool, "connect", prepare)
    try:
        yield
    finally:
        event.remove(Pool, "connect", prepare)


@contextmanager
def connections_made_by(factory: type[Any]) -> Iterator[None]:
    def name_it(_: object, __: object, ___: object, settings: dict[str, Any]) -> None:
        settings["factory"] = factory

    event.listen(Engine, "do_connect", name_it)
    try:
        yield
    finally:
        event.remove(Engine, "do_connect", name_it)


def workspaces(database: SqlDatabase, name: str = "T-1") -> int:
    with database.writing() as unit:
        return unit.people.workspace("slack", name)


def test_locked_database(path: Path) -> None:
    with (
        closing(driver.connect(path, isolation_level=None)) as other,
        every_connection("busy_timeout = 0"),
        opened(path) as database,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailure, match="is locked by another program"):
            workspaces(database)
        with database.reading() as unit:
            assert unit.programmes.all() == []
        other.execute("ROLLBACK")
        assert workspaces(database) == 1


def test_writer_that_waits_too_long_for_its_turn(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.01)
    too_many = pytest.raises(StorageFailure, match="too many write")
    with opened(path) as database:
        with database.writing(), too_many:
            workspaces(database)
        assert database.failures == 1


def test_read_only_database(path: Path) -> None:
    with opened(path) as database:
        stored = store_programme(database)
        programme = stored.programme
    with opened(path, "&mode=ro") as database:
        with database.reading() as unit:
            assert unit.programmes.all() == [programme]
        with pytest.raises(StorageFailure, match="file or disk is read-only"):
            workspaces(database, "T-2")


def test_full_disk_undoes_the_whole_transaction(path: Path) -> None:
    with opened(path) as database:
        stored = store_programme(database)
        report = stored.report(stored.open_period(), "Libraries")
        stored.save(report, "news", "Kept")
        stored.submit(report, "k1")
    with every_connection("max_page_count = 1"), opened(path) as database:
        full = Stored(database, stored.workspace_id, stored.programme_id, stored.people)
        before = full.report(report.period, "Libraries")
        with pytest.raises(StorageFailure, match="the disk is full"):
            submit_at_length(full, report.id)
        assert full.report(report.period, "Libraries") == before
        # What needs no room still works: the connection is sound.
        assert workspaces(database) == stored.workspace_id


def submit_at_length(stored: Stored, report_id: int) -> None:
    with stored.database.writing() as unit:
        for number in range(10_000):
            unit.reports.submit(
                report_id,
                submission_key=f"long {number}",
                person_id=1,
                headline="x" * 1_000,
                now=NOW,
            )


def test_writer_whose_transaction_could_not_be_undone_never_reads(path: Path) -> None:
    ahead: list[Exception] = []

    class Failing(driver.Connection):  # type: ignore[misc]  # of whichever driver is at hand
        def rollback(self) -> None:
            if ahead:
                raise ahead.pop()
            super().rollback()

    def lose_the_disk() -> None:
        ahead.append(driver.OperationalError("disk I/O error"))
        raise ahead[0]

    with connections_made_by(Failing), opened(path) as database:
        with pytest.raises(StorageFailure, match="read or written"), database.writing():
            lose_the_disk()
        assert ahead == []
        with pytest.raises(StorageFailure, match="is read-only"), database.reading() as unit:
            unit.people.workspace("slack", "T-1")
        assert workspaces(database) == 1


def test_file_that_vanished(path: Path) -> None:
    with opened(path, "&mode=rw") as database:
        path.unlink()
        with pytest.raises(StorageFailure, match="cannot be opened"):
            workspaces(database)


def test_damaged_file(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * (len(content) - 100))
    with opened(path) as database, pytest.raises(StorageFailure, match="is damaged"):
        workspaces(database)


def test_broken_statement_is_a_bug_and_not_told_as_a_failure(path: Path) -> None:
    with opened(path) as database, pytest.raises(IntegrityError), database.writing() as unit:
        unit.reports.save_answer(404, Answer("news"), None, 1, NOW)


def test_schema_that_another_version_changed_meanwhile_is_noticed(path: Path) -> None:
    with opened(path) as database:
        assert database.is_current()
        with closing(driver.connect(path)) as newer:
            newer.execute("UPDATE alembic_version SET version_num = '9999'")
            newer.commit()
        assert not database.is_current()


def test_failures_are_counted(path: Path) -> None:
    with opened(path, "&mode=ro") as database:
        for _ in range(2):
            with pytest.raises(StorageFailure):
                workspaces(database)
        assert database.failures == 2


def test_broken_statement_does_not_quote_what_people_write(path: Path) -> None:
    answer = Answer("news", RichText.from_plain("Only for its readers."))
    with opened(path) as database, pytest.raises(IntegrityError) as raised:  # noqa: SIM117
        with database.writing() as unit:
            unit.reports.save_answer(404, answer, None, 1, NOW)
    assert "readers" not in str(raised.value)
