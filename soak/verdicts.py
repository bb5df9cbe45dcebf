"""What became of a promise, or of a guard that was taken away, and the tables of all of them."""

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


def promise_line(verdict: Verdict) -> str:
    """A promise, the work that was done, the figure and whether it was kept."""
    return _PROMISE.format(
        verdict.promise,
        verdict.database,
        verdict.work,
        verdict.figure,
        f"{verdict.seconds:.0f} s",
        "kept" if verdict.kept else "BROKEN",
    )


def guard_line(guard: str, verdict: Verdict) -> str:
    """A guard, the promise that was tried without it, the figure and whether its loss shows."""
    return _GUARD.format(
        guard,
        verdict.promise,
        verdict.database,
        verdict.figure,
        f"{verdict.seconds:.0f} s",
        "MISSED" if verdict.kept else "found",
    )


_PROMISE = "{:<34}{:<12}{:<58}{:<46}{:>7}  {}"
PROMISES = _PROMISE.format("promise", "database", "work done", "figure", "took", "verdict")
_GUARD = "{:<52}{:<34}{:<12}{:<52}{:>7}  {}"
GUARDS = _GUARD.format("guard taken away", "promise", "database", "figure", "took", "verdict")
