from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

import pytest

from highlightbot.core.deliveries import (
    GIVEN_UP_AFTER,
    GRACE,
    LEASE,
    LONGEST_WAIT,
    DeliveryKind,
    DeliveryStatus,
    LedgerRow,
)
from highlightbot.core.errors import (
    DeliveryFailure,
    NotDelivered,
    OutcomeUnknown,
    RateLimited,
    StorageFailure,
    Undeliverable,
)
from highlightbot.workflows.deliver import deliver_next
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.remind_authors import remind_authors
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.delivering import LIBRARIES, SECOND, ledger, only_libraries, run, status
from tests.workflows.office import CUT_OFF, LAST_DAY, NUDGE, Office


@dataclass
class SteppingClock:
    """Tells ``instant`` first, and ever after an instant that is ``step`` later."""

    instant: datetime
    step: timedelta
    asked: int = 0

    def now(self) -> datetime:
        self.asked += 1
        return self.instant if self.asked == 1 else self.instant + self.step


def of_summary(office: Office, status: DeliveryStatus) -> list[LedgerRow]:
    rows = ledger(office)
    return [row for row in rows if row.kind is DeliveryKind.SUMMARY and row.status is status]


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
    assert run(office, messenger, clock) == ["MessagesUndelivered"]


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
    clock.move_on(LEASE - SECOND)
    assert run(office, messenger, clock) == []
    clock.move_on(SECOND)
    assert run(office, messenger, clock) == []
    clock.move_on(GRACE)
    assert run(office, messenger, clock) == LIBRARIES


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
    assert run(office, messenger, clock) == []
    clock.move_on(GRACE)
    assert run(office, messenger, clock) == LIBRARIES


def test_a_clock_set_forward_while_a_message_is_on_its_way_sends_no_second(office: Office) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)

    def an_hour_passes_and_another_replica_looks() -> None:
        clock.move_on(timedelta(hours=1))
        run(office, messenger, clock)

    messenger.while_accepting = [an_hour_passes_and_another_replica_looks]
    assert run(office, messenger, clock) == LIBRARIES
    clock.move_on(GRACE)
    assert run(office, messenger, clock) == LIBRARIES


@pytest.mark.parametrize("failure", [RateLimited(30), NotDelivered("away"), OutcomeUnknown("?")])
def test_a_look_up_that_fails_leaves_the_outcome_unknown(
    office: Office, failure: DeliveryFailure
) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    messenger.after_accepting = [OutcomeUnknown("timeout")]
    run(office, messenger, clock)
    messenger.look_up_failures = [failure]
    clock.move_on(GRACE)
    assert run(office, messenger, clock) == LIBRARIES
    clock.move_on(LONGEST_WAIT)
    assert run(office, messenger, clock) == LIBRARIES
    assert status(office) == {DeliveryStatus.SENT}


def test_a_send_does_not_start_if_its_lease_ends_before_the_call(office: Office) -> None:
    messenger = only_libraries(office)
    remind_authors(office.database, LAST_DAY)
    late = SteppingClock(LAST_DAY, LEASE - messenger.timeout + SECOND)
    assert deliver_next(office.database, messenger, late)
    assert messenger.whats == []
    assert status(office) == {DeliveryStatus.PENDING}
    just_in_time = SteppingClock(LAST_DAY + LEASE, LEASE - messenger.timeout)
    assert deliver_next(office.database, messenger, just_in_time)
    assert messenger.whats == LIBRARIES


def test_what_is_refused_for_a_day_is_given_up(office: Office) -> None:
    office.declare(LAST_DAY, channel="C-COORDINATION")
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    messenger.failures = [NotDelivered("restricted_action")] * 1000
    until = CUT_OFF + GIVEN_UP_AFTER
    while clock.instant < until:
        run(office, messenger, clock)
        assert not of_summary(office, DeliveryStatus.DEAD)
        clock.move_on(4 * LONGEST_WAIT)
    run(office, messenger, clock)
    assert of_summary(office, DeliveryStatus.DEAD)


def test_a_reminder_that_is_refused_from_one_day_to_the_next_is_given_up_and_told(
    office: Office,
) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    messenger.failures = [NotDelivered("restricted_action")] * 1000
    while clock.instant < LAST_DAY + timedelta(days=3):
        run(office, messenger, clock)
        clock.move_on(4 * LONGEST_WAIT)
    assert status(office) == {DeliveryStatus.PENDING}
    run(office, messenger, clock)
    messenger.failures = []
    clock.move_on(timedelta(minutes=2))
    assert "MessagesUndelivered" in run(office, messenger, clock)


def test_what_is_not_answered_for_a_day_is_given_up_and_told_though_it_can_be_looked_up(
    office: Office,
) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    messenger.failures = [OutcomeUnknown("HTTP 500")] * 10_000
    while clock.instant < CUT_OFF + GIVEN_UP_AFTER:
        run(office, messenger, clock)
        assert not of_summary(office, DeliveryStatus.DEAD)
        clock.move_on(timedelta(minutes=10))
    for _ in range(3):  # it waits, is sent, is looked up
        clock.move_on(LONGEST_WAIT)
        run(office, messenger, clock)
    (dead,) = of_summary(office, DeliveryStatus.DEAD)
    assert not dead.was_unknown
    assert dead.attempts < 150  # without patience 288
    messenger.failures = []
    clock.move_on(LONGEST_WAIT)
    assert "MessagesUndelivered" in run(office, messenger, clock)


def test_a_summary_that_may_have_arrived_and_cannot_be_looked_up_is_flagged(
    office: Office,
) -> None:
    for area, author in (("Libraries", "alex"), ("Parks", "bo"), ("Housing", "casey")):
        office.submit(area, author, LAST_DAY, activity="News")
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    messenger.can_look = False
    messenger.after_accepting = [OutcomeUnknown("timeout")]
    run(office, messenger, clock)
    clock.move_on(GRACE)
    run(office, messenger, clock)
    clock.move_on(timedelta(minutes=5))
    assert run(office, messenger, clock) == ["edition 1", "MessagesUndelivered"]
    (dead,) = of_summary(office, DeliveryStatus.DEAD)
    assert dead.was_unknown


def test_a_message_that_hangs_stops_no_other(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    others_sent = Event()

    def hang() -> None:
        assert others_sent.wait(30)

    def count() -> None:
        if len(messenger.sent) == 1:
            others_sent.set()

    messenger.while_accepting = [hang, lambda: None, count]
    do_what_is_due(office.database, messenger, clock, senders=3)
    assert len(messenger.sent) == 3


def test_what_a_sender_cannot_store_is_raised(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)

    def fail() -> None:
        raise StorageFailure("the disk is full")

    messenger.while_accepting = [fail]
    with pytest.raises(StorageFailure):
        do_what_is_due(office.database, messenger, clock, senders=2)
