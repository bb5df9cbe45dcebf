"""Open the reporting periods whose first day has come."""

from collections.abc import Iterator
from datetime import datetime

from highlightbot.core.programmes import Programme, Timetable
from highlightbot.workflows.ports import Database, UnitOfWork


def open_periods(database: Database, now: datetime) -> None:
    """Open what is to be open at ``now`` in every programme.

    A programme that has run no period yet begins with the present one. After an outage the
    periods that passed are opened too, as long as they still take reports.
    """
    with database.reading() as unit:
        wanted = [
            (programme, timetable, turn)
            for programme in unit.programmes.all()
            if (timetable := programme.timetable) is not None
            for turn in _unopened(unit, programme, timetable, now)
        ]
    for programme, timetable, turn in wanted:
        with database.writing() as unit:
            _open(unit, programme, timetable, turn, now)


def _open(
    unit: UnitOfWork, programme: Programme, timetable: Timetable, turn: int, now: datetime
) -> None:
    """Open a period of the calendar; its roster and template freeze here.

    Its number goes on from the last one's, whatever the calendar has become since.
    """
    starts_on, ends_on = timetable.cadence.bounds(turn)
    last = unit.periods.last_number(programme.id)
    unit.periods.open(
        programme,
        turn if last is None else last + 1,
        starts_on,
        ends_on,
        due_at=timetable.due_at(ends_on),
        closes_at=timetable.closes_at(turn),
        now=now,
    )


def _unopened(
    unit: UnitOfWork, programme: Programme, timetable: Timetable, now: datetime
) -> Iterator[int]:
    """The turns of the cadence that begin after the last period and have begun by now."""
    current = timetable.number_at(now)
    opened = unit.periods.opened(programme.id)
    first = current
    if opened:
        last_day = opened[0].ends_on
        first = timetable.cadence.number_on(last_day)
        while timetable.cadence.bounds(first)[0] <= last_day:
            first += 1
    for turn in range(first, current + 1):
        if turn >= 1 and timetable.closes_at(turn) > now:
            yield turn
