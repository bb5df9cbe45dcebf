"""What a person says, whom it notifies, and what a real Bolt app hears of it."""

import threading
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from highlightbot.playground.local_slack import LocalSlack
from highlightbot.playground.messages import notified_by
from highlightbot.playground.server import Playground
from tests.playground.conftest import (
    ANA,
    APP,
    BEN,
    BOT,
    COORDINATION,
    ELSEWHERE,
    Connect,
    connecting,
    make_slack,
    web_client,
)
from tests.playground.payloads import plain, section


@pytest.fixture
def heard(app: App, connect: Connect) -> list[dict[str, Any]]:
    """The body of every event that the app's listeners heard; the app is connected."""
    bodies: list[dict[str, Any]] = []

    @app.event("app_mention")
    @app.event("message")
    def listen(body: dict[str, Any]) -> None:
        bodies.append(body)

    connect(app)
    return bodies


def test_a_mention_in_a_channel(slack: LocalSlack, heard: list[dict[str, Any]]) -> None:
    message = slack.say(ANA.id, COORDINATION.id, f"<@{BOT}> latest &amp; greatest")
    (body,) = heard
    assert body["type"] == "event_callback"
    assert body["team_id"] == slack.team.id
    assert body["api_app_id"] == APP.app_id
    assert body["event_id"].startswith("Ev")
    assert body["event_time"] == int(float(message.ts))
    assert body["authorizations"][0]["user_id"] == BOT
    event = body["event"]
    assert (event["type"], event["user"], event["ts"], event["channel"], event["text"]) == (
        "app_mention",
        ANA.id,
        message.ts,
        COORDINATION.id,
        f"<@{BOT}> latest &amp; greatest",
    )
    (section_,) = event["blocks"][0]["elements"]
    assert section_["elements"] == [
        {"type": "user", "user_id": BOT},
        {"type": "text", "text": " latest & greatest"},
    ]


def test_a_direct_message(slack: LocalSlack, heard: list[dict[str, Any]]) -> None:
    direct = slack.conversations_of(ANA.id)[-1]
    slack.say(ANA.id, direct.id, "help")
    (body,) = heard
    event = body["event"]
    assert (event["type"], event["channel_type"], event["text"]) == ("message", "im", "help")


def test_other_messages_are_not_heard(slack: LocalSlack, heard: list[dict[str, Any]]) -> None:
    slack.say(ANA.id, COORDINATION.id, "good morning")
    slack.say(ANA.id, ELSEWHERE.id, f"<@{BOT}> latest")
    assert heard == []


def test_an_event_needs_its_scope() -> None:
    app = replace(APP, scopes=APP.scopes - {"app_mentions:read"})
    slack = make_slack(app=app)
    slack.say(ANA.id, COORDINATION.id, f"<@{BOT}> latest")
    assert slack.log.entries() == []


def test_a_reply_in_a_thread(slack: LocalSlack, client: WebClient) -> None:
    parent = client.chat_postMessage(channel=COORDINATION.id, text="Summary")["ts"]
    reply = slack.say(ANA.id, COORDINATION.id, "Thanks", thread_ts=parent)
    assert [one.ts for one in slack.thread_for(BEN.id, COORDINATION.id, parent)] == [
        parent,
        reply.ts,
    ]
    with pytest.raises(LookupError):
        slack.say(ANA.id, COORDINATION.id, "x", thread_ts="1.000000")


def test_the_app_s_own_direct_message_comes_back_to_it(
    connect: Connect, app: App, slack: LocalSlack, client: WebClient
) -> None:
    connect(app)
    before = len(slack.log.entries())
    client.chat_postMessage(channel=ANA.id, text="Due")
    while not (events := [one for one in slack.log.entries()[before:] if one.kind == "event"]):
        slack.wait_for_change(slack.version, timeout=0.2)
    (entry,) = events
    assert entry.acked
    assert entry.request["event"]["bot_id"] == APP.bot_id


def test_an_event_without_an_ack_is_tried_three_times_more() -> None:
    with Playground(make_slack(ack_within=0.2, retry_after=(0, 0, 0))) as playground:
        attempts: list[tuple[str, list[str], list[str]]] = []
        fourth = threading.Event()
        bolt = App(client=web_client(playground), process_before_response=True)

        @bolt.middleware
        def refuse(req: Any, resp: Any) -> Any:
            attempts.append(
                (
                    req.body["event_id"],
                    req.headers.get("x-slack-retry-num", []),
                    req.headers.get("x-slack-retry-reason", []),
                )
            )
            if len(attempts) == 4:
                fourth.set()
            resp.status = 500
            return resp

        with connecting(playground) as connect:
            connect(bolt)
            playground.slack.say(ANA.id, COORDINATION.id, f"<@{BOT}> latest")
            assert fourth.wait(30)
        assert len({event_id for event_id, _, _ in attempts}) == 1
        assert [(number, reason) for _, number, reason in attempts] == [
            (["0"], [""]),
            (["1"], ["timeout"]),
            (["2"], ["timeout"]),
            (["3"], ["timeout"]),
        ]


def test_retries_that_are_due_later_do_not_outlive_the_stop() -> None:
    before = set(threading.enumerate())
    slack = make_slack(retry_after=(3600,))
    with Playground(slack):
        slack.say(ANA.id, COORDINATION.id, f"<@{BOT}> latest")
        begun = set(threading.enumerate()) - before
        (waiting,) = (one for one in begun if one.name == "playground-postponed")
    waiting.join(timeout=30)
    assert not waiting.is_alive()


def test_what_is_unread(slack: LocalSlack, client: WebClient) -> None:
    slack.say(BEN.id, COORDINATION.id, "one")
    client.chat_postEphemeral(channel=COORDINATION.id, user=ANA.id, text="two")
    client.chat_postEphemeral(channel=COORDINATION.id, user=BEN.id, text="not for Ana")
    assert slack.unread(ANA.id)[COORDINATION.id] == 2
    slack.mark_read(ANA.id, COORDINATION.id)
    assert slack.unread(ANA.id)[COORDINATION.id] == 0
    slack.say(ANA.id, COORDINATION.id, "my own")
    assert slack.unread(ANA.id)[COORDINATION.id] == 0
    assert slack.unread(BEN.id)[COORDINATION.id] == 2


def rich_text(*elements: dict[str, Any]) -> dict[str, Any]:
    line = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [line]}


@pytest.mark.parametrize(
    ("text", "blocks", "notified"),
    [
        ("<!channel> and <@U1|ana> and <!here|here>", [], {"channel", "here", "U1"}),
        ("&lt;!channel&gt; @channel <!date^1^x|y> <#C1>", [], set()),
        ("", [section("<!everyone>")], {"everyone"}),
        ("", [{"type": "section", "fields": [{"type": "mrkdwn", "text": "<@W1>"}]}], {"W1"}),
        ("", [{"type": "header", "text": plain("<!channel>")}], set()),
        ("", [{"type": "section", "text": plain("<!channel>")}], set()),
        ("", [{"type": "context", "elements": [{"type": "mrkdwn", "text": "<!here>"}]}], {"here"}),
        ("", [rich_text({"type": "text", "text": "<!channel> <@U1>"})], set()),
        ("", [rich_text({"type": "user", "user_id": "U1"})], {"U1"}),
        ("", [rich_text({"type": "broadcast", "range": "channel"})], {"channel"}),
        ("", [{"type": "markdown", "text": "<!channel>"}], {"channel"}),
        ("<!subteam^S1|@authors> <!subteam^x>", [], {"S1"}),
        ("", [rich_text({"type": "usergroup", "usergroup_id": "S1"})], {"S1"}),
    ],
)
def test_whom_a_message_notifies(
    text: str, blocks: list[dict[str, Any]], notified: set[str]
) -> None:
    assert notified_by(text, blocks) == notified


def test_names_are_linked_on_request_and_attachments_count() -> None:
    assert notified_by("@channel mail me@here.org", link_names=True) == {"channel"}
    attachment = {"text": "<!here>", "fallback": "<!channel>", "fields": [{"value": "<@U1>"}]}
    assert notified_by("", [], [attachment]) == {"here", "U1"}
    blocks = [section("<@U1>"), rich_text({"type": "broadcast", "range": "here"})]
    assert notified_by("", [], [{"blocks": blocks}]) == {"here", "U1"}


def test_a_post_records_whom_it_notified(client: WebClient, slack: LocalSlack) -> None:
    client.chat_postMessage(channel=COORDINATION.id, text="<!channel>")
    client.chat_postMessage(channel=COORDINATION.id, text="&lt;!channel&gt;")
    notified = [one.notified for one in slack.conversations[COORDINATION.id].messages]
    assert notified == [{"channel"}, frozenset()]
