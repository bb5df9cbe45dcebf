"""Programmes whose authors are all due a reminder at the same time, and their ledger."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from highlightbot.core.cadences import Cadence
from highlightbot.core.declarations import (
    DeclaredArea,
    DeclaredAuthor,
    DeclaredPerson,
    DeclaredProgramme,
)
from highlightbot.core.people import Profile, Role
from highlightbot.core.periods import CutOff
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import STANDARD_PLAN
from highlightbot.core.templates import Section, Template
from highlightbot.persistence import SqlDatabase, migrate, open_database
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.wiring import PLATFORM
from highlightbot.workflows.open_periods import open_periods

OPENS = datetime(2026, 11, 9, 9, tzinfo=UTC)
DUE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""The last day of the first period, in working hours."""

_FORM = Template("form", "1", "Form", (Section("news", "NEWS", "News", "activity"),))
_TIMETABLE = Timetable(
    Cadence(2, "weeks", date(2026, 11, 7)),
    CutOff(2, time(12)),
    ZoneInfo("Europe/London"),
    STANDARD_PLAN,
)


def database_with(url: str, *, programmes: int, areas: int) -> SqlDatabase:
    """A migrated database with so many programmes, each of so many areas with an author each.

    Their first period is open.
    """
    migrate(url)
    database = open_database(url, calendar_for=calendar_of)
    with database.writing() as unit:
        workspace_id = unit.people.workspace(PLATFORM, "T0BENCHMARK")
        for number in range(programmes):
            declared = _programme(number, areas)
            people = {
                person: unit.people.declare(
                    workspace_id, person, Profile(person.external_id or "", "Author")
                )
                for person in declared.people
            }
            unit.programmes.save(workspace_id, declared, people)
    open_periods(database, OPENS)
    return database


def _programme(number: int, areas: int) -> DeclaredProgramme:
    return DeclaredProgramme(
        f"p{number}",
        f"Programme {number}",
        _FORM,
        _TIMETABLE,
        f"C{number}",
        (),
        tuple(
            DeclaredArea(
                f"a{area}",
                f"Area {area}",
                (DeclaredAuthor(DeclaredPerson(external_id=f"U{number}A{area}"), Role.LEAD),),
            )
            for area in range(areas)
        ),
    )
