from dataclasses import replace
from datetime import timedelta

import pytest

from highlightbot.core.alarms import MessagesUndelivered, SummaryWaiting, Undelivered
from highlightbot.core.deliveries import GRACE, LONGEST_WAIT, DeliveryKind, DeliveryStatus
from highlightbot.core.errors import ChannelLost, DeliveryFailure, OutcomeUnknown, Undeliverable
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.set_up_programme import set_up_programme
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CUT_OFF,
    DECLARED,
    LAST_DAY,
    LONDON,
    MONDAY,
    Office,
    area,
    known,
    profiles_of,
)

MINUTE = timedelta(minutes=1)
GONE = Undeliverable("Slack refuses: user_not_found")


def run(office: Office, messenger: FakeMessenger, clock: FakeClock) -> list[str]:
    do_what_is_due(office.database, messenger, clock)
    return messenger.whats


def dead(office: Office) -> list[int]:
    with office.database.reading() as unit:
        return sorted(row.id for row in unit.ledger.rows([DeliveryStatus.DEAD], 100))


def test_those_who_cannot_be_reached_are_told_of_together(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    messenger.failures = [GONE, GONE, GONE]
    assert run(office, messenger, clock) == []
    clock.move_on(MINUTE - timedelta(seconds=1))
    assert run(office, messenger, clock) == []
    clock.move_on(timedelta(seconds=1))
    assert run(office, messenger, clock) == ["MessagesUndelivered"]
    (alarm,) = messenger.alarms.values()
    period, ids = office.period(LAST_DAY), dead(office)
    assert alarm == MessagesUndelivered(
        "Highlights",
        tuple(
            Undelivered(row_id, DeliveryKind.REMINDER, name, period, str(GONE))
            for row_id, name in zip(ids, ("Alex", "Bo", "Casey"), strict=True)
        ),
    )
    clock.move_on(timedelta(hours=2))
    assert run(office, messenger, clock) == ["MessagesUndelivered"]


def test_a_change_that_does_not_arrive_is_told_as_one(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    run(office, messenger, clock)
    clock.move_on(MINUTE)
    office.submit("Libraries", "alex", clock.instant, activity="Open again.")
    messenger.failures = [GONE]
    run(office, messenger, clock)
    clock.move_on(MINUTE)
    run(office, messenger, clock)
    ((told,),) = [alarm.messages for alarm in messenger.alarms.values()]
    assert (told.recipient, told.kind, told.edition) == ("Alex", DeliveryKind.REMINDER, 1)


def test_every_coordinator_is_told(office: Office) -> None:
    office.declare(LAST_DAY, coordinators=(known("kim"), known("alex")))
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    messenger.failures = [None, None, GONE]
    run(office, messenger, clock)
    clock.move_on(MINUTE)
    run(office, messenger, clock)
    told = [one.conversation for one in messenger.sent if one.what == "MessagesUndelivered"]
    assert sorted(told) == ["D-U-ALEX", "D-U-KIM"]


def test_coordinators_of_every_programme_that_a_lost_reminder_is_about_are_told(
    office: Office,
) -> None:
    second = replace(
        DECLARED,
        key="second",
        name="Second",
        coordinators=(known("quinn"), known("kim")),
        areas=(area("Museums", "alex"),),
    )
    set_up_programme(office.database, office.workspace_id, second, profiles_of(second), MONDAY)
    with office.database.reading() as unit:
        periods = {one.name: unit.periods.opened(one.id) for one in unit.programmes.all()}
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    messenger.failures = [GONE, GONE]
    run(office, messenger, clock)
    clock.move_on(MINUTE)
    run(office, messenger, clock)
    told = {
        ref.conversation: (alarm.programme, [one.recipient for one in alarm.messages])
        for ref, alarm in messenger.alarms.items()
        if isinstance(alarm, MessagesUndelivered)
        and all(one.period in periods[alarm.programme] for one in alarm.messages)
    }
    assert told == {
        "D-U-KIM": ("Highlights", ["Alex", "Bo"]),
        "D-U-QUINN": ("Second", ["Alex"]),
    }


def test_nothing_is_told_about_an_alarm_that_does_not_arrive(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    messenger.failures = [GONE] * 4
    for _ in range(4):
        run(office, messenger, clock)
        clock.move_on(MINUTE)
    assert messenger.whats == []
    assert len(dead(office)) == 4
    assert messenger.calls == 4


def test_an_alarm_about_what_was_requeued_meanwhile_is_not_needed(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    messenger.failures = [None, None, GONE]
    run(office, messenger, clock)
    clock.move_on(MINUTE)
    messenger.failures = [OutcomeUnknown("timeout")]
    run(office, messenger, clock)
    (row_id,) = dead(office)
    with office.database.writing() as unit:
        assert unit.ledger.requeue(row_id, clock.now(), unknown=False)
    clock.move_on(GRACE)
    assert "MessagesUndelivered" not in run(office, messenger, clock)
    assert len(messenger.whats) == 3


def test_a_message_that_was_requeued_and_dies_again_is_told_again(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    for times in range(3):
        messenger.failures = [GONE]
        run(office, messenger, clock)
        clock.move_on(MINUTE)
        told = run(office, messenger, clock).count("MessagesUndelivered")
        assert told == times + 1
        (row_id,) = dead(office)
        with office.database.writing() as unit:
            assert unit.ledger.requeue(row_id, clock.now(), unknown=False)


def lose_channel(office: Office, code: str = "is_archived") -> tuple[FakeMessenger, FakeClock]:
    """A messenger that cannot post to the channel, at the cut-off with one report in."""
    office.submit("Libraries", "alex", LAST_DAY, activity="News")
    messenger = FakeMessenger()
    messenger.lost_channel = ChannelLost(f"Slack refuses: {code}")
    return messenger, FakeClock(CUT_OFF)


def summaries(messenger: FakeMessenger) -> list[str]:
    return [what for what in messenger.whats if what.startswith(("edition", "section"))]


def alarms(messenger: FakeMessenger) -> list[str]:
    return [what for what in messenger.whats if what in ("SummaryWaiting", "MessagesUndelivered")]


def test_a_lost_channel_is_told_once_and_the_summary_posted_when_it_is_back(
    office: Office,
) -> None:
    messenger, clock = lose_channel(office)
    while clock.instant < CUT_OFF + timedelta(days=3):
        run(office, messenger, clock)
        clock.move_on(timedelta(hours=4))
    assert summaries(messenger) == []
    assert alarms(messenger) == ["SummaryWaiting"]
    (alarm,) = messenger.alarms.values()
    assert alarm == SummaryWaiting(
        "Highlights",
        "C-COORDINATION",
        office.period(LAST_DAY),
        CUT_OFF,
        LONDON,
        "Slack refuses: is_archived",
    )
    messenger.lost_channel = None
    clock.move_on(LONGEST_WAIT)
    run(office, messenger, clock)
    assert summaries(messenger) == ["edition 1", "section Activity", "section Workforce update"]


def test_a_summary_whose_channel_never_came_back_is_given_up_and_told(office: Office) -> None:
    messenger, clock = lose_channel(office)
    run(office, messenger, clock)
    clock.instant = CUT_OFF + timedelta(days=90)
    run(office, messenger, clock)
    clock.move_on(MINUTE)
    run(office, messenger, clock)
    assert "MessagesUndelivered" in alarms(messenger)


@pytest.mark.parametrize("failure", [GONE, OutcomeUnknown("timeout")])
def test_a_summary_thread_is_complete_but_for_what_was_refused(
    office: Office, failure: DeliveryFailure
) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="News")
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    messenger.failures = [None, failure]
    for _ in range(4):
        run(office, messenger, clock)
        clock.move_on(GRACE)
    sent = [what for what in messenger.whats if what.startswith(("edition", "section"))]
    whole = ["edition 1", "section Activity", "section Workforce update"]
    assert sent == ([whole[0], whole[2]] if failure is GONE else whole)
