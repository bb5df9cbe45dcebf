"""A late landing cannot duplicate: posts that arrive up to 45 s after the sender gave up."""

import random
from contextlib import closing
from datetime import timedelta

from highlightbot.persistence import open_database
from highlightbot.scheduling.holidays import calendar_of
from soak.offices import LAST_DAY, set_up
from soak.verdicts import Verdict
from soak.virtual_time import settle
from tests.fakes.clock import FakeClock
from tests.fakes.unsteady_slack import LONGEST_LATENESS, Fate, UnsteadySlack

_LATE = 0.9
_AREAS = 10


def measure(kind: str, url: str, *, cases: int, seed: int) -> Verdict:
    """Have nine in ten of all posts land late, and count what stands there in the end."""
    chance = random.Random(seed)
    clock = FakeClock(LAST_DAY)
    late = 0

    def fate() -> Fate:
        nonlocal late
        clock.move_on(timedelta(seconds=chance.uniform(0, 0.3)))
        if chance.random() >= _LATE:
            return Fate.ARRIVES
        late += 1
        return Fate.LATE

    slack = UnsteadySlack(
        clock=clock, fate=fate, lateness=lambda: LONGEST_LATENESS * chance.uniform(0, 1)
    )
    messages = round(cases / _LATE / _AREAS + 1) * _AREAS
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        set_up(database, messages // _AREAS, _AREAS)
        settled = settle(database, slack, clock, timedelta(hours=6))
    doubled = sum(count - 1 for count in slack.arrivals.values())
    lost = messages - len(slack.arrivals)
    return Verdict(
        "3 late landings duplicate nothing",
        kind,
        f"{late:,} late landings in {messages:,} messages",
        f"{doubled} doubled, {lost} lost",
        kept=doubled == 0 and lost == 0 and settled,
    )
