"""HTTP mode as it is run: Slack calls the bot, and every call is checked."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from slack_sdk.signature import SignatureVerifier

from highlightbot.demonstration.people import APP, PEOPLE, channels
from highlightbot.playground.local_slack import LocalSlack, create_slack
from highlightbot.playground.server import Playground
from tests.bot.acting import shown
from tests.bot.running import asked, free_port, running, wait_until_ready


@dataclass(frozen=True)
class HttpBot:
    """A bot in a process of its own, and the Slack that calls it."""

    slack: LocalSlack
    url: str


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpBot]:
    slack = create_slack(people=PEOPLE, channels=channels(), app=APP, ack_within=10)
    port = free_port()
    with Playground(slack) as playground:
        settings = {
            "SLACK_BOT_TOKEN": APP.bot_token,
            "SLACK_SIGNING_SECRET": APP.signing_secret,
            "SLACK_API_URL": playground.api_url,
            "PORT": str(port),
        }
        with running(Path(tmp_path_factory.mktemp("bot")), settings):
            url = f"http://127.0.0.1:{port}/slack/events"
            wait_until_ready(port)
            slack.installation.use_request_url(url)
            yield HttpBot(slack, url)


def post(
    url: str, headers: Mapping[str, str], body: bytes = b"command=/highlight&text=help"
) -> int:
    """The status that the bot answers with."""
    request = urllib.request.Request(url, body, dict(headers))
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def signed(body: str, age: int = 0) -> dict[str, str]:
    """The headers that Slack would have sent ``age`` seconds ago."""
    timestamp = str(int(time.time()) - age)
    signature = SignatureVerifier(APP.signing_secret).generate_signature(
        timestamp=timestamp, body=body
    )
    assert signature is not None
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": signature}


def test_a_signed_command_is_answered(bot: HttpBot) -> None:
    assert bot.slack.run_command("U0KIM", "C0COORDINATE", "/highlight", "help").ok
    said = bot.slack.messages_for("U0KIM", "C0COORDINATE")[-1]
    assert "who is missing" in shown(said.blocks)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-slack-request-timestamp": "1", "x-slack-signature": "v0=00"},
        {"x-slack-request-timestamp": "9" * 5000, "x-slack-signature": "v0=00"},
        {"x-slack-request-timestamp": "soon", "x-slack-signature": "v0=00"},
        {"x-slack-request-timestamp": "\xb2", "x-slack-signature": "v0=00"},
        {"x-slack-request-timestamp": str(int(time.time())), "x-slack-signature": "v0=\xe9"},
        {"x-slack-request-timestamp": str(int(time.time())), "x-slack-signature": "v0=00"},
    ],
)
def test_a_request_that_slack_did_not_sign_is_refused(
    bot: HttpBot, headers: dict[str, str]
) -> None:
    assert post(bot.url, headers) == 401


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"payload={"], ids=["binary", "half"])
def test_a_body_that_cannot_be_slacks_is_refused(bot: HttpBot, body: bytes) -> None:
    unsigned = {"x-slack-request-timestamp": str(int(time.time())), "x-slack-signature": "v0=00"}
    assert post(bot.url, unsigned, body) == 401


def test_a_signed_body_without_a_payload_is_refused(bot: HttpBot) -> None:
    assert post(bot.url, signed("payload={"), b"payload={") == 400


def test_a_body_that_is_too_large_is_refused(bot: HttpBot) -> None:
    unsigned = {"x-slack-request-timestamp": str(int(time.time())), "x-slack-signature": "v0=00"}
    assert post(bot.url, unsigned, b"{" * 5_000_001) == 413


def test_a_signature_is_good_for_its_body_alone(bot: HttpBot) -> None:
    assert post(bot.url, signed("ssl_check=1"), b"ssl_check=1") == 200
    assert post(bot.url, signed("ssl_check=1"), b"ssl_check=2") == 401


def test_a_signature_of_six_minutes_ago_is_refused(bot: HttpBot) -> None:
    assert post(bot.url, signed("ssl_check=1", age=360), b"ssl_check=1") == 401


def test_only_slack_may_ask_and_only_by_post(bot: HttpBot) -> None:
    assert asked(bot.url)[0] == 405
    assert asked(bot.url.replace("slack/events", "metrics"))[0] == 404


def test_another_address_is_not_found(bot: HttpBot) -> None:
    assert post(bot.url.replace("events", "nothing"), {}) == 404
