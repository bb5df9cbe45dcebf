"""The endpoint: bodies, tokens, scopes, and errors as Slack gives them."""

import http.client
import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.local_slack import AppProfile, LocalSlack
from highlightbot.playground.server import Playground
from tests.playground.conftest import ANA, APP, BOT, COORDINATION, make_slack, web_client
from tests.playground.payloads import modal, section


def call(
    playground: Playground,
    method: str,
    body: bytes = b"",
    content_type: str | None = None,
    token: str | None = APP.bot_token,
    verb: str = "POST",
) -> tuple[int, dict[str, Any]]:
    """One raw call: the HTTP status and the answer."""
    address = urlsplit(playground.api_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    headers = {"Content-Type": content_type} if content_type else {}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    connection.request(verb, f"/api/{method}", body, headers)
    answer = connection.getresponse()
    status, told = answer.status, json.loads(answer.read())
    connection.close()
    return status, told


def test_auth_test_names_the_app_and_its_scopes(client: WebClient) -> None:
    answer = client.auth_test()
    assert answer["user_id"] == BOT
    assert answer["bot_id"] == APP.bot_id
    assert answer["team"] == "Playground"
    assert set(answer.headers["x-oauth-scopes"].split(",")) == APP.scopes


@pytest.mark.parametrize(
    ("token", "error"),
    [
        (None, "not_authed"),
        ("xoxb-other", "invalid_auth"),
        (APP.app_token, "not_allowed_token_type"),
    ],
)
def test_call_with_wrong_token(playground: Playground, token: str | None, error: str) -> None:
    assert call(playground, "auth.test", token=token) == (200, {"ok": False, "error": error})


def test_token_in_the_body_is_accepted(playground: Playground) -> None:
    body = f"token={APP.bot_token}".encode()
    form = "application/x-www-form-urlencoded"
    assert call(playground, "auth.test", body, form, token=None)[1]["ok"]


def test_app_token_is_needed_for_a_socket(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        client.apps_connections_open(app_token=APP.bot_token)
    url = client.apps_connections_open(app_token=APP.app_token)["url"]
    assert url.startswith("ws://127.0.0.1:")


def test_a_socket_needs_the_scope_of_the_app_token() -> None:
    app = replace(APP, app_token_scopes=frozenset({"authorizations:read"}))
    with Playground(make_slack(app=app)) as playground:
        with pytest.raises(SlackApiError) as refused:
            web_client(playground).apps_connections_open(app_token=APP.app_token)
        assert refused.value.response.data == {
            "ok": False,
            "error": "missing_scope",
            "needed": "connections:write",
            "provided": "authorizations:read",
        }


def test_the_scopes_told_are_those_of_the_token(client: WebClient) -> None:
    headers = client.apps_connections_open(app_token=APP.app_token).headers
    assert headers["x-oauth-scopes"] == "connections:write"
    assert headers["x-accepted-oauth-scopes"] == "connections:write"


def test_unknown_method(playground: Playground) -> None:
    told = {"ok": False, "error": "unknown_method", "req_method": "chat.shout"}
    assert call(playground, "chat.shout") == (200, told)


@pytest.mark.parametrize(
    ("body", "content_type", "error"),
    [
        (b"{", "application/json", "invalid_json"),
        (b'{"text": NaN}', "application/json", "invalid_json"),
        (b"[" * 100_000, "application/json", "invalid_json"),
        (b"[]", "application/json", "json_not_object"),
        (b'{"text": "\xff"}', "application/json", "invalid_charset"),
        (b'{"text": "\\ud800"}', "application/json", "invalid_charset"),
        (b"text=%FF", "application/x-www-form-urlencoded", "invalid_charset"),
        (b"x=1&" * 2_000, "application/x-www-form-urlencoded", "invalid_form_data"),
        (b"--nothing", "multipart/form-data; boundary=x", "invalid_form_data"),
        (b"text=hello", "text/plain", "invalid_post_type"),
        (b"text=hello", None, "missing_post_type"),
        (b"text=" + b"x" * 5_000_000, "application/x-www-form-urlencoded", "invalid_form_data"),
        (b'{"token": []}', "application/json", "invalid_arguments"),
        (b"blocks=[", "application/x-www-form-urlencoded", "invalid_blocks_format"),
        (b"metadata=[", "application/x-www-form-urlencoded", "invalid_arguments"),
    ],
)
def test_body_that_cannot_be_read(
    playground: Playground, body: bytes, content_type: str | None, error: str
) -> None:
    token = None if error == "invalid_arguments" and b"token" in body else APP.bot_token
    status, told = call(playground, "chat.postMessage", body, content_type, token=token)
    assert (status, told["ok"], told["error"]) == (200, False, error)


def test_json_form_and_multipart_are_the_same(playground: Playground) -> None:
    blocks = [section("Hello")]
    sent = {"channel": COORDINATION.id, "text": "Hello", "blocks": json.dumps(blocks)}
    as_json = json.dumps({**sent, "blocks": blocks}).encode()
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in sent.items()
    )
    client = web_client(playground)
    call(playground, "chat.postMessage", as_json, "application/json; charset=utf-8")
    call(
        playground, "chat.postMessage", f"{parts}--x--".encode(), "multipart/form-data; boundary=x"
    )
    client.api_call("chat.postMessage", params=sent)
    posted = playground.slack.conversations[COORDINATION.id].messages
    assert [(one.text, one.blocks[0]["text"]) for one in posted] == [
        ("Hello", blocks[0]["text"])
    ] * 3


def test_deeply_nested_argument_is_no_traceback(playground: Playground) -> None:
    depth = 900
    nested = '{"channel": "C0COORD", "text": ' + "[" * depth + "]" * depth + "}"
    status, told = call(playground, "chat.postMessage", nested.encode(), "application/json")
    assert (status, told["ok"]) == (200, False)
    assert call(playground, "api.test")[1]["ok"]


def test_missing_scope_says_what_is_needed() -> None:
    app = AppProfile(scopes=frozenset({"commands", "im:write"}))
    with Playground(make_slack(app=app)) as playground:
        body = json.dumps({"channel": "C0COORD", "text": "x"}).encode()
        _, told = call(playground, "chat.postMessage", body, "application/json")
        assert told == {
            "ok": False,
            "error": "missing_scope",
            "needed": "chat:write",
            "provided": "commands,im:write",
        }


def test_missing_argument_is_named(playground: Playground) -> None:
    _, told = call(playground, "users.lookupByEmail")
    assert told["error"] == "invalid_arguments"
    assert told["response_metadata"]["messages"] == [
        "[ERROR] missing required field: email [json-pointer:]"
    ]


def test_api_test_gives_its_arguments_back(client: WebClient) -> None:
    assert client.api_test(foo="bar")["args"] == {"foo": "bar"}
    with pytest.raises(SlackApiError, match="my_error"):
        client.api_test(error="my_error")


def test_bots_and_team(client: WebClient) -> None:
    assert client.bots_info(bot=APP.bot_id)["bot"]["user_id"] == BOT
    assert client.team_info()["team"]["domain"] == "playground"
    with pytest.raises(SlackApiError, match="bot_not_found"):
        client.bots_info(bot="B0OTHER")


def test_every_call_is_logged_with_its_violations(client: WebClient, slack: LocalSlack) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        client.chat_postMessage(channel=COORDINATION.id, text="x", blocks=[section("x" * 3001)])
    client.api_test()
    refused, accepted = slack.log.entries()
    assert (refused.kind, refused.name, refused.problem) == (
        "call",
        "chat.postMessage",
        "invalid_blocks",
    )
    assert refused.request["channel"] == COORDINATION.id
    assert [one.pointer for one in refused.violations] == ["/blocks/0/text/text"]
    assert slack.log.violations() == list(refused.violations)
    assert (accepted.name, accepted.response) == ("api.test", {"ok": True, "args": {}})


def test_tokens_are_not_logged(playground: Playground) -> None:
    body = f"token={APP.bot_token}&view=%7B%7D".encode()
    call(playground, "auth.test", body, "application/x-www-form-urlencoded", token=None)
    assert playground.slack.log.entries()[0].request == {"view": {}}


def test_get_is_accepted(playground: Playground) -> None:
    assert call(playground, "api.test?x=1", verb="GET") == (200, {"ok": True, "args": {"x": "1"}})


def test_violations_of_a_view_point_into_the_call(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.views_publish(user_id="U0ANA", view=modal(title={"type": "plain_text", "text": "x"}))
    assert refused.value.response["error"] == "invalid_arguments"
    (message,) = refused.value.response["response_metadata"]["messages"]
    assert message.endswith("[json-pointer:/view/type]")


def test_the_profile_of_a_person_needs_its_scope() -> None:
    needed = "users.profile:read"
    for scopes in (APP.scopes, APP.scopes | {needed}):
        with Playground(make_slack(app=replace(APP, scopes=scopes))) as playground:
            client = web_client(playground)
            if needed in scopes:
                assert client.users_profile_get(user=ANA.id)["profile"]["real_name"] == "Ana Sample"
            else:
                with pytest.raises(SlackApiError, match="missing_scope"):
                    client.users_profile_get(user=ANA.id)
