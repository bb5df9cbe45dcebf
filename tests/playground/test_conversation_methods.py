"""The `conversations.*` and `users.*` methods, through the SDK's client."""

from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.local_slack import LocalSlack
from tests.playground.conftest import ANA, BEN, BOT, COORDINATION, ELSEWHERE, NOW, SECRET

KEY = {"event_type": "delivery", "event_payload": {"key": "a1"}}


def posted(client: WebClient, count: int) -> list[str]:
    return [
        client.chat_postMessage(channel=COORDINATION.id, text=str(number), metadata=KEY)["ts"]
        for number in range(count)
    ]


def test_history_is_newest_first_in_pages(client: WebClient) -> None:
    posted(client, 5)
    pages = [
        [one["text"] for one in page["messages"]]
        for page in client.conversations_history(channel=COORDINATION.id, limit=2)
    ]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]


def test_history_between_timestamps(client: WebClient) -> None:
    first, second, third = posted(client, 3)

    def texts(**bounds: object) -> list[str]:
        answer = client.conversations_history(channel=COORDINATION.id, **bounds)
        return [one["text"] for one in answer["messages"]]

    assert texts(oldest=first) == ["2", "1"]
    assert texts(oldest=first, inclusive=True) == ["2", "1", "0"]
    assert texts(latest=third) == ["1", "0"]
    assert texts(oldest=second, latest=second, inclusive=True) == ["1"]
    assert texts(oldest=str((NOW + timedelta(hours=1)).timestamp())) == []


def test_metadata_is_told_only_when_asked_for(client: WebClient) -> None:
    posted(client, 1)
    (without,) = client.conversations_history(channel=COORDINATION.id)["messages"]
    (told,) = client.conversations_history(channel=COORDINATION.id, include_all_metadata=True)[
        "messages"
    ]
    assert "metadata" not in without
    assert told["metadata"] == KEY


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
        ({"latest": "-1"}, "invalid_ts_latest"),
        ({"cursor": "nonsense"}, "invalid_cursor"),
        ({"limit": "many"}, "invalid_limit"),
        ({"channel": ELSEWHERE.id}, "not_in_channel"),
        ({"channel": SECRET.id}, "channel_not_found"),
        ({"channel": None}, "channel_not_found"),
    ],
)
def test_history_refusals(client: WebClient, arguments: dict[str, object], error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.api_call("conversations.history", params={"channel": COORDINATION.id, **arguments})
    assert refused.value.response["error"] == error


def test_replies_begin_with_the_parent(client: WebClient) -> None:
    (parent,) = posted(client, 1)
    reply = client.chat_postMessage(channel=COORDINATION.id, text="R", thread_ts=parent)["ts"]
    for asked in (parent, reply):
        answer = client.conversations_replies(channel=COORDINATION.id, ts=asked)
        assert [one["ts"] for one in answer["messages"]] == [parent, reply]
    listed = client.conversations_history(channel=COORDINATION.id)["messages"]
    assert [one["reply_count"] for one in listed] == [1]
    with pytest.raises(SlackApiError, match="thread_not_found"):
        client.conversations_replies(channel=COORDINATION.id, ts="1.000000")


def test_info_and_members(client: WebClient) -> None:
    told = client.conversations_info(channel=COORDINATION.id)["channel"]
    assert (told["name"], told["is_member"], told["is_archived"]) == ("coordination", True, False)
    assert client.conversations_info(channel=ELSEWHERE.id)["channel"]["is_member"] is False
    members = client.conversations_members(channel=COORDINATION.id)["members"]
    assert sorted(members) == sorted([ANA.id, BEN.id, BOT])
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.conversations_info(channel=SECRET.id)


def test_info_of_a_direct_message_needs_its_scope(client: WebClient, slack: LocalSlack) -> None:
    direct = slack.conversations_of(ANA.id)[-1]
    with pytest.raises(SlackApiError) as refused:
        client.conversations_info(channel=direct.id)
    assert refused.value.response["needed"] == "im:read"


def test_list_by_type(client: WebClient, slack: LocalSlack) -> None:
    slack.installation.workspace.put_conversation(replace(ELSEWHERE, archived=True))

    def ids(**arguments: object) -> list[str]:
        return [one["id"] for one in client.conversations_list(**arguments)["channels"]]

    assert ids() == [COORDINATION.id, ELSEWHERE.id]
    assert ids(exclude_archived=True) == [COORDINATION.id]
    assert ids(types="public_channel,private_channel", limit=1) == [COORDINATION.id]
    with pytest.raises(SlackApiError, match="invalid_types"):
        client.conversations_list(types="secret")


def test_open_gives_the_same_direct_message_each_time(client: WebClient, slack: LocalSlack) -> None:
    first = client.conversations_open(users=[ANA.id], return_im=True)["channel"]
    assert (first["is_im"], first["user"]) == (True, ANA.id)
    assert client.conversations_open(users=ANA.id)["channel"] == {"id": first["id"]}
    assert slack.conversations_of(ANA.id)[-1].id == first["id"]


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("U0NONE", "user_not_found"),
        ("U0GONE", "user_disabled"),
        (BOT, "cannot_dm_bot"),
        ("", "users_list_not_supplied"),
    ],
)
def test_open_refusals(client: WebClient, users: str, error: str) -> None:
    with pytest.raises(SlackApiError, match=error):
        client.conversations_open(users=users)


def test_join_makes_the_app_a_member(client: WebClient) -> None:
    client.conversations_join(channel=ELSEWHERE.id)
    client.chat_postMessage(channel=ELSEWHERE.id, text="Hello")
    assert client.conversations_join(channel=ELSEWHERE.id)["warning"] == "already_in_channel"


def test_user_by_id_and_by_email(client: WebClient) -> None:
    told = client.users_info(user=BEN.id)["user"]
    assert (told["real_name"], told["tz"], told["tz_offset"]) == (
        "Ben Sample",
        "Asia/Kolkata",
        19_800,
    )
    assert told["profile"]["email"] == "ben@example.org"
    assert client.users_lookupByEmail(email="BEN@example.org")["user"]["id"] == BEN.id
    for email in ("nobody@example.org", "gone@example.org"):
        with pytest.raises(SlackApiError, match="users_not_found"):
            client.users_lookupByEmail(email=email)
    with pytest.raises(SlackApiError, match="user_not_found"):
        client.users_info(user="U0NONE")


def test_users_in_pages(client: WebClient) -> None:
    pages = [[one["id"] for one in page["members"]] for page in client.users_list(limit=3)]
    assert pages == [["U0ANA", "U0BEN", "U0GONE"], [BOT]]
