"""Open the reporting periods whose first day has come."""

from datetime import datetime
from itertools import takewhile

from highlightbot.core.calendars import Calendar
from highlightbot.core.programmes import Programme, Timetable
from highlightbot.workflows.bounded import bounded
from highlightbot.workflows.ports import Database, UnitOfWork


def open_periods(database: Database, now: datetime) -> None:
    """Open what is to be open at ``now`` in every programme; roster and template freeze here.

    A programme that has run no period yet begins with the present one. After an outage the
    periods that passed are opened too, as long as they still take reports. Numbers go on from
    the last one's, whatever the calendar has become since.
    """
    with database.reading() as unit:
        waiting = unit.programmes.with_periods_to_open(now)
    for programme_id in waiting:
        with bounded("programme", programme_id), database.writing() as unit:
            programme = unit.programmes.hold(programme_id)
            if programme.timetable is not None:
                _open(unit, programme, programme.timetable, now)


def read_calendar(
    unit: UnitOfWork, programme: Programme, timetable: Timetable, now: datetime
) -> Calendar:
    """How the programme stands in time."""
    found = unit.periods.calendar(programme.id, now)
    return Calendar(
        timetable,
        tuple(period for period, _ in found),
        frozenset(period.id for period, is_published in found if is_published),
        programme.pause,
    )


def keep_calendar(
    unit: UnitOfWork, programme: Programme, before: Calendar, after: Calendar, now: datetime
) -> bool:
    """Store what became of the open periods, and when the next one opens.

    False where another period has exactly the dates of one of these.
    """
    for old, new in zip(before.periods, after.periods, strict=True):
        if old != new and not unit.periods.reschedule(new):
            return False
    today = now.astimezone(after.timetable.zone).date()
    upcoming = next(after.coming(today), None)
    unit.programmes.wait_for_period(programme.id, upcoming.opens_at if upcoming else None)
    return True


def _open(unit: UnitOfWork, programme: Programme, timetable: Timetable, now: datetime) -> None:
    calendar = read_calendar(unit, programme, timetable, now)
    today = now.astimezone(timetable.zone).date()
    for coming in takewhile(lambda period: period.opens_at <= now, calendar.coming(today)):
        if coming.closes_at <= now:
            continue
        last = unit.periods.last_number(programme.id)
        unit.periods.open(
            programme,
            timetable.cadence.number_on(coming.ends_on) if last is None else last + 1,
            coming.starts_on,
            coming.ends_on,
            due_at=coming.due_at,
            closes_at=coming.closes_at,
            now=now,
        )
    opened = read_calendar(unit, programme, timetable, now)
    keep_calendar(unit, programme, opened, opened.settled(now), now)
