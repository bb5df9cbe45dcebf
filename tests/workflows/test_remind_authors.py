from datetime import UTC, datetime, timedelta

import pytest

from highlightbot.core.deliveries import DeliveryStatus
from highlightbot.core.errors import NotDelivered
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.workflows.ask_reminder import remind_now
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.mend_deliveries import cancel_deliveries
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CLOSED,
    LAST_DAY,
    MONDAY,
    NUDGE,
    OVERDUE,
    Office,
    account,
    area,
)

EVERYBODY = {
    "D-U-ALEX": "Libraries",
    "D-U-BO": "Parks",
    "D-U-CASEY": "Housing",
}


def tick(office: Office, messenger: FakeMessenger, now: datetime) -> None:
    do_what_is_due(office.database, messenger, FakeClock(now))


def reminded(messenger: FakeMessenger, kind: ReminderKind) -> dict[str, str]:
    """Who got that kind, and about which areas."""
    return {
        sent.conversation: sent.what.partition(": ")[2]
        for sent in messenger.sent
        if sent.what.startswith(f"{kind}:")
    }


def test_nobody_is_reminded_before_the_period_ends(office: Office) -> None:
    messenger = FakeMessenger()
    tick(office, messenger, LAST_DAY - timedelta(seconds=1))
    assert messenger.sent == []


def test_each_lead_is_reminded_once_when_the_period_ends(office: Office) -> None:
    messenger = FakeMessenger()
    for minutes in (0, 0, 1, 60):
        tick(office, messenger, LAST_DAY + timedelta(minutes=minutes))
    assert reminded(messenger, ReminderKind.PERIOD_ENDED) == EVERYBODY
    assert len(messenger.sent) == 3


def test_a_nudge_goes_only_to_those_who_have_not_submitted(office: Office) -> None:
    messenger = FakeMessenger()
    office.submit("Parks", "bo", LAST_DAY, activity="Planted trees.")
    tick(office, messenger, NUDGE)
    assert reminded(messenger, ReminderKind.DUE_SOON) == {
        "D-U-ALEX": "Libraries",
        "D-U-CASEY": "Housing",
    }


def test_overdue_goes_to_those_still_missing_after_the_cut_off(office: Office) -> None:
    messenger = FakeMessenger()
    office.submit("Housing", "casey", NUDGE)
    tick(office, messenger, OVERDUE)
    assert reminded(messenger, ReminderKind.OVERDUE) == {
        "D-U-ALEX": "Libraries",
        "D-U-BO": "Parks",
    }


def test_after_an_outage_only_the_latest_stage_is_sent(office: Office) -> None:
    messenger = FakeMessenger()
    tick(office, messenger, NUDGE + timedelta(minutes=30))
    assert reminded(messenger, ReminderKind.PERIOD_ENDED) == {}
    assert reminded(messenger, ReminderKind.DUE_SOON) == EVERYBODY


def test_who_submits_between_enqueueing_and_sending_is_not_reminded(office: Office) -> None:
    night = LAST_DAY.replace(hour=20)
    messenger = FakeMessenger()
    tick(office, messenger, night)  # enqueued, to go out on Monday morning
    assert messenger.sent == []
    office.submit("Libraries", "bo", night, activity="Opened.")
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    tick(office, messenger, monday)
    assert reminded(messenger, ReminderKind.DUE_SOON) == {
        "D-U-BO": "Parks",
        "D-U-CASEY": "Housing",
    }


@pytest.mark.parametrize("outside", [LAST_DAY.replace(hour=8), LAST_DAY.replace(hour=17)])
def test_nobody_is_written_to_outside_working_hours(office: Office, outside: datetime) -> None:
    messenger = FakeMessenger()
    tick(office, messenger, outside)
    assert messenger.sent == []


def test_no_overdue_reminder_follows_once_the_period_is_closed(office: Office) -> None:
    messenger = FakeMessenger()
    tick(office, messenger, CLOSED + timedelta(hours=1))
    assert reminded(messenger, ReminderKind.OVERDUE) == {}


def test_a_clock_that_was_ahead_till_after_the_close_stops_no_reminder(office: Office) -> None:
    messenger = FakeMessenger()
    ahead = CLOSED + timedelta(days=1)
    tick(office, messenger, ahead)
    assert set(reminded(messenger, ReminderKind.OVERDUE)) == set(EVERYBODY)  # of the next period
    tick(office, messenger, NUDGE)
    assert reminded(messenger, ReminderKind.DUE_SOON) == EVERYBODY


def test_a_lead_of_two_areas_gets_one_message(office: Office) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"), area("Parks", "alex")))
    messenger = FakeMessenger()
    tick(office, messenger, LAST_DAY)
    assert reminded(messenger, ReminderKind.PERIOD_ENDED) == {"D-U-ALEX": "Libraries, Parks"}


def test_a_reminder_that_was_cancelled_does_not_come_back_that_day(office: Office) -> None:
    messenger = FakeMessenger(failures=[NotDelivered("restricted_action")] * 3)
    tick(office, messenger, LAST_DAY)
    with office.database.reading() as unit:
        rows = [row.id for row in unit.ledger.rows([DeliveryStatus.PENDING], 9)]
    cancelled_at = LAST_DAY + timedelta(days=3)  # put off over the weekend by then
    assert all(one.done for one in cancel_deliveries(office.database, rows, cancelled_at))
    for hours in (0, 1):
        with office.database.writing() as unit:
            unit.looks.wake(programme_id=office.programme_id)
        tick(office, messenger, cancelled_at + timedelta(hours=hours))
    assert messenger.sent == []
    with office.database.writing() as unit:
        bo = unit.people.person(account("bo"))
        assert bo is not None
        chased = office.programme, bo, office.report("Parks", MONDAY), ReminderKind.CHASED
        assert remind_now(unit, *chased, cancelled_at, besides=False) == cancelled_at
    tick(office, messenger, cancelled_at + timedelta(hours=1))
    assert reminded(messenger, ReminderKind.CHASED) == {"D-U-BO": "Parks"}
    tick(office, messenger, OVERDUE)
    assert reminded(messenger, ReminderKind.OVERDUE) == EVERYBODY
