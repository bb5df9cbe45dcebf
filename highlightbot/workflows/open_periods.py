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
            (programme, number)
            for programme in unit.programmes.all()
            for number in _unopened(unit, programme, now)
        ]
    for programme, number in wanted:
        with database.writing() as unit:
            open_period(unit, programme, number, now)


def open_period(unit: UnitOfWork, programme: Programme, number: int, now: datetime) -> None:
    """Open one period of the programme's calendar; its roster and template freeze here."""
    timetable = programme.timetable
    assert timetable is not None
    starts_on, ends_on = timetable.cadence.bounds(number)
    unit.periods.open(
        programme,
        number,
        starts_on,
        ends_on,
        due_at=timetable.due_at(ends_on),
        closes_at=timetable.closes_at(number),
        now=now,
    )


def _unopened(unit: UnitOfWork, programme: Programme, now: datetime) -> Iterator[int]:
    timetable = programme.timetable
    if timetable is None:
        return
    current = timetable.number_at(now)
    last = unit.periods.last_number(programme.id)
    for number in range(current if last is None else last + 1, current + 1):
        if number >= 1 and _still_takes_reports(timetable, number, now):
            yield number


def _still_takes_reports(timetable: Timetable, number: int, now: datetime) -> bool:
    return timetable.closes_at(number) > now
