"""A database of an older version, with reminders under way, is brought up to date."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from highlightbot.core.deliveries import SentReminder
from highlightbot.persistence import migrate, migrations, open_database
from highlightbot.persistence.backends import backend_of
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.ports import Database
from tests.databases import PostgresServer
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger

NUDGE = datetime(2026, 11, 23, 14, tzinfo=UTC)
TIMETABLE = """{"cadence": {"every": 2, "unit": "weeks", "anchor": "2026-11-07"},
"cut_off": {"days": 2, "at": "12:00:00", "working": true}, "zone": "Europe/London",
"reminders": {"period_ended": {"working_days": 0, "at": "09:00:00"},
"due_soon": {"working_days": -1, "at": "14:00:00"},
"overdue": {"working_days": 1, "at": "09:00:00"}, "hours": ["09:00:00", "17:00:00"]},
"region": null}"""
PEOPLE = {1: "ALEX", 2: "BO", 3: "CASEY"}
TABLES = ("people", "periods", "reports", "deliveries")
COLUMNS = (
    "id, dedupe_key, kind, programme_id, period_id, person_id, edition, part, status,"
    " next_attempt_at, expires_at, attempts, token, was_unknown, conversation, message, reason,"
    " created_at, finished_at"
)


def reminder(row_id: int, kind: str, person: int, status: str, edition: int = 0) -> str:
    """A row as it was before: about one period, of one kind."""
    key = f"reminder:{kind}:1:{person}" + (f":{edition}" if edition else "")
    sent = status == "sent"
    at = "'2026-11-20 09:00:00+00:00'"
    place = f"'D-{person}', '{row_id}.0'" if sent else "NULL, NULL"
    return (
        f"INSERT INTO deliveries ({COLUMNS}) VALUES ({row_id}, '{key}', '{kind}', 1, 1, {person},"
        f" {edition}, 0, '{status}', {at}, '2026-12-08 12:00:00+00:00', {int(sent)}, 0, FALSE,"
        f" {place}, '', {at},"
        f" {at if sent else 'NULL'})"
    )


OLD = [
    "INSERT INTO workspaces (id, platform, external_id, name) VALUES (1, 'slack', 'T-1', 'T')",
    *(
        f"INSERT INTO people (id, workspace_id, external_id, name) VALUES ({n}, 1, 'U-{p}', '{p}')"
        for n, p in PEOPLE.items()
    ),
    "INSERT INTO templates (id, workspace_id, key, version, title, sections)"
    " VALUES (1, 1, 'f', '1', 'F', '[]')",
    "INSERT INTO programmes (id, workspace_id, key, name, template_id, timetable, channel)"
    f" VALUES (1, 1, 'p', 'P', 1, '{TIMETABLE}', 'C-1')",
    *(
        "INSERT INTO service_areas (id, programme_id, key, name, position, retired)"
        f" VALUES ({n}, 1, 'a{n}', 'Area {n}', {n}, FALSE)"
        for n in PEOPLE
    ),
    *(
        f"INSERT INTO authors (area_id, person_id, role, position) VALUES ({n}, {n}, 'lead', 0)"
        for n in PEOPLE
    ),
    "INSERT INTO periods (id, programme_id, number, starts_on, ends_on, due_at, closes_at,"
    " template_id, opened_at, edition) VALUES (1, 1, 1, '2026-11-07', '2026-11-20',"
    " '2026-11-24 12:00:00+00:00', '2026-12-08 12:00:00+00:00', 1, '2026-11-07 00:00:00+00:00', 0)",
    *(
        "INSERT INTO reports (id, period_id, area_id, template_id, revision, published, headline)"
        f" VALUES ({n}, 1, {n}, 1, 0, 0, '')"
        for n in PEOPLE
    ),
    reminder(1, "period_ended", 1, "sent"),
    reminder(2, "due_soon", 1, "sent"),
    reminder(3, "period_ended", 2, "pending"),
    reminder(4, "period_ended", 1, "pending", edition=1),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database that was written before this version, and brought up to date."""
    if request.param == "sqlite":
        yield from brought_up_to_date(f"sqlite:///{tmp_path / 'old.db'}", request)
    else:
        server: PostgresServer = request.getfixturevalue("postgresql")
        with server.new() as url:
            yield from brought_up_to_date(url, request)


def brought_up_to_date(url: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "REVISIONS", ("0001", "0002"))
        patch.setattr("alembic.command.upgrade", _only_to("0002"))
        migrate(url)
    with closing(backend_of(url).connect(url)) as connections, connections.writing() as connection:
        for statement in OLD:
            statement = statement.replace("+00:00'", "'") if "sqlite" in url else statement
            connection.execute(text(statement.replace(":", "\\:")))
        for table in TABLES if url.startswith("postgres") else ():
            connection.execute(text(f"SELECT setval('{table}_id_seq', 100)"))
    migrate(url)
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        yield database


def _only_to(revision: str):  # type: ignore[no-untyped-def]  # Alembic's own types are vague
    from alembic import command

    upgrade = command.upgrade
    return lambda config, _: upgrade(config, revision)


def test_what_was_told_is_known_and_what_was_not_is_planned_anew(database: Database) -> None:
    with database.reading() as unit:
        assert unit.reminders.told(1) == {
            (1, 1, "period_ended:2026-11-20"),
            (1, 1, "due_soon:2026-11-24T12:00:-1"),
        }
        assert unit.reminders.messages_about(1) == [
            SentReminder("reminder:period_ended:1:1", 1, 1, 1),
            SentReminder("reminder:due_soon:1:1", 1, 1, 1),
        ]
    messenger = FakeMessenger()
    for _ in range(2):
        do_what_is_due(database, messenger, FakeClock(NUDGE + timedelta(minutes=1)))
    assert sorted(messenger.whats) == ["due_soon: Area 2", "due_soon: Area 3"]
