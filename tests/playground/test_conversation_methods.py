"""The `conversations.*` and `users.*` methods, through the SDK's client."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.local_slack import Conversation, LocalSlack, User
from highlightbot.playground.server import Playground
from tests.playground.conftest import (
    ANA,
    APP,
    BEN,
    BOT,
    COORDINATION,
    ELSEWHERE,
    GONE,
    NOW,
    SECRET,
    make_slack,
    web_client,
)

KEY = {"event_type": "delivery", "event_payload": {"key": "a1"}}


TEAM_ROOM = Conversation("C0TEAM", "team-room", "private", members=frozenset({ANA.id, BOT}))


@pytest.fixture
def managing() -> Iterator[Playground]:
    """One whose app may close conversations, mark them as read, and look at direct messages."""
    app = replace(APP, scopes=APP.scopes | {"channels:manage", "im:read"})
    with Playground(make_slack(app=app)) as running:
        yield running


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


def test_open_says_whether_it_was_open(client: WebClient) -> None:
    made = client.conversations_open(users=ANA.id).data
    direct = made["channel"]["id"]
    assert made == {"ok": True, "channel": {"id": direct}}
    already_open = {**made, "no_op": True, "already_open": True}
    assert client.conversations_open(users=ANA.id).data == already_open
    assert client.conversations_open(channel=direct).data == already_open
    client.conversations_close(channel=direct)
    assert client.conversations_open(channel=direct).data == made
    assert client.conversations_open(channel=direct).data == already_open


def test_close_is_told_and_changes_nothing_when_done_again(managing: Playground) -> None:
    client = web_client(managing)
    direct = client.conversations_open(users=ANA.id)["channel"]["id"]
    assert client.conversations_info(channel=direct)["channel"]["is_open"] is True
    assert client.conversations_close(channel=direct).data == {"ok": True}
    assert client.conversations_info(channel=direct)["channel"]["is_open"] is False
    again = {"ok": True, "no_op": True, "already_closed": True}
    assert client.conversations_close(channel=direct).data == again


def test_a_message_opens_what_was_closed(managing: Playground) -> None:
    client, slack = web_client(managing), managing.slack
    direct = client.conversations_open(users=ANA.id)["channel"]["id"]
    for write in (
        lambda: client.chat_postMessage(channel=ANA.id, text="Hello"),
        lambda: slack.say(ANA.id, direct, "Hello"),
    ):
        client.conversations_close(channel=direct)
        write()
        assert client.conversations_info(channel=direct)["channel"]["is_open"] is True


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        (COORDINATION.id, "method_not_supported_for_channel_type"),
        (SECRET.id, "channel_not_found"),
        ("D0NONE", "channel_not_found"),
    ],
)
def test_close_refusals(managing: Playground, channel: str, error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        web_client(managing).conversations_close(channel=channel)
    assert refused.value.response["error"] == error


def test_mark_moves_the_read_cursor(managing: Playground) -> None:
    client, workspace = web_client(managing), managing.slack.installation.workspace
    said = [managing.slack.say(ANA.id, COORDINATION.id, text).ts for text in ("1", "2", "3")]

    def last_read(channel: str = COORDINATION.id) -> str:
        return str(client.conversations_info(channel=channel)["channel"]["last_read"])

    assert last_read() == "0000000000.000000"
    assert client.conversations_mark(channel=COORDINATION.id, ts=said[1]).data == {"ok": True}
    assert (last_read(), workspace.unread(BOT, COORDINATION.id)) == (said[1], 1)
    client.conversations_mark(channel=COORDINATION.id, ts=said[0])
    assert (last_read(), workspace.unread(BOT, COORDINATION.id)) == (said[0], 2)
    assert managing.slack.unread(BEN.id)[COORDINATION.id] == 3
    assert "last_read" not in client.conversations_info(channel=ELSEWHERE.id)["channel"]


def test_mark_refusals(managing: Playground) -> None:
    client, slack = web_client(managing), managing.slack
    elsewhere = slack.say(ANA.id, ELSEWHERE.id, "Hello").ts
    hidden = client.chat_postEphemeral(channel=COORDINATION.id, user=ANA.id, text="x")["message_ts"]
    for channel, ts, error in (
        (ELSEWHERE.id, elsewhere, "not_in_channel"),
        (SECRET.id, elsewhere, "channel_not_found"),
        (COORDINATION.id, elsewhere, "invalid_timestamp"),
        (COORDINATION.id, hidden, "invalid_timestamp"),
        (COORDINATION.id, "yesterday", "invalid_timestamp"),
        (COORDINATION.id, "", "invalid_arguments"),
    ):
        with pytest.raises(SlackApiError) as refused:
            client.conversations_mark(channel=channel, ts=ts)
        assert refused.value.response["error"] == error
    assert slack.installation.workspace.last_read(BOT, COORDINATION.id) == ""


def test_mark_and_close_need_the_scope_of_the_kind() -> None:
    app = replace(APP, scopes=APP.scopes - {"im:write"})
    with Playground(make_slack(app=app, channels=[COORDINATION, TEAM_ROOM])) as playground:
        client, slack = web_client(playground), playground.slack
        direct = slack.conversations_of(ANA.id)[-1].id
        for channel, needed in (
            (COORDINATION.id, "channels:manage,channels:write"),
            (TEAM_ROOM.id, "groups:write"),
            (direct, "im:write"),
        ):
            ts = slack.say(ANA.id, channel, "Hello").ts
            for method in ("conversations.close", "conversations.mark"):
                with pytest.raises(SlackApiError) as refused:
                    client.api_call(method, params={"channel": channel, "ts": ts})
                assert refused.value.response["error"] == "missing_scope"
                assert refused.value.response["needed"] == needed


@pytest.mark.parametrize(
    ("channel", "scope"),
    [
        (COORDINATION.id, "channels:manage"),
        (COORDINATION.id, "channels:write"),
        (TEAM_ROOM.id, "groups:write"),
    ],
)
def test_mark_is_allowed_by_the_scope_of_the_kind(channel: str, scope: str) -> None:
    app = replace(APP, scopes=APP.scopes | {scope})
    with Playground(make_slack(app=app, channels=[COORDINATION, TEAM_ROOM])) as playground:
        ts = playground.slack.say(ANA.id, channel, "Hello").ts
        assert web_client(playground).conversations_mark(channel=channel, ts=ts)["ok"]


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


def test_presence_of_people() -> None:
    away = User("U0AWAY", "away", "Away Sample", away=True)
    other_bot = User("U0OTHER", "other", "Other Sample", is_bot=True)
    with Playground(make_slack(people=[ANA, GONE, away, other_bot])) as playground:
        client = web_client(playground)
        assert client.users_getPresence(user=ANA.id).data == {"ok": True, "presence": "active"}
        for user in (GONE, away, other_bot):
            assert client.users_getPresence(user=user.id).data == {"ok": True, "presence": "away"}
        with pytest.raises(SlackApiError, match="user_not_found"):
            client.users_getPresence(user="U0NONE")


def test_presence_of_the_app_itself() -> None:
    app = replace(APP, scopes=APP.scopes | {"users:write"})
    with Playground(make_slack(app=app)) as playground:
        client = web_client(playground)
        expected = {
            "ok": True,
            "presence": "away",
            "online": False,
            "auto_away": False,
            "manual_away": False,
            "connection_count": 0,
        }
        assert client.api_call("users.getPresence").data == expected
        client.users_setPresence(presence="away")
        assert client.users_getPresence(user=BOT).data == {**expected, "manual_away": True}
        client.users_setPresence(presence="auto")
        assert client.users_getPresence(user=BOT).data == expected
        with pytest.raises(SlackApiError, match="invalid_presence"):
            client.users_setPresence(presence="active")


@pytest.mark.parametrize(
    ("method", "needed"),
    [("users.getPresence", "users:read"), ("users.setPresence", "users:write")],
)
def test_presence_needs_its_scope(method: str, needed: str) -> None:
    app = replace(APP, scopes=APP.scopes - {"users:read"})
    with Playground(make_slack(app=app)) as playground, pytest.raises(SlackApiError) as refused:
        web_client(playground).api_call(method, params={"presence": "away"})
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == needed
