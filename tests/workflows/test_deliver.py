from datetime import timedelta

import pytest

from highlightbot.core.deliveries import GRACE, LEASE
from highlightbot.core.errors import (
    DeliveryFailure,
    NotDelivered,
    OutcomeUnknown,
    RateLimited,
    Undeliverable,
)
from highlightbot.workflows.deliver import deliver_next
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.remind_authors import remind_authors
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import LAST_DAY, NUDGE, Office


def only_libraries(office: Office) -> FakeMessenger:
    """A messenger for an office in which one reminder is due."""
    office.submit("Parks", "bo", LAST_DAY)
    office.submit("Housing", "casey", LAST_DAY)
    return FakeMessenger()


def run(office: Office, messenger: FakeMessenger, clock: FakeClock) -> list[str]:
    do_what_is_due(office.database, messenger, clock)
    return messenger.whats


LIBRARIES = ["period_ended: Libraries"]


def test_rate_limited_waits_as_long_as_it_is_told(office: Office) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    messenger.failures = [RateLimited(30)]
    assert run(office, messenger, clock) == []
    clock.move_on(timedelta(seconds=29))
    assert run(office, messenger, clock) == []
    clock.move_on(timedelta(seconds=3))
    assert run(office, messenger, clock) == LIBRARIES


def test_not_delivered_is_tried_again_with_patience(office: Office) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    messenger.failures = [NotDelivered("not_in_channel")] * 3
    for _ in range(6):
        run(office, messenger, clock)
        clock.move_on(timedelta(seconds=20))
    assert messenger.whats == LIBRARIES


def test_undeliverable_is_given_up(office: Office) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    messenger.failures = [Undeliverable("user_not_found")]
    run(office, messenger, clock)
    clock.move_on(timedelta(hours=2))
    assert run(office, messenger, clock) == []


@pytest.mark.parametrize("accepted", [True, False])
def test_an_unknown_outcome_is_looked_up_after_the_grace_period(
    office: Office, accepted: bool
) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    failure: DeliveryFailure = OutcomeUnknown("timeout")
    if accepted:
        messenger.after_accepting = [failure]
    else:
        messenger.failures = [failure]
    before = run(office, messenger, clock)
    assert len(before) == accepted
    clock.move_on(GRACE - timedelta(seconds=1))
    assert run(office, messenger, clock) == before
    clock.move_on(timedelta(seconds=2))
    assert run(office, messenger, clock) == LIBRARIES


def test_a_reminder_that_cannot_be_looked_up_is_sent_again(office: Office) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    messenger.can_look = False
    messenger.after_accepting = [OutcomeUnknown("timeout")]
    run(office, messenger, clock)
    clock.move_on(GRACE)
    assert run(office, messenger, clock) == LIBRARIES * 2


def test_a_claim_whose_process_died_is_taken_up_after_its_lease(office: Office) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    remind_authors(office.database, LAST_DAY)
    with office.database.writing() as unit:
        assert unit.deliveries.claim(LAST_DAY, LEASE) is not None
    assert not deliver_next(office.database, messenger, clock)
    clock.move_on(LEASE)
    assert deliver_next(office.database, messenger, clock)
    assert messenger.whats == LIBRARIES


def test_a_reminder_whose_stage_has_passed_is_not_sent(office: Office) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    messenger.failures = [NotDelivered("away")]
    run(office, messenger, clock)
    clock.instant = NUDGE
    assert run(office, messenger, clock) == ["due_soon: Libraries"]


def test_a_clock_set_back_does_not_hold_a_claim_for_ever(office: Office) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    remind_authors(office.database, LAST_DAY)
    with office.database.writing() as unit:
        unit.deliveries.claim(LAST_DAY + timedelta(hours=5), LEASE)
    assert deliver_next(office.database, messenger, clock)
