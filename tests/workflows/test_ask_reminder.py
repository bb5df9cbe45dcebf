"""Reminders that people ask for."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from highlightbot.core.errors import Refusal
from highlightbot.core.later import LaterChoice
from highlightbot.core.reminder_plan import STANDARD_PLAN, ReminderTime
from highlightbot.workflows.ask_reminder import remind_later
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CUT_OFF,
    LAST_DAY,
    MONDAY,
    NUDGE,
    TIMETABLE,
    Office,
    account,
    area,
)
from tests.workflows.ticking import live_through, tick


def ask(office: Office, choice: LaterChoice, now: datetime, name: str = "alex") -> datetime:
    ids = [office.report("Libraries", now).id]
    at, _ = remind_later(office.database, account(name), ids, choice, now)
    return at


def test_a_reminder_in_two_hours_comes_once_besides_that_of_the_day(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    for _ in range(2):
        at = ask(office, LaterChoice.TWO_HOURS, LAST_DAY)
    assert at == LAST_DAY + timedelta(hours=2)
    assert live_through(office, messenger, LAST_DAY, NUDGE + timedelta(hours=1)) == [
        (at, "alex", "asked: Libraries"),
        (NUDGE, "alex", "due_soon: Libraries"),
    ]


def test_a_reminder_for_another_day_is_that_days_only_one(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    at = ask(office, LaterChoice.NEXT_MORNING, LAST_DAY)
    assert at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert live_through(office, messenger, LAST_DAY, CUT_OFF) == [(at, "alex", "asked: Libraries")]


def test_a_reminder_before_the_cut_off_gathers_what_the_plan_has_for_that_day(
    office: Office, messenger: FakeMessenger
) -> None:
    plan = replace(STANDARD_PLAN, due_soon=(ReminderTime(0, time(10)),))
    timetable = replace(TIMETABLE, reminders=plan)
    office.declare(MONDAY, areas=(area("Libraries", "alex"),), timetable=timetable)
    tick(office, messenger, LAST_DAY)
    at = ask(office, LaterChoice.BEFORE_CUT_OFF, LAST_DAY)
    assert live_through(office, messenger, LAST_DAY, CUT_OFF) == [(at, "alex", "asked: Libraries")]


def test_who_has_submitted_since_is_not_reminded_though_they_asked(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    at = ask(office, LaterChoice.TWO_HOURS, LAST_DAY)
    office.submit("Libraries", "alex", LAST_DAY)
    assert tick(office, messenger, at) == []


def test_a_time_that_makes_no_sense_any_more_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="That time has passed"):
        ask(office, LaterChoice.BEFORE_CUT_OFF, CUT_OFF - timedelta(minutes=30))
    with pytest.raises(Refusal, match="nothing left to remind you of"):
        ask(office, LaterChoice.TWO_HOURS, LAST_DAY, "casey")
