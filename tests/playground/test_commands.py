"""Slash commands, and answers by ack and response URL, with a real Bolt app."""

from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from highlightbot.playground.local_slack import BlockAction, LocalSlack, Outcome
from highlightbot.playground.server import Playground
from tests.playground.conftest import (
    ANA,
    APP,
    BEN,
    COORDINATION,
    ELSEWHERE,
    Connect,
    HandStopwatch,
    connecting,
    make_slack,
    web_client,
)
from tests.playground.payloads import actions, button, section


def run(slack: LocalSlack, text: str = "latest") -> Outcome:
    return slack.run_command(ANA.id, COORDINATION.id, "/highlight", text)


@pytest.fixture
def response_url(app: App, connect: Connect, slack: LocalSlack) -> str:
    """One from a command, whose ack says nothing."""
    urls: list[str] = []

    @app.command("/highlight")
    def answer(ack: Any, command: dict[str, Any]) -> None:
        urls.append(command["response_url"])
        ack()

    connect(app)
    assert run(slack) == Outcome()
    return urls[0]


def post(url: str, **body: Any) -> tuple[int, str]:
    answer = WebhookClient(url, retry_handlers=[]).send_dict(body)
    return answer.status_code, answer.body


def texts(slack: LocalSlack, user_id: str = ANA.id) -> list[str]:
    return [one.text for one in slack.messages_for(user_id, COORDINATION.id)]


def test_the_command_as_the_app_hears_it(app: App, connect: Connect, slack: LocalSlack) -> None:
    heard: list[dict[str, Any]] = []

    @app.command("/highlight")
    def answer(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    connect(app)
    run(slack, "latest from Housing")
    (body,) = heard
    assert {key: body[key] for key in ("command", "text", "user_id", "channel_name")} == {
        "command": "/highlight",
        "text": "latest from Housing",
        "user_id": ANA.id,
        "channel_name": "coordination",
    }
    assert texts(slack) == []


def test_an_answer_in_the_ack_is_ephemeral(app: App, connect: Connect, slack: LocalSlack) -> None:
    app.command("/highlight")(lambda ack: ack(text="For you", blocks=[section("For you")]))
    connect(app)
    assert run(slack) == Outcome()
    assert (texts(slack), texts(slack, BEN.id)) == (["For you"], [])


def test_an_answer_in_channel_is_for_all(app: App, connect: Connect, slack: LocalSlack) -> None:
    app.command("/highlight")(lambda ack: ack(text="For all", response_type="in_channel"))
    connect(app)
    run(slack)
    assert texts(slack, BEN.id) == ["For all"]


def test_an_answer_that_slack_refuses(app: App, connect: Connect, slack: LocalSlack) -> None:
    app.command("/highlight")(lambda ack: ack(text="x", blocks=[section("x" * 3001)]))
    connect(app)
    assert run(slack).error == '/highlight failed with the error "invalid_command_response".'
    assert [one.pointer for one in slack.log.violations()] == ["/blocks/0/text/text"]
    assert texts(slack) == []


def test_a_command_without_the_app(slack: LocalSlack) -> None:
    assert run(slack) == Outcome(
        ok=False, error='/highlight failed with the error "dispatch_failed".'
    )


def test_a_command_needs_its_scope() -> None:
    slack = make_slack(app=replace(APP, scopes=APP.scopes - {"commands"}))
    assert run(slack) == Outcome(ok=False, error="/highlight is not a valid command.")


def test_an_unknown_command(slack: LocalSlack) -> None:
    outcome = slack.run_command(ANA.id, COORDINATION.id, "/other", "")
    assert outcome == Outcome(ok=False, error="/other is not a valid command.")


def test_where_a_person_is_not_they_cannot_act(slack: LocalSlack) -> None:
    with pytest.raises(ValueError, match="is not in"):
        slack.run_command(BEN.id, ELSEWHERE.id, "/highlight", "")
    slack.installation.workspace.put_conversation(replace(COORDINATION, archived=True))
    with pytest.raises(ValueError, match="is archived"):
        slack.say(ANA.id, COORDINATION.id, "x")


def test_a_response_url_is_good_five_times(slack: LocalSlack, response_url: str) -> None:
    answers = [post(response_url, text=str(number)) for number in range(6)]
    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]
    assert texts(slack) == ["0", "1", "2", "3", "4"]
    assert texts(slack, BEN.id) == []


def test_a_response_url_is_good_for_half_an_hour(
    response_url: str, stopwatch: HandStopwatch
) -> None:
    stopwatch.seconds = 1800
    assert post(response_url, text="x") == (200, "ok")
    stopwatch.seconds = 1801
    assert post(response_url, text="x") == (404, "expired_url")
    assert post(response_url + "x", text="x") == (404, "invalid_url")


def test_a_response_url_checks_what_is_posted(slack: LocalSlack, response_url: str) -> None:
    assert post(response_url, text="") == (400, "no_text")
    assert post(response_url, text="x", blocks=[section("x" * 3001)]) == (400, "invalid_blocks")
    assert [one.pointer for one in slack.log.violations()] == ["/blocks/0/text/text"]
    assert texts(slack) == []


def messages_heard(slack: LocalSlack) -> list[str]:
    return [one.request["event"]["text"] for one in slack.log.entries() if one.name == "message"]


def test_a_public_answer_is_a_message_like_others() -> None:
    scopes = APP.scopes | {"channels:history"}
    heard = make_slack(app=replace(APP, scopes=scopes, events=frozenset({"message.channels"})))
    with Playground(heard) as playground, connecting(playground) as connect:
        connect(App(client=web_client(playground), process_before_response=True))
        url = heard.installation.answerable(ANA.id, COORDINATION.id)["response_url"]
        post(url, text="For you")
        post(url, text="For all", response_type="in_channel")
        for _ in range(50):
            if not messages_heard(heard):
                heard.wait_for_change(heard.version, timeout=0.1)
    assert messages_heard(heard) == ["For all"]


def test_a_response_url_posts_nothing_in_an_archived_channel(
    slack: LocalSlack, playground: Playground
) -> None:
    url = slack.installation.answerable(ANA.id, COORDINATION.id)["response_url"]
    slack.installation.workspace.put_conversation(replace(COORDINATION, archived=True))
    assert post(url, text="x", response_type="in_channel") == (400, "is_archived")
    assert texts(slack) == []


def test_a_response_url_replaces_and_deletes_its_answer(
    slack: LocalSlack, response_url: str
) -> None:
    post(response_url, text="One")
    post(response_url, text="Two", replace_original=True)
    assert texts(slack) == ["Two"]
    post(response_url, delete_original=True)
    assert texts(slack) == []


def test_what_was_ephemeral_stays_so(slack: LocalSlack, response_url: str) -> None:
    post(response_url, text="One")
    post(response_url, text="Two", replace_original=True, response_type="in_channel")
    assert (texts(slack), texts(slack, BEN.id)) == (["Two"], [])


def test_a_button_s_response_url_replaces_its_message(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    @app.action("write")
    def act(ack: Any, respond: Any) -> None:
        ack()
        respond(text="Thank you", blocks=[], replace_original=True)

    connect(app)
    ts = client.chat_postMessage(channel=COORDINATION.id, text="Due", blocks=[actions(button())])[
        "ts"
    ]
    pressed = BlockAction("doing", "write", conversation_id=COORDINATION.id, message_ts=ts)
    slack.click(ANA.id, pressed)
    (message,) = slack.conversations[COORDINATION.id].messages
    assert (message.ts, message.text, message.blocks) == (ts, "Thank you", ())
