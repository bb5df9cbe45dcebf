"""Reminders that somebody asked for, when dates move or people are away just then."""

from datetime import UTC, date, datetime, timedelta

import pytest

from highlightbot.core.later import LaterChoice
from highlightbot.workflows.ask_reminder import remind_later
from highlightbot.workflows.be_away import be_away, be_back
from highlightbot.workflows.hand_over import hand_over, take_back
from tests.fakes.messenger import FakeMessenger
from tests.workflows.bureau import Bureau
from tests.workflows.office import (
    CUT_OFF,
    DAY,
    HOUR,
    LAST_DAY,
    MONDAY,
    NUDGE,
    Office,
    account,
    area,
    known,
)
from tests.workflows.ticking import live_through, tick

WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=UTC)
AFTER_THE_WEEKEND = datetime(2026, 11, 23, 9, tzinfo=UTC)
NEW_CUT_OFF = datetime(2026, 12, 1, 12, tzinfo=UTC)


def ask(office: Office, choice: LaterChoice, now: datetime) -> datetime:
    ids = [office.report("Libraries", now).id]
    at, _ = remind_later(office.database, account("alex"), ids, choice, now)
    return at


def asked(lived: list[tuple[datetime, str, str]]) -> list[datetime]:
    """When somebody got a reminder that they asked for."""
    return [now for now, _, what in lived if "asked: Libraries" in what]


@pytest.fixture
def alone(bureau: Bureau, messenger: FakeMessenger) -> Bureau:
    """A programme of one area with one author, who was reminded on the last day."""
    bureau.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(bureau, messenger, LAST_DAY)
    return bureau


def test_a_reminder_before_the_cut_off_follows_it_whenever_it_moves(
    alone: Bureau, messenger: FakeMessenger
) -> None:
    ask(alone, LaterChoice.BEFORE_CUT_OFF, LAST_DAY)
    alone.do("extend to Thursday 17:00", LAST_DAY)
    alone.do("extend to 1 December 12:00", LAST_DAY + HOUR)
    lived = live_through(alone, messenger, LAST_DAY + HOUR, NEW_CUT_OFF)
    assert asked(lived) == [NEW_CUT_OFF - HOUR]


def test_a_reminder_before_the_cut_off_comes_in_the_last_working_hour_before_it(
    alone: Bureau, messenger: FakeMessenger
) -> None:
    ask(alone, LaterChoice.BEFORE_CUT_OFF, LAST_DAY)
    alone.do("extend to Sunday 29 November 20:00", LAST_DAY)
    friday = datetime(2026, 11, 27, 16, tzinfo=UTC)
    assert asked(live_through(alone, messenger, LAST_DAY, friday + 4 * DAY)) == [friday]


def test_a_reminder_before_a_cut_off_that_is_brought_within_the_hour_comes_at_once(
    alone: Bureau, messenger: FakeMessenger
) -> None:
    ask(alone, LaterChoice.BEFORE_CUT_OFF, LAST_DAY)
    alone.do("extend to today 14:30", LAST_DAY + 5 * HOUR)
    assert tick(alone, messenger, LAST_DAY + 5 * HOUR) == [("alex", "asked: Libraries")]
    assert messenger.sent[-1].key == "reminder:1:2026-11-20T14:00"


def test_a_reminder_in_two_hours_does_not_follow_the_cut_off(
    alone: Bureau, messenger: FakeMessenger
) -> None:
    at = ask(alone, LaterChoice.TWO_HOURS, LAST_DAY)
    alone.do("extend to 1 December 12:00", LAST_DAY)
    assert asked(live_through(alone, messenger, LAST_DAY, NEW_CUT_OFF)) == [at]


def test_what_falls_into_an_absence_comes_after_it_once(
    alone: Bureau, messenger: FakeMessenger
) -> None:
    at = ask(alone, LaterChoice.TWO_HOURS, LAST_DAY)
    be_away(alone.database, account("alex"), LAST_DAY.date(), LAST_DAY + HOUR)
    lived = live_through(alone, messenger, LAST_DAY + HOUR, CUT_OFF)
    assert at < LAST_DAY + DAY
    assert lived[0] == (AFTER_THE_WEEKEND, "alex", "asked: Libraries")
    assert len(asked(lived)) == 1


def test_who_is_back_the_same_day_is_told_although_they_were_reminded_in_the_morning(
    alone: Bureau, messenger: FakeMessenger
) -> None:
    at = ask(alone, LaterChoice.TWO_HOURS, LAST_DAY)
    be_away(alone.database, account("alex"), LAST_DAY.date(), LAST_DAY + HOUR)
    assert tick(alone, messenger, at + HOUR) == []
    be_back(alone.database, account("alex"))
    assert tick(alone, messenger, at + 2 * HOUR) == [("alex", "asked: Libraries")]


def test_what_falls_into_an_absence_comes_with_the_reminder_of_the_day_after_it(
    alone: Bureau, messenger: FakeMessenger
) -> None:
    assert ask(alone, LaterChoice.NEXT_MORNING, LAST_DAY) == AFTER_THE_WEEKEND
    be_away(alone.database, account("alex"), CUT_OFF.date(), LAST_DAY)
    lived = live_through(alone, messenger, LAST_DAY, CUT_OFF + 2 * DAY)
    assert [(now, who) for now, who, _ in lived] == [(CUT_OFF.replace(hour=9) + DAY, "alex")]
    assert asked(lived) == [CUT_OFF.replace(hour=9) + DAY]


def test_what_falls_into_a_pause_comes_after_it(alone: Bureau, messenger: FakeMessenger) -> None:
    ask(alone, LaterChoice.TWO_HOURS, LAST_DAY)
    alone.do("pause until 23 November", LAST_DAY)
    lived = live_through(alone, messenger, LAST_DAY, NUDGE)
    assert asked(lived) == [AFTER_THE_WEEKEND]


def test_a_deputy_is_not_told_what_the_lead_asked_for(
    bureau: Bureau, messenger: FakeMessenger
) -> None:
    bureau.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    tick(bureau, messenger, LAST_DAY)
    ask(bureau, LaterChoice.TWO_HOURS, LAST_DAY)
    be_away(bureau.database, account("alex"), LAST_DAY.date(), LAST_DAY + HOUR)
    lived = live_through(bureau, messenger, LAST_DAY + HOUR, CUT_OFF)
    assert [who for _, who, what in lived if what.startswith("asked")] == ["alex"]


def test_a_coordinator_is_not_told_what_they_asked_for_as_author(
    bureau: Bureau, messenger: FakeMessenger
) -> None:
    bureau.declare(
        MONDAY, areas=(area("Libraries", "alex", "bo"),), coordinators=(known("alex"), known("kim"))
    )
    at = ask(bureau, LaterChoice.TWO_HOURS, WEDNESDAY)
    hand_over(bureau.database, account("alex"), *to_bo(bureau), WEDNESDAY)
    assert tick(bureau, messenger, at) == [("bo", "handed: Libraries")]
    before = in_vain(bureau)
    tick(bureau, messenger, LAST_DAY)
    assert in_vain(bureau) == before != []


def test_who_has_submitted_meanwhile_is_not_told_when_they_are_back(
    alone: Bureau, messenger: FakeMessenger
) -> None:
    at = ask(alone, LaterChoice.TWO_HOURS, LAST_DAY)
    be_away(alone.database, account("alex"), LAST_DAY.date(), LAST_DAY + HOUR)
    assert tick(alone, messenger, at) == []
    alone.submit("Libraries", "alex", at)
    assert live_through(alone, messenger, at, CUT_OFF) == []


def test_a_chase_that_falls_into_an_absence_comes_after_it(
    bureau: Bureau, messenger: FakeMessenger
) -> None:
    evening = WEDNESDAY.replace(hour=20)
    bureau.do("chase parks", evening)
    be_away(bureau.database, account("bo"), date(2026, 11, 19), evening)
    lived = live_through(bureau, messenger, evening, LAST_DAY + HOUR)
    assert [(now, what) for now, who, what in lived if who == "bo"] == [(LAST_DAY, "chased: Parks")]


def test_what_was_handed_and_taken_back_in_an_absence_is_not_told_after_it(
    bureau: Bureau, messenger: FakeMessenger
) -> None:
    evening = WEDNESDAY.replace(hour=20)
    libraries, bo = to_bo(bureau)
    hand_over(bureau.database, account("alex"), libraries, bo, evening)
    be_away(bureau.database, account("bo"), date(2026, 11, 19), evening)
    be_away(bureau.database, account("alex"), date(2026, 11, 30), evening)
    thursday = evening + timedelta(hours=15)
    assert tick(bureau, messenger, thursday) == []
    take_back(bureau.database, account("alex"), libraries, thursday)
    before = in_vain(bureau)
    lived = live_through(bureau, messenger, thursday, LAST_DAY + HOUR)
    assert [what for _, who, what in lived if who == "bo"] == ["period_ended: Libraries, Parks"]
    assert in_vain(bureau) == before != []


def to_bo(office: Office) -> tuple[int, int]:
    """The report of Libraries, and to whom it is handed."""
    with office.database.reading() as unit:
        bo = unit.people.person(account("bo"))
    assert bo is not None
    return office.report("Libraries", MONDAY).id, bo.id


def in_vain(office: Office) -> list[tuple[int, int, str]]:
    """What waits to be told after all."""
    with office.database.reading() as unit:
        return unit.reminders.asked_in_vain(office.period(MONDAY).id)
