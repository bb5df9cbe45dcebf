"""Runs of measures, each in a process of its own, as many side by side as there are cores."""

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from soak.guards import GUARDS, take_away
from soak.measures import MEASURES
from soak.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Run:
    """A measure by its name, on a kind of database; ``without`` the guard of that name."""

    measure: str
    kind: str
    seed: int
    short: bool = False
    without: str | None = None

    @property
    def promise(self) -> int:
        """The number of what it tries."""
        return MEASURES[self.measure].promise


def promise_runs(kinds: Iterable[str], seed: int, *, short: bool) -> list[Run]:
    """Every measure on every kind of database."""
    kinds = list(kinds)
    return [Run(name, kind, seed, short) for name in MEASURES for kind in kinds]


def guard_runs(kinds: Iterable[str], seed: int) -> list[Run]:
    """Every guard taken away on every kind of database on which that can be seen."""
    kinds = list(kinds)
    return [
        Run(guard.found_by, kind, seed, without=guard.name)
        for guard in GUARDS
        for kind in kinds
        if guard.found_by is not None and kind in guard.databases
    ]


def take(run: Run) -> Verdict:
    """What became of it, in this process, which is of no use for another run after that."""
    logging.disable()  # what goes wrong here is meant to
    measure = MEASURES[run.measure]
    if run.without is None:
        return measure.take_anew(run.kind, run.seed, measure.short if run.short else measure.full)
    take_away(run.without)
    (guard,) = (guard for guard in GUARDS if guard.name == run.without)
    return measure.take_anew(run.kind, run.seed, guard.size)


Taken = Callable[[Iterable[Run]], Iterator[Verdict]]


def side_by_side(runs: Iterable[Run]) -> Iterator[Verdict]:
    """The verdicts in the order of the runs, each as soon as those before it are there."""
    with ProcessPoolExecutor(
        os.cpu_count(), multiprocessing.get_context("spawn"), max_tasks_per_child=1
    ) as processes:
        yield from processes.map(take, runs)
