"""Send what the delivery ledger holds, each row once.

A row is claimed in one transaction, sent outside of any, and finished in another that holds
only if the claim still does. What cannot be known is looked up before it is sent again. What a
row stands for is decided beside this module, by its kind.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from highlightbot.core.deliveries import (
    ALARMS,
    LEASE,
    LONGEST_WAIT,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
)
from highlightbot.core.errors import DeliveryFailure, StorageFailure
from highlightbot.core.pacing import Openings
from highlightbot.workflows.alarm_delivery import prepare_alarm
from highlightbot.workflows.delivery_outcomes import UNWATCHED, Attempt
from highlightbot.workflows.message import GivenUp, NotNeeded, NotYet, OutgoingMessage, Prepared
from highlightbot.workflows.ports import Clock, Database, Messenger, UnitOfWork, Watch
from highlightbot.workflows.reminder_delivery import prepare_reminder
from highlightbot.workflows.summary_delivery import prepare_summary

log = logging.getLogger(__name__)


def deliver_next(
    database: Database, messenger: Messenger, clock: Clock, watch: Watch = UNWATCHED
) -> bool:
    """Claim one due row and carry it as far as it goes now; False if none can be sent now.

    A row whose outcome is unknown is only looked up: if it did not arrive, it waits to be
    claimed again. A bug that comes up in a row stays with that row: the others are sent.
    StorageFailure where the database cannot.
    """
    claim = claim_row(database, messenger, clock.now())
    if claim is None:
        return False
    watch.claimed(claim.delivery, claim.at)
    try:
        with database.reading() as unit:
            message = _prepare(unit, claim.delivery, claim.at)
        if not (claim.delivery.was_unknown or isinstance(message, NotNeeded | NotYet | GivenUp)):
            message.begin(database, claim.delivery)
    except StorageFailure:
        raise
    except Exception as bug:  # noqa: BLE001 - the outermost boundary of one row
        Attempt(database, messenger, clock, watch, claim.delivery, None).broke(bug, called=False)
        return True
    with database.reading() as unit:  # a later state: somebody may have been told to wait since
        openings = unit.pacing.openings(messenger.pace, clock.now())
    attempt = Attempt(database, messenger, clock, watch, claim.delivery, openings.refused_since)
    try:
        _carry_on(attempt, message, claim, openings)
    except StorageFailure:
        raise
    except Exception as bug:  # noqa: BLE001 - the same, once there may have been a call
        attempt.broke(bug, called=True)
    return True


def _carry_on(attempt: Attempt, message: Prepared, claim: "Claim", openings: Openings) -> None:
    match message:
        case NotNeeded(reason):
            attempt.was_not_made(DeliveryStatus.NOT_NEEDED, reason)
        case GivenUp(reason):
            attempt.was_not_made(DeliveryStatus.DEAD, reason)
        case NotYet(until, reason):
            if claim.delivery.was_unknown:  # to look disturbs nobody
                until = min(until, attempt.clock.now() + LONGEST_WAIT)
            attempt.was_put_off(until, reason)
        case _:
            _send(attempt, message, claim, openings)


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that is claimed, and since when."""

    delivery: Delivery
    at: datetime

    def outlives(self, timeout: timedelta, now: datetime) -> bool:
        """Whether a call that begins now ends before the lease does."""
        return self.at <= now <= self.at + LEASE - timeout


class _Overtaken(Exception):
    """Somebody else took the place in the lane."""


def claim_row(database: Database, messenger: Messenger, now: datetime) -> Claim | None:
    """Claim a row and, in the same transaction, its place in its lane; None if neither is free."""
    pace = messenger.pace
    try:
        with database.writing() as unit:
            free_at = unit.pacing.openings(pace, now).free_at
            lanes = [lane for lane, at in free_at.items() if at <= now]
            if not lanes:
                return None
            delivery = unit.deliveries.claim(now, LEASE, lanes, pace.a_place)
            if delivery is None:
                return None
            rate = pace.rates.get(delivery.lane)
            if rate is not None and not unit.pacing.take(delivery.lane, rate, now):
                raise _Overtaken  # and undo the claim
    except _Overtaken:
        return None
    return Claim(delivery, now)


def next_chance(database: Database, messenger: Messenger, now: datetime) -> datetime | None:
    """When to try again after `deliver_next` found none; None if there is nothing to be sent."""
    with database.reading() as unit:
        at = unit.deliveries.next_attempt_at()
        if at is None or at > now:
            return at
        free_at = unit.pacing.openings(messenger.pace, now).free_at.values()
    # Something is due: its lane is not free, or another message is on its way to its place.
    return min((at for at in free_at if at > now), default=now + _PLACE_IS_BUSY)


_PLACE_IS_BUSY = timedelta(seconds=0.2)


def free_stale(database: Database, now: datetime) -> None:
    """Have the rows looked up of whoever claimed them and has not been heard of since."""
    with database.reading() as unit:
        if not unit.deliveries.has_stale(now, LEASE):
            return
    with database.writing() as unit:
        freed = unit.deliveries.free_stale(now, LEASE)
    log.warning(
        "%d deliveries were left by whoever had claimed them, or by a clock set back", freed
    )


def _prepare(unit: UnitOfWork, delivery: Delivery, now: datetime) -> Prepared:
    if delivery.kind is DeliveryKind.SUMMARY:
        return prepare_summary(unit, delivery, now)
    if delivery.kind in ALARMS:
        return prepare_alarm(unit, delivery, now)
    return prepare_reminder(unit, delivery, now)


def _send(attempt: Attempt, message: OutgoingMessage, claim: Claim, openings: Openings) -> None:
    now = attempt.clock.now()
    if openings.closed_until > now:
        attempt.was_put_off(openings.closed_until, "the platform asked to wait")
        return
    if not claim.outlives(attempt.messenger.timeout, now):
        attempt.was_put_off(now, "the lease would not have outlived the call")
        return
    # Before the call: what breaks here must not break once the message is there.
    following = message.following(attempt.messenger, claim.delivery, now, sent=True)
    try:
        if claim.delivery.was_unknown:
            ref = message.find(attempt.messenger, claim.delivery)
        else:
            ref = message.transmit(attempt.messenger, claim.delivery)
    except DeliveryFailure as failure:
        attempt.failed(message, failure)
    else:
        if ref is None:
            attempt.found_nothing(message)
        else:
            attempt.arrived(message, ref, following)
