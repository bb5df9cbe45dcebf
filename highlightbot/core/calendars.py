"""A programme's calendar: the periods that are open, those to come, and how both may be changed.

Every period begins on the day after the one before it, or on the day on which a pause ends. It
ends with the programme's cadence (`Cadence.end_of`), so that a period which was ended early or
late, a cadence that changed or a pause leaves neither a gap nor a period of a few days.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from highlightbot.core.errors import Refusal
from highlightbot.core.periods import Period
from highlightbot.core.programmes import Pause, Timetable

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ComingPeriod:
    """A period that is not open yet. ``opens_at`` is the first instant of its first day."""

    starts_on: date
    ends_on: date
    due_at: datetime
    closes_at: datetime
    opens_at: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a programme stands in time.

    ``periods`` are those that still take reports and the newest one, oldest first. ``published``
    are the ids of those whose summary is out.
    """

    timetable: Timetable
    periods: tuple[Period, ...]
    published: frozenset[int] = frozenset()
    pause: Pause | None = None

    @property
    def newest(self) -> Period:
        """The period that was opened last; Refusal where there is none."""
        if not self.periods:
            raise Refusal("No reporting period is open yet.")
        return self.periods[-1]

    def is_pausing(self, now: datetime) -> bool:
        """Whether a pause is under way or ahead."""
        today = now.astimezone(self.timetable.zone).date()
        return self.pause is not None and (
            self.pause.resumes_on is None or today < self.pause.resumes_on
        )

    def awaiting_cut_off(self, now: datetime) -> Period:
        """The period whose cut-off comes next; Refusal where none is ahead."""
        for period in self.periods:
            if period.due_at > now and period.id not in self.published:
                return period
        raise Refusal("No open reporting period has its cut-off ahead.")

    def coming(self, today: date) -> Iterator[ComingPeriod]:
        """The periods after the newest, without end unless it is paused until somebody resumes.

        A programme that has run no period begins with the one that contains ``today``, or with
        the first of its cadence.
        """
        for starts_on, ends_on in self._bounds(self._next_start(today)):
            due_at = self._due_at(ends_on)
            yield ComingPeriod(
                starts_on,
                ends_on,
                due_at,
                self._closes_at(due_at, ends_on),
                self.timetable.opens_at(starts_on),
            )

    def settled(self, now: datetime) -> "Calendar":
        """The calendar with every open period taking late reports until the next cut-off.

        A period that has closed stays closed.
        """
        return replace(
            self,
            periods=tuple(
                replace(period, closes_at=self._closing(period))
                if period.closes_at > now
                else period
                for period in self.periods
            ),
        )

    def _next_start(self, today: date) -> date:
        if self.periods:
            return self.newest.ends_on + _DAY
        cadence = self.timetable.cadence
        return cadence.bounds(max(1, cadence.number_on(today)))[0]

    def _bounds(self, starts_on: date) -> Iterator[tuple[date, date]]:
        while True:
            if self.pause is not None and self.pause.covers(starts_on):
                if self.pause.resumes_on is None:
                    return
                starts_on = self.pause.resumes_on
            ends_on = self.timetable.cadence.end_of(starts_on)
            yield starts_on, ends_on
            starts_on = ends_on + _DAY

    def _due_at(self, ends_on: date) -> datetime:
        """No period is due before the one before it, whose cut-off may have been moved far."""
        due_at = self.timetable.due_at(ends_on)
        return max(due_at, self.newest.due_at) if self.periods else due_at

    def _closing(self, period: Period) -> datetime:
        later = (one.due_at for one in self.periods if one.starts_on > period.starts_on)
        due = next((due_at for due_at in later if due_at > period.due_at), None)
        return due or self._closes_at(period.due_at, self.newest.ends_on)

    def _closes_at(self, due_at: datetime, ends_on: date) -> datetime:
        """The first cut-off after ``due_at`` of the periods that follow the day.

        Where nobody knows when a pause ends, it is what it would be without the pause.
        """
        endless = self.pause is not None and self.pause.resumes_on is None
        calendar = replace(self, pause=None) if endless else self
        cut_offs = (self.timetable.due_at(end) for _, end in calendar._bounds(ends_on + _DAY))
        return next(cut_off for cut_off in cut_offs if cut_off > due_at)
