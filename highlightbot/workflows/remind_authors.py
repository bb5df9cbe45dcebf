"""Put the reminders that are due into the delivery ledger."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from highlightbot.core.deliveries import DeliveryKind, NewDelivery, reminder_key
from highlightbot.core.people import Person
from highlightbot.core.periods import Period
from highlightbot.core.programmes import Programme
from highlightbot.core.reminders import due_reminder
from highlightbot.core.reports import Report, ReportState
from highlightbot.workflows.ports import Database, UnitOfWork


def remind_authors(database: Database, now: datetime) -> int:
    """Enqueue every reminder whose time has come; gives how many are new.

    A person gets one message a stage about a period, however many areas they lead.
    """
    with database.reading() as unit:
        due = [
            delivery
            for period in unit.periods.collecting(now)
            for delivery in _due(unit, period, now)
        ]
    if not due:
        return 0
    with database.writing() as unit:
        return sum(unit.deliveries.enqueue(delivery, now) for delivery in due)


def owed_reports(programme: Programme, reports: Sequence[Report]) -> dict[Person, list[Report]]:
    """The reports that are not submitted, by the lead authors of their areas."""
    owed: dict[Person, list[Report]] = defaultdict(list)
    for report in reports:
        if report.state is not ReportState.SUBMITTED:
            for person in programme.area(report.area_id).leads:
                owed[person].append(report)
    return owed


def zone_of(person: Person, programme: Programme) -> ZoneInfo:
    """Whose clock the person lives by."""
    return person.zone or programme.zone


def _due(unit: UnitOfWork, period: Period, now: datetime) -> Iterator[NewDelivery]:
    programme = unit.programmes.get(period.programme_id)
    timetable = programme.timetable
    if timetable is None:
        return
    plan, calendar = timetable.reminders, timetable.calendar
    for person in owed_reports(programme, unit.reports.of_period(period.id)):
        zone = zone_of(person, programme)
        reminder = due_reminder(plan, period, zone, calendar, now)
        if reminder is not None:
            yield NewDelivery(
                dedupe_key=reminder_key(reminder.kind, period.id, person.id),
                kind=DeliveryKind(reminder.kind),
                programme_id=programme.id,
                period_id=period.id,
                person_id=person.id,
                not_before=plan.hours.next_moment(now, zone, calendar),
                expires_at=reminder.until,
            )
