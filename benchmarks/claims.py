"""Claiming and finishing a row through the stores, against the same two statements in raw SQL."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg

from benchmarks.ledger import database_with
from benchmarks.measuring import Ratio, in_turns, ratio_of
from benchmarks.servers import postgresql
from highlightbot.core.deliveries import (
    LEASE,
    DeliveryKind,
    DeliveryStatus,
    MessageRef,
    NewDelivery,
)
from highlightbot.persistence import SqlDatabase, open_database
from highlightbot.persistence.sqlite import sqlite_driver
from highlightbot.scheduling.holidays import calendar_of
from soak.offices import LAST_DAY

ROUNDS = 400
REPLICAS = (1, 2, 4)
_WARM_UP = 20
_PEOPLE = 200
_REST = timedelta(seconds=1)


def measure(
    rounds: int = ROUNDS,
    people: int = _PEOPLE,
    empty: Callable[[], AbstractContextManager[str]] = postgresql,
) -> list[Ratio]:
    """Milliseconds for a row, on SQLite and on PostgreSQL's ``empty`` databases."""
    return [_on_sqlite(rounds, people), _on_postgresql(rounds, people, empty)]


def measure_replicas(rows: int = 1200) -> list[Ratio]:
    """Milliseconds for a row with several replicas on PostgreSQL, against one."""
    with postgresql() as url, closing(database_with(url, programmes=2, areas=_PEOPLE)) as database:
        taken = {replicas: _all_claimed(database, url, replicas, rows) for replicas in REPLICAS}
    return [
        Ratio(f"a row with {replicas} replicas / with 1", taken[replicas], taken[1], "ms", bar=1.2)
        for replicas in REPLICAS[1:]
    ]


def _on_sqlite(rounds: int, people: int) -> Ratio:
    with (
        tempfile.TemporaryDirectory() as ours_in,
        tempfile.TemporaryDirectory() as theirs_in,
        closing(_filled(f"sqlite:///{Path(ours_in)}/ledger.db", rounds, people)) as database,
    ):
        file = Path(theirs_in) / "ledger.db"
        _filled(f"sqlite:///{file}", rounds, people).close()
        with closing(sqlite_driver().connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            ours, theirs = _compared(database, _in_sqlite(connection), rounds)
    return ratio_of("claim and finish / raw SQL, SQLite", ours, theirs, bar=1 / 0.7)


def _on_postgresql(
    rounds: int, people: int, empty: Callable[[], AbstractContextManager[str]]
) -> Ratio:
    with (
        empty() as our_url,
        empty() as their_url,
        closing(_filled(our_url, rounds, people)) as database,
    ):
        _filled(their_url, rounds, people).close()
        with closing(psycopg.connect(their_url, autocommit=True)) as connection:
            ours, theirs = _compared(database, _in_postgresql(connection), rounds)
    return ratio_of("claim and finish / raw SQL, PostgreSQL", ours, theirs, bar=1 / 0.7)


def _compared(
    database: SqlDatabase, theirs: Callable[[], None], rounds: int
) -> tuple[list[float], list[float]]:
    seconds = count()

    def ours() -> None:
        now = LAST_DAY + timedelta(seconds=next(seconds))
        with database.writing() as unit:
            delivery = unit.deliveries.claim(now, LEASE, rest=_REST)
        assert delivery is not None
        with database.writing() as unit:
            held = unit.deliveries.finish(
                delivery, DeliveryStatus.SENT, now, ref=MessageRef("D0", "1.0")
            )
        assert held

    return in_turns(lambda: _timed(ours), lambda: _timed(theirs), rounds=rounds, warm_up=_WARM_UP)


def _timed(work: Callable[[], None]) -> float:
    """In milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _filled(url: str, rounds: int, people: int) -> SqlDatabase:
    """A ledger with one row a round, to so many people in turn."""
    database = database_with(url, programmes=1, areas=people)
    _fill(database, rounds + _WARM_UP)
    return database


def _fill(database: SqlDatabase, rows: int, name: str = "row") -> None:
    with database.writing() as unit:
        (programme,) = unit.programmes.all()[:1]
        (period,) = unit.periods.opened(programme.id)
        leads = [area.leads[0].id for area in programme.areas]
        for number in range(rows):
            unit.deliveries.enqueue(
                NewDelivery(
                    f"{name} {number}",
                    DeliveryKind.REMINDER,
                    programme.id,
                    period.id,
                    not_before=LAST_DAY,
                    expires_at=period.closes_at,
                    person_id=leads[number % len(leads)],
                ),
                LAST_DAY,
            )


def _in_sqlite(connection: Any) -> Callable[[], None]:
    now = _ticking(lambda at: at.strftime("%Y-%m-%d %H:%M:%S.%f"))

    def claim_and_finish() -> None:
        at, lease_end, rested = next(now)
        values = {"now": at, "lease_end": lease_end, "rested": rested}
        connection.execute("BEGIN IMMEDIATE")
        row = connection.execute(_CLAIM.format(lock="", true="1"), values).fetchone()
        connection.execute("COMMIT")
        values = {"now": at, "id": row[0], "token": row[1]}
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_FINISH, values)
        connection.execute("COMMIT")

    return claim_and_finish


def _in_postgresql(connection: "psycopg.Connection[Any]") -> Callable[[], None]:
    now = _ticking(lambda at: at)
    claim = _named(_CLAIM.format(lock="FOR UPDATE SKIP LOCKED", true="true"))
    finish = _named(_FINISH)

    def claim_and_finish() -> None:
        at, lease_end, rested = next(now)
        values = {"now": at, "lease_end": lease_end, "rested": rested}
        with connection.transaction():
            row = connection.execute(claim, values).fetchone()
        assert row is not None
        with connection.transaction():
            connection.execute(finish, {"now": at, "id": row[0], "token": row[1]})

    return claim_and_finish


def _ticking(written: Callable[[datetime], Any]) -> Iterator[tuple[Any, Any, Any]]:
    for second in count():
        now = LAST_DAY.astimezone(UTC) + timedelta(seconds=second)
        yield written(now), written(now + LEASE), written(now - _REST)


def _named(statement: str) -> Any:
    for name in ("now", "lease_end", "rested", "id", "token"):
        statement = statement.replace(f":{name}", f"%({name})s")
    return statement


_CLAIM = """
UPDATE deliveries SET status = 'claimed', was_unknown = was_unknown OR status <> 'pending',
    attempts = attempts + 1, token = token + 1, due_at = next_attempt_at,
    first_attempt_at = coalesce(first_attempt_at, :now), next_attempt_at = :lease_end
WHERE id = (
    SELECT id FROM deliveries
    WHERE finished_at IS NULL AND status <> 'claimed' AND next_attempt_at <= :now
    AND CASE WHEN status = 'unknown' THEN 'look' WHEN part = 0
        AND kind NOT IN ('undelivered', 'channel_lost')
        AND edition > CASE WHEN kind = 'summary' THEN 1 ELSE 0 END THEN 'change' ELSE 'post' END
        IN ('post', 'change', 'look')
    AND coalesce('person ' || person_id, 'programme ' || programme_id) NOT IN (
        SELECT coalesce('person ' || person_id, 'programme ' || programme_id) FROM deliveries
        WHERE status = 'claimed'
        UNION ALL
        SELECT coalesce('person ' || person_id, 'programme ' || programme_id) FROM deliveries
        WHERE status = 'sent' AND finished_at > :rested
    )
    ORDER BY next_attempt_at, id LIMIT 1 {lock}
)
RETURNING id, token, dedupe_key, kind, programme_id, period_id, person_id, edition, part, attempts,
    was_unknown, due_at, expires_at, first_attempt_at
"""
_FINISH = """
UPDATE deliveries SET status = 'sent', finished_at = :now, conversation = 'D0', message = '1.0',
    reason = '', was_unknown = FALSE WHERE id = :id AND token = :token AND status = 'claimed'
"""


def _all_claimed(database: SqlDatabase, url: str, replicas: int, rows: int) -> float:
    """Milliseconds a row until all are claimed and finished by so many, each with a pool."""
    _fill(database, rows, f"{replicas} replicas")
    done: list[int] = []

    def replica() -> None:
        with closing(open_database(url, calendar_for=calendar_of)) as own:
            while True:
                with own.writing() as unit:
                    delivery = unit.deliveries.claim(LAST_DAY, LEASE)
                if delivery is None:
                    if len(done) == rows:
                        return
                    continue
                with own.writing() as unit:
                    if unit.deliveries.finish(delivery, DeliveryStatus.SENT, LAST_DAY):
                        done.append(delivery.id)

    threads = [Thread(target=replica) for _ in range(replicas)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(done) != rows or len(set(done)) != rows:
        raise AssertionError(f"{len(done)} of {rows} were finished")
    return (time.perf_counter() - started) * 1000 / rows
