"""One summary a period: replicas race for every one, and are killed at each step.

They come in each other's way between two commits. Where they can write at the same time, they
are for every other period threads, each with connections of its own.
"""

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from highlightbot.core.deliveries import MessageRef
from highlightbot.core.periods import Period
from highlightbot.persistence import SqlDatabase, open_database
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.ports import Database
from soak.offices import OPENS, collecting, set_up, submit
from soak.verdicts import Verdict
from soak.virtual_time import settle
from tests.fakes.clock import FakeClock
from tests.fakes.mortal_database import Mishap, MortalDatabase
from tests.fakes.unsteady_slack import Fate, Killed, UnsteadySlack

_SETTLED_WITHIN = timedelta(minutes=20)
_STEPS = 8
"""As many as a tick commits transactions for one summary, about."""

_BAD_FATES = (
    Fate.KILLED_AFTER,
    Fate.KILLED_AFTER,
    Fate.KILLED_BEFORE,
    Fate.KILLED_AFTER,
    Fate.LATE,
    Fate.LOST,
    Fate.ANSWER_LOST,
    Fate.LIMITED,
)

_MISHAPS = (None, *Mishap, Mishap.STOPPED_AFTER_COMMIT, Mishap.STOPPED_AFTER_COMMIT)


def measure(kind: str, url: str, *, periods: int, seed: int, replicas: int = 4) -> Verdict:
    """Count what stands in the channel of every period after its cut-off."""
    with ExitStack() as opened:
        databases = [
            opened.enter_context(closing(open_database(url, calendar_for=calendar_of)))
            for _ in range(replicas)
        ]
        race = _Race(databases, random.Random(seed), together=kind == "postgresql")
        with race:
            set_up(databases[0], 1, 1)
            posted = [race.run() for _ in range(periods)]
    pointless = len(race.slack.pointless)
    wrong = sum(count != 1 for count in posted)
    return Verdict(
        "6 one summary a period",
        kind,
        f"{periods:,} periods, {replicas} replicas, {race.killed:,} kills",
        f"{wrong} periods without exactly 1 post, {pointless} reminded",
        kept=wrong == 0 and pointless == 0,
    )


class _Race:
    """``together``: in threads."""

    def __init__(
        self, databases: Sequence[SqlDatabase], chance: random.Random, *, together: bool
    ) -> None:
        self.killed = 0
        self._databases = databases
        self._chance = chance
        self._threads = ThreadPoolExecutor(len(databases)) if together else None
        self._clock = FakeClock(OPENS)
        self._fates: list[Fate] = []
        # Every report comes in before it is due, so that nobody is to be reminded.
        self.slack = _SharedSlack(clock=self._clock, fate=self._fate, is_submitted=lambda _: True)

    def __enter__(self) -> "_Race":
        return self

    def __exit__(self, *exception: object) -> None:
        if self._threads is not None:
            self._threads.shutdown()

    def run(self) -> int:
        """Let the next period come to its cut-off; gives how many summaries stand for it."""
        period = self._prepare()
        self._fates = [self._chance.choice(_BAD_FATES)] if self._chance.random() < 0.8 else []
        if self._threads is None or period.id % 2:
            self._interleaved()
        else:
            tasks = [self._threads.submit(self._tick, self._mortal(one)) for one in self._databases]
            wait(tasks)
            for task in tasks:
                task.result()
        self._fates = []
        if not settle(self._databases[-1], self.slack, self._clock, _SETTLED_WITHIN):
            return 0
        arrivals = self.slack.arrivals
        # The thread is the summary's text: it has to be there once too.
        counts = {arrivals[f"summary:{period.id}:1:{part}"] for part in (0, 1)}
        return counts.pop() if len(counts) == 1 else 0

    def _prepare(self) -> Period:
        database, now = self._databases[0], self._clock.now()
        period = collecting(database, now)
        with database.reading() as unit:
            (report,) = unit.reports.of_period(period.id)
        before = period.due_at - timedelta(hours=1)
        submit(database, report, "U0A0", f"Text of {period.id}", before)
        self._clock.instant = before
        self._tick(database)
        self._clock.instant = period.due_at
        return period

    def _interleaved(self) -> None:
        first, *others = self._databases

        def meanwhile() -> None:
            # Stopped for a moment, or for as long as it takes to miss it and send in its stead.
            for _ in range(self._chance.choice([1, 4])):
                self._clock.move_on(timedelta(seconds=self._chance.choice([0, 30, 61, 130])))
                for other in others:
                    self._tick(other)

        self._tick(self._mortal(first, meanwhile))
        for other in others:
            self._tick(self._mortal(other))

    def _mortal(self, database: Database, meanwhile: Callable[[], None] = lambda: None) -> Database:
        """With something happening to it at a step that is drawn, in most cases."""
        step, mishap = self._chance.randrange(_STEPS), self._chance.choice(_MISHAPS)
        steps = iter(range(_STEPS))
        return MortalDatabase(
            database, lambda: mishap if next(steps, None) == step else None, meanwhile
        )

    def _tick(self, database: Database) -> None:
        try:
            do_what_is_due(database, self.slack, self._clock)
        except Killed:
            self.killed += 1

    def _fate(self) -> Fate:
        with suppress(IndexError):
            return self._fates.pop()
        return Fate.ARRIVES


@dataclass
class _SharedSlack(UnsteadySlack):
    """For several threads."""

    _lock: threading.RLock = field(default_factory=threading.RLock)

    def find(self, key: str, since: datetime, **places: object) -> MessageRef | None:
        with self._lock:
            return super().find(key, since, **places)

    def _accept(self, conversation: str, what: str, key: str) -> MessageRef:
        with self._lock:
            return super()._accept(conversation, what, key)
