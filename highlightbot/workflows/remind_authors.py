"""Put the reminders that are due into the delivery ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from highlightbot.core.deliveries import DeliveryKind, NewDelivery, reminder_key
from highlightbot.core.duties import duties, next_return, zone_of
from highlightbot.core.later import next_morning
from highlightbot.core.people import Person
from highlightbot.core.periods import Period, day_of, instant
from highlightbot.core.programmes import Programme, Timetable
from highlightbot.core.reports import Report
from highlightbot.core.stages import LOOK_AT_LEAST, Stage, next_stage, stage_of, stages
from highlightbot.workflows.bounded import bounded
from highlightbot.workflows.keep_asked_reminders import tell_after_all
from highlightbot.workflows.ports import Database, UnitOfWork

_CLOSED_FOR_GOOD = timedelta(days=30)
"""By as much the clock may have been ahead when a period seemed to be closed."""


def remind_authors(database: Database, now: datetime) -> int:
    """Enqueue a reminder for everybody to whom something is due; gives how many are new.

    A row is one person's reminder of one day: what it tells is gathered when it is claimed. Only
    periods about which somebody may be due something are looked at.
    """
    with database.reading() as unit:
        waiting = unit.looks.due(now)
    made = 0
    for period_id in waiting:
        with bounded("period", period_id), database.writing() as unit:
            made += _look_at(unit, period_id, now)
    return made


@dataclass(frozen=True, slots=True)
class _Due:
    person: Person
    zone: ZoneInfo
    stage: Stage


def _look_at(unit: UnitOfWork, period_id: int, now: datetime) -> int:
    period = unit.looks.hold(period_id, now)
    if period is None:
        return 0
    programme = unit.programmes.get(period.programme_id)
    timetable = programme.timetable
    if timetable is None or now >= period.closes_at + _CLOSED_FOR_GOOD:
        unit.looks.again(period_id, None)
        return 0
    if now >= period.closes_at:
        unit.looks.again(period_id, now + LOOK_AT_LEAST)
        return 0
    told = unit.reminders.told(period_id)
    due: dict[int, _Due] = {}
    looks = [now + LOOK_AT_LEAST]
    tell_after_all(unit, programme, period_id, now)
    for report in unit.reports.of_period(period_id):
        looks.extend(_looks(programme, timetable, report, now))
        for person, stage in _stages_now(programme, timetable, report, now):
            if (person.id, report.id, stage.mark) in told:
                continue
            if person.id not in due or stage.until < due[person.id].stage.until:
                due[person.id] = _Due(person, zone_of(person, programme), stage)
    made = sum(_enqueue(unit, period, timetable, one, now) for one in due.values())
    # Who is due something has got it by then, or it has to be seen why not.
    looks.extend(
        next_morning(timetable.reminders.hours, one.zone, timetable.calendar, now)
        for one in due.values()
    )
    unit.looks.again(period_id, min(looks))
    return made


def _stages_now(
    programme: Programme, timetable: Timetable, report: Report, now: datetime
) -> Iterator[tuple[Person, Stage]]:
    for person, part in duties(programme, report, now):
        zone = zone_of(person, programme)
        of = stages(timetable.reminders, report.period, zone, timetable.calendar)
        stage = stage_of(part, of, now, now)
        if stage is not None:
            yield person, stage


def _looks(
    programme: Programme, timetable: Timetable, report: Report, now: datetime
) -> Iterator[datetime]:
    """When somebody may next be due something about the report, if nothing changes."""
    for person, part in duties(programme, report, now):
        zone = zone_of(person, programme)
        of = stages(timetable.reminders, report.period, zone, timetable.calendar)
        coming = next_stage(part, of, now)
        if coming is not None:
            yield coming.since
    if report.is_owed and (back := next_return(programme, report, now)) is not None:
        yield back
    pause = programme.pause
    if pause is not None and pause.resumes_on is not None:
        resumes_at = instant(pause.resumes_on, time(), programme.zone)
        if now < resumes_at:
            yield resumes_at


def _enqueue(
    unit: UnitOfWork, period: Period, timetable: Timetable, due: _Due, now: datetime
) -> bool:
    """A row for the day, unless there is one to be sent that day, or it was sent or cancelled."""
    at = timetable.reminders.hours.next_moment(now, due.zone, timetable.calendar)
    row = unit.reminders.row_of(due.person.id, *day_of(at, due.zone))
    if row is not None:
        if not row.sent and due.stage.until <= row.at:
            unit.reminders.join(row.key, at)
        return False
    key = reminder_key(due.person.id, at.astimezone(due.zone).date())
    delivery = NewDelivery(
        dedupe_key=key,
        kind=DeliveryKind.REMINDER,
        programme_id=period.programme_id,
        period_id=period.id,
        person_id=due.person.id,
        not_before=at,
        expires_at=period.closes_at,
    )
    return unit.deliveries.enqueue(delivery, now) or unit.reminders.reopen(
        key, at, period.closes_at
    )
