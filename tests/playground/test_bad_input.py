"""Whatever is sent to it, the playground answers as Slack does, and stays up."""

import contextlib
import http.client
import json
import logging
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from highlightbot.playground.errors import ApiError
from highlightbot.playground.server import Playground
from highlightbot.playground.web_api.arguments import parse_structured
from highlightbot.playground.web_api.endpoint import METHODS
from tests.playground.conftest import ANA, APP, COORDINATION

FORM = "application/x-www-form-urlencoded"
DEEP: Any = []
for _ in range(500):
    DEEP = [DEEP]

# What an argument may hold that no method wants.
HOSTILE: dict[str, Any] = {
    "nothing": None,
    "a number": 7,
    "a huge number": 10**400,
    "true": True,
    "a list": [7, None, {}],
    "an object": {"id": {"id": []}},
    "nested deep": DEEP,
    "binary": "\x00\x01\x1b\x7f\ufffe",
    "another workspace's id": "C0OTHERTEAM",
    "a path": "../../etc/passwd",
    "a mention": "<!channel>",
    "a hundred kilobytes": "x" * 100_000,
    "broken JSON": "[{",
}
NAMES = [
    "channel",
    "users",
    "user",
    "name",
    "text",
    "blocks",
    "attachments",
    "metadata",
    "view",
    "view_id",
    "trigger_id",
    "ts",
    "timestamp",
    "message_ts",
    "thread_ts",
    "post_at",
    "scheduled_message_id",
    "cursor",
    "limit",
    "oldest",
    "latest",
    "types",
    "email",
    "files",
    "file",
    "filename",
    "length",
    "channel_id",
    "initial_comment",
    "count",
    "page",
    "user_id",
    "hash",
    "external_id",
    "message",
    "bot",
    "team",
    "error",
]


def send(
    playground: Playground,
    path: str,
    body: bytes = b"",
    *,
    verb: str = "POST",
    **headers: str,
) -> tuple[int, bytes]:
    address = urlsplit(playground.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(verb, path, body, named)
    answer = connection.getresponse()
    told = answer.status, answer.read()
    connection.close()
    return told


@pytest.mark.parametrize("held", HOSTILE.values(), ids=HOSTILE)
def test_every_method_with_hostile_arguments(
    playground: Playground, caplog: pytest.LogCaptureFixture, held: Any
) -> None:
    given = json.dumps(dict.fromkeys(NAMES, held)).encode()
    with caplog.at_level(logging.ERROR):
        for method in METHODS:
            token = APP.app_token if METHODS[method].token == "app" else APP.bot_token
            status, told = send(
                playground,
                f"/api/{method}",
                given,
                Content_Type="application/json",
                Authorization=f"Bearer {token}",
            )
            answer = json.loads(told)
            assert status == 200
            assert answer["ok"] or answer["error"] not in {"fatal_error", "internal_error"}, method
    assert caplog.records == []


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_method_without_arguments_and_without_a_token(
    playground: Playground, method: str
) -> None:
    token = APP.app_token if METHODS[method].token == "app" else APP.bot_token
    for headers in ({"Authorization": f"Bearer {token}"}, {}, {"Authorization": "Basic eDp5"}):
        status, told = send(playground, f"/api/{method}", **headers)
        answer = json.loads(told)
        assert status == 200
        assert answer["ok"] or answer["error"] not in {"fatal_error", "internal_error"}
        if not headers and METHODS[method].token != "none":
            assert answer == {"ok": False, "error": "not_authed"}


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content_Type": "application/json"}, b"\xff\xfe\x00"),
        ({"Content_Type": "application/json"}, b"x" * 1_000_000),
        ({"Content_Type": "application/json; charset=utf-16"}, '{"text": "x"}'.encode("utf-16")),
        ({"Content_Type": FORM}, b"\xff" * 1_000_000),
        ({"Content_Type": FORM}, b"&" * 1_000_000),
        ({"Content_Type": FORM}, b"%" * 1_000),
        ({"Content_Type": "multipart/form-data"}, b"no boundary"),
        ({"Content_Type": "multipart/form-data; boundary=x"}, b"--x\r\n\r\n" * 1_000),
        ({"Content_Type": "text/html"}, b"<p>"),
        ({"Content_Type": "\xe9"}, b"x"),
        ({}, b"{}"),
    ],
)
def test_bodies_that_cannot_be_read(
    playground: Playground, headers: dict[str, str], body: bytes
) -> None:
    for path in ("/api/chat.postMessage", "/respond/unknown", "/upload/unknown"):
        status, told = send(
            playground, path, body, Authorization=f"Bearer {APP.bot_token}", **headers
        )
        assert status in {200, 400, 404}
        assert b"Traceback" not in told
        if path.startswith("/api"):
            assert json.loads(told)["ok"] is False
    assert json.loads(send(playground, "/api/api.test")[1])["ok"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0OTHERTEAM", "text": "x"}, "channel_not_found"),
        ({"channel": "U0OTHERTEAM", "text": "x"}, "channel_not_found"),
        ({"text": "x"}, "channel_not_found"),
        ({"channel": COORDINATION.id}, "no_text"),
        ({"channel": COORDINATION.id, "text": "x", "thread_ts": "x"}, "thread_not_found"),
        ({"channel": COORDINATION.id, "text": "x", "metadata": []}, "invalid_metadata_format"),
        ({"channel": COORDINATION.id, "text": "x", "blocks": "x"}, "invalid_blocks_format"),
        ({"channel": COORDINATION.id, "text": {"text": "x"}}, "invalid_arguments"),
    ],
)
def test_a_post_that_slack_refuses(playground: Playground, arguments: Any, error: str) -> None:
    _, told = send(
        playground,
        "/api/chat.postMessage",
        json.dumps(arguments).encode(),
        Content_Type="application/json",
        Authorization=f"Bearer {APP.bot_token}",
    )
    assert json.loads(told)["error"] == error


HALF = '"\\ud800"'


@pytest.mark.parametrize(
    ("method", "name", "held", "error"),
    [
        ("chat.postMessage", "blocks", f"[{HALF}]", "invalid_blocks_format"),
        ("chat.postMessage", "blocks", "[" * 100_000, "invalid_blocks_format"),
        ("chat.postMessage", "attachments", f'[{{"text": {HALF}}}]', "invalid_arguments"),
        ("files.completeUploadExternal", "files", f'[{{"id": "F", "title": {HALF}}}]',
         "invalid_arguments"),
        ("blocks.validate", "view", f'{{"type": {HALF}}}', "invalid_arguments"),
    ],
)  # fmt: skip
def test_json_in_a_string_is_judged_as_a_body_is(
    playground: Playground, method: str, name: str, held: str, error: str
) -> None:
    scopes = APP.scopes | {"files:write"}
    playground.slack.installation.workspace.app = replace(APP, scopes=scopes)
    _, told = send(
        playground,
        f"/api/{method}",
        json.dumps({"channel": COORDINATION.id, name: held}).encode(),
        Content_Type="application/json",
        Authorization=f"Bearer {APP.bot_token}",
    )
    assert json.loads(told)["error"] == error


def test_binary_in_text_is_text(playground: Playground) -> None:
    text = "\x00\x01\x1b[31m\u202e<script>"
    body = json.dumps({"channel": COORDINATION.id, "text": text}).encode()
    headers = {"Content_Type": "application/json", "Authorization": f"Bearer {APP.bot_token}"}
    assert json.loads(send(playground, "/api/chat.postMessage", body, **headers)[1])["ok"]
    (message,) = playground.slack.messages_for(ANA.id, COORDINATION.id)
    assert message.text == text


def test_a_megabyte_of_text_is_cut_off(playground: Playground) -> None:
    body = json.dumps({"channel": COORDINATION.id, "text": "x" * 1_000_000}).encode()
    headers = {"Content_Type": "application/json", "Authorization": f"Bearer {APP.bot_token}"}
    assert json.loads(send(playground, "/api/chat.postMessage", body, **headers)[1])["ok"]
    (message,) = playground.slack.messages_for(ANA.id, COORDINATION.id)
    assert len(message.text) == 40_000


@pytest.mark.parametrize("held", HOSTILE.values(), ids=HOSTILE)
def test_one_hostile_argument_among_good_ones(playground: Playground, held: Any) -> None:
    installation = playground.slack.installation
    workspace = installation.workspace
    ts = playground.slack.say(ANA.id, COORDINATION.id, "Hello").ts
    good = {
        "channel": COORDINATION.id,
        "text": "x",
        "user": ANA.id,
        "users": ANA.id,
        "user_id": ANA.id,
        "ts": ts,
        "timestamp": ts,
        "message_ts": ts,
        "name": "eyes",
        "filename": "a.txt",
        "length": 5,
        "post_at": int(workspace.clock.now().timestamp()) + 600,
    }
    for method in METHODS.values():
        for name in NAMES:
            workspace.put_conversation(COORDINATION)
            with contextlib.suppress(ApiError):
                arguments = parse_structured({**good, name: held})
                method.answer(installation, arguments)


def test_a_list_for_a_type_in_what_no_schema_describes(playground: Playground) -> None:
    call = {"type": "call", "call_id": "R1", "api_decoration_available": False}
    blocks = [{**call, "call": {"type": [], "text": "x"}}]
    body = json.dumps({"channel": COORDINATION.id, "text": "A call", "blocks": blocks}).encode()
    headers = {"Content_Type": "application/json", "Authorization": f"Bearer {APP.bot_token}"}
    assert json.loads(send(playground, "/api/chat.postMessage", body, **headers)[1])["ok"]
    (message,) = playground.slack.messages_for(ANA.id, COORDINATION.id)
    assert message.text == "A call"
