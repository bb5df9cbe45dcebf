"""Brings a PostgreSQL database up to this program's schema, and refuses those of others.

No copy is made before: backups of a server are its operator's (`pg_dump`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
from sqlalchemy import Connection, NullPool, text
from sqlalchemy.exc import DBAPIError

from highlightbot.core.errors import NothingStored, Problems
from highlightbot.persistence import migrations
from highlightbot.persistence.backends import DatabaseCheck
from highlightbot.persistence.postgresql.addresses import address_of, name_of
from highlightbot.persistence.postgresql.connections import engine_for
from highlightbot.persistence.postgresql.failures import sentence_of

MARK = "highlightbot"
"""The comment on `alembic_version` that marks the tables as ours."""

PATIENCE_SECONDS = 30
"""How long to wait for another process that migrates the same database."""

_LOCK = 0x484C4254
_LARGEST_DIFFERENCE = 5.0


def migrate(url: str) -> None:
    """See `backends.Backend`. One process migrates, the others wait for it."""
    name = name_of(address_of(url))
    with _connection(url) as connection:
        if _revision(connection, name) == migrations.REVISIONS[-1]:
            return
        # Held until the transaction ends; who comes second finds the work done.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _revision(connection, name) == migrations.REVISIONS[-1]:
            return
        migrations.upgrade(connection)
        connection.execute(text(f"COMMENT ON TABLE alembic_version IS '{MARK}'"))


def check(url: str) -> DatabaseCheck:
    """See `backends.Backend`."""
    name = name_of(address_of(url))
    with _connection(url) as connection:
        revision = _revision(connection, name)
        if revision is None:
            raise NothingStored(
                [f"There are no tables in the {name} yet: start the bot or run setup."]
            )
        version, size, theirs = connection.execute(_STATE).one()
        ahead = (theirs - datetime.now(UTC)).total_seconds()
    clock = f"{abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} this machine's"
    return DatabaseCheck(
        f"PostgreSQL {version}, its clock {clock}",
        revision,
        size,
        None if abs(ahead) <= _LARGEST_DIFFERENCE else _CLOCKS_DIFFER,
    )


_STATE = text(
    "SELECT current_setting('server_version'), pg_database_size(current_database()),"
    " clock_timestamp()"
)
_CLOCKS_DIFFER = (
    "Set both clocks (NTP): bots on several machines go by their own when one takes over what"
    " another left."
)


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    """One transaction of its own; Problems for what the server refuses."""
    address = address_of(url)
    patience = {"timezone": "UTC", "lock_timeout": f"{PATIENCE_SECONDS}s"}
    engine = engine_for(address, patience, poolclass=NullPool)
    try:
        with engine.begin() as connection:
            yield connection
    except (psycopg.Error, DBAPIError) as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise Problems([f"The {name_of(address)} {sentence}. {_ADVICE}"]) from error
    finally:
        engine.dispose()


_ADVICE = "Check DATABASE_URL, and that the server runs and knows the user and the database."


def _revision(connection: Connection, name: str) -> str | None:
    """The schema that the database holds, None if it is empty; Problems if not ours."""
    encoding, mark, tables = connection.execute(_WHOSE).one()
    if encoding != "UTF8":
        raise Problems(
            [
                f"The {name} has the encoding {encoding}, which cannot hold every text. Make one"
                " with ENCODING 'UTF8' TEMPLATE template0."
            ]
        )
    if mark == MARK:
        return _known(name, connection.execute(_VERSION).scalar_one_or_none())
    if tables:
        raise Problems(
            [
                f"The {name} is the database of another program. Name another one in DATABASE_URL:"
                " CREATE DATABASE makes it."
            ]
        )
    return None


# Tables that an extension brought do not make it another program's.
_WHOSE = text("""
    SELECT current_setting('server_encoding'),
           obj_description(to_regclass('alembic_version'), 'pg_class'),
           (SELECT count(*) FROM pg_class
             WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
               AND relkind IN ('r', 'p', 'v', 'm', 'f')
               AND NOT EXISTS (SELECT FROM pg_depend
                                WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid
                                  AND deptype = 'e'))
""")
_VERSION = text("SELECT version_num FROM alembic_version")


def _known(name: str, revision: str | None) -> str:
    newest = migrations.REVISIONS[-1]
    if revision is None:
        raise Problems([f"The {name} is damaged: it has lost its version. Restore a backup."])
    if revision not in migrations.REVISIONS:
        raise Problems(
            [
                f"The {name} was written by a newer version of this program (its schema is"
                f" {revision}, this version knows up to {newest}). Install the newer version"
                " again, or restore the backup that was made before."
            ]
        )
    return revision
