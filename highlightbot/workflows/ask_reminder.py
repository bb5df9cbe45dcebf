"""Reminders that somebody asks for, for themselves or for others."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from highlightbot.core.deliveries import DeliveryKind, NewDelivery, asked_key, reminder_key
from highlightbot.core.duties import duties, zone_of
from highlightbot.core.errors import Refusal
from highlightbot.core.later import LaterChoice, later_choices
from highlightbot.core.people import Account, Person
from highlightbot.core.programmes import Programme
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reminders import Part
from highlightbot.core.reports import Report
from highlightbot.workflows.ports import Database, UnitOfWork
from highlightbot.workflows.remind_authors import day_of


def remind_later(
    database: Database,
    account: Account,
    report_ids: Sequence[int],
    choice: LaterChoice,
    now: datetime,
) -> tuple[datetime, ZoneInfo]:
    """Have the account's holder reminded again of what they still owe of these reports.

    Gives when, and in which zone they live. Refusal where they owe none of them, or the time makes
    no sense any more.
    """
    with database.writing() as unit:
        person = unit.people.person(account)
        owed = _owed(unit, person, report_ids, now) if person else []
        if person is None or not owed:
            raise Refusal(
                "There is nothing left to remind you of: those reports are in, closed, or with"
                " somebody else."
            )
        programme, _ = owed[0]
        assert programme.timetable is not None
        plan, calendar = programme.timetable.reminders, programme.timetable.calendar
        zone = zone_of(person, programme)
        reports = [report for _, report in owed]
        periods = [report.period for report in reports]
        at = next(
            (
                later.at
                for later in later_choices(periods, plan.hours, zone, calendar, now)
                if later.choice is choice
            ),
            None,
        )
        if at is None:
            raise Refusal("That time has passed, or comes too late. Choose another one.")
        _, midnight = day_of(now, zone)
        # A reminder for another day is that day's; one for today comes besides today's.
        today = at < midnight
        key = (
            asked_key(person.id, at)
            if today
            else reminder_key(person.id, at.astimezone(zone).date())
        )
        if not _attach(unit, person, reports, ReminderKind.ASKED, key, at, now, besides=today):
            _attach(
                unit,
                person,
                reports,
                ReminderKind.ASKED,
                asked_key(person.id, at),
                at,
                now,
                besides=True,
            )
        return at, zone


def remind_now(
    unit: UnitOfWork,
    programme: Programme,
    person: Person,
    report: Report,
    kind: ReminderKind,
    now: datetime,
    *,
    besides: bool,
) -> datetime | None:
    """Have somebody told of a report as soon as working hours allow; gives when.

    It goes into their reminder of the day. Where that was sent, it comes ``besides`` it, or else
    not at all: None. Where that was cancelled, it comes instead of it.
    """
    assert programme.timetable is not None
    zone = zone_of(person, programme)
    at = programme.timetable.reminders.hours.next_moment(now, zone, programme.timetable.calendar)
    row = unit.reminders.row_of(person.id, *day_of(at, zone))
    if row is None or not row.sent:
        key = row.key if row else reminder_key(person.id, at.astimezone(zone).date())
        if _attach(unit, person, [report], kind, key, at, now, besides=False):
            return at
    if not besides and not (row and row.cancelled):
        return None
    _attach(unit, person, [report], kind, asked_key(person.id, at), at, now, besides=True)
    return at


def _owed(
    unit: UnitOfWork, person: Person, report_ids: Sequence[int], now: datetime
) -> list[tuple[Programme, Report]]:
    programmes = {one.id: one for one in unit.programmes.of_person(person.id)}
    return [
        (programme, report)
        for report in unit.reports.concerning(person.id, now)
        if report.id in report_ids
        and (programme := programmes[report.programme_id]).timetable is not None
        and any(
            one.id == person.id and part is not Part.COORDINATOR
            for one, part in duties(programme, report, now)
        )
    ]


def _attach(
    unit: UnitOfWork,
    person: Person,
    reports: Sequence[Report],
    kind: ReminderKind,
    key: str,
    at: datetime,
    now: datetime,
    *,
    besides: bool,
) -> bool:
    """Have the row of that key tell of the reports; False if it is being, or was, sent."""
    expires_at = max(report.period.closes_at for report in reports)
    delivery = NewDelivery(
        dedupe_key=key,
        kind=DeliveryKind.REMINDER,
        programme_id=reports[0].programme_id,
        period_id=reports[0].period.id,
        person_id=person.id,
        part=int(besides),
        not_before=at,
        expires_at=expires_at,
    )
    if not unit.deliveries.enqueue(delivery, now):
        unit.reminders.reopen(key, at, expires_at)
    row_id = unit.reminders.join(key, at)
    if row_id is None:
        return False
    mark = f"{kind}:{at.astimezone(UTC):%Y-%m-%dT%H:%M}"
    unit.reminders.record(row_id, person.id, [(report.id, mark) for report in reports], {})
    return True
