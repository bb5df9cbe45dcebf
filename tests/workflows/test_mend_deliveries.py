"""What an operator has tried anew or called off, and what coordinators then see."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from highlightbot.core.deliveries import (
    GIVEN_UP_AFTER,
    LONGEST_WAIT,
    DeliveryStatus,
    LedgerRow,
    MessageRef,
    summary_key,
)
from highlightbot.core.errors import ChannelLost, NotDelivered, OutcomeUnknown, Undeliverable
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.mend_deliveries import cancel_deliveries, requeue_deliveries
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import CUT_OFF, DAY, HOUR, LAST_DAY, Office

MINUTE = timedelta(minutes=1)
REFUSED = Undeliverable("Slack refuses: invalid_blocks")


@dataclass
class SearchingMessenger(FakeMessenger):
    """Keeps from when on it was searched for."""

    searched_since: list[datetime] = field(default_factory=list)

    def find(self, key: str, since: datetime, **where: Any) -> MessageRef | None:
        self.searched_since.append(since)
        return super().find(key, since, **where)


def run(office: Office, messenger: FakeMessenger, now: datetime) -> list[str]:
    """What is sent to the channel then."""
    before = len(messenger.sent)
    do_what_is_due(office.database, messenger, FakeClock(now))
    return [one.what for one in messenger.sent[before:] if one.conversation == "C-COORDINATION"]


def of_summary(office: Office, edition: int, part: int) -> LedgerRow:
    with office.database.reading() as unit:
        rows = unit.ledger.rows(tuple(DeliveryStatus), 100)
    key = summary_key(office.period(LAST_DAY).id, edition, part)
    return next(row for row in rows if row.key == key)


def requeue(office: Office, row: LedgerRow, now: datetime) -> list[str]:
    return [one.sentence for one in requeue_deliveries(office.database, [row.id], now)]


def cancel(office: Office, row: LedgerRow, now: datetime) -> list[str]:
    return [one.sentence for one in cancel_deliveries(office.database, [row.id], now)]


def shown(messenger: FakeMessenger) -> list[int]:
    return [edition.summary.edition for edition in messenger.shown.values()]


def test_an_edition_that_a_later_one_was_posted_for_is_not_needed(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="One.")
    messenger = FakeMessenger(failures=[REFUSED])
    run(office, messenger, CUT_OFF)
    office.submit("Parks", "bo", CUT_OFF + HOUR, activity="Two.")
    thread = ["section Activity", "section Workforce update"]
    assert run(office, messenger, CUT_OFF + HOUR) == ["edition 2", *thread]
    requeue(office, of_summary(office, 1, 0), CUT_OFF + 2 * HOUR)
    assert run(office, messenger, CUT_OFF + 2 * HOUR) == []
    assert shown(messenger) == [2]
    assert of_summary(office, 1, 0).status is DeliveryStatus.NOT_NEEDED


def test_an_edition_that_was_overtaken_brings_its_news_to_the_thread_alone(office: Office) -> None:
    messenger = FakeMessenger()
    assert run(office, messenger, CUT_OFF) == ["edition 1"]
    messenger.failures = [REFUSED]
    office.submit("Libraries", "alex", CUT_OFF + HOUR, activity="Two.")
    assert run(office, messenger, CUT_OFF + HOUR) == []
    office.submit("Parks", "bo", CUT_OFF + 2 * HOUR, activity="Three.")
    assert run(office, messenger, CUT_OFF + 2 * HOUR) == ["from Parks"]
    requeue(office, of_summary(office, 2, 0), CUT_OFF + 3 * HOUR)
    assert run(office, messenger, CUT_OFF + 3 * HOUR) == ["from Libraries"]
    assert shown(messenger) == [3]


def test_an_edition_is_not_posted_after_a_later_one_was_taken_away(office: Office) -> None:
    messenger = FakeMessenger(failures=[REFUSED])
    run(office, messenger, CUT_OFF)
    office.submit("Parks", "bo", CUT_OFF + HOUR, activity="Two.")
    run(office, messenger, CUT_OFF + HOUR)
    messenger.taken_away.update(messenger.shown)
    office.submit("Housing", "casey", CUT_OFF + 2 * HOUR, activity="Three.")
    messenger.failures = [None, REFUSED]
    assert run(office, messenger, CUT_OFF + 2 * HOUR) == []
    requeue(office, of_summary(office, 1, 0), CUT_OFF + 3 * HOUR)
    assert run(office, messenger, CUT_OFF + 3 * HOUR) == []
    assert of_summary(office, 1, 0).status is DeliveryStatus.NOT_NEEDED


def test_editions_that_are_requeued_together_come_in_their_order(office: Office) -> None:
    messenger = FakeMessenger(failures=[REFUSED])
    run(office, messenger, CUT_OFF)
    office.submit("Parks", "bo", CUT_OFF + HOUR, activity="Two.")
    messenger.failures = [REFUSED]
    run(office, messenger, CUT_OFF + HOUR)
    rows = [of_summary(office, edition, 0) for edition in (2, 1)]
    for row in rows:
        requeue(office, row, CUT_OFF + 2 * HOUR)
    messenger.failures = [NotDelivered("Slack cannot be reached")]  # to the first that is tried
    run(office, messenger, CUT_OFF + 2 * HOUR)
    run(office, messenger, CUT_OFF + 2 * HOUR + LONGEST_WAIT)
    sent = [one.what for one in messenger.sent if one.conversation == "C-COORDINATION"]
    assert sent == ["edition 1", "from Parks"]
    assert shown(messenger) == [2]


@pytest.mark.parametrize("arrived", [False, True])
def test_an_edition_is_posted_only_once_it_is_known_whether_a_later_one_was(
    office: Office, arrived: bool
) -> None:
    messenger = FakeMessenger(failures=[REFUSED], can_look=False)
    run(office, messenger, CUT_OFF)
    office.submit("Parks", "bo", CUT_OFF + HOUR, activity="Two.")
    messenger.after_accepting = [OutcomeUnknown("HTTP 500")]
    run(office, messenger, CUT_OFF + HOUR)
    run(office, messenger, CUT_OFF + HOUR + 2 * MINUTE)
    requeue(office, of_summary(office, 1, 0), CUT_OFF + 2 * HOUR)
    run(office, messenger, CUT_OFF + 2 * HOUR)
    assert of_summary(office, 1, 0).reason == "edition 2 may be there, and could not be looked up"
    messenger.can_look = True
    if not arrived:
        messenger.sent.clear()
    for edition in (1, 2):
        requeue(office, of_summary(office, edition, 0), CUT_OFF + 3 * HOUR)
    for minutes in range(3):
        run(office, messenger, CUT_OFF + 3 * HOUR + minutes * MINUTE)
    sent = [one.what for one in messenger.sent if one.conversation == "C-COORDINATION"]
    thread = ["section Activity", "section Workforce update"]
    assert sent == (["edition 2", *thread] if arrived else ["edition 1", "from Parks"])


def test_a_summary_that_waited_in_vain_is_requeued_for_a_day(office: Office) -> None:
    messenger = FakeMessenger(lost_channel=ChannelLost("Slack refuses: is_archived"))
    run(office, messenger, CUT_OFF)
    later = CUT_OFF + 90 * DAY
    run(office, messenger, later)
    assert of_summary(office, 1, 0).status is DeliveryStatus.DEAD
    assert requeue(office, of_summary(office, 1, 0), later + HOUR) == [
        f"Delivery {of_summary(office, 1, 0).id} is tried again."
    ]
    run(office, messenger, later + HOUR)
    messenger.lost_channel = None
    run(office, messenger, later + HOUR + GIVEN_UP_AFTER - MINUTE)
    assert of_summary(office, 1, 0).status is DeliveryStatus.SENT


@pytest.mark.parametrize("arrived", [False, True])
def test_what_may_have_arrived_is_looked_for_since_it_was_made_and_tried_for_a_day_more(
    office: Office, arrived: bool
) -> None:
    messenger = SearchingMessenger(after_accepting=[OutcomeUnknown("HTTP 500")], can_look=False)
    assert run(office, messenger, CUT_OFF) == ["edition 1"]
    run(office, messenger, CUT_OFF + 2 * MINUTE)
    messenger.can_look = True
    if not arrived:
        messenger.sent.clear()
    later = CUT_OFF + 5 * DAY
    requeue(office, of_summary(office, 1, 0), later)
    messenger.failures = [NotDelivered("Slack cannot be reached")]
    run(office, messenger, later)
    assert messenger.searched_since[-1] <= CUT_OFF
    run(office, messenger, later + LONGEST_WAIT)
    assert [one.what for one in messenger.sent if one.what == "edition 1"] == ["edition 1"]
    assert of_summary(office, 1, 0).status is DeliveryStatus.SENT


def test_a_thread_goes_on_after_a_message_that_was_cancelled(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="One.")
    messenger = FakeMessenger(failures=[None, NotDelivered("Slack refuses: restricted_action")])
    assert run(office, messenger, CUT_OFF) == ["edition 1"]
    row = of_summary(office, 1, 1)
    assert cancel(office, row, CUT_OFF + MINUTE) == [
        f"Delivery {row.id} is cancelled; what comes after it in its thread is sent."
    ]
    assert run(office, messenger, CUT_OFF + MINUTE) == ["section Workforce update"]


def test_a_thread_whose_last_message_was_cancelled_is_at_its_end(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="One.")
    failures = [None, None, NotDelivered("Slack refuses: restricted_action")]
    messenger = FakeMessenger(failures=failures)
    assert run(office, messenger, CUT_OFF) == ["edition 1", "section Activity"]
    cancel(office, of_summary(office, 1, 2), CUT_OFF + MINUTE)
    assert run(office, messenger, CUT_OFF + MINUTE) == []
    office.submit("Parks", "bo", CUT_OFF + HOUR, activity="Two.")
    assert run(office, messenger, CUT_OFF + HOUR) == ["from Parks"]
    with office.database.reading() as unit:
        assert unit.ledger.rows([DeliveryStatus.DEAD, DeliveryStatus.UNKNOWN], 9) == []


def test_a_message_whose_thread_went_on_already_is_cancelled_alone(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="One.")
    messenger = FakeMessenger(failures=[None, REFUSED])
    assert run(office, messenger, CUT_OFF) == ["edition 1", "section Workforce update"]
    row = of_summary(office, 1, 1)
    assert cancel(office, row, CUT_OFF) == [f"Delivery {row.id} is cancelled."]
    assert run(office, messenger, CUT_OFF + MINUTE) == []


def test_the_message_in_the_channel_that_is_cancelled_has_no_thread(office: Office) -> None:
    messenger = FakeMessenger(failures=[NotDelivered("Slack refuses: restricted_action")])
    run(office, messenger, CUT_OFF)
    row = of_summary(office, 1, 0)
    assert cancel(office, row, CUT_OFF) == [f"Delivery {row.id} is cancelled."]
    assert run(office, messenger, CUT_OFF + MINUTE) == []
