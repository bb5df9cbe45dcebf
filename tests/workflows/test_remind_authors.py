from datetime import UTC, datetime, timedelta

import pytest

from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.workflows.do_what_is_due import do_what_is_due
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CLOSED,
    LAST_DAY,
    MONDAY,
    NUDGE,
    OVERDUE,
    Office,
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


def test_a_lead_of_two_areas_gets_one_message(office: Office) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"), area("Parks", "alex")))
    messenger = FakeMessenger()
    tick(office, messenger, LAST_DAY)
    assert reminded(messenger, ReminderKind.PERIOD_ENDED) == {"D-U-ALEX": "Libraries, Parks"}
