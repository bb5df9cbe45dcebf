"""Reactions of the app and of people, do not disturb, and `blocks.validate`."""

import json
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.local_slack import LocalSlack
from highlightbot.playground.server import Playground
from tests.playground.conftest import (
    ANA,
    APP,
    BEN,
    BOT,
    COORDINATION,
    ELSEWHERE,
    NOW,
    connecting,
    make_slack,
    web_client,
)
from tests.playground.payloads import modal, section

SCOPES = frozenset({"reactions:read", "reactions:write", "dnd:read"})


@pytest.fixture
def slack() -> LocalSlack:
    events = APP.events | {"reaction_added", "reaction_removed"}
    return make_slack(app=replace(APP, scopes=APP.scopes | SCOPES, events=events))


@pytest.fixture
def ts(client: WebClient) -> str:
    return str(client.chat_postMessage(channel=COORDINATION.id, text="Summary")["ts"])


def item(ts: str) -> dict[str, Any]:
    return {"channel": COORDINATION.id, "timestamp": ts}


def test_added_told_and_removed(client: WebClient, slack: LocalSlack, ts: str) -> None:
    client.reactions_add(name="tada", **item(ts))
    slack.react(ANA.id, COORDINATION.id, ts, "tada")
    slack.react(BEN.id, COORDINATION.id, ts, "thumbsup::skin-tone-3")
    reactions = [
        {"name": "tada", "users": [BOT, ANA.id], "count": 2},
        {"name": "thumbsup::skin-tone-3", "users": [BEN.id], "count": 1},
    ]
    assert client.reactions_get(**item(ts))["message"]["reactions"] == reactions
    (told,) = client.conversations_history(channel=COORDINATION.id)["messages"]
    assert told["reactions"] == reactions
    client.reactions_remove(name="tada", **item(ts))
    slack.react(ANA.id, COORDINATION.id, ts, "tada")
    (message,) = slack.messages_for(ANA.id, COORDINATION.id)
    assert message.reactions == {"thumbsup::skin-tone-3": (BEN.id,)}


def test_listed_by_person_in_pages(client: WebClient, slack: LocalSlack, ts: str) -> None:
    other = client.chat_postMessage(channel=COORDINATION.id, text="Other")["ts"]
    for one in (ts, other):
        slack.react(ANA.id, COORDINATION.id, one, "eyes")
    pages = client.reactions_list(user=ANA.id, limit=1)
    assert [one["message"]["ts"] for page in pages for one in page["items"]] == [other, ts]
    assert client.reactions_list()["items"] == []


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("add", {"name": ""}, "invalid_name"),
        ("add", {"name": ":tada:"}, "invalid_name"),
        ("add", {"name": "ta\x00da"}, "invalid_name"),
        ("add", {"name": "wave::skin-tone-7"}, "invalid_name"),
        ("add", {"name": "eyes", "timestamp": "1.000000"}, "message_not_found"),
        ("add", {"name": "eyes", "timestamp": "now"}, "bad_timestamp"),
        ("add", {"name": "eyes", "timestamp": ""}, "no_item_specified"),
        ("add", {"name": "eyes", "channel": "C0OTHERTEAM"}, "channel_not_found"),
        ("add", {"name": "eyes", "channel": ELSEWHERE.id}, "not_in_channel"),
        ("remove", {"name": "eyes"}, "no_reaction"),
        ("get", {"channel": ""}, "no_item_specified"),
        ("list", {"user": "U0OTHERTEAM"}, "user_not_found"),
    ],
)
def test_refusals(client: WebClient, ts: str, method: str, arguments: Any, error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.api_call(f"reactions.{method}", json={**item(ts), **arguments})
    assert refused.value.response["error"] == error


def test_limits(client: WebClient, slack: LocalSlack, ts: str) -> None:
    client.reactions_add(name="e0", **item(ts))
    with pytest.raises(SlackApiError, match="already_reacted"):
        client.reactions_add(name="e0", **item(ts))
    for number in range(1, 23):
        client.reactions_add(name=f"e{number}", **item(ts))
    with pytest.raises(SlackApiError, match="too_many_reactions"):
        client.reactions_add(name="e23", **item(ts))
    for number in range(23, 46):
        slack.react(ANA.id, COORDINATION.id, ts, f"e{number}")
    for number in range(46, 50):
        slack.react(BEN.id, COORDINATION.id, ts, f"e{number}")
    with pytest.raises(ValueError, match="too_many_emoji"):
        slack.react(BEN.id, COORDINATION.id, ts, "e50")


def test_the_app_hears_a_reaction(playground: Playground, ts: str) -> None:
    heard: list[dict[str, Any]] = []
    told = threading.Event()
    app = App(client=web_client(playground), process_before_response=True)

    @app.event("reaction_added")
    def listen(event: dict[str, Any]) -> None:
        heard.append(event)
        told.set()

    with connecting(playground) as connect:
        connect(app)
        playground.slack.react(ANA.id, COORDINATION.id, ts, "eyes")
        assert told.wait(30)
    (event,) = heard
    assert (event["user"], event["reaction"], event["item_user"]) == (ANA.id, "eyes", BOT)
    assert event["item"] == {"type": "message", "channel": COORDINATION.id, "ts": ts}


def test_do_not_disturb(client: WebClient, slack: LocalSlack) -> None:
    end = NOW + timedelta(hours=8)
    slack.installation.workspace.quiet_hours[ANA.id] = (NOW, end)
    quiet = {
        "dnd_enabled": True,
        "next_dnd_start_ts": int(NOW.timestamp()),
        "next_dnd_end_ts": int(end.timestamp()),
    }
    undisturbed = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    told = client.dnd_info(user=ANA.id).data
    assert isinstance(told, dict)
    assert {key: told[key] for key in quiet} == quiet
    users = client.dnd_teamInfo(users=f"{ANA.id},{BEN.id},U0OTHERTEAM")["users"]
    assert users == {ANA.id: quiet, BEN.id: undisturbed}
    with pytest.raises(SlackApiError, match="user_not_found"):
        client.dnd_info(user="U0OTHERTEAM")
    with pytest.raises(SlackApiError, match="no_users_provided"):
        client.dnd_teamInfo(users=[])


def test_blocks_that_are_valid(client: WebClient) -> None:
    for given in (
        {"blocks": [section("Hello")]},
        {"message": {"text": "Hello", "blocks": [section("Hello")]}},
        {"view": modal()},
    ):
        form = {name: json.dumps(value) for name, value in given.items()}
        for answer in (
            client.api_call("blocks.validate", json=given),
            client.api_call("blocks.validate", params=form),
        ):
            assert answer["ok"]


@pytest.mark.parametrize(
    ("given", "error", "pointer"),
    [
        ({"blocks": [section("x" * 3001)]}, "invalid_blocks", "/0/text/text"),
        ({"message": {"blocks": [section("")]}}, "invalid_message", "/blocks/0/text/text"),
        ({"view": modal(title=None)}, "invalid_view", "/title"),
    ],
)
def test_blocks_that_are_not(client: WebClient, given: Any, error: str, pointer: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.api_call("blocks.validate", json=given)
    answer = refused.value.response
    assert answer["error"] == error
    (found,) = answer["errors"]
    assert (found["code"], found["pointer"]) == ("failed_constraint", pointer)


@pytest.mark.parametrize("given", [{}, {"blocks": [], "view": {}}, {"blocks": "["}])
def test_one_thing_is_validated_at_a_time(client: WebClient, given: Any) -> None:
    with pytest.raises(SlackApiError, match=r"invalid_(arguments|blocks_format)"):
        client.api_call("blocks.validate", json=given)
