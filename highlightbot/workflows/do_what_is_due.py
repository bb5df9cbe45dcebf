"""Everything that time brings about, in the order in which one thing leads to the next."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta

from highlightbot.workflows.alarm_coordinators import alarm_coordinators
from highlightbot.workflows.deliver import deliver_next, free_stale, next_chance
from highlightbot.workflows.delivery_outcomes import UNWATCHED
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.ports import Clock, Database, Messenger, Watch
from highlightbot.workflows.publish_summaries import publish_summaries
from highlightbot.workflows.remind_authors import remind_authors
from highlightbot.workflows.update_reminders import update_reminders

_PLAN_AGAIN_AFTER = timedelta(seconds=15)
"""A long queue must not keep a reminder from being planned."""

_LONGEST_PAUSE = timedelta(seconds=0.2)
_SOON = timedelta(seconds=2)


def do_what_is_due(
    database: Database,
    messenger: Messenger,
    clock: Clock,
    stopping: Callable[[], bool] = lambda: False,
    *,
    watch: Watch = UNWATCHED,
    senders: int = 0,
    pause: Callable[[float], object] = time.sleep,
) -> None:
    """Open periods, enqueue reminders and summaries, and send until nothing is due.

    With ``senders`` so many threads send at the same time, and wait for what is due within
    2 seconds, so that a call that hangs or a channel's pace holds up nobody else; without, this
    thread sends what it can at once. Ends between two messages once ``stopping`` says so.
    """
    free_stale(database, clock.now())
    planned_at = _plan(database, clock.now())
    sending = _Sending(database, messenger, clock, stopping, watch, pause)
    if senders:
        sending.with_threads(senders, planned_at)
        return
    while not stopping() and sending.one():
        planned_at = sending.plan(planned_at)


@dataclass(frozen=True, slots=True)
class _Sending:
    database: Database
    messenger: Messenger
    clock: Clock
    stopping: Callable[[], bool]
    watch: Watch
    pause: Callable[[float], object]

    def one(self) -> bool:
        return deliver_next(self.database, self.messenger, self.clock, self.watch)

    def plan(self, planned_at: datetime) -> datetime:
        """Plan again if it is time to; gives when it was last done."""
        now = self.clock.now()
        if abs(now - planned_at) >= _PLAN_AGAIN_AFTER:
            free_stale(self.database, now)
            return _plan(self.database, now)
        publish_summaries(self.database, now)  # an edition may have waited for a message
        return planned_at

    def with_threads(self, senders: int, planned_at: datetime) -> None:
        """Send until there is nothing to be sent soon; raises what a thread raised."""
        if self._until_next() is None:
            return
        running: set[Future[None]] = set()
        failed: list[Future[None]] = []
        with ThreadPoolExecutor(senders, thread_name_prefix="sender") as pool:
            while not self.stopping():
                if not failed and self._until_next() is not None:
                    running |= {
                        pool.submit(self._until_nothing_is_due)
                        for _ in range(senders - len(running))
                    }
                if not running:
                    break
                done, running = wait(running, _LONGEST_PAUSE.total_seconds())
                failed += [one for one in done if one.exception() is not None]
                planned_at = self.plan(planned_at)
        for one in failed:
            one.result()

    def _until_nothing_is_due(self) -> None:
        while not self.stopping():
            if self.one():
                continue
            left = self._until_next()
            if left is None:
                return
            self.pause(min(left, _LONGEST_PAUSE).total_seconds())

    def _until_next(self) -> timedelta | None:
        """How long until there may be something to send; None if that is not soon."""
        now = self.clock.now()
        at = next_chance(self.database, self.messenger, now)
        return max(at - now, timedelta()) if at is not None and at <= now + _SOON else None


def _plan(database: Database, now: datetime) -> datetime:
    open_periods(database, now)
    remind_authors(database, now)
    update_reminders(database, now)
    publish_summaries(database, now)
    alarm_coordinators(database, now)
    return now
