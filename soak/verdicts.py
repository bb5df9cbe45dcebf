"""What became of a promise, and the table of all of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """``work`` is what was done, ``figure`` what came of it; ``kept`` whether the promise was.

    ``seconds`` is how long it took.
    """

    promise: str
    database: str
    work: str
    figure: str
    kept: bool
    seconds: float = 0.0


def table(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Lines with the promise, the work that was done, the figure and the verdict."""
    yield HEAD
    yield from map(line, verdicts)


def line(verdict: Verdict) -> str:
    """One line of the table."""
    return _ROW.format(
        verdict.promise,
        verdict.database,
        verdict.work,
        verdict.figure,
        f"{verdict.seconds:.0f} s",
        "kept" if verdict.kept else "BROKEN",
    )


_ROW = "{:<34}{:<12}{:<58}{:<46}{:>7}  {}"
HEAD = _ROW.format("promise", "database", "work done", "figure", "took", "verdict")
