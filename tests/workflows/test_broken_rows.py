"""A bug of ours in one row's message: the others are sent, and the row is given up and told."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from highlightbot.core.alarms import MessagesUndelivered
from highlightbot.core.deliveries import (
    GRACE,
    LONGEST_WAIT,
    MOST_BREAKDOWNS,
    DeliveryKind,
    DeliveryStatus,
    LedgerRow,
    MessageRef,
    NewDelivery,
)
from highlightbot.core.programmes import Programme
from highlightbot.core.reminders import Reminder
from highlightbot.core.summaries import Edition
from highlightbot.workflows.do_what_is_due import do_what_is_due
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import CUT_OFF, LAST_DAY, Office

PRIVATE = "what somebody wrote"
ALWAYS = 1000


@dataclass
class BuggyMessenger(FakeMessenger):
    """Breaks as often as ``before`` says ere it sends to a person, or ``after`` it has."""

    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)

    def remind(self, to: Reminder, key: str) -> MessageRef:
        break_down(self.before, to.person.name)
        ref = super().remind(to, key)
        break_down(self.after, to.person.name)
        return ref

    def thread_length(self, programme: Programme, edition: Edition) -> int:
        break_down(self.before, "thread")
        return super().thread_length(programme, edition)


def break_down(times: Counter[str], what: str) -> None:
    if times[what] > 0:
        times[what] -= 1
        raise KeyError(PRIVATE)


def pass_time(office: Office, messenger: FakeMessenger, clock: FakeClock) -> None:
    """As long as a row that breaks is tried, and its death told."""
    for _ in range(MOST_BREAKDOWNS + 1):
        do_what_is_due(office.database, messenger, clock)
        clock.move_on(LONGEST_WAIT)


def dead(office: Office) -> list[LedgerRow]:
    with office.database.reading() as unit:
        return list(unit.ledger.rows([DeliveryStatus.DEAD], 100))


@pytest.mark.parametrize("senders", [0, 2])
def test_a_row_that_breaks_stops_no_other(office: Office, senders: int) -> None:
    messenger = BuggyMessenger(before=Counter(Alex=ALWAYS))
    do_what_is_due(office.database, messenger, FakeClock(LAST_DAY), senders=senders)
    assert sorted(messenger.whats) == ["period_ended: Housing", "period_ended: Parks"]


def test_a_row_that_breaks_each_time_is_given_up_and_told(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    messenger = BuggyMessenger(before=Counter(Alex=ALWAYS))
    pass_time(office, messenger, FakeClock(LAST_DAY))
    (row,) = dead(office)
    assert (row.attempts, row.reason) == (MOST_BREAKDOWNS, "a bug, KeyError")
    assert row.was_unknown  # it broke in the call: nobody can know
    (alarm,) = messenger.alarms.values()
    assert isinstance(alarm, MessagesUndelivered)
    assert [(one.recipient, one.reason) for one in alarm.messages] == [("Alex", row.reason)]
    told = [one for one in caplog.records if one.exc_info]
    # Every second attempt looks it up, and does not break.
    assert len(told) == MOST_BREAKDOWNS // 2 + 1
    assert {one.__dict__["delivery"] for one in told} == {row.id}


def test_a_row_that_breaks_before_there_is_a_message_is_told_as_not_sent(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    period = office.period(LAST_DAY)
    with office.database.writing() as unit:
        nobodys = NewDelivery(
            dedupe_key="reminder:nobody",
            kind=DeliveryKind.REMINDER,
            programme_id=office.programme_id,
            period_id=period.id,
            not_before=LAST_DAY - timedelta(hours=1),
            expires_at=period.closes_at,
        )
        unit.deliveries.enqueue(nobodys, LAST_DAY)
    pass_time(office, messenger, clock)
    (row,) = dead(office)
    assert (row.key, row.attempts, row.was_unknown) == ("reminder:nobody", MOST_BREAKDOWNS, False)
    assert sum(what.startswith("period_ended") for what in messenger.whats) == 3
    assert messenger.whats.count("MessagesUndelivered") == 1


def test_a_bug_that_goes_away_is_forgotten(office: Office) -> None:
    messenger, clock = BuggyMessenger(before=Counter(Alex=1)), FakeClock(LAST_DAY)
    pass_time(office, messenger, clock)
    assert messenger.whats.count("period_ended: Libraries") == 1
    assert dead(office) == []


def test_what_broke_once_it_was_there_is_not_sent_again(office: Office) -> None:
    messenger, clock = BuggyMessenger(after=Counter(Alex=1)), FakeClock(LAST_DAY)
    do_what_is_due(office.database, messenger, clock)
    clock.move_on(GRACE)
    pass_time(office, messenger, clock)
    assert messenger.whats.count("period_ended: Libraries") == 1
    assert dead(office) == []


def test_a_thread_that_breaks_leaves_no_summary_that_is_posted_but_not_known_of(
    office: Office,
) -> None:
    office.submit("Parks", "bo", LAST_DAY, activity="News")
    messenger = BuggyMessenger(before=Counter(thread=ALWAYS))
    clock = FakeClock(CUT_OFF)
    pass_time(office, messenger, clock)
    assert "edition 1" not in messenger.whats
    (row,) = dead(office)
    messenger.before.clear()
    with office.database.writing() as unit:
        assert unit.ledger.requeue(row.id, clock.now(), unknown=True)
    do_what_is_due(office.database, messenger, clock)
    assert [what for what in messenger.whats if what.startswith(("edition", "section"))] == [
        "edition 1",
        "section Activity",
        "section Workforce update",
    ]
