"""Everything that time brings about, in the order in which one thing leads to the next."""

from collections.abc import Callable

from highlightbot.workflows.deliver import deliver_next
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.ports import Clock, Database, Messenger
from highlightbot.workflows.publish_summaries import publish_summaries
from highlightbot.workflows.remind_authors import remind_authors


def do_what_is_due(
    database: Database,
    messenger: Messenger,
    clock: Clock,
    stopping: Callable[[], bool] = lambda: False,
) -> None:
    """Open periods, enqueue reminders and summaries, and send until nothing is due.

    Ends between two messages once ``stopping`` says so.
    """
    now = clock.now()
    open_periods(database, now)
    remind_authors(database, now)
    publish_summaries(database, now)
    while not stopping() and deliver_next(database, messenger, clock):
        publish_summaries(database, clock.now())
