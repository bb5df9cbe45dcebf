"""What becomes of a claimed row, written so that it holds only if the claim still does."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from highlightbot.core.deliveries import (
    GIVEN_UP_AFTER,
    GRACE,
    LONGEST_WAIT,
    MOST_BREAKDOWNS,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    MessageRef,
    NewDelivery,
    backoff,
)
from highlightbot.core.errors import (
    ChannelLost,
    DeliveryFailure,
    MessageGone,
    NotDelivered,
    OutcomeUnknown,
    RateLimited,
    SenderRefused,
    StorageFailure,
    Undeliverable,
)
from highlightbot.core.pacing import LONGEST_CLOSURE
from highlightbot.workflows.alarm_coordinators import summary_waits
from highlightbot.workflows.message import OutgoingMessage
from highlightbot.workflows.ports import Clock, Database, Messenger, UnitOfWork, Watch

log = logging.getLogger(__name__)

_SHORTEST_PAUSE = timedelta(seconds=15)
_UNHURRIED_AFTER = 8
"""Attempts, of which every second is a look-up: who answers none of them is left in peace."""


class _Unwatched:
    def claimed(self, delivery: Delivery, now: datetime) -> None: ...

    def ended(self, delivery: Delivery, status: DeliveryStatus) -> None: ...

    def failed(self, delivery: Delivery, failure: DeliveryFailure) -> None: ...


UNWATCHED: Watch = _Unwatched()
"""For whoever keeps no account."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a claimed row.

    ``refused_since`` is since when the platform has refused the bot, as far as was known.
    """

    database: Database
    messenger: Messenger
    clock: Clock
    watch: Watch
    delivery: Delivery
    refused_since: datetime | None

    def was_not_made(self, status: DeliveryStatus, reason: str) -> None:
        """The row ends without a call."""
        with self.database.writing() as unit:
            ended = self._as_is_known(unit)
            held = unit.deliveries.finish(ended, status, self.clock.now(), reason=reason)
            if held:
                unit.reminders.take_back(self.delivery.id)
                # It may be needed yet: the clock that it was planned by may have been ahead.
                unit.looks.wake(person_id=self.delivery.person_id)
            self._give_back(unit)
        if status is DeliveryStatus.DEAD:
            self._log(logging.ERROR, "dead", "is given up: %s", reason)
        if held:
            self.watch.ended(self.delivery, status)

    def _as_is_known(self, unit: UnitOfWork) -> Delivery:
        """A reminder of which nothing is kept was never begun, whatever became of its sender."""
        is_reminder = self.delivery.kind is DeliveryKind.REMINDER and not self.delivery.edition
        if is_reminder and not unit.reminders.shown_in(self.delivery.id):
            return replace(self.delivery, was_unknown=False)
        return self.delivery

    def was_put_off(self, until: datetime, reason: str) -> None:
        """The row waits without a call."""
        with self.database.writing() as unit:
            if self.delivery.was_unknown:
                unit.deliveries.put_back(self.delivery, until, unknown=True, reason=reason)
            else:
                unit.deliveries.hand_back(self.delivery, until, reason=reason)
            self._give_back(unit)

    def arrived(
        self, message: OutgoingMessage, ref: MessageRef, following: NewDelivery | None
    ) -> None:
        """It is there. What follows is enqueued in the same transaction."""
        now = self.clock.now()
        held = _in_spite_of_storage(lambda: self._record_arrival(message, ref, following, now))
        if self.refused_since is not None:
            log.warning("the platform accepts the bot again: sending goes on")
        self._log(logging.INFO, "sent", "sent")
        if held:
            self.watch.ended(self.delivery, DeliveryStatus.SENT)

    def _record_arrival(
        self,
        message: OutgoingMessage,
        ref: MessageRef,
        following: NewDelivery | None,
        now: datetime,
    ) -> bool:
        with self.database.writing() as unit:
            held = unit.deliveries.finish(self.delivery, DeliveryStatus.SENT, now, ref=ref)
            if held:
                message.record(unit, self.delivery)
                if following is not None:
                    unit.deliveries.enqueue(following, now)
            if self.refused_since is not None:
                unit.pacing.accepted()
        return held

    def found_nothing(self, message: OutgoingMessage) -> None:
        """It was looked up, and did not arrive: it can be sent, unless that has failed for long."""
        now = self.clock.now()
        if now - self.delivery.first_attempt_at >= GIVEN_UP_AFTER:
            known = replace(self, delivery=replace(self.delivery, was_unknown=False))
            known._give_up(message, NotDelivered("no answer for a day, and it is not there"), now)
            return
        wait = self._backoff() if self.delivery.attempts > _UNHURRIED_AFTER else timedelta()
        with self.database.writing() as unit:
            unit.deliveries.put_back(
                self.delivery, now + wait, unknown=False, reason="looked up: not there"
            )

    def failed(self, message: OutgoingMessage, failure: DeliveryFailure) -> None:
        """The call that sends the row, or looks it up, failed."""
        now = self.clock.now()
        if isinstance(failure, MessageGone) and self._begins_anew(message, failure, now):
            return
        if self._is_final(failure, now):
            self._give_up(message, failure, now)
            return
        until = now + self._wait_after(failure)
        held = _in_spite_of_storage(lambda: self._record_failure(failure, until, now))
        unknown = self._is_unknown_after(failure)
        self._log(
            logging.WARNING, "unknown" if unknown else "refused", "again at %s: %s", until, failure
        )
        if held:
            self.watch.failed(self.delivery, failure)

    def broke(self, bug: Exception, *, called: bool) -> None:
        """A bug of ours came up, before the platform was ``called`` or once it may have been.

        The row is tried again a few times, then given up and told like any other. Nothing is
        asked of its message any more: it is what may be broken.
        """
        now = self.clock.now()
        # Of the exception no more than its kind: it may quote what people wrote.
        reason = f"a bug, {type(bug).__name__}"
        failure = OutcomeUnknown(reason) if called else NotDelivered(reason)
        unknown = self._is_unknown_after(failure)
        is_final = self.delivery.attempts >= MOST_BREAKDOWNS
        with self.database.writing() as unit:
            if is_final:
                broken = replace(self.delivery, was_unknown=unknown)
                held = unit.deliveries.finish(broken, DeliveryStatus.DEAD, now, reason=reason)
                if held:
                    unit.reminders.take_back(self.delivery.id)
            else:
                until = now + self._wait_after(failure)
                held = unit.deliveries.put_back(
                    self.delivery, until, unknown=unknown, reason=reason
                )
            if not called:
                self._give_back(unit)
        outcome = "dead" if is_final else "unknown" if unknown else "refused"
        self._log(logging.ERROR, outcome, "met a bug", bug=bug)
        if held and is_final:
            self.watch.ended(self.delivery, DeliveryStatus.DEAD)
        elif held:
            self.watch.failed(self.delivery, failure)

    def _begins_anew(self, message: OutgoingMessage, failure: MessageGone, now: datetime) -> bool:
        with self.database.writing() as unit:
            if not message.begin_anew(unit):
                return False
            held = unit.deliveries.put_back(self.delivery, now, unknown=False, reason=str(failure))
        self._log(logging.WARNING, "refused", "is posted anew: %s", failure)
        if held:
            self.watch.failed(self.delivery, failure)
        return True

    def _record_failure(self, failure: DeliveryFailure, until: datetime, now: datetime) -> bool:
        with self.database.writing() as unit:
            held = unit.deliveries.put_back(
                self.delivery,
                until,
                unknown=self._is_unknown_after(failure),
                reason=str(failure),
            )
            if isinstance(failure, RateLimited):
                # Which channel or workspace it is about, the platform does not say.
                unit.pacing.close(_with_jitter(until), now, refused_since=self.refused_since)
            elif isinstance(failure, SenderRefused):
                self._pause(unit, failure, now)
            elif isinstance(failure, ChannelLost) and held:
                summary_waits(unit, self.delivery, now)
        return held

    def _pause(self, unit: UnitOfWork, failure: SenderRefused, now: datetime) -> None:
        since = self.refused_since or now
        until = now + min(max(now - since, _SHORTEST_PAUSE), LONGEST_WAIT)
        unit.pacing.close(until, now, refused_since=since)
        log.error(
            "the platform refuses the bot (%s): nothing is sent before %s. Put the bot's token"
            " right; `python bot.py doctor` says what is wrong with it",
            failure,
            until,
        )

    def _is_unknown_after(self, failure: DeliveryFailure) -> bool:
        return self.delivery.was_unknown or isinstance(failure, OutcomeUnknown)

    def _is_final(self, failure: DeliveryFailure, now: datetime) -> bool:
        if isinstance(failure, RateLimited | SenderRefused | ChannelLost):
            return False
        if isinstance(failure, OutcomeUnknown) and not self.delivery.was_unknown:
            return False  # it has yet to be looked up
        since = self.delivery.first_attempt_at
        return isinstance(failure, Undeliverable) or now - since >= GIVEN_UP_AFTER

    def _give_up(self, message: OutgoingMessage, failure: DeliveryFailure, now: datetime) -> None:
        reason = str(failure)
        following = message.following(self.messenger, self.delivery, now, sent=False)
        with self.database.writing() as unit:
            held = unit.deliveries.finish(self.delivery, DeliveryStatus.DEAD, now, reason=reason)
            if held and isinstance(failure, Undeliverable):
                message.record(unit, self.delivery)
            elif held:
                unit.reminders.take_back(self.delivery.id)
            if held and following is not None:
                unit.deliveries.enqueue(following, now)
        self._log(logging.ERROR, "dead", "is given up: %s", reason)
        if held:
            self.watch.ended(self.delivery, DeliveryStatus.DEAD)

    def _wait_after(self, failure: DeliveryFailure) -> timedelta:
        if isinstance(failure, RateLimited):
            return min(timedelta(seconds=failure.retry_after), LONGEST_CLOSURE)
        if isinstance(failure, OutcomeUnknown) and not self.delivery.was_unknown:
            return GRACE
        return self._backoff()

    def _backoff(self) -> timedelta:
        return backoff(self.delivery.attempts, random.random())

    def _give_back(self, unit: UnitOfWork) -> None:
        rate = self.messenger.pace.rates.get(self.delivery.lane)
        if rate is not None:
            unit.pacing.give_back(self.delivery.lane, rate)

    def _log(
        self,
        level: int,
        outcome: str,
        message: str,
        *values: object,
        bug: Exception | None = None,
    ) -> None:
        delivery = self.delivery
        about = {
            "delivery": delivery.id,
            "kind": delivery.kind.value,
            "attempt": delivery.attempts,
            "outcome": outcome,
            "programme": delivery.programme_id,
        }
        log.log(
            level,
            f"delivery %s (%s) {message}",
            delivery.id,
            delivery.key,
            *values,
            extra=about,
            exc_info=bug,
        )


def _in_spite_of_storage(record: Callable[[], bool]) -> bool:
    """Record what is known, though the database is busy: else it would have to be looked up."""
    for seconds in _PATIENCE:
        try:
            return record()
        except StorageFailure as failure:
            log.warning("what was sent cannot be stored now, and is tried again: %s", failure)
            time.sleep(seconds)
    return record()


_PATIENCE = (0.1, 0.3, 1.0)


def _with_jitter(until: datetime) -> datetime:
    return until + timedelta(seconds=random.random())
