"""Which listener hears which request."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from highlightbot.slack.routing import Routes

MODAL = {"type": "modal"}
SUBMISSION = {"type": "view_submission", "view": {**MODAL, "callback_id": "one"}}
CLICK = {"type": "block_actions", "actions": [{"type": "button", "action_id": "one"}]}
COMMAND = {"command": "/one", "text": "latest"}
EVENT = {"type": "event_callback", "event": {"type": "one", "user": "U1"}}
ABOUT = {"team_id": "T1", "team": {"id": "T1"}, "user": {"id": "U1"}, "user_id": "U1"}


@pytest.fixture
def app() -> App:
    """With a listener of every kind to "one", and another of the kind to "two"."""
    app = App(
        client=WebClient(),
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
        request_verification_enabled=False,
        process_before_response=True,
    )
    routes = Routes()
    for kind, prefix in {"view": "", "action": "", "command": "/", "event": ""}.items():
        for name in ("one", "two"):
            register(routes, kind, prefix + name)
    app.use(routes)
    return app


def register(routes: Routes, kind: str, name: str) -> None:
    @getattr(routes, kind)(name)
    def say_which(ack: Ack, body: dict[str, Any]) -> None:
        if body.get("text") == "fail":
            raise ValueError("as asked")
        ack(f"{kind} {name}")


def ask(app: App, payload: Mapping[str, Any]) -> BoltResponse:
    body = json.dumps({**ABOUT, **payload})
    return app.dispatch(BoltRequest(body=body, headers={"content-type": "application/json"}))


@pytest.mark.parametrize(
    ("payload", "heard"),
    [(SUBMISSION, "view one"), (CLICK, "action one"), (COMMAND, "command /one")],
)
def test_request_is_heard_by_the_listener_that_it_names(app, payload, heard) -> None:
    response = ask(app, payload)
    assert response.status == 200
    assert heard in response.body


def test_event_is_acknowledged_though_its_listener_does_not(app) -> None:
    heard = []
    routes = Routes()
    routes.event("three")(lambda event: heard.append(event["type"]))
    app.use(routes)
    response = ask(app, {**EVENT, "event": {"type": "three", "user": "U1"}})
    assert (response.status, heard) == (200, ["three"])


@pytest.mark.parametrize(
    "payload",
    [
        {**SUBMISSION, "view": {**MODAL, "callback_id": "other"}},
        {**SUBMISSION, "type": "view_closed"},
        {**CLICK, "actions": [{"type": "button", "action_id": "other"}]},
        {"type": "shortcut", "callback_id": "one"},
    ],
)
def test_request_that_no_listener_is_for_is_left_to_bolt(app, payload) -> None:
    assert ask(app, payload).status == 404


def test_failure_reaches_the_error_handler(app) -> None:
    failures = []

    @app.error
    def keep(error: Exception) -> BoltResponse:
        failures.append(str(error))
        return BoltResponse(status=200, body="sorry")

    response = ask(app, {**COMMAND, "text": "fail"})
    assert (response.status, response.body, failures) == (200, "sorry", ["as asked"])
