"""Buttons, selects and inputs in messages, modals and the Home tab, heard by a real Bolt app."""

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from highlightbot.playground.local_slack import BlockAction, LocalSlack, Outcome
from highlightbot.playground.page.deeds import DEEDS
from highlightbot.playground.server import Playground
from tests.playground.conftest import (
    ANA,
    BEN,
    COORDINATION,
    Connect,
    connecting,
    make_slack,
    web_client,
)
from tests.playground.modals import opened
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

NOT_RESPONDING = Outcome(ok=False, error="highlightbot is not responding. Try again?")


@pytest.fixture
def heard(app: App, connect: Connect) -> list[dict[str, Any]]:
    """Every `block_actions` payload; the app is connected."""
    bodies: list[dict[str, Any]] = []

    @app.block_action({"action_id": "write"})
    @app.block_action({"action_id": "text"})
    @app.block_action({"action_id": "pick"})
    def act(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack()

    connect(app)
    return bodies


def picker(kind: str = "static_select") -> dict[str, Any]:
    options = [{"text": plain(text), "value": text} for text in ("one", "two")]
    return {"type": kind, "action_id": "pick", "options": options}


def test_a_button_in_a_message(
    slack: LocalSlack, client: WebClient, heard: list[dict[str, Any]]
) -> None:
    ts = client.chat_postMessage(channel=COORDINATION.id, text="Due", blocks=[actions(button())])[
        "ts"
    ]
    pressed = BlockAction("doing", "write", conversation_id=COORDINATION.id, message_ts=ts)
    assert slack.click(BEN.id, pressed) == Outcome()
    (body,) = heard
    (action,) = body["actions"]
    assert action == {
        "type": "button",
        "block_id": "doing",
        "action_id": "write",
        "text": plain("Write report"),
        "value": "v",
        "action_ts": action["action_ts"],
    }
    assert body["user"]["id"] == BEN.id
    assert body["channel"] == {"id": COORDINATION.id, "name": "coordination"}
    assert body["message"]["ts"] == ts
    assert body["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": COORDINATION.id,
        "is_ephemeral": False,
    }
    assert body["response_url"].startswith("http://127.0.0.1:")
    assert body["trigger_id"]


def test_a_button_in_an_attachment(
    slack: LocalSlack, client: WebClient, heard: list[dict[str, Any]]
) -> None:
    attached = {"blocks": [{"type": "actions", "elements": [button()]}]}
    ts = client.chat_postMessage(channel=COORDINATION.id, text="Due", attachments=[attached])["ts"]
    (message,) = slack.messages_for(BEN.id, COORDINATION.id)
    (block,) = message.all_blocks
    pressed = {"in": COORDINATION.id, "ts": ts, "block": block["block_id"], "action": "write"}
    assert DEEDS["click"](slack, {"as": BEN.id, **pressed}) == Outcome()
    (body,) = heard
    assert body["actions"][0]["value"] == "v"


def test_a_button_in_a_data_table(
    slack: LocalSlack, client: WebClient, heard: list[dict[str, Any]]
) -> None:
    table = {
        "type": "data_table",
        "block_id": "table",
        "caption": "Reports",
        "rows": [
            [{"type": "raw_text", "text": "Report"}],
            [{"type": "action", "element": button()}],
        ],
    }
    ts = client.chat_postMessage(channel=COORDINATION.id, text="Due", blocks=[table])["ts"]
    pressed = BlockAction("table", "write", conversation_id=COORDINATION.id, message_ts=ts)
    assert slack.click(BEN.id, pressed) == Outcome()
    (body,) = heard
    assert body["actions"][0]["value"] == "v"


def test_an_ephemeral_message_is_not_shown_to_the_app(
    slack: LocalSlack, client: WebClient, heard: list[dict[str, Any]]
) -> None:
    ts = client.chat_postEphemeral(
        channel=COORDINATION.id, user=ANA.id, text="Due", blocks=[actions(button())]
    )["message_ts"]
    pressed = BlockAction("doing", "write", conversation_id=COORDINATION.id, message_ts=ts)
    assert slack.click(ANA.id, pressed).ok
    assert not slack.click(BEN.id, pressed).ok
    (body,) = heard
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body


def test_a_select_in_a_message_tells_its_state(
    slack: LocalSlack, client: WebClient, heard: list[dict[str, Any]]
) -> None:
    blocks = [actions(picker(), button()), section("x", block_id="s", accessory=picker())]
    ts = client.chat_postMessage(channel=COORDINATION.id, text="Due", blocks=blocks)["ts"]
    chosen = {"type": "static_select", "selected_option": picker()["options"][1]}
    slack.click(
        ANA.id,
        BlockAction("doing", "pick", conversation_id=COORDINATION.id, message_ts=ts, value=chosen),
    )
    (body,) = heard
    assert body["actions"][0]["selected_option"] == chosen["selected_option"]
    assert body["state"]["values"] == {
        "doing": {"pick": chosen},
        "s": {"pick": {"type": "static_select", "selected_option": None}},
    }


def test_a_button_in_a_modal_tells_every_input(
    slack: LocalSlack, client: WebClient, heard: list[dict[str, Any]]
) -> None:
    view_id = opened(client, slack, text_input("a"), text_input("b"), actions(button())).id
    slack.fill(ANA.id, view_id, {"a": {"text": typed("kept")}})
    state = {"b": {"text": typed("sent along")}}
    assert slack.click(ANA.id, BlockAction("doing", "write", view_id=view_id, state=state)).ok
    (body,) = heard
    assert body["container"] == {"type": "view", "view_id": view_id}
    assert body["view"]["state"]["values"] == {
        "a": {"text": typed("kept")},
        "b": {"text": typed("sent along")},
    }
    assert "message" not in body
    assert "response_url" not in body


def test_typing_is_sent_only_with_dispatch_action(
    slack: LocalSlack, client: WebClient, heard: list[dict[str, Any]]
) -> None:
    dispatching = text_input(
        "a",
        dispatch_action=True,
        dispatch_action_config={"trigger_actions_on": ["on_character_entered"]},
    )
    view_id = opened(client, slack, dispatching, text_input("b")).id
    slack.click(ANA.id, BlockAction("b", "text", view_id=view_id, value=typed("quiet")))
    slack.click(ANA.id, BlockAction("a", "text", view_id=view_id, value=typed("l")))
    (body,) = heard
    assert body["actions"][0]["type"] == "plain_text_input"
    assert body["actions"][0]["value"] == "l"
    assert body["view"]["state"]["values"] == {
        "a": {"text": typed("l")},
        "b": {"text": typed("quiet")},
    }


def test_rich_text_goes_into_the_state(
    slack: LocalSlack, client: WebClient, heard: list[dict[str, Any]]
) -> None:
    element = {"type": "rich_text_input", "action_id": "text"}
    block = {"type": "input", "block_id": "a", "label": plain("A"), "element": element}
    view_id = opened(client, slack, block, actions(button())).id
    written = {
        "type": "rich_text_input",
        "rich_text_value": {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "<!here>"}]}
            ],
        },
    }
    state = {"a": {"text": written}}
    slack.click(ANA.id, BlockAction("doing", "write", view_id=view_id, state=state))
    assert heard[0]["view"]["state"]["values"] == {"a": {"text": written}}


def test_a_button_on_the_home_tab_can_open_a_modal_but_not_push(
    slack: LocalSlack, client: WebClient, heard: list[dict[str, Any]]
) -> None:
    view_id = client.views_publish(user_id=ANA.id, view=home(actions(button())))["view"]["id"]
    assert slack.click(ANA.id, BlockAction("doing", "write", view_id=view_id)).ok
    (body,) = heard
    assert body["view"]["type"] == "home"
    pushed = client.views_push  # refused: the person is in no modal
    with pytest.raises(Exception, match="invalid_trigger_id"):
        pushed(trigger_id=body["trigger_id"], view=modal())
    client.views_open(trigger_id=body["trigger_id"], view=modal())
    assert len(slack.view_stack(ANA.id)) == 1


@pytest.mark.parametrize(
    "value",
    [
        typed("not a select"),
        {"type": "static_select", "selected_option": {"text": plain("x"), "value": "three"}},
    ],
)
def test_a_value_that_cannot_be(
    slack: LocalSlack, client: WebClient, value: dict[str, Any]
) -> None:
    view_id = opened(client, slack, actions(picker())).id
    with pytest.raises(ValueError, match=r"cannot hold|not among"):
        slack.click(ANA.id, BlockAction("doing", "pick", view_id=view_id, value=value))


def test_what_is_gone_cannot_be_clicked(slack: LocalSlack, client: WebClient) -> None:
    view_id = opened(client, slack, actions(button())).id
    for action in (
        BlockAction("doing", "other", view_id=view_id),
        BlockAction("doing", "write", view_id="V0NONE"),
        BlockAction("doing", "write", conversation_id=COORDINATION.id, message_ts="1.000000"),
    ):
        assert slack.click(ANA.id, action).error == "This is no longer there. Look again."
    assert not slack.click(BEN.id, BlockAction("doing", "write", view_id=view_id)).ok


def test_a_click_without_the_app(slack: LocalSlack, client: WebClient) -> None:
    view_id = opened(client, slack, actions(button())).id
    assert slack.click(ANA.id, BlockAction("doing", "write", view_id=view_id)) == NOT_RESPONDING


def test_a_click_that_no_listener_answers() -> None:
    with Playground(make_slack(ack_within=0.2)) as playground:
        slack, client = playground.slack, web_client(playground)
        with connecting(playground) as connect:
            connect(App(client=client, process_before_response=True))
            view_id = opened(client, slack, actions(button("unheard"))).id
            pressed = BlockAction("doing", "unheard", view_id=view_id)
            assert slack.click(ANA.id, pressed) == NOT_RESPONDING
            assert slack.log.entries()[-1].problem == "no ack: timeout"
