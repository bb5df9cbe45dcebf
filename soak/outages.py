"""An outage is caught up: the bot down for a minute to three days, or Slack for six hours.

What is still valid is what the plan of reminders gives: a stage that began, and has not been
made pointless by the next one, at a moment at which somebody may be written to. Slack's six
hours are no reason to give anything up: it would be planned anew, but told as lost before.
"""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from highlightbot.core.deliveries import DeliveryStatus
from highlightbot.core.duties import duties, zone_of
from highlightbot.core.periods import Period, instant
from highlightbot.core.programmes import Programme
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reports import Report
from highlightbot.core.stages import Duty, Stage, stages
from highlightbot.persistence import open_database
from highlightbot.scheduling.holidays import calendar_of
from soak.offices import collecting
from soak.verdicts import Verdict
from soak.virtual_time import tick
from tests.fakes.clock import FakeClock
from tests.fakes.unsteady_slack import Fate, UnsteadySlack
from tests.workflows.office import LONDON, MONDAY, Office, set_up_office

_OF_THE_BOT = (
    timedelta(minutes=1),
    timedelta(minutes=20),
    timedelta(hours=2),
    timedelta(hours=9),
    timedelta(hours=24),
    timedelta(hours=48),
    timedelta(hours=72),
)
_OF_SLACK = timedelta(hours=6)
_DOWN = (Fate.LOST, Fate.ANSWER_LOST, Fate.REFUSED, Fate.LIMITED, Fate.LATE)
_CAUGHT_UP_WITHIN = timedelta(minutes=20)
"""The longest pause between two attempts, and what a lookup takes."""

_OFTEN, _SELDOM = timedelta(minutes=10), timedelta(hours=2)
_DUTY_OF = {ReminderKind.DEPUTY: Duty.DEPUTY, ReminderKind.COORDINATOR: Duty.COORDINATOR}


def measure(kind: str, url: str, *, outages: int, seed: int, of_slack: int = 4) -> Verdict:
    """One outage in each of so many periods; every fourth, or ``of_slack``, is Slack's."""
    chance = random.Random(seed)
    clock = FakeClock(MONDAY)
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        office = set_up_office(database)
        fortnights = _Fortnights(office, clock, chance)
        missed = sum(fortnights.run(number % of_slack == 0) for number in range(outages))
        slack = fortnights.slack
        with database.reading() as unit:
            given_up = len(unit.ledger.rows([DeliveryStatus.DEAD], most=outages))
    doubled = sum(count - 1 for count in slack.arrivals.values())
    doubled += sum(count - 1 for count in slack.reminded.values())
    return Verdict(
        "9 an outage is caught up",
        kind,
        f"{outages} outages of 1 min to 72 h, {fortnights.expected:,} things to say",
        f"{missed} of what is still valid not sent, {given_up} given up, {doubled} doubled",
        kept=missed == given_up == doubled == 0 and fortnights.expected > 0,
    )


@dataclass(frozen=True, slots=True)
class _Outage:
    since: datetime
    until: datetime
    of_slack: bool

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until


class _Fortnights:
    def __init__(self, office: Office, clock: FakeClock, chance: random.Random) -> None:
        self.expected = 0
        self._office = office
        self._clock = clock
        self._chance = chance
        self._outage = _Outage(MONDAY, MONDAY, of_slack=False)
        self.slack = UnsteadySlack(clock=clock, fate=self._fate)

    def run(self, of_slack: bool) -> int:
        """Live through the days around a cut-off; gives how much was not said."""
        period = collecting(self._office.database, self._clock.now())
        begin = instant(period.ends_on, time(7), LONDON)
        end = period.due_at + timedelta(days=5)
        self._outage = self._drawn(of_slack, period)
        self._clock.instant = begin
        while self._clock.now() < end:
            if self._outage.of_slack or not self._outage.holds(self._clock.now()):
                tick(self._office.database, self.slack, self._clock)
            self._clock.move_on(self._step())
        return self._missed(period, end)

    def _fate(self) -> Fate:
        self._clock.move_on(timedelta(seconds=0.1))
        if self._outage.of_slack and self._outage.holds(self._clock.now()):
            return self._chance.choice(_DOWN)
        return Fate.ARRIVES

    def _drawn(self, of_slack: bool, period: Period) -> _Outage:
        """One during which something would have been said."""
        lasts = _OF_SLACK if of_slack else self._chance.choice(_OF_THE_BOT)
        timetable = self._office.programme.timetable
        assert timetable is not None
        plan = stages(timetable.reminders, period, LONDON, timetable.calendar)
        moment = self._chance.choice([period.due_at, *(stage.since for stage in plan)])
        since = moment - lasts * self._chance.uniform(0, 1)
        return _Outage(since, since + lasts, of_slack)

    def _step(self) -> timedelta:
        """Often while there may be something to do; never past the end of an outage."""
        now = self._clock.now()
        working = now.weekday() < 5 and 7 <= now.hour < 18
        step = _OFTEN if working else _SELDOM - (now - now.replace(minute=0, second=0)) % _SELDOM
        to_its_end = self._outage.until - now
        return min(step, to_its_end) if to_its_end > timedelta() else step

    def _missed(self, period: Period, end: datetime) -> int:
        expected = set(self._valid(period, end))
        with self._office.database.reading() as unit:
            told = set(unit.reminders.told(period.id))
        self.expected += len(expected) + 1
        summary = self.slack.arrivals[f"summary:{period.id}:1:0"]
        return len(expected - told) + (summary != 1)

    def _valid(self, period: Period, end: datetime) -> Iterator[tuple[int, int, str]]:
        """Person, report and mark of all that there was a time to say."""
        programme = self._office.programme
        with self._office.database.reading() as unit:
            reports = unit.reports.of_period(period.id)
        for report in reports:
            yield from self._valid_of(programme, report, end)

    def _valid_of(
        self, programme: Programme, report: Report, end: datetime
    ) -> Iterator[tuple[int, int, str]]:
        timetable = programme.timetable
        assert timetable is not None
        for person, duty in duties(programme, report, end):
            zone = zone_of(person, programme)
            for stage in stages(timetable.reminders, report.period, zone, timetable.calendar):
                of_duty = _DUTY_OF.get(stage.kind, Duty.AUTHOR) is duty
                if of_duty and self._could_be_said(stage, end):
                    yield person.id, report.id, stage.mark

    def _could_be_said(self, stage: Stage, end: datetime) -> bool:
        """Whether it was valid in working hours, without outage, for long enough."""
        at, last, free = stage.since, min(stage.until, end), timedelta()
        step = timedelta(minutes=5)
        while at < last:
            local = at.astimezone(LONDON)
            permitted = local.weekday() < 5 and time(9) <= local.time() < time(17)
            free = free + step if permitted and not self._outage.holds(at) else timedelta()
            if free > _CAUGHT_UP_WITHIN:
                return True
            at += step
        return False
