"""Faults on demand, as the SDK's client meets them."""

import http.client

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.faults import Fault, seeded_faults
from highlightbot.playground.local_slack import LocalSlack
from tests.playground.conftest import COORDINATION


def post(client: WebClient) -> object:
    return client.chat_postMessage(channel=COORDINATION.id, text="x")


def count(slack: LocalSlack) -> int:
    return len(slack.conversations[COORDINATION.id].messages)


def test_a_reset_before_and_after_accepting(client: WebClient, slack: LocalSlack) -> None:
    for accepted, posted in ((False, 0), (True, 1)):
        slack.installation.faults = seeded_faults(1, 1.0, Fault("reset", accepted=accepted))
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            post(client)
        assert count(slack) == posted
    assert slack.log.entries()[-1].problem == "fault: reset, carried out"


def test_a_server_error_before_and_after_accepting(client: WebClient, slack: LocalSlack) -> None:
    for accepted, posted in ((False, 0), (True, 1)):
        fault = Fault("server_error", accepted=accepted)
        slack.installation.faults = seeded_faults(1, 1.0, fault)
        with pytest.raises(SlackApiError) as refused:
            post(client)
        assert refused.value.response.status_code == 500
        assert count(slack) == posted


def test_too_many_requests(client: WebClient, slack: LocalSlack) -> None:
    fault = Fault("rate_limited", retry_after=7)
    slack.installation.faults = seeded_faults(1, 1.0, fault)
    with pytest.raises(SlackApiError) as refused:
        post(client)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert refused.value.response["error"] == "ratelimited"
    assert count(slack) == 0


def test_a_hang_outlasts_the_client(client: WebClient, slack: LocalSlack) -> None:
    fault = Fault("hang", accepted=True, seconds=30)
    slack.installation.faults = seeded_faults(1, 1.0, fault)
    client.timeout = 0.1  # type: ignore[assignment]  # seconds; urllib takes fractions
    with pytest.raises(TimeoutError):
        post(client)
    assert count(slack) == 1


def test_the_same_seed_strikes_the_same_calls() -> None:
    faults = (Fault("reset"), Fault("server_error"))
    runs = []
    for _ in range(2):
        strike = seeded_faults(7, 0.3, *faults, methods=frozenset({"chat.postMessage"}))
        assert strike("chat.update", {}) is None
        runs.append([strike("chat.postMessage", {}) for _ in range(200)])
    assert runs[0] == runs[1]
    assert 30 < sum(one is not None for one in runs[0]) < 90
    assert set(runs[0]) == {None, *faults}
