"""Faults between the playground and a real Bolt app."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from highlightbot.playground.faults import Fault
from highlightbot.playground.local_slack import LocalSlack, Outcome
from highlightbot.playground.payloads import without_unchanged
from tests.playground.conftest import ANA, BOT, COORDINATION, Connect
from tests.playground.payloads import actions, modal, plain, text_input, typed


class Heard:
    """The texts of the mentions that the app heard, and their event ids."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.event_ids: list[str] = []
        self._changed = threading.Condition()

    def note(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        with self._changed:
            self.texts.append(event["text"].removeprefix(f"<@{BOT}> "))
            self.event_ids.append(body["event_id"])
            self._changed.notify_all()

    def wait_for(self, number: int) -> list[str]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.texts) >= number, timeout=30)
            return self.texts


@pytest.fixture
def heard(app: App, connect: Connect) -> Heard:
    heard = Heard()
    app.event("app_mention")(lambda event, body: heard.note(event, body))
    connect(app)
    return heard


def mention(slack: LocalSlack, text: str) -> None:
    slack.say(ANA.id, COORDINATION.id, f"<@{BOT}> {text}")


def test_an_event_comes_twice(slack: LocalSlack, heard: Heard) -> None:
    slack.order_faults(Fault("duplicate", times=1))
    mention(slack, "one")
    mention(slack, "two")
    assert heard.wait_for(3) == ["one", "one", "two"]
    assert len(set(heard.event_ids)) == 2


def test_events_change_places(slack: LocalSlack, heard: Heard) -> None:
    slack.order_faults(Fault("reorder", times=1))
    mention(slack, "one")
    mention(slack, "two")
    assert heard.wait_for(2) == ["two", "one"]


def test_an_event_held_back_comes_at_last(slack: LocalSlack, heard: Heard) -> None:
    slack.order_faults(Fault("reorder", seconds=0.05))
    mention(slack, "one")
    assert heard.wait_for(1) == ["one"]


def test_a_slow_delivery_comes_all_the_same(slack: LocalSlack, heard: Heard) -> None:
    slack.order_faults(Fault("slow", seconds=0.05, names=frozenset({"app_mention"})))
    mention(slack, "one")
    assert heard.wait_for(1) == ["one"]
    assert [one.problem for one in slack.log.entries() if one.kind == "event"] == ["fault: slow"]


def waited_for(slack: LocalSlack, true: Callable[[], bool]) -> None:
    while not true():
        slack.wait_for_change(slack.version, timeout=0.2)


@pytest.mark.parametrize("accepted", [False, True])
def test_the_socket_drops_before_or_after_the_ack(
    app: App, connect: Connect, slack: LocalSlack, accepted: bool
) -> None:
    connect(app, ping_interval=0.1)  # how soon it is seen that the connection is gone
    app.command("/highlight")(lambda ack: ack())
    before = len(slack.log.calls("apps.connections.open"))
    fault = Fault("drop_socket", accepted=accepted, times=1, names=frozenset({"/highlight"}))
    slack.order_faults(fault)
    outcome = slack.run_command(ANA.id, COORDINATION.id, "/highlight", "")
    assert outcome.ok is accepted
    waited_for(slack, lambda: len(slack.log.calls("apps.connections.open")) > before)
    waited_for(
        slack,
        lambda: slack.run_command(ANA.id, COORDINATION.id, "/highlight", "") == Outcome(),
    )


def test_what_nobody_changed_is_missing_from_the_state(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    states: list[Any] = []

    @app.view("report")
    def submit(ack: Any, view: dict[str, Any]) -> None:
        states.append(view["state"]["values"])
        ack()

    connect(app)
    view = modal(
        text_input("kept", initial_value="as it was"),
        text_input("changed", initial_value="before"),
        text_input("blank", optional=True),
    )
    slack.order_faults(Fault("missing_initial_values"))
    opened = client.views_open(trigger_id=slack.installation.triggers.issue(ANA.id), view=view)
    outcome = slack.submit_view(ANA.id, opened["view"]["id"], {"changed": {"text": typed("after")}})
    assert outcome == Outcome()
    assert states == [{"changed": {"text": typed("after")}, "blank": {"text": typed(None)}}]


def test_what_nobody_changed_is_missing_from_the_state_of_a_message() -> None:
    def select(block_id: str) -> dict[str, Any]:
        options = [{"text": plain("One"), "value": "one"}, {"text": plain("Two"), "value": "two"}]
        return actions(
            {"type": "static_select", "action_id": "pick", "options": options,
             "initial_option": options[0]},
            block_id=block_id,
        )  # fmt: skip

    def held(block_id: str, number: int) -> dict[str, Any]:
        (element,) = select(block_id)["elements"]
        option = element["options"][number]
        return {block_id: {"pick": {"type": "static_select", "selected_option": option}}}

    payload = {
        "message": {
            "blocks": [select("a"), select("b")],
            "attachments": [{"blocks": [select("c")]}],
        },
        "state": {"values": {**held("a", 0), **held("b", 1), **held("c", 0)}},
    }
    assert without_unchanged(payload) == {**payload, "state": {"values": held("b", 1)}}
