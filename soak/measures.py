"""The measures of the promises of delivery, and how large each is taken."""

import random
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
from soak.databases import empty_database
from soak.verdicts import Verdict

Size = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """How a promise is tried: at ``full`` size, or ``short`` as the suite does.

    ``durable`` where processes are killed that write to the database.
    """

    promise: int
    run: Callable[..., Verdict]
    full: Size
    short: Size
    durable: bool = False

    def take(self, kind: str, url: str, seed: int, size: Size) -> Verdict:
        """On that migrated database. In virtual time the same seed gives the same figures."""
        random.seed(seed)  # of the waits that the bot itself draws
        return self.run(kind, url, seed=seed, **size)

    def take_anew(self, kind: str, seed: int, size: Size) -> Verdict:
        """The same on a database of its own."""
        with empty_database(kind, durable=self.durable) as url:
            started = time.monotonic()
            verdict = self.take(kind, url, seed, size)
            return replace(verdict, seconds=time.monotonic() - started)


MEASURES = {
    "reminders": Measure(
        1,
        reminders.measure,
        {"messages": 10_000},
        {"messages": 20, "speed": 20, "workers": 2, "kills": 1, "stops": 1},
        durable=True,
    ),
    "claims": Measure(
        2,
        claims.measure,
        {"claims": 100_000},
        {"claims": 40, "workers": 2, "kills": 1, "holds": 1},
        durable=True,
    ),
    "late landings": Measure(3, late_landings.measure, {"cases": 5_000}, {"cases": 20}),
    "one summary": Measure(6, one_summary.measure, {"periods": 2_000}, {"periods": 6}),
    "late reports": Measure(7, late_reports.measure, {"spells": 500}, {"spells": 2}),
    "late reports, killed": Measure(7, late_reports.measure_killed, {"spells": 200}, {"spells": 2}),
    "clock changes": Measure(8, clock_changes.measure, {"lived": 150}, {"lived": 1, "zones": 3}),
    "outages": Measure(9, outages.measure, {"outages": 120}, {"outages": 1}),
    "paced": Measure(
        10,
        rate_limits.measure_paced,
        {"messages": 5_000},
        {"messages": 100, "spent": rate_limits.BURST},
    ),
    "unpaced": Measure(10, rate_limits.measure_unpaced, {"messages": 5_000}, {"messages": 100}),
    "on time": Measure(11, on_time.measure, {"authors": 1_000}, {"authors": 20}),
}
