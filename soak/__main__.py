"""`python -m soak [PROMISE …]`: keep the promises of delivery at full size, and print a table.

A promise is given by its number. With --guards each guard of sending is taken away instead, and
the measure that has to find it gone is taken at a size at which it does. Exit status 1 if a
promise was broken or the loss of a guard was missed.
"""

import argparse
import sys

from soak import verdicts
from soak.databases import KINDS
from soak.measures import MEASURES
from soak.runs import Taken, guard_runs, promise_runs, side_by_side


def main(arguments: list[str], taken: Taken = side_by_side) -> int:
    """Gives the exit status; ``taken`` says how runs become verdicts."""
    promises = sorted({measure.promise for measure in MEASURES.values()})
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument("promises", nargs="*", type=int, metavar="PROMISE", default=promises)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="small, in seconds")
    parser.add_argument("--guards", action="store_true", help="take each guard away")
    parser.add_argument("--database", choices=[*KINDS, "both"], default="both")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.promises) - set(promises))
    if unknown:
        parser.error(f"of {unknown} there is no soak; there are {promises}")

    kinds = KINDS if options.database == "both" else (options.database,)
    if options.guards:
        runs = guard_runs(kinds, options.seed)
    else:
        runs = promise_runs(kinds, options.seed, short=options.short)
    runs = [run for run in runs if run.promise in options.promises]
    print(f"seed {options.seed}")
    print(verdicts.GUARDS if options.guards else verdicts.PROMISES, flush=True)
    is_good = True
    for run, verdict in zip(runs, taken(runs), strict=True):
        if run.without is None:
            print(verdicts.promise_line(verdict), flush=True)
            is_good &= verdict.kept
        else:
            print(verdicts.guard_line(run.without, verdict), flush=True)
            is_good &= not verdict.kept
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
