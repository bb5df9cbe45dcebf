"""The stores over one transaction."""

from contextlib import AbstractContextManager
from typing import Protocol

from highlightbot.workflows.ports.ledger import Deliveries, Ledger, Pacing
from highlightbot.workflows.ports.looks import Looks
from highlightbot.workflows.ports.people import People
from highlightbot.workflows.ports.programmes import CalendarChanges, Periods, Programmes
from highlightbot.workflows.ports.reminders import Reminders
from highlightbot.workflows.ports.reports import Reports, Summaries


class UnitOfWork(Protocol):
    """The stores over one transaction."""

    people: People
    programmes: Programmes
    periods: Periods
    reports: Reports
    summaries: Summaries
    changes: CalendarChanges
    deliveries: Deliveries
    ledger: Ledger
    looks: Looks
    reminders: Reminders
    pacing: Pacing


class Database(Protocol):
    """Opens units of work. Raises StorageFailure where the database cannot do it now."""

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A consistent view; nothing may be written."""
        ...

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """Commits when the block is left, undoes everything when it is left by an exception.

        Other processes may write at the same time: what is read may have changed before the end,
        unless it is held.
        """
        ...
