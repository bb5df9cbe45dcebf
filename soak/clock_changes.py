"""Clock changes: every zone's, 2020 to 2035, and a machine's clock that is set meanwhile.

Every local time around every change is compared with a list of what the zone's clocks show from
minute to minute. Some of the changes are lived through: a programme whose cut-off and reminders
come at the time that is skipped or comes twice, on a clock that is stepped in the
middle of ticks, and after a process was killed.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from highlightbot.core.cadences import Cadence
from highlightbot.core.deliveries import GRACE, DeliveryStatus
from highlightbot.core.pacing import LONGEST_CLOSURE
from highlightbot.core.periods import CutOff, Period, instant
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import (
    ReminderPlan,
    ReminderTime,
    WorkingHours,
)
from highlightbot.core.stages import Stage, stages
from highlightbot.persistence import SqlDatabase, open_database
from highlightbot.persistence.backends import backend_of
from highlightbot.persistence.tables import metadata
from highlightbot.scheduling.holidays import calendar_of
from soak.offices import set_up
from soak.verdicts import Verdict
from soak.virtual_time import tick
from tests.fakes.clock import FakeClock
from tests.fakes.mortal_database import Mishap, MortalDatabase
from tests.fakes.unsteady_slack import Fate, Killed, UnsteadySlack

_FIRST, _LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
_SECOND, _MINUTE, _HOUR, _DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)
_LOOKED_AT = timedelta(hours=4)
"""On both sides of a change: what comes twice was first shown as long before as the clocks go back,
which in Antarctica/Casey is three hours."""
_EVERY = 15
_LIVED = timedelta(hours=50)
_CAUGHT_UP_WITHIN = timedelta(hours=3)
_WAITING = [status for status in DeliveryStatus if not status.is_final]


def measure(kind: str, url: str, *, lived: int, seed: int, zones: int | None = None) -> Verdict:
    """``lived`` changes, of all in ``zones`` zones (None: every one), go through the database."""
    chance = random.Random(seed)
    names = sorted(available_timezones())
    if zones is not None:
        names = chance.sample(names, zones)
    changes = [change for name in names for change in _changes(ZoneInfo(name))]
    times = wrong = 0
    for change in changes:
        for at, shown in _shown(change).items():
            times += 1
            wrong += instant(at.date(), at.time(), change.zone) != shown
    lives = [_Life(url, change, chance) for change in chance.choices(changes, k=lived)]
    failed = sum(life.live() for life in lives)
    due = sum(life.due for life in lives)
    return Verdict(
        "8 clock changes",
        kind,
        f"{len(names)} zones, {times:,} times; {lived} changes lived, {due:,} due",
        f"{wrong} instants wrong, {failed} not once, or stuck",
        kept=wrong == 0 and failed == 0 and due > 0,
    )


@dataclass(frozen=True, slots=True)
class _Change:
    """The first instant at which the zone's clocks show another offset than before."""

    zone: ZoneInfo
    at: datetime


def _changes(zone: ZoneInfo) -> Iterator[_Change]:
    day = _FIRST
    while day < _LAST:
        if _offset(day, zone) != _offset(day + _DAY, zone):
            early, late = day, day + _DAY
            while late - early > _SECOND:
                middle = (early + (late - early) / 2).replace(microsecond=0)
                if _offset(middle, zone) == _offset(day, zone):
                    early = middle
                else:
                    late = middle
            yield _Change(zone, late)
        day += _DAY


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _shown(change: _Change) -> dict[datetime, datetime]:
    """Local times around the change, and when the clocks first show each or, if never, pass it."""
    minutes = int(_LOOKED_AT / _MINUTE)
    first: dict[datetime, datetime] = {}
    for minute in range(-minutes, minutes + 1):
        at = change.at + minute * _MINUTE
        first.setdefault(at.astimezone(change.zone).replace(tzinfo=None), at)
    at, end = min(first), max(first)
    at += timedelta(minutes=-at.minute % _EVERY)
    times = {}
    while at <= end:
        times[at] = first.get(at, change.at)
        at += _EVERY * _MINUTE
    return times


class _Life:
    """A programme of two-day periods around a change. ``due`` counts what was to happen once."""

    def __init__(self, url: str, change: _Change, chance: random.Random) -> None:
        self.due = 0
        self._stuck = 0
        self._stepped = False
        self._url = url
        self._change = change
        self._chance = chance
        self._clock = FakeClock(change.at - _LIVED)
        self._slack = UnsteadySlack(clock=self._clock, fate=self._fate)

    def live(self) -> int:
        """Gives how much did not happen once."""
        _empty(self._url)
        with closing(open_database(self._url, calendar_for=calendar_of)) as database:
            set_up(
                database,
                1,
                1,
                zone_of=lambda _: self._change.zone,
                timetable=self._timetable(),
                now=self._clock.now(),
            )
            mortal = MortalDatabase(database, self._mishap, self._step_clock)
            while self._clock.now() < self._change.at + _LIVED:
                self._stepped = False
                try:
                    tick(mortal, self._slack, self._clock)
                except Killed:
                    self._step_clock()
                if not self._stepped:
                    self._stuck += self._count_stuck(database)
                self._clock.move_on(timedelta(minutes=self._chance.randint(5, 55)))
            # What was set back comes to its end by itself.
            for _ in range(10):
                tick(database, self._slack, self._clock)
                self._clock.move_on(_CAUGHT_UP_WITHIN / 10)
            return self._failures(database)

    def _count_stuck(self, database: SqlDatabase) -> int:
        """Rows that wait for somebody who is no more, or for longer than any wait is.

        There is one process, whose tick has just ended; it freed what was left and stranded.
        """
        with database.reading() as unit:
            rows = unit.ledger.rows(_WAITING, 100)
        latest = self._clock.now() + LONGEST_CLOSURE + GRACE
        return sum(
            row.status is DeliveryStatus.CLAIMED
            or (row.attempts > 0 and row.next_attempt_at > latest)
            for row in rows
        )

    def _timetable(self) -> Timetable:
        """All of it comes when the clocks change, or would show the time that they skip."""
        local = (self._change.at - _MINUTE).astimezone(self._change.zone)
        hit = (
            (local + self._chance.choice([0, 1, 16, 31, 61]) * _MINUTE).time().replace(tzinfo=None)
        )
        at = hit.replace(second=0, microsecond=0)
        return Timetable(
            Cadence(2, "days", local.date() - self._chance.randint(7, 8) * _DAY),
            CutOff(1, at, working=False),
            self._change.zone,
            ReminderPlan(
                ReminderTime(0, at), (), None, None, None, WorkingHours(time(0), time(23, 59))
            ),
        )

    def _fate(self) -> Fate:
        return self._chance.choice([Fate.ARRIVES, Fate.ARRIVES, Fate.ARRIVES, Fate.ANSWER_LOST])

    def _mishap(self) -> Mishap | None:
        if self._chance.random() < 0.9:
            return None
        return self._chance.choice([Mishap.STOPPED_AFTER_COMMIT, Mishap.KILLED_AFTER_COMMIT])

    def _step_clock(self) -> None:
        self._stepped = True
        self._clock.move_on(self._chance.choice([-_HOUR, _HOUR]))

    def _failures(self, database: SqlDatabase) -> int:
        begin, end = self._change.at - _LIVED, self._clock.now() - _CAUGHT_UP_WITHIN
        with database.reading() as unit:
            (programme,) = unit.programmes.all()
            periods = unit.periods.opened(programme.id)
            told = {period.id: unit.reminders.told(period.id) for period in periods}
            rows = unit.ledger.rows(list(DeliveryStatus), 1000)
        timetable = programme.timetable
        assert timetable is not None
        failures = self._stuck
        failures += sum(not row.status.is_final and row.next_attempt_at < end for row in rows)
        failures += sum(count > 1 for count in self._slack.arrivals.values())
        failures += sum(count > 1 for count in self._slack.reminded.values())
        failures += not _are_without_gap(periods)
        for period in periods:
            if begin < period.due_at < end:
                self.due += 1
                failures += self._slack.arrivals[f"summary:{period.id}:1:0"] != 1
            plan = stages(timetable.reminders, period, self._change.zone, timetable.calendar)
            for stage in plan:
                if begin < stage.since < end and self._is_sure(stage, timetable):
                    self.due += 1
                    marks = [mark for _, _, mark in told[period.id]]
                    failures += marks.count(stage.mark) != 1
        return failures

    def _is_sure(self, stage: Stage, timetable: Timetable) -> bool:
        """Whether it can be told for so long that a clock set by hours comes through it."""
        hours, zone = timetable.reminders.hours, self._change.zone
        since = hours.next_moment(stage.since, zone, timetable.calendar)
        until = since + 2 * _CAUGHT_UP_WITHIN
        at = since
        while at < until:  # a day ends a minute before the next one begins
            if hours.next_moment(at, zone, timetable.calendar) > at + _MINUTE:
                return False
            at += _HOUR
        return until <= stage.until


def _are_without_gap(periods: Sequence[Period]) -> bool:
    numbers = [period.number for period in periods]
    first = numbers[-1]
    return first is not None and numbers == list(range(first + len(numbers) - 1, first - 1, -1))


def _empty(url: str) -> None:
    with closing(backend_of(url).connect(url)) as connections, connections.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
