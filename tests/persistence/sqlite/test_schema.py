import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, create_engine

from highlightbot.core.errors import Problems
from highlightbot.persistence import DatabaseCheck, check, migrate, migrations, open_database
from highlightbot.persistence.sqlite import schema, sqlite_driver
from highlightbot.persistence.tables import metadata
from highlightbot.scheduling.holidays import calendar_of
from tests.persistence.at_once import migrate_at_once
from tests.persistence.later import add_later_revision
from tests.samples import store_programme

driver: Any = sqlite_driver()
NEWEST = migrations.REVISIONS[-1]


def url(path: Path) -> str:
    return URL.create("sqlite", database=str(path)).render_as_string()


def run(path: Path, *statements: str) -> None:
    with closing(driver.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def refused(path: Path) -> str:
    with pytest.raises(Problems) as refusal:
        migrate(url(path))
    (sentence,) = refusal.value.sentences
    return sentence


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database may be; the odd characters mean something in addresses and in Alembic."""
    return tmp_path / "a %20 #1?.db"


def test_migrations_make_what_the_tables_say(path: Path) -> None:
    migrate(url(path))
    engine = create_engine("sqlite://", creator=lambda: driver.connect(path), module=driver)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_revisions_are_those_of_the_scripts() -> None:
    scripts = ScriptDirectory(str(migrations.SCRIPTS))
    assert (
        tuple(script.revision for script in reversed(list(scripts.walk_revisions())))
        == migrations.REVISIONS
    )


def test_new_database_is_ours_and_in_wal(path: Path) -> None:
    migrate(url(path))
    assert check(url(path)) == DatabaseCheck(
        f"SQLite {driver.sqlite_version}, wal", NEWEST, path.stat().st_size
    )
    with closing(driver.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)


def test_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    migrate(url(path))
    assert check(url(path)).revision == NEWEST


def test_migrating_again_changes_nothing(path: Path, tmp_path: Path) -> None:
    migrate(url(path))
    before = path.read_bytes()
    migrate(url(path))
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_up_to_date_database_needs_no_alembic(path: Path) -> None:
    migrate(url(path))
    program = (
        "import sys; from highlightbot.persistence import migrate; migrate(sys.argv[1]);"
        " assert not any(name.startswith('alembic') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, url(path)], check=True)


def test_several_processes_may_begin_at_once(path: Path) -> None:
    assert migrate_at_once(url(path), processes=4) == ""
    assert check(url(path)).revision == NEWEST


def test_older_database_is_copied_before_it_is_changed(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(url(path))
    with closing(open_database(url(path), calendar_for=calendar_of)) as database:
        stored = store_programme(database)
    add_later_revision(tmp_path / "later", monkeypatch)
    migrate(url(path))
    copy = path.with_name(f"{path.name}.before-{NEWEST}")
    assert check(url(path)).revision == "9999"
    for file, tables in ((path, 1), (copy, 0)):
        with closing(driver.connect(file)) as connection:
            found = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name = 'later'"
            ).fetchone()
            programme = connection.execute("SELECT id FROM programmes").fetchone()
        assert (found, programme) == ((tables,), (stored.programme_id,))


def test_failed_migration_leaves_the_database_as_it_was(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(url(path))
    add_later_revision(tmp_path / "later", monkeypatch, fails=True)
    with pytest.raises(ZeroDivisionError):
        migrate(url(path))
    assert check(url(path)).revision == NEWEST
    with closing(driver.connect(path)) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name='later'").fetchall()


def test_failed_making_leaves_nothing_behind(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_later_revision(tmp_path / "later", monkeypatch, fails=True)
    with pytest.raises(ZeroDivisionError):
        migrate(url(path))
    with closing(driver.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []


def test_newer_database_is_refused(path: Path) -> None:
    migrate(url(path))
    run(path, "UPDATE alembic_version SET version_num = '7777'")
    assert "was written by a newer version of this program (its schema is 7777" in refused(path)


def test_database_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    run(path, "CREATE TABLE birds (id INTEGER)")
    before = path.read_bytes()
    assert "is the database of another program" in refused(path)
    assert path.read_bytes() == before


def test_database_of_another_program_with_alembic_is_refused(path: Path) -> None:
    run(
        path,
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
        "INSERT INTO alembic_version VALUES ('0001')",
    )
    assert "is the database of another program" in refused(path)


def test_empty_database_that_another_program_marked_is_refused(path: Path) -> None:
    run(path, "PRAGMA application_id = 42")
    assert "is the database of another program" in refused(path)


def test_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.write_text("Highlight report\n" * 100)
    assert "is not an SQLite file" in refused(path)
    assert path.read_text() == "Highlight report\n" * 100


@pytest.mark.parametrize("statement", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_database_that_lost_its_revision_is_refused(path: Path, statement: str) -> None:
    migrate(url(path))
    run(path, statement)
    assert "is damaged" in refused(path)


def test_damaged_database_is_refused(path: Path) -> None:
    migrate(url(path))
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 8_000 + content[8_100:])
    assert "is damaged" in refused(path)


def test_missing_directory_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert refused(missing / "a.db") == (
        f"The directory {missing} does not exist. Make it, or change DATABASE_URL."
    )


def test_directory_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in refused(tmp_path)


def test_locked_database_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0)
    monkeypatch.setattr(schema, "PATIENCE_SECONDS", 0)
    with closing(driver.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "is locked by another program" in refused(path)


@contextmanager
def no_room() -> Iterator[None]:
    """No file can grow: as on a full disk, SQLite cannot even make the files that it reads by."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_full_disk_is_refused_with_what_to_do(path: Path) -> None:
    migrate(url(path))
    with no_room():
        told = refused(path)
    assert told == (
        f"{path} cannot be read or written. See whether its disk is full, and start again"
        " (disk I/O error)."
    )


@pytest.mark.parametrize(
    "address", ["", "highlightbot.db", "sqlite://", "sqlite:///:memory:", "mysql://localhost/a"]
)
def test_address_that_names_no_file_is_refused(address: str) -> None:
    with pytest.raises(Problems, match="DATABASE_URL names no SQLite file"):
        migrate(address)


def test_check_of_a_missing_database(path: Path) -> None:
    with pytest.raises(Problems, match="There is no database"):
        check(url(path))
    assert not path.exists()
