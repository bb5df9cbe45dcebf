"""Looking for a message on a Slack whose clock is not this machine's."""

from datetime import UTC, datetime, timedelta

import pytest

from highlightbot.core.alarms import MessagesUndelivered
from highlightbot.core.people import Person
from highlightbot.playground.local_slack import MovableClock, create_slack
from highlightbot.playground.people import AppProfile, User
from highlightbot.playground.server import Playground
from highlightbot.slack.messenger import SlackMessenger
from highlightbot.slack.web_api import sending_client

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
