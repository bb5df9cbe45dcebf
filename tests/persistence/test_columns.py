from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, create_engine, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from highlightbot.persistence.columns import ExactText, UtcInstant

INSTANT = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)


def stored_and_read(value: datetime | None) -> datetime | None:
    table = Table("instants", MetaData(), Column("at", UtcInstant))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(insert(table).values(at=value))
        read = connection.scalar(select(table.c.at))
    engine.dispose()
    return read


@pytest.mark.parametrize("value", [INSTANT, None])
def test_instant_is_read_back_in_utc(value: datetime | None) -> None:
    read = stored_and_read(value)
    assert read == value
    assert read is None or read.tzinfo is UTC


def test_instant_of_another_zone_is_stored_in_utc() -> None:
    read = stored_and_read(INSTANT.astimezone(timezone(timedelta(hours=5, minutes=45))))
    assert read == INSTANT
    assert read is not None
    assert read.utcoffset() == timedelta()


def test_naive_instant_is_refused() -> None:
    with pytest.raises(StatementError, match="needs a time zone"):
        stored_and_read(INSTANT.replace(tzinfo=None))


@given(st.text(st.characters(exclude_categories=())))
def test_text_is_storable_and_read_back_exactly(text: str) -> None:
    column, dialect = ExactText(), sqlite.dialect()
    stored = column.process_bind_param(text, dialect)
    assert stored is not None
    assert b"\x00" not in stored.encode()
    assert column.process_result_value(stored, dialect) == text


def test_ordinary_text_is_stored_as_it_is() -> None:
    assert ExactText().process_bind_param("Größe – 🏛️", sqlite.dialect()) == "Größe – 🏛️"
