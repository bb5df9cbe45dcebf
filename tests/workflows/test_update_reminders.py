from datetime import timedelta

import pytest

from highlightbot.core.errors import DeliveryFailure, NotDelivered, OutcomeUnknown
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.update_reminders import update_reminders
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import CLOSED, LAST_DAY, MONDAY, NUDGE, Office, area

FIRST = "period_ended: Libraries"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(LAST_DAY)


@pytest.fixture
def messenger(office: Office, clock: FakeClock) -> FakeMessenger:
    """A messenger that has sent the period's first reminders."""
    messenger = FakeMessenger()
    do_what_is_due(office.database, messenger, clock)
    return messenger


def tick(office: Office, messenger: FakeMessenger, clock: FakeClock) -> None:
    do_what_is_due(office.database, messenger, clock)


def test_a_reminder_tells_once_of_each_submission(
    office: Office, messenger: FakeMessenger, clock: FakeClock
) -> None:
    assert messenger.changed == []
    office.submit("Libraries", "alex", LAST_DAY, key="1")
    for _ in range(3):
        tick(office, messenger, clock)
    assert messenger.changed == [(FIRST, "Libraries 1")]
    office.submit("Libraries", "alex", LAST_DAY, key="2")
    tick(office, messenger, clock)
    assert messenger.changed == [(FIRST, "Libraries 1"), (FIRST, "Libraries 2")]
    assert len(messenger.sent) == 3


def test_a_deputys_submission_is_told_in_the_leads_reminder(
    office: Office, messenger: FakeMessenger, clock: FakeClock
) -> None:
    office.submit("Libraries", "bo", LAST_DAY)
    tick(office, messenger, clock)
    assert messenger.changed == [(FIRST, "Libraries 1")]


def test_every_reminder_about_the_period_is_changed(
    office: Office, messenger: FakeMessenger, clock: FakeClock
) -> None:
    clock.instant = NUDGE
    tick(office, messenger, clock)
    office.submit("Housing", "casey", NUDGE)
    tick(office, messenger, clock)
    assert messenger.changed == [
        ("period_ended: Housing", "Housing 1"),
        ("due_soon: Housing", "Housing 1"),
    ]


def test_a_reminder_about_two_areas_tells_how_both_stand(office: Office, clock: FakeClock) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"), area("Parks", "alex")))
    messenger = FakeMessenger()
    tick(office, messenger, clock)
    office.submit("Parks", "alex", LAST_DAY)
    tick(office, messenger, clock)
    assert messenger.changed == [("period_ended: Libraries, Parks", "Libraries 0, Parks 1")]


def test_nothing_is_changed_that_was_not_sent(office: Office, clock: FakeClock) -> None:
    messenger = FakeMessenger(failures=[NotDelivered("away")] * 3)
    tick(office, messenger, clock)
    office.submit("Libraries", "alex", LAST_DAY)
    assert update_reminders(office.database, LAST_DAY) == 0
    assert messenger.sent == []


@pytest.mark.parametrize("failure", [NotDelivered("away"), OutcomeUnknown("timeout")])
def test_a_change_that_failed_is_made_again(
    office: Office, messenger: FakeMessenger, clock: FakeClock, failure: DeliveryFailure
) -> None:
    messenger.failures = [failure]
    office.submit("Libraries", "alex", LAST_DAY)
    tick(office, messenger, clock)
    assert messenger.changed == []
    clock.move_on(timedelta(minutes=2))
    tick(office, messenger, clock)
    assert messenger.changed == [(FIRST, "Libraries 1")]


def test_a_change_is_left_out_that_a_later_one_repeats(
    office: Office, messenger: FakeMessenger, clock: FakeClock
) -> None:
    messenger.failures = [NotDelivered("away")]
    office.submit("Libraries", "alex", LAST_DAY, key="1")
    tick(office, messenger, clock)
    office.submit("Libraries", "alex", LAST_DAY, key="2")
    clock.move_on(timedelta(minutes=2))
    tick(office, messenger, clock)
    assert messenger.changed == [(FIRST, "Libraries 2")]


def test_nothing_is_changed_once_the_period_is_closed(
    office: Office, messenger: FakeMessenger, clock: FakeClock
) -> None:
    messenger.failures = [NotDelivered("away")]
    office.submit("Libraries", "alex", LAST_DAY)
    tick(office, messenger, clock)
    clock.instant = CLOSED
    tick(office, messenger, clock)
    assert messenger.changed == []
