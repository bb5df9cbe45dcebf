"""Two sides measured in turns, and what comes of it as a ratio with its bar."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

Sample = TypeVar("Sample")
_MOST_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Ratio:
    """Medians of both sides in ``unit``; ours may be at most ``bar`` times theirs."""

    measure: str
    ours: float
    theirs: float
    unit: str
    bar: float

    @property
    def value(self) -> float:
        """How many times theirs ours is."""
        return self.ours / self.theirs

    @property
    def is_met(self) -> bool:
        """Whether it stays within its bar."""
        return self.value <= self.bar


def ratio_of(
    measure: str, ours: Iterable[float], theirs: Iterable[float], *, bar: float, unit: str = "ms"
) -> Ratio:
    """The ratio of the medians."""
    return Ratio(measure, median(ours), median(theirs), unit, bar)


def in_turns(
    ours: Callable[[], Sample],
    theirs: Callable[[], Sample],
    *,
    rounds: int,
    warm_up: int,
    in_a_row: int = 1,
) -> tuple[list[Sample], list[Sample]]:
    """What each side gave in ``rounds`` rounds, after ``warm_up`` that do not count.

    In a round each side is asked ``in_a_row`` times before the other has its turn.

    On a slow machine there are fewer rounds: none begins after 20 seconds.
    Who goes first changes from round to round: neither side always follows the other's work,
    and whatever slows the machine down meets both. The garbage collector stays on, as it is in
    production, but passes over what was there before.
    """
    with old_garbage_kept():
        return turns(ours, theirs, rounds=rounds, warm_up=warm_up, in_a_row=in_a_row)


@contextmanager
def old_garbage_kept() -> Iterator[None]:
    """The garbage collector passes over what was there before."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def turns(
    ours: Callable[[], Sample],
    theirs: Callable[[], Sample],
    *,
    rounds: int,
    warm_up: int,
    in_a_row: int = 1,
) -> tuple[list[Sample], list[Sample]]:
    """As `in_turns`, for several of them with `old_garbage_kept`."""
    for _ in range(warm_up):
        ours()
        theirs()
    samples_of_ours: list[Sample] = []
    samples_of_theirs: list[Sample] = []
    sides = [(samples_of_ours, ours), (samples_of_theirs, theirs)]
    deadline = time.monotonic() + _MOST_SECONDS
    for number in range(rounds):
        if number and time.monotonic() > deadline:
            break
        for samples, ask in reversed(sides) if number % 2 else sides:
            samples.extend(ask() for _ in range(in_a_row))
    return samples_of_ours, samples_of_theirs


def table(ratios: Iterable[Ratio]) -> Iterator[str]:
    """Lines with the measure, ours, theirs, the ratio, its bar and the verdict."""
    yield _ROW.format("measure", "ours", "theirs", "ratio", "bar", "verdict")
    for ratio in ratios:
        yield _ROW.format(
            ratio.measure,
            f"{ratio.ours:.2f} {ratio.unit}",
            f"{ratio.theirs:.2f} {ratio.unit}",
            f"{ratio.value:.2f}×",
            f"{ratio.bar:.2f}×",
            "met" if ratio.is_met else "MISSED",
        )


_ROW = "{:<52}{:>12}{:>12}{:>9}{:>9}  {}"
