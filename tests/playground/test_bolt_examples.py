"""What Bolt's pages show of shortcuts, modals, actions, options, the Home tab and events.

Each test does what one page describes, with code of our own, and sees what the page promises.
https://docs.slack.dev/tools/bolt-python
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from highlightbot.playground.local_slack import BlockAction, LocalSlack, Outcome, View
from tests.playground.conftest import (
    ANA,
    APP,
    BEN,
    COORDINATION,
    Connect,
    HandStopwatch,
    make_slack,
)
from tests.playground.payloads import (
    actions,
    button,
    home,
    modal,
    plain,
    section,
    text_input,
    typed,
)

Post = Callable[..., str]
NOT_RESPONDING = Outcome(ok=False, error="highlightbot is not responding. Try again?")


@pytest.fixture
def slack(stopwatch: HandStopwatch) -> LocalSlack:
    """As in the other tests, with two shortcuts, and subscribed to messages in channels."""
    app = replace(
        APP,
        shortcuts=("start_report", "quote_message"),
        events=APP.events | {"message.channels"},
    )
    return make_slack(stopwatch=stopwatch, app=app)


def top(slack: LocalSlack) -> View:
    return slack.view_stack(ANA.id)[-1]


def open_by_shortcut(slack: LocalSlack) -> View:
    assert slack.run_shortcut(ANA.id, "start_report") == Outcome()
    return top(slack)


def opening(app: App, **fields: Any) -> None:
    """The app opens this modal at its global shortcut."""

    @app.shortcut("start_report")
    def open_it(ack: Any, shortcut: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=modal(**fields))


def submit(slack: LocalSlack, text: str = "Done") -> Outcome:
    return slack.submit_view(ANA.id, top(slack).id, {"answer": {"text": typed(text)}})


def test_global_shortcut_opens_a_modal_and_tells_no_channel(
    app: App, connect: Connect, slack: LocalSlack
) -> None:
    bodies: list[dict[str, Any]] = []

    @app.shortcut({"type": "shortcut", "callback_id": "start_report"})
    def start(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        bodies.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    connect(app)

    assert slack.run_shortcut(ANA.id, "start_report") == Outcome()
    (body,) = bodies
    assert (body["type"], body["user"]["id"]) == ("shortcut", ANA.id)
    assert {"channel", "message", "response_url"} & body.keys() == set()
    assert [view.callback_id for view in slack.view_stack(ANA.id)] == ["report"]
    assert slack.view_stack(BEN.id) == []


def test_message_shortcut_tells_the_message_and_can_respond(
    app: App, connect: Connect, slack: LocalSlack
) -> None:
    said = slack.say(BEN.id, COORDINATION.id, "Two visits")

    @app.shortcut({"type": "message_action", "callback_id": re.compile("quote")})
    def quote(ack: Any, shortcut: dict[str, Any], respond: Any) -> None:
        ack()
        respond(f"{shortcut['message_ts']} in {shortcut['channel']['name']}: "
                f"{shortcut['message']['text']}")  # fmt: skip

    connect(app)

    assert slack.run_shortcut(ANA.id, "quote_message", COORDINATION.id, said.ts) == Outcome()
    answer = slack.messages_for(ANA.id, COORDINATION.id)[-1]
    assert answer.text == f"{said.ts} in coordination: Two visits"
    assert answer.ephemeral_to == ANA.id
    assert slack.messages_for(BEN.id, COORDINATION.id)[-1].text == "Two visits"


def test_shortcut_that_is_not_acknowledged_shows_an_error(slack: LocalSlack) -> None:
    assert slack.run_shortcut(ANA.id, "start_report") == NOT_RESPONDING


def test_shortcut_that_slack_does_not_offer(slack: LocalSlack) -> None:
    with pytest.raises(ValueError, match="no shortcut"):
        slack.run_shortcut(ANA.id, "other")
    with pytest.raises(LookupError):
        slack.run_shortcut(ANA.id, "quote_message", COORDINATION.id, "1.000001")


def test_button_in_a_modal_updates_it(app: App, connect: Connect, slack: LocalSlack) -> None:
    opening(app, blocks=[section("Before"), actions(button("turn"))])

    @app.action("turn")
    def turn(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        view = body["view"]
        client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("After")))

    connect(app)
    opened = open_by_shortcut(slack)

    assert slack.click(ANA.id, BlockAction("doing", "turn", view_id=opened.id)) == Outcome()
    assert (top(slack).id, top(slack).blocks[0]["text"]["text"]) == (opened.id, "After")


def test_button_in_a_modal_pushes_another(app: App, connect: Connect, slack: LocalSlack) -> None:
    opening(app, blocks=[actions(button("more"))])

    @app.action("more")
    def more(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=modal(callback_id="second"))

    connect(app)
    opened = open_by_shortcut(slack)
    slack.click(ANA.id, BlockAction("doing", "more", view_id=opened.id))

    assert [view.callback_id for view in slack.view_stack(ANA.id)] == ["report", "second"]
    assert (top(slack).previous_view_id, top(slack).root_view_id) == (opened.id, opened.id)
    slack.close_view(ANA.id, top(slack).id)
    assert top(slack).id == opened.id


@pytest.mark.parametrize(
    ("answer", "outcome", "stack"),
    [
        ({}, Outcome(), []),
        ({"response_action": "clear"}, Outcome(), []),
        (
            {"response_action": "errors", "errors": {"answer": "Too short"}},
            Outcome(ok=False, field_errors={"answer": "Too short"}),
            ["report"],
        ),
        (
            {"response_action": "update", "view": modal(section("Thanks"), callback_id="thanks")},
            Outcome(),
            ["thanks"],
        ),
        (
            {"response_action": "push", "view": modal(callback_id="next")},
            Outcome(),
            ["report", "next"],
        ),
    ],
    ids=["nothing", "clear", "errors", "update", "push"],
)
def test_answer_to_a_submission(
    answer: dict[str, Any],
    outcome: Outcome,
    stack: list[str],
    app: App,
    connect: Connect,
    slack: LocalSlack,
) -> None:
    opening(app)
    told: list[Any] = []

    @app.view("report")
    def submitted(ack: Any, view: dict[str, Any]) -> None:
        told.append(view["state"]["values"]["answer"]["text"]["value"])
        ack(**answer)

    connect(app)
    open_by_shortcut(slack)

    assert submit(slack, "Well") == outcome
    assert told == ["Well"]
    assert [view.callback_id for view in slack.view_stack(ANA.id)] == stack


@pytest.mark.parametrize(("asked_for", "told"), [(True, [{}]), (False, [])])
def test_view_closed_is_told_where_asked_for(
    asked_for: bool, told: list[Any], app: App, connect: Connect, slack: LocalSlack
) -> None:
    opening(app, notify_on_close=asked_for)
    heard: list[Any] = []

    @app.view_closed("report")
    def closed(ack: Any, view: dict[str, Any]) -> None:
        ack()
        heard.append(view["state"]["values"])

    connect(app)
    opened = open_by_shortcut(slack)
    slack.fill(ANA.id, opened.id, {"answer": {"text": typed("Half a sen")}})

    assert slack.close_view(ANA.id, opened.id) == Outcome()
    assert (heard, slack.view_stack(ANA.id)) == (told, [])


def test_action_is_acknowledged_and_answered_by_say_and_respond(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    @app.action({"block_id": "doing", "action_id": "write"})
    def write(ack: Any, say: Any, respond: Any, action: dict[str, Any]) -> None:
        ack()
        say(f"Everybody sees {action['value']}")
        respond("Only you see this")
        respond("Taken", replace_original=True)

    connect(app)
    ts = client.chat_postMessage(channel=COORDINATION.id, text="Due", blocks=[actions(button())])[
        "ts"
    ]
    pressed = BlockAction("doing", "write", conversation_id=COORDINATION.id, message_ts=ts)

    assert slack.click(ANA.id, pressed) == Outcome()
    assert [one.text for one in slack.messages_for(ANA.id, COORDINATION.id)] == [
        "Taken",
        "Everybody sees v",
        "Only you see this",
    ]
    assert [one.text for one in slack.messages_for(BEN.id, COORDINATION.id)] == [
        "Taken",
        "Everybody sees v",
    ]


def test_action_without_ack_shows_an_error(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    connect(app)  # no listener, so Bolt answers 404 and sends no ack
    ts = client.chat_postMessage(channel=COORDINATION.id, text="Due", blocks=[actions(button())])[
        "ts"
    ]
    slack.installation.socket_mode.drop()
    pressed = BlockAction("doing", "write", conversation_id=COORDINATION.id, message_ts=ts)

    assert slack.click(ANA.id, pressed) == NOT_RESPONDING


def test_home_tab_is_published_when_it_is_opened(
    app: App, connect: Connect, slack: LocalSlack
) -> None:
    @app.event("app_home_opened")
    def show(client: WebClient, event: dict[str, Any]) -> None:
        client.views_publish(user_id=event["user"], view=home(section(f"For {event['user']}")))

    connect(app)

    assert slack.open_home(ANA.id) == Outcome()
    shown = slack.home_of(ANA.id)
    assert shown is not None
    assert shown.blocks[0]["text"]["text"] == f"For {ANA.id}"
    assert slack.home_of(BEN.id) is None


def test_events_and_messages_are_listened_to(app: App, connect: Connect, slack: LocalSlack) -> None:
    @app.event("app_mention")
    def mentioned(event: dict[str, Any], say: Any) -> None:
        say("In the thread", thread_ts=event["ts"])

    @app.message(re.compile("^(help)$"))
    def helped(context: dict[str, Any], say: Any) -> None:
        say(f"You said {context['matches'][0]}")

    app.event("message")(lambda: None)
    connect(app)
    direct = slack.conversations_of(ANA.id)[-1]

    asked = slack.say(ANA.id, COORDINATION.id, f"<@{APP.bot_user_id}> latest")
    slack.say(ANA.id, direct.id, "help")

    replies = slack.thread_for(ANA.id, COORDINATION.id, asked.ts)
    assert [one.text for one in replies] == [asked.text, "In the thread"]
    assert slack.messages_for(ANA.id, direct.id)[-1].text == "You said help"


def test_options_are_asked_for_as_a_person_types(
    app: App, connect: Connect, slack: LocalSlack
) -> None:
    areas = [{"text": plain(name), "value": name} for name in ("Parks", "Libraries")]
    menu = {"type": "external_select", "action_id": "area", "min_query_length": 0}
    opening(app, blocks=[text_input(), {**text_input("where"), "element": menu}])

    @app.options("area")
    def find(ack: Any, payload: dict[str, Any]) -> None:
        ack(options=[one for one in areas if payload["value"] in one["value"].lower()])

    connect(app)
    opened = open_by_shortcut(slack)
    typing = BlockAction("where", "area", view_id=opened.id, value={"value": "lib"})

    assert slack.suggest(ANA.id, typing) == [areas[1]]
