"""What becomes of a message on a Slack that is not as it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from highlightbot.core.alarms import MessagesUndelivered
from highlightbot.core.errors import Undeliverable
from highlightbot.core.people import Person
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reminders import DueReport, Reminder
from highlightbot.playground.local_slack import MovableClock, create_slack
from highlightbot.playground.people import AppProfile, User
from highlightbot.playground.server import Playground
from highlightbot.slack.messenger import SlackMessenger
from highlightbot.slack.web_api import sending_client
from tests.slack.values import LONDON, report

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
KIM = Person(1, "Kim Keel", None, "U0KIM", None)


@pytest.mark.parametrize("ahead", [timedelta(hours=-5), timedelta(), timedelta(hours=5)])
def test_message_is_found_though_this_clock_is_hours_from_slacks(ahead: timedelta) -> None:
    slack = create_slack(
        people=[User("U0KIM", "kim", "Kim Keel")], clock=MovableClock(NOON.timestamp)
    )
    with Playground(slack) as playground:
        messenger = SlackMessenger(sending_client(AppProfile().bot_token, playground.api_url))
        sent = messenger.alarm(KIM, MessagesUndelivered("Highlights", ()), "key")
        assert messenger.find("key", NOON + ahead, person=KIM) == sent
        assert messenger.find("another", NOON + ahead, person=KIM) is None


def test_a_reminder_in_a_direct_message_that_is_gone_is_changed_no_more() -> None:
    slack = create_slack(people=[User("U0KIM", "kim", "Kim Keel")])
    with Playground(slack) as playground:
        messenger = SlackMessenger(sending_client(AppProfile().bot_token, playground.api_url))
        told = Reminder(KIM, LONDON, (DueReport(report(), ReminderKind.PERIOD_ENDED),))
        sent = messenger.remind(told, "key")
        with pytest.raises(Undeliverable):
            messenger.update_reminder(replace(sent, conversation="D0GONE"), told)
