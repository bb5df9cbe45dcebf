"""The stores over one transaction, and the database that opens them."""

import json
from collections import ChainMap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NoReturn

from sqlalchemy import Connection, text

from highlightbot.core.periods import WorkingCalendar
from highlightbot.core.programmes import Timetable
from highlightbot.core.templates import Template
from highlightbot.persistence.backends import Connections, backend_of
from highlightbot.persistence.calendar_changes import SqlCalendarChanges
from highlightbot.persistence.deliveries import SqlDeliveries
from highlightbot.persistence.ledger import SqlLedger
from highlightbot.persistence.looks import SqlLooks
from highlightbot.persistence.migrations import REVISIONS
from highlightbot.persistence.pacing import SqlPacing
from highlightbot.persistence.people import SqlPeople
from highlightbot.persistence.periods import SqlPeriods
from highlightbot.persistence.programmes import SqlProgrammes
from highlightbot.persistence.reminders import SqlReminders
from highlightbot.persistence.reports import SqlReports
from highlightbot.persistence.summaries import SqlSummaries
from highlightbot.persistence.templates import SqlTemplates, TemplateCache
from highlightbot.persistence.timetables import timetable_from_data
from highlightbot.workflows import ports

CalendarFor = Callable[[str | None], WorkingCalendar]
"""Gives a region's working days; the region is as "GB" or "GB-ENG", None for no holidays."""


def open_database(url: str, *, calendar_for: CalendarFor) -> "SqlDatabase":
    """The database at that address, which `migrate` has brought up to date.

    Nothing is opened before the first unit of work.
    """
    return SqlDatabase(backend_of(url).connect(url), calendar_for)


class SqlDatabase:
    """Opens units of work; safe to share between threads.

    ``failures`` counts the StorageFailures that it has raised.
    """

    def __init__(self, connections: Connections, calendar_for: CalendarFor) -> None:
        self._connections = connections
        self._templates: dict[int, Template] = {}
        self.failures = 0

        @lru_cache(maxsize=256)
        def timetable_of(data: str) -> Timetable:
            return timetable_from_data(json.loads(data), calendar_for)

        self._timetable_of = timetable_of

    @contextmanager
    def reading(self) -> Iterator[ports.UnitOfWork]:
        """See `ports.Database`."""
        try:
            with self._connections.reading() as connection:
                yield SqlUnitOfWork(connection, self._templates, self._timetable_of)
        except self._connections.errors as error:
            self._tell_apart(error)

    @contextmanager
    def writing(self) -> Iterator[ports.UnitOfWork]:
        """See `ports.Database`."""
        # A template that is read here may have been made here and be undone: known to others
        # only after the commit.
        templates = ChainMap({}, self._templates)
        try:
            with self._connections.writing() as connection:
                yield SqlUnitOfWork(connection, templates, self._timetable_of)
        except self._connections.errors as error:
            self._tell_apart(error)
        self._templates.update(templates.maps[0])

    def is_current(self) -> bool:
        """Whether the database holds the schema of this program; another may have changed it.

        StorageFailure where it does not answer.
        """
        try:
            with self._connections.reading() as connection:
                (revision,) = connection.execute(_REVISION).one()
        except self._connections.errors as error:
            self._tell_apart(error)
        return bool(revision == REVISIONS[-1])

    def close(self) -> None:
        """Close every connection, after the transaction that writes."""
        self._connections.close()

    def _tell_apart(self, error: Exception) -> NoReturn:
        failure = self._connections.failure(error)
        if failure is None:
            raise error
        self.failures += 1
        raise failure from error


_REVISION = text("SELECT version_num FROM alembic_version")


class SqlUnitOfWork:
    """See `ports.UnitOfWork`."""

    __slots__ = (
        "changes",
        "deliveries",
        "ledger",
        "looks",
        "pacing",
        "people",
        "periods",
        "programmes",
        "reminders",
        "reports",
        "summaries",
    )

    def __init__(
        self,
        connection: Connection,
        cache: TemplateCache,
        timetable_of: Callable[[str], Timetable],
    ) -> None:
        templates = SqlTemplates(connection, cache)
        self.people: ports.People = SqlPeople(connection)
        self.changes: ports.CalendarChanges = SqlCalendarChanges(connection)
        self.programmes: ports.Programmes = SqlProgrammes(connection, templates, timetable_of)
        self.periods: ports.Periods = SqlPeriods(connection)
        self.reports: ports.Reports = SqlReports(connection, templates, timetable_of)
        self.summaries: ports.Summaries = SqlSummaries(connection, templates)
        self.deliveries: ports.Deliveries = SqlDeliveries(connection)
        self.ledger: ports.Ledger = SqlLedger(connection)
        self.looks: ports.Looks = SqlLooks(connection)
        self.reminders: ports.Reminders = SqlReminders(connection)
        self.pacing: ports.Pacing = SqlPacing(connection)
