"""Send what the delivery ledger holds, each row once.

A row is claimed in one transaction, sent outside of any, and finished in another that holds
only if the claim still does. What cannot be known is looked up before it is sent again.
"""

import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from highlightbot.core.deliveries import (
    GRACE,
    LEASE,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    MessageRef,
    NewDelivery,
    backoff,
)
from highlightbot.core.errors import (
    DeliveryFailure,
    NotDelivered,
    OutcomeUnknown,
    RateLimited,
    Undeliverable,
)
from highlightbot.core.people import Person
from highlightbot.core.periods import Period
from highlightbot.core.programmes import Programme
from highlightbot.core.reminders import ReminderKind, due_reminder
from highlightbot.core.reports import Report
from highlightbot.core.summaries import Edition
from highlightbot.workflows.ports import Clock, Database, Messenger, UnitOfWork
from highlightbot.workflows.publish_summaries import edition_of, summary_message
from highlightbot.workflows.remind_authors import owed_reports, zone_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Reminder:
    programme: Programme
    person: Person
    kind: ReminderKind
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class _SummaryMessage:
    programme: Programme
    period: Period
    edition: Edition
    posted: MessageRef | None


@dataclass(frozen=True, slots=True)
class _NotNeeded:
    reason: str


@dataclass(frozen=True, slots=True)
class _NotYet:
    until: datetime
    reason: str


_Message = _Reminder | _SummaryMessage


def deliver_next(database: Database, messenger: Messenger, clock: Clock) -> bool:
    """Claim one due row and carry it as far as it goes now; False if none is due."""
    now = clock.now()
    with database.writing() as unit:
        delivery = unit.deliveries.claim(now, LEASE)
    if delivery is None:
        return False
    with database.reading() as unit:
        message = _prepare(unit, delivery, now)
    if isinstance(message, _NotNeeded):
        _finish(database, delivery, DeliveryStatus.NOT_NEEDED, now, reason=message.reason)
    elif isinstance(message, _NotYet):
        _put_back(database, delivery, message.until, delivery.was_unknown, message.reason)
    else:
        _send(database, messenger, clock, delivery, message)
    return True


def _prepare(
    unit: UnitOfWork, delivery: Delivery, now: datetime
) -> _Message | _NotNeeded | _NotYet:
    programme = unit.programmes.get(delivery.programme_id)
    period = unit.periods.get(delivery.period_id)
    if delivery.kind is DeliveryKind.SUMMARY:
        return _prepare_summary(unit, delivery, programme, period, now)
    return _prepare_reminder(unit, delivery, programme, period, now)


def _prepare_summary(
    unit: UnitOfWork, delivery: Delivery, programme: Programme, period: Period, now: datetime
) -> _SummaryMessage | _NotNeeded:
    posted = unit.summaries.posted(period.id)
    if delivery.part and posted is None:
        return _NotNeeded("the summary that this belongs to was never posted")
    if now >= delivery.expires_at:
        log.error("delivery %s (%s) has expired unsent", delivery.id, delivery.key)
        return _NotNeeded("its time has passed")
    return _SummaryMessage(programme, period, edition_of(unit, period, delivery.edition), posted)


def _prepare_reminder(
    unit: UnitOfWork, delivery: Delivery, programme: Programme, period: Period, now: datetime
) -> _Reminder | _NotNeeded | _NotYet:
    owed = owed_reports(programme, unit.reports.of_period(period.id))
    person = next((person for person in owed if person.id == delivery.person_id), None)
    timetable = programme.timetable
    if person is None or timetable is None:
        return _NotNeeded("nothing is owed any more")
    zone = zone_of(person, programme)
    stage = due_reminder(timetable.reminders, period, zone, timetable.calendar, now)
    if stage is None or stage.kind.value != delivery.kind.value:
        return _NotNeeded("its time has passed")
    permitted = timetable.reminders.hours.next_moment(now, zone, timetable.calendar)
    if permitted > now:
        return _NotYet(permitted, "outside working hours")
    if person.external_id is None:
        return _NotYet(now + _RECHECK, f"nobody on the platform has the address {person.email}")
    return _Reminder(programme, person, stage.kind, tuple(owed[person]))


_RECHECK = timedelta(minutes=15)


def _send(
    database: Database, messenger: Messenger, clock: Clock, delivery: Delivery, message: _Message
) -> None:
    try:
        ref = _earlier_arrival(messenger, delivery, message) if delivery.was_unknown else None
        if ref is None:
            ref = _transmit(messenger, delivery, message)
    except Undeliverable as failure:
        log.error("delivery %s (%s) is given up: %s", delivery.id, delivery.key, failure)
        following = _following(messenger, delivery, message, clock.now())
        with database.writing() as unit:
            if (
                unit.deliveries.finish(
                    delivery, DeliveryStatus.DEAD, clock.now(), reason=str(failure)
                )
                and delivery.part
            ):
                _enqueue(unit, following, clock.now())
    except DeliveryFailure as failure:
        until = clock.now() + _wait_after(failure, delivery.attempts)
        log.warning("delivery %s (%s) again at %s: %s", delivery.id, delivery.key, until, failure)
        unknown = isinstance(failure, OutcomeUnknown) or (
            delivery.was_unknown and not isinstance(failure, NotDelivered)
        )
        _put_back(database, delivery, until, unknown, str(failure))
    else:
        _finish_sent(database, messenger, delivery, message, ref, clock.now())


def _wait_after(failure: DeliveryFailure, attempts: int) -> timedelta:
    match failure:
        case RateLimited():
            return timedelta(seconds=failure.retry_after + random.random())
        case OutcomeUnknown():
            return GRACE
        case _:
            return backoff(attempts, random.random())


def _earlier_arrival(
    messenger: Messenger, delivery: Delivery, message: _Message
) -> MessageRef | None:
    """Where an earlier attempt arrived after all. An update is simply made again."""
    since = delivery.first_attempt_at
    match message:
        case _Reminder():
            try:
                return messenger.find(delivery.key, since, person=message.person)
            except Undeliverable:
                return None  # a second reminder is a nuisance; none at all is a lost report
        case _SummaryMessage():
            if delivery.part:
                return messenger.find(delivery.key, since, thread=message.posted)
            if message.posted is not None:
                return None
            return messenger.find(delivery.key, since, channel=message.programme.channel)
        case _:
            assert_never(message)


def _transmit(messenger: Messenger, delivery: Delivery, message: _Message) -> MessageRef:
    match message:
        case _Reminder():
            return messenger.remind(
                message.person, message.kind, message.programme, message.reports, delivery.key
            )
        case _SummaryMessage():
            programme, edition, posted = message.programme, message.edition, message.posted
            if posted is None:
                return messenger.post_summary(programme, edition, delivery.key)
            if delivery.part:
                return messenger.post_to_thread(
                    posted, programme, edition, delivery.part, delivery.key
                )
            messenger.update_summary(posted, programme, edition)
            return posted
        case _:
            assert_never(message)


def _finish_sent(
    database: Database,
    messenger: Messenger,
    delivery: Delivery,
    message: _Message,
    ref: MessageRef,
    now: datetime,
) -> None:
    """Record the arrival and, in the same transaction, enqueue the thread's next message."""
    following = _following(messenger, delivery, message, now)
    with database.writing() as unit:
        if unit.deliveries.finish(delivery, DeliveryStatus.SENT, now, ref=ref):
            _enqueue(unit, following, now)
    log.info("delivery %s (%s) sent", delivery.id, delivery.key)


def _following(
    messenger: Messenger, delivery: Delivery, message: _Message, now: datetime
) -> NewDelivery | None:
    """The thread's next message; it comes even if the one before was refused."""
    if not isinstance(message, _SummaryMessage):
        return None
    if delivery.part >= messenger.thread_length(message.programme, message.edition):
        return None
    return summary_message(message.period, delivery.edition, delivery.part + 1, now)


def _enqueue(unit: UnitOfWork, following: NewDelivery | None, now: datetime) -> None:
    if following is not None:
        unit.deliveries.enqueue(following, now)


def _finish(
    database: Database, delivery: Delivery, status: DeliveryStatus, now: datetime, *, reason: str
) -> None:
    with database.writing() as unit:
        unit.deliveries.finish(delivery, status, now, reason=reason)


def _put_back(
    database: Database, delivery: Delivery, until: datetime, unknown: bool, reason: str
) -> None:
    with database.writing() as unit:
        unit.deliveries.put_back(delivery, until, unknown=unknown, reason=reason)
