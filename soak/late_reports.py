"""Late reports reach the summary: corrections that come in while its changes fail.

Reports come in between any two commits of a tick as well as between ticks. A change of the
posted summary may fail, be lost, or land late: then it must not hide a newer one. A period has so
many bad spells, and with them more editions than any in real life; then comes the next.
"""

import random
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from highlightbot.core.deliveries import GRACE, LEASE, MessageRef
from highlightbot.core.errors import OutcomeUnknown
from highlightbot.core.programmes import Programme
from highlightbot.core.reports import Report
from highlightbot.core.rich_text import RichText
from highlightbot.core.summaries import Edition
from highlightbot.persistence import SqlDatabase, open_database
from highlightbot.scheduling.holidays import calendar_of
from soak.offices import OPENS, collecting, set_up, submit
from soak.verdicts import Verdict
from soak.virtual_time import TICK, tick
from tests.fakes.clock import FakeClock
from tests.fakes.mortal_database import Mishap, MortalDatabase
from tests.fakes.unsteady_slack import LONGEST_LATENESS, Fate, Killed, UnsteadySlack

WITHIN = timedelta(seconds=60)
_AFTER_KILLS = LEASE + GRACE + TICK
_KILLS = (
    Fate.KILLED_BEFORE,
    Fate.KILLED_AFTER,
    Mishap.KILLED_BEFORE_COMMIT,
    Mishap.KILLED_AFTER_COMMIT,
)
_SPELLS_A_PERIOD = 20
_SPELL = timedelta(seconds=30)
_AREAS = 6
_SECOND = timedelta(seconds=1)
_QUIET = timedelta(minutes=5)
_AT_MOST = timedelta(minutes=10)


def measure(kind: str, url: str, *, spells: int, seed: int) -> Verdict:
    """So many bad spells in which reports come in; how long after each all of them show."""
    return _measure("7 late reports reach the summary", kind, url, spells, seed, WITHIN, ())


def measure_killed(kind: str, url: str, *, spells: int, seed: int) -> Verdict:
    """The same, and senders are killed: what they had in hand has a lease to run out first."""
    return _measure("7 late reports, senders killed", kind, url, spells, seed, _AFTER_KILLS, _KILLS)


def _measure(
    promise: str,
    kind: str,
    url: str,
    spells: int,
    seed: int,
    within: timedelta,
    kills: tuple[Fate | Mishap, ...],
) -> Verdict:
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        set_up(database, 1, _AREAS)
        channel = _Channel(database, random.Random(seed), kills)
        taken = []
        for number in range(spells):
            if number % _SPELLS_A_PERIOD == 0:
                channel.post()
            taken.append(channel.live_through_a_spell())
    late = sum(one > within for one in taken)
    return Verdict(
        promise,
        kind,
        f"{channel.number:,} late reports in {spells:,} bad spells",
        f"{late} later than {_seconds(within)} ({_seconds(max(taken))} at most),"
        f" {channel.stale} stale",
        kept=late == 0 and channel.stale == 0,
    )


def _seconds(span: timedelta) -> str:
    return f"{span.total_seconds():.0f} s"


class _Channel:
    """A summary a period. ``number`` counts the reports that came after their cut-off."""

    def __init__(
        self, database: SqlDatabase, chance: random.Random, kills: tuple[Fate | Mishap, ...]
    ) -> None:
        self.number = 0
        self.stale = 0
        self._database = database
        self._fates = [fate for fate in Fate if fate in kills or "KILLED" not in fate.name]
        self._mishaps = [one for one in Mishap if one in kills or "KILLED" not in one.name]
        self._chance = chance
        self._clock = FakeClock(OPENS)
        self._recovers_at = OPENS
        self._slack = _ChangingSlack(
            clock=self._clock,
            fate=self._fate,
            lateness=lambda: LONGEST_LATENESS * chance.uniform(0, 1),
        )
        self._period_id = 0
        self._texts: dict[str, str] = {}
        self._reports: list[Report] = []

    def post(self) -> None:
        """Come to the next cut-off."""
        period = collecting(self._database, self._clock.now())
        with self._database.reading() as unit:
            self._reports = unit.reports.of_period(period.id)
        self._period_id = period.id
        self._texts = {}
        self._clock.instant = period.due_at
        tick(self._database, self._slack, self._clock)

    def live_through_a_spell(self) -> timedelta:
        """Gives how long after it everything that came in is shown."""
        self._clock.move_on(_QUIET)
        self._recovers_at = self._clock.now() + _SPELL * self._chance.uniform(0.2, 1)
        while self._clock.now() < self._recovers_at:
            if self._chance.random() < 0.2:
                self._submit()
            mishap = self._chance.choice([None, None, *self._mishaps])
            steps = iter([None] * self._chance.randrange(10))
            mortal = MortalDatabase(
                self._database, lambda steps=steps, mishap=mishap: next(steps, mishap), self._submit
            )
            with suppress(Killed):
                tick(mortal, self._slack, self._clock)
            self._clock.move_on(_SECOND)
        self._clock.instant = max(self._clock.now(), self._recovers_at)
        shown_at = self._until_shown()
        self._stay()
        return shown_at - self._recovers_at

    def _until_shown(self) -> datetime:
        end = self._recovers_at + _AT_MOST
        while self._clock.now() < end:
            tick(self._database, self._slack, self._clock)
            if self._is_complete():
                break
            self._clock.move_on(_SECOND)
        return self._clock.now()

    def _stay(self) -> None:
        """What lands late must not hide what is newer."""
        for _ in range(4):
            self._clock.move_on(LONGEST_LATENESS / 2)
            tick(self._database, self._slack, self._clock)
            self.stale += not self._is_complete()

    def _is_complete(self) -> bool:
        return self._slack.texts(self._period_id) == [
            {area: RichText.from_plain(text) for area, text in self._texts.items()}
        ]

    def _submit(self) -> None:
        if self._clock.now() >= self._recovers_at:
            return  # at every commit from then on one, and the tick would never end
        report = self._chance.choice(self._reports)
        self.number += 1
        text = f"Text {self.number}"
        author = f"U0A{self._reports.index(report)}"
        submit(self._database, report, author, text, self._clock.now())
        self._texts[report.area_name] = text

    def _fate(self) -> Fate:
        if self._clock.now() >= self._recovers_at:
            return Fate.ARRIVES
        return self._chance.choice(self._fates)


@dataclass
class _ChangingSlack(UnsteadySlack):
    """One on which the change of a message, too, can land late."""

    _changes: list[tuple[datetime, MessageRef, Edition]] = field(default_factory=list)

    def texts(self, period_id: int) -> list[dict[str, RichText]]:
        """What each summary of that period shows, by area."""
        self._land()
        return [
            {text.area: text.text for digest in edition.summary.sections for text in digest.texts}
            for edition in self.shown.values()
            if edition.summary.period.id == period_id
        ]

    def update_summary(self, posted: MessageRef, programme: Programme, edition: Edition) -> None:
        fate = self._meet()
        if fate is Fate.LATE:
            self._changes.append((self.clock.now() + self.lateness(), posted, edition))
        if fate in (Fate.LATE, Fate.LOST):
            raise OutcomeUnknown("no answer in time")
        self.shown[posted] = edition
        self._end(fate)

    def _land(self) -> None:
        super()._land()
        now = self.clock.now()
        for change in sorted(self._changes, key=lambda change: change[0]):
            lands_at, posted, edition = change
            if lands_at <= now:
                self._changes.remove(change)
                self.shown[posted] = edition
