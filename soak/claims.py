"""Claims are exclusive: several processes on one ledger, killed and stopped as they work.

`python -m soak.claims URL LOG SEED` is one of them: it claims, now and then holds a row for
longer than its lease, finishes, and writes down what it did.
"""

import math
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from highlightbot.core.deliveries import Delivery, DeliveryStatus
from highlightbot.core.errors import StorageFailure
from highlightbot.persistence import open_database
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.ports import Database
from soak.ledger import fill_ledger, statuses
from soak.processes import Crew
from soak.verdicts import Verdict

LEASE = timedelta(seconds=0.5)
_TIMEOUT = 1800.0


def measure(
    kind: str, url: str, *, claims: int, seed: int, workers: int = 4, kills: int = 20
) -> Verdict:
    """Have every row claimed and finished by processes that die and stand still meanwhile."""
    chance = random.Random(seed)
    fill_ledger(url, claims)
    with tempfile.TemporaryDirectory() as name:
        crew = Crew(["-m", "soak.claims", url, name, str(seed)], workers)
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
    """What processes wrote down about a row: tokens, and seconds since the epoch."""

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
        while not crew.is_done():
            if time.monotonic() > deadline:
                raise AssertionError(f"not done after {_TIMEOUT:.0f} s")
            time.sleep(chance.uniform(0.2, 0.6))
            crew.resume()
            if crew.kills < kills:
                crew.kill_one(chance)
            if crew.stops < kills // 2:
                crew.stop_one(chance, chance.uniform(0.5, 2) * LEASE.total_seconds())
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


def _work(url: str, directory: str, seed: str) -> None:
    chance = random.Random(f"{seed} {os.getpid()}")
    log = os.open(Path(directory) / f"{os.getpid()}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        while True:
            try:
                if not _claim_one(database, log, chance) and not set(statuses(url)) - {"sent"}:
                    return
            except StorageFailure:
                continue  # busy: another process writes


def _claim_one(database: Database, log: int, chance: random.Random) -> bool:
    """Claim a row and finish it; False if none is due."""
    now = datetime.now(UTC)
    with database.writing() as unit:
        delivery = unit.deliveries.claim(now, LEASE)
    if delivery is None:
        time.sleep(LEASE.total_seconds() / 5)
        return False
    _write(log, "claimed", delivery, now)
    if chance.random() < 0.002:
        time.sleep(LEASE.total_seconds() * chance.uniform(0.5, 1.5))
    at = datetime.now(UTC)
    with database.writing() as unit:
        finished = unit.deliveries.finish(delivery, DeliveryStatus.SENT, at)
    if finished:
        _write(log, "finished", delivery, at)
    return True


def _write(log: int, word: str, delivery: Delivery, at: datetime) -> None:
    # One write reaches the file whole, and stays in it when the process is killed.
    os.write(log, f"{word} {delivery.id} {delivery.token} {at.timestamp():.6f}\n".encode())


if __name__ == "__main__":
    _work(*sys.argv[1:])
