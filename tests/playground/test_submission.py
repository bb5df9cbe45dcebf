"""Modals submitted, and what a real Bolt app answers."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from highlightbot.playground.local_slack import LocalSlack, Outcome
from highlightbot.playground.server import Playground
from highlightbot.playground.submission import after_submission
from tests.playground.conftest import (
    ANA,
    BEN,
    COORDINATION,
    Connect,
    connecting,
    make_slack,
    web_client,
)
from tests.playground.modals import TROUBLE, opened, submitted, trigger
from tests.playground.payloads import home, modal, plain, text_input, typed


def test_submission_tells_the_state_and_closes(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    heard: list[dict[str, Any]] = []

    @app.view("report")
    def submit(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    connect(app)
    view = opened(client, slack, private_metadata="p")
    assert submitted(slack, "<!channel>  ") == Outcome()
    assert slack.view_stack(ANA.id) == []
    (body,) = heard
    assert body["type"] == "view_submission"
    assert body["user"]["id"] == ANA.id
    assert body["view"]["id"] == view.id
    assert body["view"]["private_metadata"] == "p"
    assert body["view"]["state"]["values"] == {"answer": {"text": typed("<!channel>  ")}}


def test_blank_required_field_is_refused_before_the_app_hears(
    client: WebClient, slack: LocalSlack
) -> None:
    opened(client, slack)
    errors = {"answer": "Please complete this required field."}
    assert submitted(slack, None) == Outcome(ok=False, field_errors=errors)
    assert slack.view_stack(ANA.id)[0].errors == errors
    assert [one.kind for one in slack.log.entries()] == ["call"]


@pytest.mark.parametrize(
    ("answer", "outcome", "callbacks"),
    [
        (
            {"response_action": "errors", "errors": {"answer": "Say more"}},
            Outcome(ok=False, field_errors={"answer": "Say more"}),
            ["report"],
        ),
        ({"response_action": "errors", "errors": {"nothing": "x"}}, TROUBLE, ["report"]),
        ({"response_action": "errors", "errors": {}}, TROUBLE, ["report"]),
        (
            {"response_action": "update", "view": modal(callback_id="next")},
            Outcome(),
            ["next"],
        ),
        (
            {"response_action": "push", "view": modal(callback_id="next")},
            Outcome(),
            ["report", "next"],
        ),
        (
            {"response_action": "update", "view": modal(title=plain("x" * 25))},
            TROUBLE,
            ["report"],
        ),
        ({"response_action": "push", "view": home()}, TROUBLE, ["report"]),
        ({"response_action": "clear"}, Outcome(), []),
        ({"response_action": "explode"}, TROUBLE, ["report"]),
    ],
)
def test_response_action(
    app: App,
    connect: Connect,
    slack: LocalSlack,
    client: WebClient,
    answer: dict[str, Any],
    outcome: Outcome,
    callbacks: list[str],
) -> None:
    app.view("report")(lambda ack: ack(answer))
    connect(app)
    opened(client, slack)
    assert submitted(slack) == outcome
    stack = slack.view_stack(ANA.id)
    assert [one.callback_id for one in stack] == callbacks
    if callbacks == ["report"]:
        assert stack[0].state == {"answer": {"text": typed("Done")}}
        assert stack[0].errors == outcome.field_errors
    assert bool(slack.log.violations()) is (outcome == TROUBLE)


def test_an_empty_answer_shows_the_view_below(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    app.view("report")(lambda ack: ack())
    connect(app)
    opened(client, slack, callback_id="below")
    client.views_push(trigger_id=trigger(slack, in_modal=True), view=modal())
    submitted(slack)
    assert [one.callback_id for one in slack.view_stack(ANA.id)] == ["below"]


def test_submission_of_a_view_that_is_not_on_top(client: WebClient, slack: LocalSlack) -> None:
    view = opened(client, slack)
    client.views_push(trigger_id=trigger(slack, in_modal=True), view=modal())
    assert slack.submit_view(ANA.id, view.id, {}).error is not None
    assert slack.submit_view(BEN.id, view.id, {}).error is not None


def test_submission_without_the_app_keeps_the_modal(client: WebClient, slack: LocalSlack) -> None:
    opened(client, slack)
    assert submitted(slack) == TROUBLE
    assert slack.view_stack(ANA.id)[0].state == {"answer": {"text": typed("Done")}}


@pytest.fixture
def impatient() -> Iterator[Playground]:
    with Playground(make_slack(ack_within=0.2)) as running:
        yield running


def test_submission_not_acked_in_time_keeps_the_modal(impatient: Playground) -> None:
    slack, client, release = impatient.slack, web_client(impatient), threading.Event()
    app = App(client=client, process_before_response=True)

    @app.view("report")
    def submit(ack: Any) -> None:
        release.wait(5)
        ack()

    with connecting(impatient) as connect:
        connect(app)
        opened(client, slack)
        assert submitted(slack) == TROUBLE
        assert len(slack.view_stack(ANA.id)) == 1
        entry = slack.log.entries()[-1]
        assert (entry.name, entry.acked, entry.problem) == (
            "view_submission",
            False,
            "no ack: timeout",
        )
        seen = slack.version
        release.set()
        slack.wait_for_change(seen, timeout=30)
        assert slack.log.entries()[-1].problem == "an ack that came late, twice, or for no envelope"
        assert len(slack.view_stack(ANA.id)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"answer": "No"}},
        {"response_action": "update", "view": modal()},
    ],
)
def test_answer_to_who_has_left_the_modal_shows_nothing(
    slack: LocalSlack, answer: dict[str, Any]
) -> None:
    view = slack.installation.views.open(ANA.id, modal())
    slack.close_view(ANA.id, view.id)
    assert after_submission(slack.installation, view, answer) == Outcome()
    assert slack.view_stack(ANA.id) == []


@pytest.mark.parametrize(
    ("element", "value", "outcome"),
    [
        (
            {"type": "number_input", "is_decimal_allowed": False},
            {"value": "abc"},
            "Please enter a valid number.",
        ),
        (
            {"type": "multi_users_select", "max_selected_items": 1},
            {"selected_users": [ANA.id, BEN.id]},
            "Please choose 1 at most.",
        ),
        (
            {"type": "file_input"},
            {"files": [{"id": "F1", "name": "plan.pdf", "size": 10_000_001}]},
            "plan.pdf is larger than 10 MB.",
        ),
        (
            {"type": "file_input", "max_files": 1},
            {"files": [{"id": f"F{one}", "name": "a.txt", "size": 1} for one in range(2)]},
            "Please choose 1 at most.",
        ),
        ({"type": "datepicker"}, {"selected_date": "yesterday"}, None),
        (
            {"type": "static_select", "options": [{"text": plain("A"), "value": "a"}]},
            {"selected_option": {"text": plain("B"), "value": "b"}},
            None,
        ),
    ],
)
def test_what_slack_lets_nobody_submit_never_reaches_the_app(
    slack: LocalSlack, element: dict[str, Any], value: dict[str, Any], outcome: str | None
) -> None:
    block = text_input("answer", "text", **element)
    view = slack.installation.views.open(ANA.id, modal(block))
    values = {"answer": {"text": {"type": element["type"], **value}}}
    if outcome is None:
        with pytest.raises(ValueError, match=r"is no|not among"):
            slack.submit_view(ANA.id, view.id, values)
    else:
        refused = Outcome(False, field_errors={"answer": outcome})
        assert slack.submit_view(ANA.id, view.id, values) == refused
    assert slack.log.entries() == []


def test_a_conversation_chosen_in_a_modal_can_be_answered_in(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    heard: list[dict[str, Any]] = []

    @app.view("report")
    def submit(ack: Any, body: dict[str, Any]) -> None:
        heard.extend(body["response_urls"])
        ack()

    connect(app)
    kind = "conversations_select"
    blocks = [
        text_input("where", "pick", type=kind, response_url_enabled=True),
        text_input("silent", "pick", type=kind),
    ]
    view = opened(client, slack, *blocks)
    chosen = {"pick": {"type": kind, "selected_conversation": COORDINATION.id}}
    assert slack.submit_view(ANA.id, view.id, {"where": chosen, "silent": chosen}) == Outcome()
    (told,) = heard
    url = told.pop("response_url")
    assert told == {"block_id": "where", "action_id": "pick", "channel_id": COORDINATION.id}
    WebhookClient(url).send(text="Filed", response_type="in_channel")
    assert [one.text for one in slack.messages_for(BEN.id, COORDINATION.id)] == ["Filed"]
