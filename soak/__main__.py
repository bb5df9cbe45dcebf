"""`python -m soak [PROMISE …]`: keep the promises of delivery at full size, and print a table.

A promise is given by its number. Exit status 1 if one was broken.
"""

import argparse
import logging
import random
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from soak import (
    claims,
    clock_changes,
    late_landings,
    late_reports,
    on_time,
    one_summary,
    outages,
    rate_limits,
    reminders,
)
from soak.databases import KINDS, empty_database
from soak.verdicts import HEAD, Verdict, line

Size = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """How a promise is tried: at ``full`` size, or ``short`` as the suite does."""

    promise: int
    run: Callable[..., Verdict]
    full: Size
    short: Size

    def take(self, kind: str, url: str, seed: int, *, short: bool) -> Verdict:
        """On that migrated database. In virtual time the same seed gives the same figures."""
        random.seed(seed)  # of the waits that the bot itself draws
        return self.run(kind, url, seed=seed, **(self.short if short else self.full))


MEASURES = (
    Measure(
        1,
        reminders.measure,
        {"messages": 10_000},
        {"messages": 20, "speed": 20, "workers": 2, "kills": 1, "stops": 1},
    ),
    Measure(2, claims.measure, {"claims": 100_000}, {"claims": 40, "workers": 2, "kills": 1}),
    Measure(3, late_landings.measure, {"cases": 5_000}, {"cases": 20}),
    Measure(6, one_summary.measure, {"periods": 2_000}, {"periods": 6}),
    Measure(7, late_reports.measure, {"spells": 500}, {"spells": 2}),
    Measure(7, late_reports.measure_killed, {"spells": 200}, {"spells": 2}),
    Measure(8, clock_changes.measure, {"lived": 150}, {"lived": 1, "zones": 3}),
    Measure(9, outages.measure, {"outages": 120}, {"outages": 1}),
    Measure(
        10,
        rate_limits.measure_paced,
        {"messages": 5_000},
        {"messages": 100, "spent": rate_limits.BURST},
    ),
    Measure(10, rate_limits.measure_unpaced, {"messages": 5_000}, {"messages": 100}),
    Measure(11, on_time.measure, {"authors": 1_000}, {"authors": 20}),
)


def main(arguments: list[str]) -> int:
    """Gives 1 if a promise was broken, else 0."""
    promises = sorted({one.promise for one in MEASURES})
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("promises", nargs="*", type=int, metavar="PROMISE", default=promises)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="small, in seconds")
    parser.add_argument("--database", choices=[*KINDS, "both"], default="both")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.promises) - set(promises))
    if unknown:
        parser.error(f"of {unknown} there is no soak; there are {promises}")

    kinds = KINDS if options.database == "both" else (options.database,)
    print(f"seed {options.seed}")
    print(HEAD)
    kept = True
    for one in MEASURES:
        for kind in kinds:
            if one.promise in options.promises:
                verdict = _taken(one, kind, options.seed, short=options.short)
                print(line(verdict), flush=True)
                kept &= verdict.kept
    return 0 if kept else 1


def _taken(measure: Measure, kind: str, seed: int, *, short: bool) -> Verdict:
    with empty_database(kind) as url:
        started = time.monotonic()
        verdict = measure.take(kind, url, seed, short=short)
        return replace(verdict, seconds=time.monotonic() - started)


if __name__ == "__main__":
    logging.disable()  # what goes wrong here is meant to
    sys.exit(main(sys.argv[1:]))
