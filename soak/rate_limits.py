"""429 is respected: all that is due at once, against buckets at Slack's documented rates."""

import random
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from highlightbot.core.deliveries import MessageRef
from highlightbot.core.errors import RateLimited
from highlightbot.core.pacing import UNPACED, Pace
from highlightbot.persistence import open_database
from highlightbot.playground.rate_limits import PER_WORKSPACE, RateLimits
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.slack.web_api import PACE
from soak.offices import LAST_DAY, set_up
from soak.verdicts import Verdict
from soak.virtual_time import settle
from tests.fakes.clock import FakeClock
from tests.fakes.unsteady_slack import Fate, UnsteadySlack

MOST = 1.2
_AREAS = 10
_AT_FIRST = 5
_SENDERS = 4
BURST = int(PER_WORKSPACE.burst)


def measure_paced(kind: str, url: str, *, messages: int, seed: int, spent: int = 0) -> Verdict:
    """At the bot's own pace, which is Slack's; ``spent`` of the burst are gone already.

    A 429 has to be the exception: a few until the pace is found, then one in a hundred at most.
    """
    most = _AT_FIRST + messages // 100
    return _measure("10 429 is respected", PACE, kind, url, messages, seed, spent, most)


def measure_unpaced(kind: str, url: str, *, messages: int, seed: int) -> Verdict:
    """At no pace, so that Slack has to answer 429 again and again: others spent the burst."""
    promise = "10 429 is respected, unpaced"
    return _measure(promise, UNPACED, kind, url, messages, seed, BURST, messages)


def _measure(
    promise: str,
    pace: Pace,
    kind: str,
    url: str,
    messages: int,
    seed: int,
    spent: int,
    most_refusals: int,
) -> Verdict:
    chance = random.Random(seed)
    clock = FakeClock(LAST_DAY)

    def fate() -> Fate:
        clock.move_on(timedelta(seconds=chance.uniform(0.05, 0.15) / _SENDERS))
        return Fate.ARRIVES

    slack = _MeteredSlack(clock=clock, fate=fate, pace=pace)
    slack.spend(spent)
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        set_up(database, messages // _AREAS, _AREAS)
        settle(database, slack, clock, timedelta(hours=6))
    taken = (slack.last - LAST_DAY).total_seconds()
    # One burst, then a steady rate: every message goes to a channel of its own.
    least = (messages - (BURST - spent)) / (PER_WORKSPACE.a_minute / 60)
    complete = len(slack.arrivals) == len(slack.sent) == messages
    return Verdict(
        promise,
        kind,
        f"{len(slack.sent):,} of {messages:,} sent",
        f"{slack.refusals} × 429, {slack.trespasses} inside it, {taken / least:.2f} × the least",
        kept=complete
        and slack.trespasses == 0
        and slack.refusals <= most_refusals
        and taken <= MOST * least,
    )


@dataclass
class _MeteredSlack(UnsteadySlack):
    """Takes what its buckets allow. ``last`` is when the newest message arrived."""

    refusals: int = 0
    last: datetime = LAST_DAY
    _limits: RateLimits = field(init=False)

    def __post_init__(self) -> None:
        self._limits = RateLimits(lambda: (self.clock.now() - LAST_DAY).total_seconds())

    def spend(self, calls: int) -> None:
        """Calls that others of the workspace's apps have made."""
        for number in range(calls):
            self._limits.take("chat.postMessage", {"channel": f"other {number}"})

    def _accept(self, conversation: str, what: str, key: str) -> MessageRef:
        wait = self._limits.take("chat.postMessage", {"channel": conversation})
        if wait:
            self.trespasses += self.clock.now() < self._closed_until
            self.refusals += 1
            self._closed_until = self.clock.now() + timedelta(seconds=wait)
            raise RateLimited(wait)
        ref = super()._accept(conversation, what, key)
        self.last = self.clock.now()
        return ref
