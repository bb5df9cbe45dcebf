"""Claims are exclusive: several processes on one ledger, killed and stopped as they work.

`python -m soak.claims URL LOG SEED STARTED HELD` is one of them: it claims, holds that share of
the rows for longer than a claim may last, finishes, and writes down what it did. The clock of
all of them runs 60 times as fast as others, so that a lease is a second.
"""

import logging
import math
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from highlightbot.core.deliveries import LEASE, Delivery, DeliveryStatus
from highlightbot.core.errors import StorageFailure
from highlightbot.persistence import open_database
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.deliver import free_stale
from highlightbot.workflows.ports import Database
from soak.guards import take_away_inherited
from soak.ledger import fill_ledger, statuses
from soak.offices import LAST_DAY
from soak.processes import Crew
from soak.quick_clock import QuickClock
from soak.verdicts import Verdict

_SPEED = 60
_LEASE = LEASE.total_seconds() / _SPEED
_HOLD = 3 * _LEASE
"""Its lease and its grace run out, and another holds the row by then."""

_TIMEOUT = 1800.0


def measure(
    kind: str,
    url: str,
    *,
    claims: int,
    seed: int,
    workers: int = 4,
    kills: int = 20,
    holds: int = 200,
    rate: int = 150,
) -> Verdict:
    """Have every row claimed and finished by processes that die and stand still meanwhile.

    ``rate`` rows a second come due: slow enough that no queue forms, in which a row that was left
    would wait for all that were due before.
    """
    chance = random.Random(seed)
    fill_ledger(url, claims, LAST_DAY, timedelta(seconds=_SPEED / rate))
    with tempfile.TemporaryDirectory() as name:
        command = ["-m", "soak.claims", url, name]
        crew = Crew([*command, str(seed), str(time.time()), str(holds / claims)], workers)
        _run(crew, chance, kills)
        rows = _written(Path(name))
    overlaps = sum(row.overlaps for row in rows)
    left = {status: count for status, count in statuses(url).items() if status != "sent"}
    return Verdict(
        "2 claims are exclusive",
        kind,
        f"{sum(len(row.claims) for row in rows):,} claims, {workers} processes,"
        f" {crew.kills} kills, {crew.stops} stops",
        f"{overlaps} overlaps, {sum(left.values())} of {claims:,} rows left",
        kept=overlaps == 0 and not left and len(rows) == claims,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """What processes wrote down about a row: tokens, and when, in seconds."""

    claims: list[tuple[int, float]]
    finished: list[tuple[int, float]]

    @property
    def overlaps(self) -> int:
        """How often it was taken while another held it or after it was finished."""
        claims = sorted(self.claims)
        first_end = min(self.finished, default=(math.inf, math.inf))
        too_early = sum(
            token == before or at < since + LEASE.total_seconds() or before >= first_end[0]
            for (before, since), (token, at) in pairwise(claims)
        )
        return too_early + max(0, len(self.finished) - 1)


def _run(crew: Crew, chance: random.Random, kills: int) -> None:
    deadline = time.monotonic() + _TIMEOUT
    crew.start()
    try:
        while not crew.is_done() and time.monotonic() < deadline:
            time.sleep(chance.uniform(0.2, 0.6))
            crew.resume()
            if crew.kills < kills:
                crew.kill_one(chance)
            if crew.stops < kills // 2:
                crew.stop_one(chance, chance.uniform(0.5, 1) * _HOLD)
    finally:
        crew.end()


def _written(directory: Path) -> list[Row]:
    rows: dict[str, Row] = defaultdict(lambda: Row([], []))
    for path in directory.iterdir():
        for line in path.read_text().splitlines():
            word, row, token, at = line.split()
            told = rows[row].claims if word == "claimed" else rows[row].finished
            told.append((int(token), float(at)))
    return list(rows.values())


def _work(url: str, directory: str, seed: str, started: str, held: str) -> None:
    logging.disable()  # what goes wrong here is meant to
    take_away_inherited()
    clock = QuickClock(float(started), _SPEED)
    chance = random.Random(f"{seed} {os.getpid()}")
    log = os.open(Path(directory) / f"{os.getpid()}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        while True:
            try:
                free_stale(database, clock.now())
                if _claim_one(database, clock, log, chance, float(held)):
                    continue
                with database.reading() as unit:
                    if not unit.ledger.backlog(clock.now()).unfinished:
                        return
            except StorageFailure:
                continue  # busy: another process writes
            time.sleep(_LEASE / 5)


def _claim_one(
    database: Database, clock: QuickClock, log: int, chance: random.Random, held: float
) -> bool:
    """Claim a row and finish it; False if none is due."""
    now = clock.now()
    with database.writing() as unit:
        delivery = unit.deliveries.claim(now, LEASE)
    if delivery is None:
        return False
    _write(log, "claimed", delivery, now.timestamp())
    # Who takes over is slow as well: then both hold it.
    if delivery.attempts == 2 or (delivery.attempts == 1 and chance.random() < held):
        time.sleep(_HOLD)
    at = clock.now()
    with database.writing() as unit:
        finished = unit.deliveries.finish(delivery, DeliveryStatus.SENT, at)
    if finished:
        _write(log, "finished", delivery, at.timestamp())
    return True


def _write(log: int, word: str, delivery: Delivery, at: float) -> None:
    # One write reaches the file whole, and stays in it when the process is killed.
    os.write(log, f"{word} {delivery.id} {delivery.token} {at:.6f}\n".encode())


if __name__ == "__main__":
    _work(*sys.argv[1:])
