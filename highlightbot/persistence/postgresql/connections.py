"""PostgreSQL as this program uses it: one pool, short transactions, locks on single rows."""

import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from highlightbot.core.errors import StorageFailure
from highlightbot.persistence.postgresql.addresses import address_of, name_of
from highlightbot.persistence.postgresql.failures import sentence_of

POOL_SIZE = 5
MOST_CONNECTIONS = 15
"""Of one process: what its threads can use at once."""

_POOL_SECONDS = 0.5
_CONNECT_SECONDS = 2  # psycopg takes less for 2
_LOST_MILLISECONDS = 2_000
_SILENT_SECONDS = 5  # then a network that swallows packets is found out, too, in another 2
_SESSION = {
    "timezone": "UTC",
    # Slack waits 3 s for an answer.
    "lock_timeout": "1s",
    "statement_timeout": "2s",
    # A process that was stopped in the middle must not hold its locks.
    "idle_in_transaction_session_timeout": "10s",
}


def connect(url: str) -> "PostgresConnections":
    """See `backends.Backend`."""
    return PostgresConnections(address_of(url))


class PostgresConnections:
    """See `backends.Connections`."""

    def __init__(self, address: URL) -> None:
        self._name = name_of(address)
        self._engine = engine_for(
            address,
            _SESSION,
            pool_size=POOL_SIZE,
            max_overflow=MOST_CONNECTIONS - POOL_SIZE,
            pool_timeout=_POOL_SECONDS,
            isolation_level="READ COMMITTED",
        )
        event.listen(self._engine.pool, "checkout", _refuse_if_lost)
        # psycopg says both in its BEGIN, so that they cost no question of their own.
        self._reading_engine = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """See `backends.Connections`."""
        return _ERRORS

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See `backends.Connections`."""
        with self._reading_engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See `backends.Connections`."""
        with self._engine.begin() as connection:
            yield connection

    def failure(self, error: Exception) -> StorageFailure | None:
        """See `backends.Connections`."""
        if isinstance(error, PoolTimeout):
            return StorageFailure(f"The {self._name} is busy: no connection came free.")
        sentence = sentence_of(error)
        return None if sentence is None else StorageFailure(f"The {self._name} {sentence}.")

    def close(self) -> None:
        """See `backends.Connections`. Who is in a transaction keeps its connection until then."""
        self._engine.dispose()


_ERRORS = (psycopg.Error, DBAPIError, PoolTimeout)


def engine_for(address: URL, session: dict[str, str], **options: Any) -> Engine:
    """An engine whose connections have these parameters; what the address says goes before."""
    parameters: dict[str, Any] = {
        "connect_timeout": _CONNECT_SECONDS,
        "tcp_user_timeout": _LOST_MILLISECONDS,
        "keepalives_idle": _SILENT_SECONDS,
        "keepalives_interval": 1,
        "application_name": "highlightbot",
    }
    settings = " ".join(f"-c {name}={value}" for name, value in session.items())
    asked = address.query.get("options", "")
    return create_engine(
        address,
        hide_parameters=True,  # of a failed statement, which may hold what people write
        connect_args={
            **{name: value for name, value in parameters.items() if name not in address.query},
            "options": f"{settings} {asked}" if asked else settings,
        },
        **options,
    )


def _refuse_if_lost(connection: Any, *_: object) -> None:
    """Have the pool replace a connection that the server has closed since it was last used.

    A server says nothing to an idle connection but its end. To ask it, as `pool_pre_ping` does,
    takes as long as a statement, and twice too long if nobody answers.
    """
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if poll.poll(0):
        raise InvalidatePoolError("the server closed the connection")
