"""The `chat.*` methods, through the SDK's client."""

import json
from dataclasses import replace
from threading import Thread

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.local_slack import LocalSlack, Message, MovableClock
from highlightbot.playground.server import Playground
from highlightbot.playground.web_api.endpoint import METHODS
from tests.playground.conftest import (
    ANA,
    APP,
    BEN,
    BOT,
    COORDINATION,
    ELSEWHERE,
    NOW,
    SECRET,
    make_slack,
    web_client,
)
from tests.playground.payloads import actions, button, section

KEY = {"event_type": "delivery", "event_payload": {"key": "a1"}}


def only_message(slack: LocalSlack, conversation_id: str = COORDINATION.id) -> Message:
    (message,) = slack.conversations[conversation_id].messages
    return message


def refusal(error: SlackApiError) -> str:
    return str(error.response["error"])


def test_posting_to_a_channel(client: WebClient, slack: LocalSlack) -> None:
    answer = client.chat_postMessage(
        channel=COORDINATION.id,
        text="Summary",
        blocks=[section("*Summary*", block_id="s")],
        metadata=KEY,
        unfurl_links=False,
        unfurl_media=False,
    )
    assert only_message(slack) == Message(
        ts=answer["ts"],
        channel=COORDINATION.id,
        user=BOT,
        text="Summary",
        blocks=(section("*Summary*", block_id="s"),),
        metadata=KEY,
        bot_id=APP.bot_id,
        app_id=APP.app_id,
        unfurl_links=False,
        unfurl_media=False,
    )
    assert answer["channel"] == COORDINATION.id
    assert answer["message"]["text"] == "Summary"


def test_posting_by_channel_name(client: WebClient, slack: LocalSlack) -> None:
    client.chat_postMessage(channel="#coordination", text="One")
    client.chat_postMessage(channel="coordination", text="Two")
    texts = [one.text for one in slack.messages_for(ANA.id, COORDINATION.id)]
    assert texts == ["One", "Two"]


def test_posting_to_a_user_id_opens_the_direct_message(
    client: WebClient, slack: LocalSlack
) -> None:
    answer = client.chat_postMessage(channel=ANA.id, text="Due on Tuesday")
    direct = slack.conversations_of(ANA.id)[-1]
    assert answer["channel"] == direct.id
    assert (direct.kind, direct.members) == ("im", {ANA.id, BOT})
    assert slack.unread(ANA.id) == {COORDINATION.id: 0, ELSEWHERE.id: 0, SECRET.id: 0, direct.id: 1}
    assert slack.unread(BEN.id)[slack.conversations_of(BEN.id)[-1].id] == 0


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NONE", "channel_not_found"),
        ("", "channel_not_found"),
        (SECRET.id, "channel_not_found"),
        (ELSEWHERE.id, "not_in_channel"),
        (BOT, "cannot_dm_bot"),
        ("U0GONE", "channel_not_found"),
    ],
)
def test_posting_where_the_app_may_not(client: WebClient, channel: str, error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=channel, text="x")
    assert refusal(refused.value) == error


def test_posting_where_the_messages_tab_is_switched_off() -> None:
    with Playground(make_slack(app=replace(APP, messages_tab=False))) as playground:
        client = web_client(playground)
        opened = client.conversations_open(users=[ANA.id])["channel"]["id"]
        for target in (ANA.id, opened):
            with pytest.raises(SlackApiError, match="messages_tab_disabled"):
                client.chat_postMessage(channel=target, text="hello")
        assert client.chat_postMessage(channel=COORDINATION.id, text="hello")["ok"]


def test_posting_to_an_archived_channel(client: WebClient, slack: LocalSlack) -> None:
    slack.installation.workspace.put_conversation(replace(COORDINATION, archived=True))
    with pytest.raises(SlackApiError, match="is_archived"):
        client.chat_postMessage(channel=COORDINATION.id, text="x")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": " \n"}, "no_text"),
        ({"attachments": [{}]}, "no_text"),
        ({"text": "x", "blocks": "["}, "invalid_blocks_format"),
        ({"text": "x", "blocks": {}}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [section("x")] * 51}, "invalid_blocks"),
        ({"text": "x", "blocks": [{"type": "sparkles"}]}, "invalid_blocks"),
        ({"text": "x", "blocks": [section("y" * 3000)] * 5}, "msg_blocks_too_long"),
        ({"text": 7}, "invalid_arguments"),
        ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
    ],
)
def test_posting_what_slack_refuses(
    client: WebClient, slack: LocalSlack, arguments: dict[str, object], error: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.api_call("chat.postMessage", json={"channel": COORDINATION.id, **arguments})
    assert refusal(refused.value) == error
    assert slack.conversations[COORDINATION.id].messages == ()


def test_long_text_is_cut_off(client: WebClient, slack: LocalSlack) -> None:
    client.chat_postMessage(channel=COORDINATION.id, text="x" * 40_001)
    assert len(only_message(slack).text) == 40_000


def test_metadata_is_at_most_16_000_bytes(client: WebClient, slack: LocalSlack) -> None:
    room = 16_000 - len(json.dumps({"event_type": "e", "event_payload": {"key": ""}}))
    for length, error in ((room, None), (room + 1, "metadata_too_large")):
        metadata = {"event_type": "e", "event_payload": {"key": "x" * length}}
        if error is None:
            client.chat_postMessage(channel=COORDINATION.id, text="x", metadata=metadata)
        else:
            with pytest.raises(SlackApiError, match=error):
                client.chat_postMessage(channel=COORDINATION.id, text="x", metadata=metadata)
    assert len(slack.conversations[COORDINATION.id].messages) == 1


def test_nothing_of_an_archived_channel_changes(client: WebClient, slack: LocalSlack) -> None:
    ts = client.chat_postMessage(channel=COORDINATION.id, text="One")["ts"]
    shown = slack.conversations[COORDINATION.id]
    slack.installation.workspace.put_conversation(replace(shown, archived=True))
    with pytest.raises(SlackApiError, match="is_archived"):
        client.chat_update(channel=COORDINATION.id, ts=ts, text="Two")
    with pytest.raises(SlackApiError, match="is_archived"):
        client.chat_delete(channel=COORDINATION.id, ts=ts)
    assert only_message(slack).text == "One"


def test_a_text_is_cut_off_between_characters(client: WebClient, slack: LocalSlack) -> None:
    client.chat_postMessage(channel=COORDINATION.id, text="x" + "😀" * 20_000)
    assert only_message(slack).text == "x" + "😀" * 19_999


def test_a_reply_is_counted_on_its_parent(client: WebClient, slack: LocalSlack) -> None:
    parent = client.chat_postMessage(channel=COORDINATION.id, text="Summary")["ts"]
    replies = [
        client.chat_postMessage(channel=COORDINATION.id, text=text, thread_ts=parent)["ts"]
        for text in ("One", "Two")
    ]
    (shown,) = slack.messages_for(ANA.id, COORDINATION.id)
    assert (shown.reply_count, shown.reply_users, shown.latest_reply) == (2, (BOT,), replies[1])
    thread = slack.thread_for(ANA.id, COORDINATION.id, parent)
    assert [one.ts for one in thread] == [parent, *replies]
    with pytest.raises(SlackApiError, match="cannot_reply_to_message"):
        client.chat_postMessage(channel=COORDINATION.id, text="x", thread_ts=replies[0])


def test_a_reply_shown_in_the_channel_says_so(client: WebClient, slack: LocalSlack) -> None:
    parent = client.chat_postMessage(channel=COORDINATION.id, text="P", reply_broadcast=True)["ts"]
    client.chat_postMessage(
        channel=COORDINATION.id, text="R", thread_ts=parent, reply_broadcast=True
    )
    shown = slack.messages_for(ANA.id, COORDINATION.id)
    assert [(one.text, one.subtype) for one in shown] == [("P", None), ("R", "thread_broadcast")]


def test_username_needs_its_scope(client: WebClient, slack: LocalSlack) -> None:
    client.chat_postMessage(channel=COORDINATION.id, text="x", username="Somebody")
    assert only_message(slack).username is None


def test_missing_ids_are_made_up(client: WebClient, slack: LocalSlack) -> None:
    blocks = [{"type": "actions", "elements": [{**button(), "action_id": ""} | {}]}]
    del blocks[0]["elements"][0]["action_id"]
    client.chat_postMessage(channel=COORDINATION.id, text="x", blocks=blocks)
    (block,) = only_message(slack).blocks
    assert block["block_id"]
    assert block["elements"][0]["action_id"]


def test_update_replaces_what_is_given(client: WebClient, slack: LocalSlack) -> None:
    blocks = [section("One", block_id="s")]
    ts = client.chat_postMessage(channel=COORDINATION.id, text="One", blocks=blocks, metadata=KEY)[
        "ts"
    ]
    client.chat_update(channel=COORDINATION.id, ts=ts, text="Two")
    kept = only_message(slack)
    assert (kept.text, kept.blocks, kept.metadata) == ("Two", tuple(blocks), KEY)
    assert kept.edited is not None
    client.chat_update(channel=COORDINATION.id, ts=ts, text="Three", blocks=[], metadata={})
    emptied = only_message(slack)
    assert (emptied.text, emptied.blocks, emptied.metadata) == ("Three", (), None)


def test_nothing_comes_between_what_an_update_reads_and_writes() -> None:
    free: list[bool] = []

    def look() -> None:
        free.append(lock.acquire(blocking=False))
        if free[-1]:
            lock.release()

    def real_time() -> float:
        """Asked for the timestamp of the edit, half-way."""
        elsewhere = Thread(target=look)
        elsewhere.start()
        elsewhere.join()
        return NOW.timestamp()

    slack = make_slack(clock=MovableClock(real_time))
    workspace = slack.installation.workspace
    lock = workspace.lock
    ts = workspace.issue_ts()
    workspace.post(Message(ts, COORDINATION.id, BOT, "One", bot_id=APP.bot_id))
    arguments = {"channel": COORDINATION.id, "ts": ts, "text": "Two"}
    METHODS["chat.update"].answer(slack.installation, arguments)
    assert free == [True, False]


def test_update_refusals(client: WebClient, slack: LocalSlack) -> None:
    ts = client.chat_postMessage(channel=COORDINATION.id, text="One")["ts"]
    others = slack.say(ANA.id, COORDINATION.id, "Mine").ts
    ephemeral = client.chat_postEphemeral(channel=COORDINATION.id, user=ANA.id, text="Psst")
    refused = [
        (ts, "😀" * 2001, "msg_too_long"),
        (ts, "x" * 4001, "msg_too_long"),
        (others, "x", "cant_update_message"),
        ("1.000000", "x", "message_not_found"),
        (ephemeral["message_ts"], "x", "message_not_found"),
    ]
    for message_ts, text, error in refused:
        with pytest.raises(SlackApiError, match=error):
            client.chat_update(channel=COORDINATION.id, ts=message_ts, text=text)
    with pytest.raises(SlackApiError, match="channel_not_found"):
        client.chat_update(channel="coordination", ts=ts, text="x")
    client.chat_update(channel=COORDINATION.id, ts=ts, text="x" * 4000)


def test_deleting(client: WebClient, slack: LocalSlack) -> None:
    parent = client.chat_postMessage(channel=COORDINATION.id, text="Parent")["ts"]
    reply = client.chat_postMessage(channel=COORDINATION.id, text="R", thread_ts=parent)["ts"]
    client.chat_delete(channel=COORDINATION.id, ts=parent)
    (tombstone,) = slack.messages_for(ANA.id, COORDINATION.id)
    assert (tombstone.subtype, tombstone.reply_count) == ("tombstone", 1)
    client.chat_delete(channel=COORDINATION.id, ts=reply)
    assert slack.messages_for(ANA.id, COORDINATION.id)[0].reply_count == 0
    with pytest.raises(SlackApiError, match="message_not_found"):
        client.chat_delete(channel=COORDINATION.id, ts=reply)
    others = slack.say(ANA.id, COORDINATION.id, "Mine").ts
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        client.chat_delete(channel=COORDINATION.id, ts=others)


def test_an_ephemeral_message_is_seen_by_one(client: WebClient, slack: LocalSlack) -> None:
    client.chat_postEphemeral(
        channel=COORDINATION.id, user=ANA.id, text="Psst", blocks=[actions(button())]
    )
    assert [one.text for one in slack.messages_for(ANA.id, COORDINATION.id)] == ["Psst"]
    assert slack.messages_for(BEN.id, COORDINATION.id) == []
    assert client.conversations_history(channel=COORDINATION.id)["messages"] == []
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        client.chat_postEphemeral(channel=COORDINATION.id, user="U0GONE", text="x")


def test_permalink(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=COORDINATION.id, text="One")["ts"]
    link = client.chat_getPermalink(channel=COORDINATION.id, message_ts=ts)["permalink"]
    digits = ts.replace(".", "")
    assert link == f"https://playground.slack.com/archives/{COORDINATION.id}/p{digits}"
    with pytest.raises(SlackApiError, match="message_not_found"):
        client.chat_getPermalink(channel=COORDINATION.id, message_ts="1.000000")
