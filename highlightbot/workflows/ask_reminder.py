"""Reminders that somebody asks for, for themselves or for others."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from highlightbot.core.deliveries import DeliveryKind, NewDelivery, asked_key, reminder_key
from highlightbot.core.duties import duties, zone_of
from highlightbot.core.errors import Refusal
from highlightbot.core.later import LaterChoice, later_choices
from highlightbot.core.people import Account, Person
from highlightbot.core.periods import day_of
from highlightbot.core.programmes import Programme
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reports import Report
from highlightbot.core.stages import Duty
from highlightbot.workflows.ports import Database, UnitOfWork


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
        remind_at(unit, programme, person, reports, asked_mark(at), at, now)
        return at, zone


def asked_mark(at: datetime) -> str:
    """What marks a reminder that somebody asked for at that instant, wherever it moves."""
    return _mark(ReminderKind.ASKED, at)


def remind_at(
    unit: UnitOfWork,
    programme: Programme,
    person: Person,
    reports: Sequence[Report],
    mark: str,
    at: datetime,
    now: datetime,
) -> None:
    """Have somebody told of reports at an instant that they asked for.

    On another day it goes into the reminder of that day; today it comes besides today's.
    """
    zone = zone_of(person, programme)
    _, midnight = day_of(now, zone)
    if at >= midnight:
        key = reminder_key(person.id, at.astimezone(zone).date())
        if _attach(unit, person, reports, mark, key, at, now, besides=False):
            return
    _attach_besides(unit, person, reports, mark, at, now)


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
    not at all: None. Where that was cancelled or given up, it comes instead of it.
    """
    assert programme.timetable is not None
    zone = zone_of(person, programme)
    at = programme.timetable.reminders.hours.next_moment(now, zone, programme.timetable.calendar)
    row = unit.reminders.row_of(person.id, *day_of(at, zone))
    mark, own_key = _mark(kind, at), asked_key(person.id, at)
    # One that was given up keeps the key of its day.
    days_keys = (reminder_key(person.id, at.astimezone(zone).date()), own_key)
    for key in (row.key,) if row else days_keys:
        if _attach(unit, person, [report], mark, key, at, now, besides=False):
            return at
    if not besides and not (row and row.cancelled):
        return None
    _attach_besides(unit, person, [report], mark, at, now)
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
            one.id == person.id and duty is not Duty.COORDINATOR
            for one, duty in duties(programme, report, now)
        )
    ]


def _attach_besides(
    unit: UnitOfWork,
    person: Person,
    reports: Sequence[Report],
    mark: str,
    at: datetime,
    now: datetime,
) -> None:
    """In a row besides that of the day; where that minute's was sent, in the next one's."""
    keys = (asked_key(person.id, at + timedelta(minutes=late)) for late in count())
    while not _attach(unit, person, reports, mark, next(keys), at, now, besides=True):
        pass


def _attach(
    unit: UnitOfWork,
    person: Person,
    reports: Sequence[Report],
    mark: str,
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
    unit.reminders.record(row_id, person.id, [(report.id, mark) for report in reports], {})
    return True


def _mark(kind: ReminderKind, at: datetime) -> str:
    return f"{kind}:{at.astimezone(UTC):%Y-%m-%dT%H:%M}"
