"""Delivery by signed HTTP to a real Bolt app behind an HTTP server."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs
from urllib.request import urlopen

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from highlightbot.playground.delivery import Retry
from highlightbot.playground.local_slack import BlockAction, LocalSlack, Outcome
from highlightbot.playground.server import Playground
from highlightbot.playground.signed_http import SignedHttp
from tests.playground.conftest import ANA, APP, BOT, COORDINATION, make_slack
from tests.playground.modals import TROUBLE, opened
from tests.playground.payloads import actions, button, modal, text_input, typed


class Requests:
    """A request URL: keeps what it is sent and answers by `answer(body, headers)`."""

    def __init__(self) -> None:
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.answer: Any = challenge_only
        self.url = ""


def challenge_only(body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
    return 200, {"content-type": "text/plain"}, str(json.loads(body).get("challenge", ""))


@contextmanager
def request_url() -> Iterator[Requests]:
    requests = Requests()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            requests.received.append((headers, body))
            status, answer_headers, text = requests.answer(body, headers)
            self.send_response(status)
            for name, value in answer_headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    requests.url = f"http://127.0.0.1:{server.server_port}/slack/events"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield requests
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def requests() -> Iterator[Requests]:
    with request_url() as running:
        yield running


@pytest.fixture
def bolt(slack: LocalSlack, client: WebClient, requests: Requests) -> App:
    """A Bolt app behind the request URL, which has been verified."""
    app = App(client=client, signing_secret=APP.signing_secret, process_before_response=True)

    def dispatch(body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
        request_headers: dict[str, str | list[str]] = dict(headers)
        answer = app.dispatch(BoltRequest(body=body.decode(), headers=request_headers))
        told = {name: values[0] for name, values in answer.headers.items()}
        return answer.status, told, answer.body

    requests.answer = dispatch
    slack.installation.use_request_url(requests.url)
    return app


def test_commands_interactions_and_events_reach_bolt(
    bolt: App, slack: LocalSlack, client: WebClient
) -> None:
    heard: list[str] = []

    @bolt.command("/highlight")
    def command(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(text_input()))
        ack(text="Opened")

    @bolt.view("report")
    def submit(ack: Any, view: dict[str, Any]) -> None:
        heard.append(view["state"]["values"]["answer"]["text"]["value"])
        ack(response_action="errors", errors={"answer": "Say more"})

    @bolt.action("write")
    def act(ack: Any) -> None:
        heard.append("clicked")
        ack()

    @bolt.event("app_mention")
    def mention(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    assert slack.run_command(ANA.id, COORDINATION.id, "/highlight", "é & ü") == Outcome()
    assert [one.text for one in slack.messages_for(ANA.id, COORDINATION.id)] == ["Opened"]
    (view,) = slack.view_stack(ANA.id)
    outcome = slack.submit_view(ANA.id, view.id, {"answer": {"text": typed("Short")}})
    assert outcome.field_errors == {"answer": "Say more"}
    ts = client.chat_postMessage(channel=COORDINATION.id, text="Due", blocks=[actions(button())])[
        "ts"
    ]
    pressed = BlockAction("doing", "write", conversation_id=COORDINATION.id, message_ts=ts)
    assert slack.click(ANA.id, pressed) == Outcome()
    slack.say(ANA.id, COORDINATION.id, f"<@{BOT}> latest")
    assert heard == ["Short", "clicked", f"<@{BOT}> latest"]


def test_every_request_is_signed(requests: Requests, slack: LocalSlack) -> None:
    slack.installation.use_request_url(requests.url)
    requests.answer = lambda body, headers: (200, {}, "")
    slack.run_command(ANA.id, COORDINATION.id, "/highlight", "x")
    slack.say(ANA.id, COORDINATION.id, f"<@{BOT}> latest")
    verifier = SignatureVerifier(APP.signing_secret)
    assert [verifier.is_valid_request(body, headers) for headers, body in requests.received] == [
        True
    ] * 3
    kinds = [headers["content-type"] for headers, _ in requests.received]
    assert kinds == ["application/json", "application/x-www-form-urlencoded", "application/json"]
    assert parse_qs(requests.received[1][1].decode())["text"] == ["x"]


def test_a_url_that_does_not_know_the_challenge(requests: Requests, slack: LocalSlack) -> None:
    requests.answer = lambda body, headers: (200, {}, "hello")
    with pytest.raises(ValueError, match="challenge"):
        slack.installation.use_request_url(requests.url)
    assert not slack.app_connected


def test_an_event_that_fails_is_tried_three_times_more(requests: Requests) -> None:
    slack = make_slack(retry_after=(0, 0, 0))
    slack.installation.use_request_url(requests.url)
    requests.received.clear()
    requests.answer = lambda body, headers: (500, {}, "")
    slack.say(ANA.id, COORDINATION.id, f"<@{BOT}> latest")
    while len(slack.log.entries()) < 4:
        slack.wait_for_change(slack.version, timeout=0.2)
    slack.installation.delivery.stop()
    retries = [
        (one.get("x-slack-retry-num"), one.get("x-slack-retry-reason"))
        for one, _ in requests.received
    ]
    assert retries == [
        (None, None),
        ("1", "http_error"),
        ("2", "http_error"),
        ("3", "http_error"),
    ]


@pytest.mark.parametrize(
    ("status", "headers", "retried"),
    [(500, {}, True), (500, {"x-slack-no-retry": "1"}, False), (200, {}, False)],
)
def test_when_a_retry_is_due(
    requests: Requests, status: int, headers: dict[str, str], retried: bool
) -> None:
    def waiting() -> set[threading.Thread]:
        return {one for one in threading.enumerate() if one.name == "playground-postponed"}

    before = waiting()
    slack = make_slack(retry_after=(3600,))
    slack.installation.use_request_url(requests.url)
    requests.answer = lambda body, sent: (status, headers, "")
    slack.say(ANA.id, COORDINATION.id, f"<@{BOT}> latest")
    assert bool(waiting() - before) is retried
    slack.installation.delivery.stop()


def test_a_request_that_takes_too_long() -> None:
    release = threading.Event()
    with request_url() as requests, Playground(make_slack(ack_within=1)) as playground:
        slack = playground.slack
        slack.installation.use_request_url(requests.url)

        def hang(body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
            release.wait(5)
            return 200, {}, ""

        requests.answer = hang
        outcome = slack.run_command(ANA.id, COORDINATION.id, "/highlight", "x")
        assert outcome.error == "/highlight failed because the app did not respond."
        release.set()


def test_a_request_url_where_nobody_listens(slack: LocalSlack) -> None:
    with request_url() as requests:
        slack.installation.use_request_url(requests.url)
    outcome = slack.run_command(ANA.id, COORDINATION.id, "/highlight", "x")
    assert outcome.error == '/highlight failed with the error "dispatch_failed".'
    assert slack.log.entries()[-1].problem == "no ack: connection_failed"
    slack.installation.use_request_url(None)
    assert not slack.app_connected


NOT_RESPONDING = Outcome(False, "highlightbot is not responding. Try again?")
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize("status", [201, 204, 302, 401, 404, 500, 503])
def test_commands_and_interactions_want_200(
    requests: Requests, slack: LocalSlack, client: WebClient, status: int
) -> None:
    slack.installation.use_request_url(requests.url)
    view_id = opened(client, slack).id
    ts = client.chat_postMessage(channel=COORDINATION.id, text="Due", blocks=[actions(button())])[
        "ts"
    ]
    requests.answer = lambda body, headers: (status, {}, "")
    failed = Outcome(False, '/highlight failed with the error "dispatch_failed".')
    assert slack.run_command(ANA.id, COORDINATION.id, "/highlight", "x") == failed
    assert slack.submit_view(ANA.id, view_id, {"answer": {"text": typed("Kept")}}) == TROUBLE
    assert slack.view_stack(ANA.id)[0].state == {"answer": {"text": typed("Kept")}}
    pressed = BlockAction("doing", "write", conversation_id=COORDINATION.id, message_ts=ts)
    assert slack.click(ANA.id, pressed) == NOT_RESPONDING
    assert {one.problem for one in slack.log.entries() if one.kind != "call"} == {
        "no ack: http_error"
    }


def test_an_event_is_content_with_any_2xx(requests: Requests, slack: LocalSlack) -> None:
    slack.installation.use_request_url(requests.url)
    requests.answer = lambda body, headers: (204, {}, "")
    slack.say(ANA.id, COORDINATION.id, f"<@{BOT}> latest")
    assert slack.log.entries()[-1].problem is None


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ({"content-type": "text/plain"}, "ok"),
        (JSON, '{"ok": true}'),
        (JSON, '{"response_action": ["errors"]}'),
        (JSON, '{"response_action":'),
        (JSON, "[1]"),
        (JSON, "[" * 100_000),
        (JSON, '{"text": "\\ud800"}'),
    ],
)
def test_a_submission_answered_with_nonsense_keeps_the_modal(
    requests: Requests, slack: LocalSlack, client: WebClient, headers: dict[str, str], text: str
) -> None:
    slack.installation.use_request_url(requests.url)
    view_id = opened(client, slack).id
    requests.answer = lambda body, sent: (200, headers, text)
    assert slack.submit_view(ANA.id, view_id, {"answer": {"text": typed("Kept")}}) == TROUBLE
    assert slack.view_stack(ANA.id)[0].state == {"answer": {"text": typed("Kept")}}
    assert slack.log.entries()[-1].problem is not None


@pytest.mark.parametrize("text", ["", " \n", "{}"])
def test_a_submission_answered_with_nothing_closes_the_modal(
    requests: Requests, slack: LocalSlack, client: WebClient, text: str
) -> None:
    slack.installation.use_request_url(requests.url)
    view_id = opened(client, slack).id
    requests.answer = lambda body, headers: (200, JSON, text)
    submitted = slack.submit_view(ANA.id, view_id, {"answer": {"text": typed("Sent")}})
    assert submitted == Outcome()
    assert slack.view_stack(ANA.id) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hello", "Hello"),
        ('{"text": "Hello"}', "Hello"),
        ("[" * 100_000, "[" * 40_000),
        ('{"text": "half \\ud800 a pair"}', '{"text": "half \\ud800 a pair"}'),
        ("\x00\x1b<script>", "\x00\x1b<script>"),
    ],
    ids=["text", "object", "deep", "surrogate", "binary"],
)
def test_a_command_s_answer_is_shown_and_the_page_stays_up(
    playground: Playground, requests: Requests, text: str, shown: str
) -> None:
    slack = playground.slack
    slack.installation.use_request_url(requests.url)
    requests.answer = lambda body, headers: (200, JSON, text)
    assert slack.run_command(ANA.id, COORDINATION.id, "/highlight", "x") == Outcome()
    assert [one.text for one in slack.messages_for(ANA.id, COORDINATION.id)] == [shown]
    for path in ("", "parts", "log"):
        with urlopen(f"{playground.url}{path}?as={ANA.id}&in={COORDINATION.id}") as answer:
            assert answer.status == 200


def test_an_answer_of_more_than_a_megabyte_is_none(requests: Requests, slack: LocalSlack) -> None:
    slack.installation.use_request_url(requests.url)
    requests.answer = lambda body, headers: (200, {}, "x" * 1_000_001)
    outcome = slack.run_command(ANA.id, COORDINATION.id, "/highlight", "x")
    assert outcome.error == '/highlight failed with the error "dispatch_failed".'
    assert slack.messages_for(ANA.id, COORDINATION.id) == []


def test_a_retry_says_that_the_time_was_up() -> None:
    with request_url() as requests:
        by_http = SignedHttp(requests.url, APP.signing_secret, ack_within=5)
        for reason in ("timeout", "http_error"):
            by_http.deliver("events_api", {"type": "event_callback"}, Retry(2, reason))
    told = [
        (headers["x-slack-retry-num"], headers["x-slack-retry-reason"])
        for headers, _ in requests.received
    ]
    assert told == [("2", "http_timeout"), ("2", "http_error")]
