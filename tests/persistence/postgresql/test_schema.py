"""A PostgreSQL database is made, brought up to date, and refused if it is not ours."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from highlightbot.core.errors import Problems
from highlightbot.persistence import check, migrate, migrations, open_database
from highlightbot.persistence.postgresql import schema
from highlightbot.persistence.postgresql.addresses import address_of
from highlightbot.persistence.tables import metadata
from highlightbot.scheduling.holidays import calendar_of
from tests.databases import PostgresServer
from tests.persistence.at_once import migrate_at_once
from tests.persistence.later import LATER, add_later_revision
from tests.samples import store_programme

NEWEST = migrations.REVISIONS[-1]


@pytest.fixture
def url(postgresql: PostgresServer) -> Iterator[str]:
    """The address of a database with nothing in it."""
    with postgresql.new() as url:
        yield url


def run(url: str, *statements: str) -> list[tuple[object, ...]]:
    """What the last statement gives, if it gives rows."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def tables(url: str) -> list[object]:
    return [name for (name,) in run(url, "SELECT relname FROM pg_class WHERE relname = 'later'")]


def refused(url: str) -> str:
    with pytest.raises(Problems) as refusal:
        migrate(url)
    (sentence,) = refusal.value.sentences
    return sentence


def test_migrations_make_what_the_tables_say(url: str) -> None:
    migrate(url)
    engine = create_engine(address_of(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_check_tells_how_the_database_stands(url: str) -> None:
    migrate(url)
    found = check(url)
    assert (found.revision, found.doubt) == (NEWEST, None)
    assert found.size > 1_000_000
    assert found.engine.startswith("PostgreSQL 1")


def test_clocks_that_differ_are_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(url)
    monkeypatch.setattr(schema, "_LARGEST_DIFFERENCE", -1.0)
    doubt = check(url).doubt
    assert doubt is not None
    assert "Set both clocks" in doubt


def test_several_processes_may_begin_at_once(url: str) -> None:
    assert migrate_at_once(url, processes=3) == ""
    assert check(url).revision == NEWEST


def test_older_database_is_brought_up_to_date(
    url: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(url)
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        programme = store_programme(database).programme
    add_later_revision(tmp_path_factory.mktemp("later"), monkeypatch)
    migrate(url)
    assert check(url).revision == LATER
    assert tables(url) == ["later"]
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        assert store_programme(database).programme == programme


def test_failed_migration_leaves_the_database_as_it_was(
    url: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(url)
    add_later_revision(tmp_path_factory.mktemp("later"), monkeypatch, fails=True)
    with pytest.raises(ZeroDivisionError):
        migrate(url)
    assert check(url).revision == NEWEST
    assert tables(url) == []


def test_newer_database_is_refused(url: str) -> None:
    migrate(url)
    run(url, "UPDATE alembic_version SET version_num = '7777'")
    assert "was written by a newer version of this program (its schema is 7777" in refused(url)


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE birds (id INTEGER)",),
        (
            "CREATE TABLE alembic_version (version_num VARCHAR(32))",
            "INSERT INTO alembic_version VALUES ('0001')",
        ),
        ("CREATE VIEW birds AS SELECT 1 AS id",),
    ],
)
def test_database_of_another_program_is_refused_and_left_alone(
    url: str, statements: tuple[str, ...]
) -> None:
    run(url, *statements)
    assert "is the database of another program" in refused(url)
    owned = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    assert run(url, owned) == [(1,)]


def test_database_with_nothing_but_an_extension_is_taken(url: str) -> None:
    run(
        url,
        "CREATE EXTENSION plpgsql" if not run(url, _LOADED) else "SELECT 1",
        "CREATE TABLE theirs (id INTEGER)",
        "ALTER EXTENSION plpgsql ADD TABLE theirs",
    )
    migrate(url)
    assert check(url).revision == NEWEST


_LOADED = "SELECT 1 FROM pg_extension WHERE extname = 'plpgsql'"


def test_database_that_lost_its_revision_is_refused(url: str) -> None:
    migrate(url)
    run(url, "DELETE FROM alembic_version")
    assert "is damaged" in refused(url)


def test_database_that_cannot_hold_every_text_is_refused(postgresql: PostgresServer) -> None:
    options = "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
    with postgresql.new(options) as url:
        assert "has the encoding LATIN1" in refused(url)


def test_user_who_may_make_no_tables_is_told(url: str, postgresql: PostgresServer) -> None:
    run(url, "REVOKE CREATE ON SCHEMA public FROM PUBLIC", "CREATE ROLE reader LOGIN")
    try:
        assert "does not let this user do what the bot must" in refused(
            url.replace("postgres:@", "reader@")
        )
    finally:
        run(url, "DROP ROLE reader")


def test_missing_database_is_told(url: str) -> None:
    missing = url.replace("?", "_missing?")
    assert "does not exist). Check DATABASE_URL" in refused(missing)


def test_server_that_does_not_run_is_told_without_the_password() -> None:
    sentence = refused("postgres://bot:secret@127.0.0.1:9/reports")
    assert sentence.startswith("The PostgreSQL database reports at 127.0.0.1 cannot be reached")
    assert "secret" not in sentence


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://bot@host:many/reports",
        "postgres:reports",
        "postgresql://bot:p@ss@host/reports",
        "postgresql://bot:1/p@ss@host/reports",
    ],
)
def test_address_that_cannot_be_read_is_told(url: str) -> None:
    sentence = refused(url)
    assert "DATABASE_URL is no address of a PostgreSQL database" in sentence
    assert "ss@" not in sentence


def test_check_of_an_empty_database(url: str) -> None:
    with pytest.raises(Problems, match="There are no tables"):
        check(url)


def test_every_spelling_of_the_address_is_the_same() -> None:
    rest = "://bot:s%40crt@db.example.org:5433/reports?sslmode=require"
    spellings = {address_of(scheme + rest) for scheme in ("postgres", "postgresql")}
    assert spellings == {address_of(f"postgresql+psycopg{rest}")}
