"""Several bots on one PostgreSQL database, at the same time and without a leader."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from highlightbot.core.deliveries import GRACE, LEASE
from highlightbot.core.errors import StaleDraft, Undeliverable
from highlightbot.core.later import LaterChoice
from highlightbot.core.rich_text import RichText
from highlightbot.persistence import SqlDatabase
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.alarm_coordinators import alarm_coordinators
from highlightbot.workflows.ask_reminder import remind_later
from highlightbot.workflows.be_away import be_away
from highlightbot.workflows.deliver import deliver_next
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.hand_over import hand_over, take_back
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.publish_summaries import publish_summaries
from highlightbot.workflows.remind_authors import remind_authors
from highlightbot.workflows.set_up_programme import set_up_programme
from highlightbot.workflows.write_report import save_section, submit_report
from tests.databases import PostgresServer
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CUT_OFF,
    DECLARED,
    LAST_DAY,
    MONDAY,
    NUDGE,
    Office,
    account,
    profiles_of,
    set_up_office,
)
from tests.workflows.replicas import at_once

REPLICAS = 4
ROUNDS = 5


@pytest.fixture
def replicas(postgresql: PostgresServer) -> list[SqlDatabase]:
    """One database, opened as often as there are bots."""
    return [SqlDatabase(one, calendar_of) for one in postgresql.connections(REPLICAS)]


@pytest.fixture
def office(replicas: list[SqlDatabase]) -> Office:
    return set_up_office(replicas[0])


def test_everything_due_is_sent_once(replicas: list[SqlDatabase], office: Office) -> None:
    messenger = FakeMessenger()

    def tick_at(clock: FakeClock) -> None:
        at_once(replicas, lambda database: do_what_is_due(database, messenger, clock))

    tick_at(FakeClock(LAST_DAY))
    assert sorted(messenger.whats) == [
        "period_ended: Housing",
        "period_ended: Libraries",
        "period_ended: Parks",
    ]
    office.submit("Libraries", "alex", LAST_DAY, activity="Opened a branch")
    tick_at(FakeClock(CUT_OFF))
    assert messenger.whats.count("edition 1") == 1
    assert max(Counter(messenger.sent).values()) == 1


def test_reminders_are_planned_once(replicas: list[SqlDatabase], office: Office) -> None:
    made = at_once(replicas, lambda database: remind_authors(database, LAST_DAY))
    assert sum(made) == 3  # type: ignore[call-overload]  # numbers, all of them


def test_edition_is_made_once(replicas: list[SqlDatabase], office: Office) -> None:
    for number in range(ROUNDS):
        office.submit("Parks", "bo", LAST_DAY, key=f"k{number}", activity=f"Text {number}")
        made = at_once(replicas, lambda database: publish_summaries(database, CUT_OFF))
        assert sorted(made) == [0, 0, 0, 1]  # type: ignore[type-var]  # numbers, all of them
        messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
        while deliver_next(office.database, messenger, clock):
            pass


def test_period_is_opened_once(replicas: list[SqlDatabase], office: Office) -> None:
    for turn in range(1, ROUNDS + 1):
        now = MONDAY + turn * timedelta(weeks=2)
        at_once(replicas, lambda database, now=now: open_periods(database, now))  # type: ignore[misc]
        with office.database.reading() as unit:
            opened = unit.periods.opened(office.programme_id)
            assert len(unit.reports.of_period(opened[0].id)) == 3
        assert [period.number for period in opened] == list(range(turn + 1, 0, -1))


def test_programme_is_set_up_once(replicas: list[SqlDatabase]) -> None:
    def set_up(database: SqlDatabase) -> tuple[int, int]:
        with database.writing() as unit:
            unit.people.workspace("slack")
        with database.writing() as unit:
            workspace_id = unit.people.workspace("slack", "T-TEST")
        return workspace_id, set_up_programme(
            database, workspace_id, DECLARED, profiles_of(DECLARED), MONDAY
        )

    made = at_once(replicas, set_up)
    assert len(set(made)) == 1
    ((workspace_id, programme_id),) = set(made)  # type: ignore[misc]  # pairs, all of them
    with replicas[0].reading() as unit:
        (programme,) = unit.programmes.all(workspace_id)
        assert unit.people.workspace("slack") == workspace_id
    assert programme.id == programme_id
    assert [area.name for area in programme.areas] == ["Libraries", "Parks", "Housing"]
    assert [len(area.authors) for area in programme.areas] == [2, 1, 1]


def test_one_of_those_who_save_a_section_at_once_is_heard(
    replicas: list[SqlDatabase], office: Office
) -> None:
    report = office.report("Libraries", MONDAY)

    def save(database: SqlDatabase) -> str:
        text = RichText.from_plain(f"Text of {id(database)}")
        try:
            save_section(
                database,
                account("alex"),
                report.id,
                "activity",
                text,
                nil=False,
                expected_version=0,
                may_be_blank=False,
                now=MONDAY,
            )
        except StaleDraft:
            return "told"
        return "saved"

    assert Counter(at_once(replicas, save)) == {"saved": 1, "told": REPLICAS - 1}


def test_submission_that_comes_several_times_at_once_makes_one_revision(
    replicas: list[SqlDatabase], office: Office
) -> None:
    office.write("Libraries", "alex", MONDAY, activity="Opened a branch")
    report = office.report("Libraries", MONDAY)

    def submit(key: str) -> Callable[[SqlDatabase], int]:
        return lambda database: (
            submit_report(
                database, account("alex"), report.id, headline="", submission_key=key, now=MONDAY
            ).revision
        )

    for number in range(1, ROUNDS + 1):
        assert at_once(replicas, submit(f"k{number}")) == [number] * REPLICAS


KILLED = """
import sys
from datetime import datetime
from highlightbot.core.deliveries import LEASE
from highlightbot.persistence import open_database
from highlightbot.scheduling.holidays import calendar_of

with open_database(sys.argv[1], calendar_for=calendar_of).writing() as unit:
    delivery = unit.deliveries.claim(datetime.fromisoformat(sys.argv[2]), LEASE)
print(delivery.key, flush=True)
sys.stdin.read()
"""


def test_what_a_killed_replica_held_is_taken_over_after_its_lease(
    postgresql: PostgresServer, office: Office
) -> None:
    office.submit("Parks", "bo", LAST_DAY)
    office.submit("Housing", "casey", LAST_DAY)
    remind_authors(office.database, LAST_DAY)
    command = [sys.executable, "-c", KILLED, postgresql.patient_url, LAST_DAY.isoformat()]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as replica:
        assert replica.stdout is not None
        key = replica.stdout.readline().strip()
        replica.kill()
    assert key
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY + LEASE - timedelta(seconds=1))
    do_what_is_due(office.database, messenger, clock)
    assert messenger.sent == []
    for _ in range(5):
        clock.move_on(GRACE / 2)
        do_what_is_due(office.database, messenger, clock)
    assert [sent.key for sent in messenger.sent] == [key]


def sent_by(replicas: list[SqlDatabase], clock: FakeClock) -> list[str]:
    """What all of them send together."""
    messenger = FakeMessenger()
    at_once(replicas, lambda database: do_what_is_due(database, messenger, clock))
    return sorted(messenger.whats)


def test_a_report_that_is_handed_over_in_every_replica_at_once_is_told_once(
    replicas: list[SqlDatabase], office: Office
) -> None:
    report = office.report("Libraries", MONDAY)
    bo = next(one for one in office.programme.people if one.name == "Bo")
    clock = FakeClock(MONDAY)
    at_once(replicas, lambda db: hand_over(db, account("alex"), report.id, bo.id, MONDAY))
    assert sent_by(replicas, clock) == ["handed: Libraries"]
    at_once(replicas, lambda db: take_back(db, account("alex"), report.id, MONDAY))
    assert office.report("Libraries", MONDAY).handed is None


@pytest.mark.parametrize("choice", [LaterChoice.TWO_HOURS, LaterChoice.NEXT_MORNING])
def test_a_reminder_that_is_asked_for_in_every_replica_at_once_comes_once(
    replicas: list[SqlDatabase], office: Office, choice: LaterChoice
) -> None:
    asked_at = NUDGE - timedelta(days=4)
    report = office.report("Housing", asked_at)
    told = at_once(
        replicas, lambda db: remind_later(db, account("casey"), [report.id], choice, asked_at)
    )
    ((at, _),) = set(told)  # type: ignore[misc]  # pairs, all of them
    assert [what for what in sent_by(replicas, FakeClock(at)) if "Housing" in what] == [
        "asked: Housing"
    ]


def test_who_says_that_they_are_away_while_it_is_planned_is_not_reminded(
    replicas: list[SqlDatabase], office: Office
) -> None:
    def plan_or_leave(database: SqlDatabase) -> object:
        if database is replicas[0]:
            return be_away(database, account("alex"), LAST_DAY.date(), LAST_DAY)
        return remind_authors(database, LAST_DAY)

    at_once(replicas, plan_or_leave)
    # The deputy of Libraries has Parks of their own: both come in one message.
    assert sent_by(replicas, FakeClock(LAST_DAY)) == [
        "period_ended: Housing",
        "period_ended: Libraries, Parks",
    ]


def test_coordinators_are_told_once_of_what_did_not_arrive(
    replicas: list[SqlDatabase], office: Office
) -> None:
    refusing = FakeMessenger(failures=[Undeliverable("Slack refuses: user_not_found")] * 3)
    clock = FakeClock(LAST_DAY)
    do_what_is_due(office.database, refusing, clock)
    clock.move_on(timedelta(minutes=1))
    told = at_once(replicas, lambda database: alarm_coordinators(database, clock.now()))
    assert sorted(told) == [0, 0, 0, 3]  # type: ignore[type-var]  # numbers, all of them
    assert sent_by(replicas, clock) == ["MessagesUndelivered"]
