"""External selects, and inputs that act while a person types, with a real Bolt app."""

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from highlightbot.playground.local_slack import BlockAction, LocalSlack, Outcome
from tests.playground.conftest import ANA, BEN, COORDINATION, Connect
from tests.playground.modals import opened
from tests.playground.payloads import actions, button, plain, text_input, typed

OPTIONS = [{"text": plain("Housing"), "value": "housing"}]


def external(**more: Any) -> dict[str, Any]:
    return {"type": "external_select", "action_id": "area", "placeholder": plain("Area"), **more}


def in_view(view_id: str, text: str) -> BlockAction:
    return BlockAction("ask", "area", view_id=view_id, value={"value": text})


def area_input(**more: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": "ask",
        "label": plain("Area"),
        "element": external(**more),
    }


@pytest.fixture
def asked(app: App, connect: Connect) -> list[dict[str, Any]]:
    """The `block_suggestion` payloads; the app offers Housing."""
    bodies: list[dict[str, Any]] = []

    @app.options("area")
    def offer(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        ack(options=OPTIONS)

    connect(app)
    return bodies


def test_options_for_what_is_typed_in_a_modal(
    slack: LocalSlack, client: WebClient, asked: list[dict[str, Any]]
) -> None:
    view_id = opened(client, slack, area_input()).id
    assert slack.suggest(ANA.id, in_view(view_id, "hou")) == OPTIONS
    (body,) = asked
    told = {key: body[key] for key in ("type", "block_id", "action_id", "value", "container")}
    assert told == {
        "type": "block_suggestion",
        "block_id": "ask",
        "action_id": "area",
        "value": "hou",
        "container": {"type": "view", "view_id": view_id},
    }
    assert (body["user"]["id"], body["view"]["id"]) == (ANA.id, view_id)


def test_options_in_a_message(
    slack: LocalSlack, client: WebClient, asked: list[dict[str, Any]]
) -> None:
    blocks = [actions(external(), {"type": "datepicker", "action_id": "day"})]
    ts = client.chat_postMessage(channel=COORDINATION.id, text="x", blocks=blocks)["ts"]
    action = BlockAction(
        "doing",
        "area",
        conversation_id=COORDINATION.id,
        message_ts=ts,
        value={"value": "housing"},
    )
    assert slack.suggest(BEN.id, action) == OPTIONS
    assert asked[0]["container"]["message_ts"] == ts
    assert asked[0]["state"]["values"]["doing"]["day"] == {
        "type": "datepicker",
        "selected_date": None,
    }


@pytest.mark.parametrize(("least", "text", "heard"), [(None, "ho", 0), (0, "", 1), (2, "ho", 1)])
def test_how_much_must_be_typed(
    slack: LocalSlack,
    client: WebClient,
    asked: list[dict[str, Any]],
    least: int | None,
    text: str,
    heard: int,
) -> None:
    more = {} if least is None else {"min_query_length": least}
    view_id = opened(client, slack, area_input(**more)).id
    slack.suggest(ANA.id, in_view(view_id, text))
    assert len(asked) == heard


def test_option_groups(app: App, connect: Connect, slack: LocalSlack, client: WebClient) -> None:
    groups = [{"label": plain("All"), "options": OPTIONS}]
    app.options("area")(lambda ack: ack(option_groups=groups))
    connect(app)
    view_id = opened(client, slack, area_input()).id
    assert slack.suggest(ANA.id, in_view(view_id, "hou")) == groups


def test_options_that_slack_refuses(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    app.options("area")(lambda ack: ack(options=[{"text": plain("x" * 76), "value": "v"}]))
    connect(app)
    view_id = opened(client, slack, area_input()).id
    assert slack.suggest(ANA.id, in_view(view_id, "hou")) == []
    assert [one.pointer for one in slack.log.violations()] == ["/options/0/text/text"]


def test_no_app_and_no_element_give_no_options(slack: LocalSlack, client: WebClient) -> None:
    view_id = opened(client, slack, area_input()).id
    assert slack.suggest(ANA.id, in_view(view_id, "hou")) == []
    assert slack.suggest(BEN.id, in_view(view_id, "hou")) == []
    assert slack.suggest(ANA.id, in_view("V0GONE", "hou")) == []


def test_a_button_asks_for_no_options(slack: LocalSlack, client: WebClient) -> None:
    view_id = opened(client, slack, actions(button("area"), block_id="ask")).id
    with pytest.raises(ValueError, match="a button asks for no options"):
        slack.suggest(ANA.id, in_view(view_id, "hou"))


@pytest.mark.parametrize(
    ("configured", "trigger", "sent"),
    [
        (None, "on_enter_pressed", True),
        (None, "on_character_entered", False),
        (["on_character_entered"], "on_character_entered", True),
        (["on_character_entered"], "on_enter_pressed", False),
        (["on_enter_pressed", "on_character_entered"], "on_enter_pressed", True),
    ],
)
def test_typing_and_enter_act_as_configured(
    app: App,
    connect: Connect,
    slack: LocalSlack,
    client: WebClient,
    configured: list[str] | None,
    trigger: Any,
    sent: bool,
) -> None:
    values: list[str] = []

    @app.action("text")
    def act(ack: Any, action: dict[str, Any]) -> None:
        values.append(action["value"])
        ack()

    connect(app)
    config = {"dispatch_action_config": {"trigger_actions_on": configured}} if configured else {}
    view_id = opened(client, slack, text_input(dispatch_action=True, **config)).id
    used = BlockAction("answer", "text", view_id=view_id, value=typed("a"), trigger=trigger)
    assert slack.click(ANA.id, used) == Outcome()
    assert values == (["a"] if sent else [])
    assert slack.view_stack(ANA.id)[-1].state == {"answer": {"text": typed("a")}}
