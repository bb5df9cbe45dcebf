"""On time: authors in many zones, no faults, and when each was first written to.

The permitted slot of a message is when it is due in its reader's working hours, or as much later
as the pace that Slack allows puts it behind those that are due at the same time.
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from highlightbot.core.deliveries import Lane, MessageRef
from highlightbot.core.periods import instant
from highlightbot.core.reminders import Reminder
from highlightbot.persistence import open_database
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.slack.web_api import PACE
from soak.offices import LAST_DAY, set_up
from soak.verdicts import Verdict
from soak.virtual_time import TICK, tick
from tests.fakes.clock import FakeClock
from tests.fakes.unsteady_slack import Fate, UnsteadySlack

WITHIN = timedelta(seconds=10)
_SENDERS = 4
_AREAS = 20
_LOOK = timedelta(seconds=20)


def measure(kind: str, url: str, *, authors: int, seed: int) -> Verdict:
    """Tick every 5 seconds around each zone's morning."""
    chance = random.Random(seed)
    zones = [ZoneInfo(chance.choice(_ZONES)) for _ in range(authors)]
    clock = FakeClock(LAST_DAY - timedelta(days=1))

    def fate() -> Fate:
        clock.move_on(timedelta(seconds=chance.uniform(0.1, 0.3)) / _SENDERS)
        return Fate.ARRIVES

    slack = _WatchedSlack(clock=clock, fate=fate, pace=PACE)
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        ids = set_up(database, authors // _AREAS, _AREAS, zone_of=zones.__getitem__)
        due = {author: _due(zone) for author, zone in zip(ids, zones, strict=True)}
        for at in sorted(set(due.values())):
            # The bell does not ring at the full minute.
            clock.instant = max(clock.now(), at - TICK * chance.uniform(0, 2))
            # As long as this morning's messages take, and beyond.
            end = at + _LOOK
            while clock.now() < end or len(slack.first) < sum(one <= at for one in due.values()):
                before = clock.now()
                if before > end + timedelta(hours=1):
                    break
                tick(database, slack, clock)
                clock.instant = max(clock.now(), before + TICK)
    waits = sorted(_waits(due, slack.first))
    p99 = waits[math.ceil(len(waits) * 0.99) - 1].total_seconds()
    return Verdict(
        "11 on time",
        kind,
        f"{len(slack.first):,} authors in {len(set(zones))} zones, {len(set(due.values()))} slots",
        f"p99 {p99:.1f} s after the slot, {waits[-1].total_seconds():.1f} s at most",
        kept=len(slack.first) == authors and timedelta(seconds=p99) <= WITHIN,
    )


_ZONES = sorted(
    {
        str(name)
        for name in available_timezones()
        if "/" in name and not name.startswith(("Etc/", "SystemV/"))
    }
)


def _due(zone: ZoneInfo) -> datetime:
    return instant(LAST_DAY.date(), time(9), zone)


def _waits(due: Mapping[str, datetime], first: Mapping[str, datetime]) -> Iterator[timedelta]:
    """How long after each slot its message went out; a day for one that did not."""
    rate = PACE.rates[Lane.POST]
    at_once: dict[datetime, list[datetime]] = defaultdict(list)
    for author, at in due.items():
        at_once[at].append(first.get(author, at + timedelta(days=1)))
    for at, sent in at_once.items():
        for place, sent_at in enumerate(sorted(sent)):
            yield sent_at - at - max(0, place + 1 - rate.burst) * rate.interval


@dataclass
class _WatchedSlack(UnsteadySlack):
    """``first`` is when each author was first written to."""

    first: dict[str, datetime] = field(default_factory=dict)

    def remind(self, to: Reminder, key: str) -> MessageRef:
        self.first.setdefault(to.person.external_id or "", self.clock.now())
        return super().remind(to, key)
