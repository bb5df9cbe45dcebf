"""Everything that time brings about, in the order in which one thing leads to the next."""

from collections.abc import Callable
from datetime import datetime, timedelta

from highlightbot.workflows.deliver import deliver_next
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.ports import Clock, Database, Messenger
from highlightbot.workflows.publish_summaries import publish_summaries
from highlightbot.workflows.remind_authors import remind_authors

_PLAN_AGAIN_AFTER = timedelta(minutes=1)
"""A long queue must not keep a reminder from being planned."""


def do_what_is_due(
    database: Database,
    messenger: Messenger,
    clock: Clock,
    stopping: Callable[[], bool] = lambda: False,
) -> None:
    """Open periods, enqueue reminders and summaries, and send until nothing is due.

    Ends between two messages once ``stopping`` says so.
    """
    planned_at = _plan(database, clock.now())
    while not stopping() and deliver_next(database, messenger, clock):
        if abs(clock.now() - planned_at) >= _PLAN_AGAIN_AFTER:
            planned_at = _plan(database, clock.now())
        else:
            publish_summaries(database, clock.now())  # an edition may have waited for this message


def _plan(database: Database, now: datetime) -> datetime:
    open_periods(database, now)
    remind_authors(database, now)
    publish_summaries(database, now)
    return now
