"""A database of its own, with the programmes of the soak in it."""

from highlightbot.persistence import SqlDatabase, migrate, open_database
from highlightbot.scheduling.holidays import calendar_of
from soak.offices import set_up


def database_with(url: str, *, programmes: int, areas: int) -> SqlDatabase:
    """A migrated database with so many programmes, each of so many areas with an author each.

    Their first period is open from ``OPENS`` of `soak.offices`.
    """
    migrate(url)
    database = open_database(url, calendar_for=calendar_of)
    set_up(database, programmes, areas)
    return database
