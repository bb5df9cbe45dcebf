"""`python -m benchmarks [NAME …] [--strict]`: measure, and print a table of ratios."""

import argparse
import os
import sys
from collections.abc import Callable

from benchmarks import claims, http_ack, in_process, listeners, pacing, quiet_tick, start_up
from benchmarks.measuring import Ratio, table

MEASURES: dict[str, Callable[[], list[Ratio]]] = {
    "http-ack": http_ack.measure,
    "in-process": in_process.measure,
    "listeners": listeners.measure,
    "start-up": start_up.measure,
    "claim-and-finish": claims.measure,
    "replicas": claims.measure_replicas,
    "pacing": pacing.measure,
    "quiet-tick": quiet_tick.measure,
}


def main(arguments: list[str]) -> int:
    """Gives 1 if a bar is missed and that was asked for, else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MEASURES)}")
    parser.add_argument("--strict", action="store_true", help="fail if a bar is missed")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in MEASURES]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(MEASURES)}")

    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores / 2:
        print(f"This machine is busy (load {load:.1f} on {cores} cores): expect noise.\n")
    ratios = [ratio for name in options.names or MEASURES for ratio in MEASURES[name]()]
    print(*table(ratios), sep="\n")
    return int(options.strict and not all(ratio.is_met for ratio in ratios))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
