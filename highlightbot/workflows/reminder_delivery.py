"""What a reminder's row means: whether it is still needed, and the message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from highlightbot.core.deliveries import Delivery, MessageRef, changed_key
from highlightbot.core.duties import duties, present, zone_of
from highlightbot.core.errors import Undeliverable
from highlightbot.core.later import Later, later_choices
from highlightbot.core.people import Person
from highlightbot.core.periods import day_of
from highlightbot.core.programmes import Programme, Timetable
from highlightbot.core.reminder_plan import PLANNED, ReminderKind
from highlightbot.core.reminders import DueReport, Reminder, Told
from highlightbot.core.reports import Report
from highlightbot.core.stages import Duty, kind_of, stage_of, stages
from highlightbot.workflows.message import NOT_ON_PLATFORM, NotNeeded, NotYet, Prepared
from highlightbot.workflows.ports import Database, Messenger, UnitOfWork

_RECHECK = timedelta(minutes=15)
_NOTHING = -1


def prepare_reminder(unit: UnitOfWork, delivery: Delivery, now: datetime) -> Prepared:
    """The reminder, or the change of one that was sent, as it is to read now.

    What may have arrived is looked for, whether it is still needed or not.
    """
    if delivery.edition:
        return _change(unit, delivery, now)
    if delivery.was_unknown and (begun := unit.reminders.shown_in(delivery.id)):
        return _sought(unit, delivery, begun, now)
    return _reminder(unit, delivery, now)


@dataclass(frozen=True, slots=True)
class ReminderMessage:
    """A message to a person about all that is due to them; ``marks`` are what it tells.

    Of one that is looked for it is known which reports it shows, but not how they stood then.
    """

    reminder: Reminder
    marks: tuple[tuple[int, str], ...]

    def find(self, messenger: Messenger, delivery: Delivery) -> MessageRef | None:
        """See `Message.find`."""
        try:
            return messenger.find(
                delivery.key, delivery.may_be_there_since, person=self.reminder.person
            )
        except Undeliverable:
            return None  # a second reminder is a nuisance; none at all is a lost report

    def begin(self, database: Database, delivery: Delivery) -> None:
        """See `Message.begin`."""
        with database.writing() as unit:
            unit.reminders.record(delivery.id, self.reminder.person.id, self.marks, {})

    def transmit(self, messenger: Messenger, delivery: Delivery) -> MessageRef:
        """See `Message.transmit`."""
        return messenger.remind(self.reminder, delivery.key)

    def following(
        self, messenger: Messenger, delivery: Delivery, now: datetime, *, sent: bool
    ) -> None:
        """Nothing follows a reminder."""

    def begin_anew(self, unit: UnitOfWork) -> bool:
        """It changes nothing."""
        return False

    def record(self, unit: UnitOfWork, delivery: Delivery) -> None:
        """See `Message.record`."""
        revisions = {}
        for due in sorted(self.reminder.due, key=lambda one: one.report.id):
            shown = due.report
            now = unit.reports.hold(shown.id)
            is_true = now is not None and (now.handed, now.excused_at) == (
                shown.handed,
                shown.excused_at,
            )
            if delivery.was_unknown:
                is_true = is_true and _stood_so(shown, delivery.first_attempt_at)
            if due.kind is ReminderKind.COORDINATOR:
                is_whole = due.told == _told(unit, shown, self.reminder.zone)
            else:
                is_whole = not unit.reminders.is_listed(shown.id)
            # What has changed since the message was made counts as a submission not told of; so
            # does a reminder that the list of what is missing, sent before it, does not tell of.
            revisions[shown.id] = shown.revision if is_true and is_whole else _NOTHING
        unit.reminders.record(delivery.id, self.reminder.person.id, self.marks, revisions)


def _stood_so(report: Report, then: datetime) -> bool:
    """Whether a message of that time, when it was owed, shows a report as it stands now."""
    return report.is_owed and (report.handed is None or report.handed.at < then)


@dataclass(frozen=True, slots=True)
class ReminderChange:
    """Makes a reminder that was sent show how the reports stand now."""

    reminder: Reminder
    posted: MessageRef

    def find(self, messenger: Messenger, delivery: Delivery) -> None:
        """A change is simply made again."""

    def begin(self, database: Database, delivery: Delivery) -> None:
        """A change tells nothing that is told once."""

    def transmit(self, messenger: Messenger, delivery: Delivery) -> MessageRef:
        """See `Message.transmit`."""
        messenger.update_reminder(self.posted, self.reminder)
        return self.posted

    def following(
        self, messenger: Messenger, delivery: Delivery, now: datetime, *, sent: bool
    ) -> None:
        """Nothing follows a change."""

    def begin_anew(self, unit: UnitOfWork) -> bool:
        """Who took a reminder away has read it."""
        return False

    def record(self, unit: UnitOfWork, delivery: Delivery) -> None:
        """A change tells nothing that is told once."""


@dataclass(frozen=True, slots=True)
class _Gathered:
    """One report for the message. ``ready`` says that it is reason enough to send one now."""

    due: DueReport
    marks: tuple[str, ...]
    programme: Programme
    timetable: Timetable
    ready: bool


def _reminder(unit: UnitOfWork, delivery: Delivery, now: datetime) -> Prepared:
    person = unit.people.get(_person_id(delivery))
    gathered = list(_gather(unit, delivery, person, now))
    ready = [one for one in gathered if one.ready]
    if not ready:
        return NotNeeded("nothing is due any more")
    permitted = min(
        one.timetable.reminders.hours.next_moment(
            now, zone_of(person, one.programme), one.timetable.calendar
        )
        for one in ready
    )
    if permitted > now:
        return NotYet(permitted, "outside working hours")
    if person.external_id is None:
        return NotYet(now + _RECHECK, NOT_ON_PLATFORM)
    first = ready[0]
    zone = zone_of(person, first.programme)
    due = _in_order([one.due for one in gathered])
    marks = tuple((one.due.report.id, mark) for one in gathered for mark in one.marks)
    later = _later(due, first.timetable, zone, now)
    return ReminderMessage(Reminder(person, zone, due, later), marks)


def _gather(
    unit: UnitOfWork, delivery: Delivery, person: Person, now: datetime
) -> Iterator[_Gathered]:
    """All that is due to the person today and was not told, and what this row was asked to tell."""
    programmes = {one.id: one for one in unit.programmes.of_person(person.id)}
    reports = [report for report in unit.reports.concerning(person.id, now) if report.is_owed]
    told = unit.reminders.told_to(person.id, [report.id for report in reports])
    for report in reports:
        programme = programmes[report.programme_id]
        timetable = programme.timetable
        theirs = [duty for one, duty in duties(programme, report, now) if one.id == person.id]
        if timetable is None:
            continue
        for duty in theirs:
            zone = zone_of(person, programme)
            of = stages(timetable.reminders, report.period, zone, timetable.calendar)
            _, end = day_of(now, zone)
            # One that leads up to the cut-off later today is told with the rest.
            told_now, told_today = stage_of(duty, of, now, now), stage_of(duty, of, now, end)
            asked = [
                mark
                for (report_id, mark), row_id in told.items()
                if (report_id, row_id) == (report.id, delivery.id)
                and kind_of(mark) not in PLANNED
                and duty is not Duty.COORDINATOR
                and _stands(mark, report, person)
            ]
            new = [
                stage
                for stage in (told_now, told_today)
                if stage is not None
                and told.get((report.id, stage.mark), delivery.id) == delivery.id
                and not delivery.part
                and timetable.calendar.is_working_day(now.astimezone(zone).date())
            ]
            if not asked and not new:
                continue
            kind = kind_of(asked[-1]) if asked else new[-1].kind
            marks = (*asked, *(stage.mark for stage in (told_now, told_today) if stage))
            due = _due(unit, report, kind, programme, person, now)
            ready = bool(asked) or told_now in new
            yield _Gathered(due, marks, programme, timetable, ready)


def _stands(mark: str, report: Report, person: Person) -> bool:
    """Whether what was asked for still holds: a report can be taken back."""
    if kind_of(mark) is not ReminderKind.HANDED:
        return True
    return report.handed is not None and report.handed.to_id == person.id


def _due(
    unit: UnitOfWork,
    report: Report,
    kind: ReminderKind,
    programme: Programme,
    person: Person,
    now: datetime,
) -> DueReport:
    area = programme.area(report.area_id)
    if kind is ReminderKind.COORDINATOR:
        told = _told(unit, report, zone_of(person, programme))
        return DueReport(report, kind, authors=area.leads, told=told)
    deputies = present(area.deputies, programme, now)
    return DueReport(report, kind, tuple(one for one in deputies if one.id != person.id))


def _told(unit: UnitOfWork, report: Report, zone: ZoneInfo) -> tuple[Told, ...]:
    return tuple(
        Told(name, at.astimezone(zone).date())
        for _, name, at in unit.reminders.history([report.id])
    )


def _later(
    due: Sequence[DueReport], timetable: Timetable, zone: ZoneInfo, now: datetime
) -> tuple[Later, ...]:
    periods = [
        one.report.period
        for one in due
        if one.kind is not ReminderKind.COORDINATOR and one.report.is_owed
    ]
    return later_choices(periods, timetable.reminders.hours, zone, timetable.calendar, now)


def _in_order(due: Sequence[DueReport]) -> tuple[DueReport, ...]:
    """By what the reader has to do with them, then by period; otherwise as they come."""
    kinds = list(ReminderKind)
    turn = {kind: kinds.index(kind) for kind in kinds} | {ReminderKind.COORDINATOR: len(kinds)}
    return tuple(
        sorted(
            due, key=lambda one: (turn[one.kind], one.report.period.due_at, one.report.period.id)
        )
    )


def _change(unit: UnitOfWork, delivery: Delivery, now: datetime) -> Prepared:
    if now >= delivery.expires_at:
        return NotNeeded("its time has passed")
    person = unit.people.get(_person_id(delivery))
    key = changed_key(delivery.key)
    if unit.reminders.newest_change(person.id, key) > delivery.edition:
        return NotNeeded("there is a later edition")
    sent = unit.reminders.message(key)
    if sent is None:
        return NotNeeded("the reminder that it changes was never sent")
    row_id, posted = sent
    told = _as_told(unit, person, unit.reminders.shown_in(row_id), now)
    return NotNeeded(_NOTHING_TO_DO) if told is None else ReminderChange(told, posted)


def _sought(
    unit: UnitOfWork, delivery: Delivery, begun: Sequence[tuple[int, str]], now: datetime
) -> Prepared:
    told = _as_told(unit, unit.people.get(_person_id(delivery)), begun, now)
    return NotNeeded(_NOTHING_TO_DO) if told is None else ReminderMessage(told, ())


_NOTHING_TO_DO = "the person has nothing to do with it any more"


def _as_told(
    unit: UnitOfWork, person: Person, marks: Sequence[tuple[int, str]], now: datetime
) -> Reminder | None:
    """A reminder that tells these marks, by how their reports stand now; None if none is theirs."""
    programmes = {one.id: one for one in unit.programmes.of_person(person.id)}
    kinds: dict[int, ReminderKind] = {}
    for report_id, mark in marks:
        kind = kind_of(mark)
        if report_id not in kinds or kinds[report_id] in PLANNED:
            kinds[report_id] = kind
    due = [
        _due(unit, report, kinds[report.id], programmes[report.programme_id], person, now)
        for report_id in kinds
        if (report := unit.reports.get(report_id)) is not None and _still_theirs(programmes, report)
    ]
    if not due:
        return None
    first = programmes[due[0].report.programme_id]
    zone = zone_of(person, first)
    ordered = _in_order(due)
    later = _later(ordered, first.timetable, zone, now) if first.timetable else ()
    return Reminder(person, zone, ordered, later)


def _still_theirs(programmes: Mapping[int, Programme], report: Report) -> bool:
    programme = programmes.get(report.programme_id)
    return programme is not None and any(area.id == report.area_id for area in programme.areas)


def _person_id(delivery: Delivery) -> int:
    assert delivery.person_id is not None
    return delivery.person_id
