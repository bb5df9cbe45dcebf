"""The stores over one transaction, and the database that opens them."""

import json
from collections import ChainMap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NoReturn

from sqlalchemy import Connection

from highlightbot.core.periods import WorkingCalendar
from highlightbot.core.programmes import Timetable
from highlightbot.core.templates import Template
from highlightbot.persistence.deliveries import SqlDeliveries
from highlightbot.persistence.engine import DATABASE_ERRORS, Reader, Writer, storage_failure
from highlightbot.persistence.people import SqlPeople
from highlightbot.persistence.periods import SqlPeriods
from highlightbot.persistence.programmes import SqlProgrammes
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
    return SqlDatabase(url, calendar_for)


class SqlDatabase:
    """Opens units of work; safe to share between threads."""

    def __init__(self, url: str, calendar_for: CalendarFor) -> None:
        self._url = url
        self._reader = Reader(url)
        self._writer = Writer(url)
        self._templates: dict[int, Template] = {}

        @lru_cache(maxsize=256)
        def timetable_of(data: str) -> Timetable:
            return timetable_from_data(json.loads(data), calendar_for)

        self._timetable_of = timetable_of

    @contextmanager
    def reading(self) -> Iterator[ports.UnitOfWork]:
        """See `ports.Database`."""
        try:
            with self._reader.transaction() as connection:
                yield SqlUnitOfWork(connection, self._templates, self._timetable_of)
        except DATABASE_ERRORS as error:
            self._tell_apart(error)

    @contextmanager
    def writing(self) -> Iterator[ports.UnitOfWork]:
        """See `ports.Database`."""
        # A template that is read here may have been made here and be undone: known to others
        # only after the commit.
        templates = ChainMap({}, self._templates)
        try:
            with self._writer.transaction() as connection:
                yield SqlUnitOfWork(connection, templates, self._timetable_of)
        except DATABASE_ERRORS as error:
            self._tell_apart(error)
        self._templates.update(templates.maps[0])

    def close(self) -> None:
        """Close every connection, after the transaction that writes."""
        self._reader.close()
        self._writer.close()

    def _tell_apart(self, error: Exception) -> NoReturn:
        failure = storage_failure(error, self._url)
        if failure is None:
            raise error
        raise failure from error


class SqlUnitOfWork:
    """See `ports.UnitOfWork`."""

    __slots__ = ("deliveries", "people", "periods", "programmes", "reports", "summaries")

    def __init__(
        self,
        connection: Connection,
        cache: TemplateCache,
        timetable_of: Callable[[str], Timetable],
    ) -> None:
        templates = SqlTemplates(connection, cache)
        self.people: ports.People = SqlPeople(connection)
        self.programmes: ports.Programmes = SqlProgrammes(connection, templates, timetable_of)
        self.periods: ports.Periods = SqlPeriods(connection)
        self.reports: ports.Reports = SqlReports(connection, templates, timetable_of)
        self.summaries: ports.Summaries = SqlSummaries(connection, templates)
        self.deliveries: ports.Deliveries = SqlDeliveries(connection)
