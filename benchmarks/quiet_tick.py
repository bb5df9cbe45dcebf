"""The cost of a tick with nothing due, against the number of programmes and periods."""

import tempfile
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.ledger import database_with
from benchmarks.measuring import Ratio, in_turns, ratio_of
from highlightbot.persistence import SqlDatabase
from highlightbot.slack.web_api import PACE
from highlightbot.workflows.do_what_is_due import do_what_is_due
from soak.offices import OPENS
from tests.fakes.messenger import FakeMessenger

ROUNDS = 200
PROGRAMMES = 1000
PERIODS = 10_000
_WARM_UP = 5


def measure(
    rounds: int = ROUNDS, programmes: int = PROGRAMMES, periods: int = PERIODS
) -> list[Ratio]:
    """Milliseconds of a tick."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        with (
            closing(_quiet(directory, "one", 1)) as one,
            closing(_quiet(directory, "programmes", programmes)) as many,
            closing(_quiet(directory, "periods", 1)) as long,
        ):
            _add_past(long, periods)
            return [
                _compared(f"a tick with {programmes:,} programmes / with 1", many, one, rounds),
                _compared(f"a tick with {periods:,} periods / with 1", long, one, rounds),
            ]


def _compared(told: str, ours: SqlDatabase, theirs: SqlDatabase, rounds: int) -> Ratio:
    samples = in_turns(lambda: _tick(ours), lambda: _tick(theirs), rounds=rounds, warm_up=_WARM_UP)
    return ratio_of(told, *samples, bar=2.0)


def _tick(database: SqlDatabase) -> float:
    messenger = FakeMessenger(pace=PACE)
    started = time.perf_counter()
    do_what_is_due(database, messenger, _Standing(), senders=4)
    ended = time.perf_counter()
    assert messenger.calls == 0, "something was due"
    return (ended - started) * 1000


class _Standing:
    """A clock an hour after the period has opened, long before it ends."""

    def now(self) -> datetime:
        return OPENS + timedelta(hours=1)


def _quiet(directory: Path, name: str, programmes: int) -> SqlDatabase:
    return database_with(f"sqlite:///{directory / name}.db", programmes=programmes, areas=2)


def _add_past(database: SqlDatabase, periods: int) -> None:
    """Imported periods, a day each, before the one that runs."""
    with database.writing() as unit:
        (programme,) = unit.programmes.all()
        assert programme.template_id is not None
        for number in range(1, periods):
            day = date(2026, 11, 1) - timedelta(days=number)
            unit.periods.archived(
                programme, programme.template_id, day, day, datetime(2026, 11, 1, tzinfo=UTC)
            )
