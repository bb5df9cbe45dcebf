"""Two who turn out to be one person: Alex, known by account, and Lee, by e-mail address alone."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Column, func, select

from highlightbot.core.coordination import CalendarChange
from highlightbot.core.declarations import DeclaredAuthor
from highlightbot.core.people import Person, Profile, Role
from highlightbot.persistence import SqlDatabase
from highlightbot.persistence.tables import metadata, people
from highlightbot.workflows.ports import Database
from tests.samples import ALEX, HOUSING, KIM, MAIL, NOW, PROGRAMME, Stored, account, store_programme

REFERENCES = [
    key.parent
    for table in metadata.sorted_tables
    for key in table.foreign_keys
    if key.column is people.c.id
]


def mentions(stored: Stored, person_id: int) -> dict[Column[object], int]:
    """How many rows of each column that refers to people refer to this one."""
    assert isinstance(stored.database, SqlDatabase)
    with stored.database._connections.reading() as connection:
        return {
            column: connection.scalar(select(func.count()).where(column == person_id)) or 0
            for column in REFERENCES
        }


def become_one(stored: Stored) -> None:
    with stored.database.writing() as unit:
        unit.people.update_profile(stored.people[MAIL], Profile("U-A", "Alex Lee Sample"))


def alex(stored: Stored) -> Person | None:
    with stored.database.reading() as unit:
        return unit.people.person(account(ALEX))


def test_everything_that_refers_to_one_of_them_refers_to_the_other(database: Database) -> None:
    both = replace(HOUSING, authors=(*HOUSING.authors, DeclaredAuthor(ALEX, Role.DEPUTY)))
    areas = (*PROGRAMME.areas[:-1], both)
    declared = replace(PROGRAMME, coordinators=(KIM, ALEX, MAIL), areas=areas)
    stored = store_programme(database, declared)
    period, alex, lee = stored.open_period(), stored.people[ALEX], stored.people[MAIL]
    report = stored.report(period, "Libraries")
    stored.save(report, "news", "Submitted.")
    stored.submit(report, "once")
    stored.save(report, "news", "A draft.")
    change = CalendarChange("Alex Sample", NOW, "pause", ("Paused.",))
    with database.writing() as unit:
        unit.reports.hand(report.id, alex, alex, NOW)
        unit.reports.hold(report.id)
        unit.reports.excuse(report.id, alex, NOW)
        unit.changes.record(stored.programme_id, alex, change, "key")
        unit.deliveries.enqueue(stored.reminder(period, "k1"), NOW)
        row_id = unit.reminders.join("k1", NOW)
        assert row_id is not None
        for person in (alex, lee):  # of a mark that both were told, one stays
            unit.reminders.record(row_id, person, [(report.id, "chased:2026-11-20T09:30")], {})
    before = mentions(stored, alex)
    assert all(before.values())
    become_one(stored)
    assert not any(mentions(stored, alex).values())
    assert all(after >= before[column] for column, after in mentions(stored, lee).items())


def test_who_is_away_under_one_name_is_away_under_the_other(stored: Stored) -> None:
    early, late = date(2026, 11, 27), date(2026, 12, 4)
    with stored.database.writing() as unit:
        unit.people.be_away(stored.people[ALEX], late)
        unit.people.be_away(stored.people[MAIL], early)
    become_one(stored)
    found = alex(stored)
    assert found is not None
    assert (found.id, found.away_until) == (stored.people[MAIL], late)


def test_who_has_left_under_one_name_is_asked_about_at_once(stored: Stored) -> None:
    with stored.database.writing() as unit:
        unit.people.asked_about(stored.people[ALEX], NOW, None)
        unit.people.asked_about(stored.people[MAIL], NOW, Profile("U-L", "Lee Sample"))
    become_one(stored)
    found = alex(stored)
    assert found is not None
    assert found.has_left
    with stored.database.reading() as unit:
        before = NOW - timedelta(days=1)
        assert found in unit.people.to_ask_about(stored.workspace_id, before, 9)
