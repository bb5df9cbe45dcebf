"""Scheduled messages, through the SDK's client and the playground's clock."""

from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.local_slack import LocalSlack
from highlightbot.playground.server import Playground
from tests.playground.conftest import ANA, COORDINATION, ELSEWHERE
from tests.playground.payloads import section


def seconds(slack: LocalSlack, later: float) -> int:
    return int(slack.clock.now().timestamp() + later)


def schedule(client: WebClient, slack: LocalSlack, later: float = 3600, **more: object) -> str:
    answer = client.chat_scheduleMessage(
        **{
            "channel": COORDINATION.id,
            "text": "Due",
            "post_at": seconds(slack, later),
            **more,
        }  # type: ignore[arg-type]
    )
    return str(answer["scheduled_message_id"])


def pass_by(slack: LocalSlack, later: float) -> None:
    slack.clock.move_to(slack.clock.now() + timedelta(seconds=later))


def texts(slack: LocalSlack) -> list[str]:
    return [one.text for one in slack.conversations[COORDINATION.id].messages]


def test_it_is_posted_when_the_clock_has_come_to_it(client: WebClient, slack: LocalSlack) -> None:
    schedule(client, slack, 7200, text="Second")
    schedule(client, slack, 3600, text="First", blocks=[section("First")])
    pass_by(slack, 3500)
    assert texts(slack) == []
    pass_by(slack, 86_400)
    assert texts(slack) == ["First", "Second"]
    pass_by(slack, 86_400)
    assert texts(slack) == ["First", "Second"]
    assert client.chat_scheduledMessages_list()["scheduled_messages"] == []


def test_it_is_posted_while_the_clock_runs(client: WebClient, slack: LocalSlack) -> None:
    schedule(client, slack, 3600)
    due = seconds(slack, 3600)
    pass_by(slack, due - slack.clock.now().timestamp() - 1.05)
    while not texts(slack):
        slack.wait_for_change(slack.version, timeout=0.2)
    assert texts(slack) == ["Due"]


def test_with_metadata_it_is_never_posted(client: WebClient, slack: LocalSlack) -> None:
    schedule(client, slack, metadata={"event_type": "e", "event_payload": {"key": "1"}})
    pass_by(slack, 86_400)
    assert texts(slack) == []
    problem = slack.log.entries()[-1].problem
    assert problem == "never posted: scheduled messages with metadata are not"


def test_in_a_channel_archived_since_it_is_not_posted(client: WebClient, slack: LocalSlack) -> None:
    schedule(client, slack)
    slack.installation.workspace.put_conversation(replace(COORDINATION, archived=True))
    pass_by(slack, 86_400)
    assert texts(slack) == []
    assert slack.log.entries()[-1].problem == "not posted: is_archived"


def test_listed_and_taken_back(client: WebClient, slack: LocalSlack) -> None:
    later, sooner = schedule(client, slack, 7200), schedule(client, slack, 3600)
    schedule(client, slack, 3600, channel=ANA.id)
    pages = client.chat_scheduledMessages_list(channel=COORDINATION.id, limit=1)
    assert [one["id"] for page in pages for one in page["scheduled_messages"]] == [sooner, later]
    client.chat_deleteScheduledMessage(channel=COORDINATION.id, scheduled_message_id=sooner)
    with pytest.raises(SlackApiError, match="invalid_scheduled_message_id"):
        client.chat_deleteScheduledMessage(channel=COORDINATION.id, scheduled_message_id=sooner)
    assert len(client.chat_scheduledMessages_list()["scheduled_messages"]) == 2


def test_in_its_last_minute_it_cannot_be_taken_back(client: WebClient, slack: LocalSlack) -> None:
    scheduled = schedule(client, slack, 59)
    with pytest.raises(SlackApiError, match="invalid_scheduled_message_id"):
        client.chat_deleteScheduledMessage(channel=COORDINATION.id, scheduled_message_id=scheduled)


@pytest.mark.parametrize(
    ("later", "more", "error"),
    [
        (-1, {}, "time_in_past"),
        (121 * 86_400, {}, "time_too_far"),
        (60, {"post_at": "soon"}, "invalid_time"),
        (60, {"channel": ELSEWHERE.id}, "not_in_channel"),
        (60, {"channel": "C0OTHERTEAM"}, "channel_not_found"),
        (60, {"blocks": [section("x" * 3001)]}, "invalid_blocks"),
        (60, {"thread_ts": "1.000000"}, "thread_not_found"),
    ],
)
def test_refusals(
    client: WebClient, slack: LocalSlack, later: float, more: dict[str, object], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        schedule(client, slack, later, **more)
    assert refused.value.response["error"] == error
    assert client.chat_scheduledMessages_list()["scheduled_messages"] == []


def test_thirty_in_five_minutes_of_a_channel(client: WebClient, slack: LocalSlack) -> None:
    for _ in range(30):
        schedule(client, slack, 3600)
    with pytest.raises(SlackApiError, match="restricted_too_many"):
        schedule(client, slack, 3700)
    with pytest.raises(SlackApiError, match="restricted_too_many"):
        schedule(client, slack, 3600 + 299)
    schedule(client, slack, 3600 + 301)
    schedule(client, slack, 3600, channel=ANA.id)


def test_nothing_is_posted_after_the_stop(slack: LocalSlack, playground: Playground) -> None:
    slack.installation.scheduled.add(COORDINATION.id, seconds(slack, 60), "x", lambda: None)
    playground.stop()
    assert slack.installation.scheduled.waiting() == []
