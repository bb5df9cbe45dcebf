"""5,000 reminders due at once, against the least time that the documented rates allow."""

import tempfile
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.ledger import database_with
from benchmarks.measuring import Ratio
from highlightbot.core.deliveries import MessageRef
from highlightbot.core.errors import RateLimited
from highlightbot.core.reminders import Reminder
from highlightbot.persistence import SqlDatabase
from highlightbot.playground.rate_limits import PER_WORKSPACE, RateLimits
from highlightbot.slack.web_api import PACE, TIMEOUT
from highlightbot.workflows.deliver import deliver_next, next_chance
from highlightbot.workflows.remind_authors import remind_authors
from soak.offices import LAST_DAY
from tests.fakes.messenger import FakeMessenger

REMINDERS = 5000
AREAS = 10
_LATENCY = timedelta(seconds=0.1)


def measure(reminders: int = REMINDERS) -> list[Ratio]:
    """Seconds until the last was accepted; those in which nothing is done are skipped."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name)}/ledger.db"
        programmes = reminders // AREAS
        with closing(database_with(url, programmes=programmes, areas=AREAS)) as database:
            remind_authors(database, LAST_DAY)
            clock = _Clock()
            slack = _Slack(clock)
            _send(database, slack, clock, reminders)
    if slack.too_soon or len(slack.accepted) != reminders or len(set(slack.accepted)) != reminders:
        raise AssertionError(
            f"{len(slack.accepted)} of {reminders} were accepted, {slack.too_soon} calls came"
            " before a Retry-After had passed"
        )
    told = f"{reminders:,} reminders / the rates' least ({slack.refused} × 429)"
    return [Ratio(told, clock.seconds(), _least_seconds(reminders), "s", bar=1.2)]


def _send(database: SqlDatabase, slack: "_Slack", clock: "_Clock", reminders: int) -> None:
    while len(slack.accepted) < reminders:
        if not deliver_next(database, slack, clock):
            chance = next_chance(database, slack, clock.now())
            assert chance is not None
            clock.skip(chance - clock.now())


def _least_seconds(reminders: int) -> float:
    """One burst, then a steady rate; every reminder goes to a channel of its own."""
    steady = (reminders - PER_WORKSPACE.burst) / (PER_WORKSPACE.a_minute / 60)
    return steady + _LATENCY.total_seconds()


class _Clock:
    """Runs with the machine's, and skips what is only waited for."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._skipped = timedelta()

    def now(self) -> datetime:
        return LAST_DAY + timedelta(seconds=time.monotonic() - self._started) + self._skipped

    def skip(self, span: timedelta) -> None:
        self._skipped += max(span, timedelta())

    def seconds(self) -> float:
        return (self.now() - LAST_DAY).total_seconds()


class _Slack(FakeMessenger):
    """Accepts what the playground's token buckets allow, a tenth of a second later."""

    def __init__(self, clock: _Clock) -> None:
        super().__init__(pace=PACE, timeout=timedelta(seconds=TIMEOUT))
        self.accepted: list[str] = []
        self.refused = 0
        self.too_soon = 0
        self._clock = clock
        self._limits = RateLimits(clock.seconds)
        self._closed_until = 0.0

    def remind(self, to: Reminder, key: str) -> MessageRef:
        channel = to.person.external_id or ""
        self.too_soon += self._clock.seconds() < self._closed_until
        wait = self._limits.take("chat.postMessage", {"channel": channel})
        self._clock.skip(_LATENCY)
        if wait:
            self.refused += 1
            self._closed_until = self._clock.seconds() + wait
            raise RateLimited(wait)
        self.accepted.append(key)
        return MessageRef(channel, f"{self._clock.seconds():.6f}")
