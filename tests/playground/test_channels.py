"""Making channels and changing who is in them, as far as a bot may."""

import re
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.local_slack import LocalSlack, User
from highlightbot.playground.server import Playground
from tests.playground.conftest import (
    ANA,
    APP,
    BEN,
    BOT,
    COORDINATION,
    ELSEWHERE,
    GONE,
    SECRET,
    connecting,
    make_slack,
    web_client,
)

SCOPES = frozenset({"channels:manage", "groups:write", "im:read"})
INVITING = replace(APP, scopes=APP.scopes | SCOPES)
EVENTS = frozenset({"member_joined_channel", "member_left_channel", "message.channels"})


@pytest.fixture
def slack() -> LocalSlack:
    return make_slack(app=replace(APP, scopes=APP.scopes | SCOPES, events=EVENTS))


def create(client: WebClient, name: str = "new-place", **more: Any) -> str:
    return str(client.conversations_create(name=name, **more)["channel"]["id"])


def test_a_channel_from_its_making_to_its_end(client: WebClient, slack: LocalSlack) -> None:
    made = client.conversations_create(name="new-place")["channel"]
    assert (made["name"], made["creator"], made["is_private"]) == ("new-place", BOT, False)
    invited = client.conversations_invite(channel=made["id"], users=[ANA.id, BEN.id])
    assert invited["channel"]["num_members"] == 3
    client.conversations_kick(channel=made["id"], user=BEN.id)
    renamed = client.conversations_rename(channel=made["id"], name="old-place")
    assert renamed["channel"]["name"] == "old-place"
    client.chat_postMessage(channel="#old-place", text="Hello")
    assert slack.conversations[made["id"]].members == {ANA.id, BOT}
    client.conversations_archive(channel=made["id"])
    with pytest.raises(SlackApiError, match="is_archived"):
        client.chat_postMessage(channel=made["id"], text="Hello")


def test_a_private_channel_and_leaving(client: WebClient) -> None:
    private = create(client, is_private=True)
    with pytest.raises(SlackApiError, match="last_member"):
        client.conversations_leave(channel=private)
    client.conversations_invite(channel=private, users=ANA.id)
    client.conversations_leave(channel=private)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.conversations_info(channel=private)
    assert client.conversations_leave(channel=ELSEWHERE.id)["not_in_channel"] is True


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("Loud", "invalid_name_specials"),
        ("a b", "invalid_name_specials"),
        ("a.b", "invalid_name_specials"),
        ("\x00", "invalid_name_specials"),
        ("-_-", "invalid_name_punctuation"),
        ("coordination", "name_taken"),
    ],
)
def test_names_that_are_refused(client: WebClient, name: str, error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.api_call("conversations.create", json={"name": name})
    assert refused.value.response["error"] == error


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("invite", {"channel": COORDINATION.id}, "no_user"),
        ("invite", {"channel": COORDINATION.id, "users": "U0OTHERTEAM"}, "user_not_found"),
        ("invite", {"channel": COORDINATION.id, "users": GONE.id}, "user_not_found"),
        ("invite", {"channel": COORDINATION.id, "users": ANA.id}, "already_in_channel"),
        ("invite", {"channel": COORDINATION.id, "users": BOT}, "cant_invite_self"),
        ("invite", {"channel": ELSEWHERE.id, "users": BEN.id}, "not_in_channel"),
        ("invite", {"channel": SECRET.id, "users": BEN.id}, "channel_not_found"),
        ("kick", {"channel": COORDINATION.id, "user": BOT}, "cant_kick_self"),
        ("kick", {"channel": COORDINATION.id, "user": "U0OTHERTEAM"}, "user_not_found"),
        ("kick", {"channel": COORDINATION.id, "user": GONE.id}, "not_in_channel"),
        ("rename", {"channel": COORDINATION.id, "name": "mine"}, "not_authorized"),
        ("rename", {"channel": ELSEWHERE.id, "name": "mine"}, "not_in_channel"),
        ("archive", {"channel": ELSEWHERE.id}, "not_in_channel"),
        ("archive", {"channel": "C0OTHERTEAM"}, "channel_not_found"),
        ("unarchive", {"channel": COORDINATION.id}, "not_archived"),
        ("leave", {}, "channel_not_found"),
    ],
)
def test_refusals(client: WebClient, method: str, arguments: Any, error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.api_call(f"conversations.{method}", json=arguments)
    assert refused.value.response["error"] == error


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("invite", {"users": ANA.id}),
        ("rename", {"name": "other-place"}),
        ("setTopic", {"topic": "Past"}),
        ("leave", {}),
    ],
)
def test_an_archived_channel_stays_as_it_is(client: WebClient, method: str, arguments: Any) -> None:
    made = create(client)
    client.conversations_archive(channel=made)
    with pytest.raises(SlackApiError, match="is_archived"):
        client.api_call(f"conversations.{method}", json={"channel": made, **arguments})


def test_a_bot_cannot_unarchive(client: WebClient) -> None:
    made = create(client)
    client.conversations_archive(channel=made)
    with pytest.raises(SlackApiError, match="already_archived"):
        client.conversations_archive(channel=made)
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        client.conversations_unarchive(channel=made)


def test_an_invitation_of_several_is_all_or_nothing_unless_forced(client: WebClient) -> None:
    made = create(client)
    users = [ANA.id, "U0OTHERTEAM"]
    with pytest.raises(SlackApiError) as refused:
        client.conversations_invite(channel=made, users=users)
    errors = [{"user": "U0OTHERTEAM", "ok": False, "error": "user_not_found"}]
    assert refused.value.response["errors"] == errors
    assert client.conversations_members(channel=made)["members"] == [BOT]
    client.conversations_invite(channel=made, users=users, force=True)
    assert client.conversations_members(channel=made)["members"] == [ANA.id, BOT]


def test_at_most_a_thousand_are_invited_at_once() -> None:
    people = [User(f"U{number:04d}", f"u{number}", f"U {number}", "") for number in range(1001)]
    with Playground(make_slack(people=people, channels=[], app=INVITING)) as playground:
        client = web_client(playground)
        made = create(client)
        invited = client.conversations_invite(channel=made, users=[one.id for one in people])
        assert invited["channel"]["num_members"] == 1001


def test_topic_and_purpose(client: WebClient, slack: LocalSlack) -> None:
    client.conversations_setTopic(channel=COORDINATION.id, topic="Highlights")
    client.conversations_setPurpose(channel=COORDINATION.id, purpose="x" * 250)
    told = client.conversations_info(channel=COORDINATION.id)["channel"]
    assert (told["topic"]["value"], told["purpose"]["value"]) == ("Highlights", "x" * 250)
    with pytest.raises(SlackApiError, match="too_long"):
        client.conversations_setPurpose(channel=COORDINATION.id, purpose="x" * 251)
    with pytest.raises(SlackApiError, match="not_in_channel"):
        client.conversations_setTopic(channel=ELSEWHERE.id, topic="x")


def test_a_direct_message_is_no_channel(client: WebClient, slack: LocalSlack) -> None:
    direct = slack.conversations_of(ANA.id)[-1]
    for method in ("invite", "kick", "leave", "rename", "archive"):
        with pytest.raises(SlackApiError, match="method_not_supported_for_channel_type"):
            client.api_call(f"conversations.{method}", json={"channel": direct.id})


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [({"name": "a"}, "channels:manage"), ({"name": "a", "is_private": True}, "groups:write")],
)
def test_scopes_of_making(arguments: Any, needed: str) -> None:
    with Playground(make_slack()) as playground, pytest.raises(SlackApiError) as refused:
        web_client(playground).conversations_create(**arguments)
    assert refused.value.response["needed"] == needed


def test_an_invitation_is_allowed_by_either_scope() -> None:
    scopes = APP.scopes | {"channels:write.invites"}
    with Playground(make_slack(app=replace(APP, scopes=scopes))) as playground:
        client = web_client(playground)
        with pytest.raises(SlackApiError, match="already_in_channel"):
            client.conversations_invite(channel=COORDINATION.id, users=ANA.id)
        with pytest.raises(SlackApiError) as refused:
            client.conversations_kick(channel=COORDINATION.id, user=ANA.id)
        assert refused.value.response["needed"] == "channels:manage"


def test_conversations_of_a_user(client: WebClient) -> None:
    def ids(**arguments: Any) -> list[str]:
        pages = client.users_conversations(limit=1, **arguments)
        return [one["id"] for page in pages for one in page["channels"]]

    assert ids() == [COORDINATION.id]
    both = "public_channel,private_channel"
    assert ids(user=ANA.id, types=both) == [COORDINATION.id, ELSEWHERE.id]
    with pytest.raises(SlackApiError, match="user_not_found"):
        client.users_conversations(user="U0OTHERTEAM")


def test_what_the_app_hears_of_changes(playground: Playground) -> None:
    client, log = web_client(playground), playground.slack.log

    def heard() -> list[tuple[str, str]]:
        events = [one.request["event"] for one in log.entries() if one.kind == "event"]
        return [(one["type"], one.get("subtype", "")) for one in events]

    with connecting(playground) as connect:
        app = App(client=client, process_before_response=True)
        app.event(re.compile(""))(lambda: None)
        connect(app)
        made = create(client)
        client.conversations_invite(channel=made, users=ANA.id)
        ts = client.chat_postMessage(channel=made, text="One")["ts"]
        client.chat_update(channel=made, ts=ts, text="Two")
        client.chat_delete(channel=made, ts=ts)
        client.conversations_kick(channel=made, user=ANA.id)
        while len(heard()) < 5:
            playground.slack.wait_for_change(playground.slack.version, timeout=0.2)
    assert sorted(heard()) == [
        ("member_joined_channel", ""),
        ("member_left_channel", ""),
        ("message", ""),
        ("message", "message_changed"),
        ("message", "message_deleted"),
    ]


def test_without_a_subscription_no_change_is_heard() -> None:
    with Playground(make_slack()) as playground:
        client = web_client(playground)
        app = App(client=client, process_before_response=True)
        with connecting(playground) as connect:
            connect(app)
            ts = client.chat_postMessage(channel=COORDINATION.id, text="One")["ts"]
            client.chat_update(channel=COORDINATION.id, ts=ts, text="Two")
            client.chat_delete(channel=COORDINATION.id, ts=ts)
        assert [one for one in playground.slack.log.entries() if one.kind == "event"] == []
