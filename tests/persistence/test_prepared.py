from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    bindparam,
    create_engine,
    insert,
    select,
    update,
)

from highlightbot.persistence.columns import UtcInstant
from highlightbot.persistence.prepared import Prepared

TABLE = Table(
    "things", MetaData(), Column("id", Integer, primary_key=True), Column("at", UtcInstant)
)
ADD = Prepared(insert(TABLE).values(id=bindparam("id"), at=bindparam("at")).returning(TABLE.c.at))
LATER = Prepared(select(TABLE).where(TABLE.c.at > bindparam("than")).order_by(TABLE.c.id))
MOVE = Prepared(update(TABLE).where(TABLE.c.id > 1).values(at=bindparam("at")))
NINE, TEN = (datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (9, 10))


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        TABLE.create(connection)
        for number in (1, 2, 3):
            ADD.run(connection, {"id": number, "at": NINE})
        yield connection
    engine.dispose()


def test_rows_have_converted_values_by_name(connection: Connection) -> None:
    row = ADD.first(connection, {"id": 4, "at": TEN})
    assert row is not None
    assert row.at == TEN
    assert [(row.id, row.at) for row in LATER.all(connection, {"than": NINE})] == [(4, TEN)]


def test_nothing_found(connection: Connection) -> None:
    assert LATER.first(connection, {"than": TEN}) is None
    assert LATER.all(connection, {"than": TEN}) == []


def test_run_tells_how_many_rows_changed(connection: Connection) -> None:
    assert MOVE.run(connection, {"at": TEN}) == 2
    assert len(LATER.all(connection, {"than": NINE})) == 2


def test_value_that_is_missing_is_an_error(connection: Connection) -> None:
    with pytest.raises(KeyError, match="at"):
        ADD.run(connection, {"id": 5})
