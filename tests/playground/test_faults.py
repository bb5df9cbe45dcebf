"""Faults on demand, as the SDK's client meets them."""

import http.client
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.faults import DeliveryFaultKind, Fault, OrderedFaults
from highlightbot.playground.local_slack import LocalSlack
from tests.playground.conftest import ANA, COORDINATION, HandStopwatch
from tests.playground.payloads import text_input


def post(client: WebClient) -> object:
    return client.chat_postMessage(channel=COORDINATION.id, text="x")


def count(slack: LocalSlack) -> int:
    return len(slack.conversations[COORDINATION.id].messages)


def test_a_reset_before_and_after_accepting(client: WebClient, slack: LocalSlack) -> None:
    for accepted, posted in ((False, 0), (True, 1)):
        slack.order_faults(Fault("reset", accepted=accepted))
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            post(client)
        assert count(slack) == posted
    assert slack.log.entries()[-1].problem == "fault: reset, carried out"


def test_a_server_error_before_and_after_accepting(client: WebClient, slack: LocalSlack) -> None:
    for accepted, posted in ((False, 0), (True, 1)):
        fault = Fault("server_error", accepted=accepted)
        slack.order_faults(fault)
        with pytest.raises(SlackApiError) as refused:
            post(client)
        assert refused.value.response.status_code == 500
        assert count(slack) == posted


def test_too_many_requests(client: WebClient, slack: LocalSlack) -> None:
    fault = Fault("rate_limited", retry_after=7)
    slack.order_faults(fault)
    with pytest.raises(SlackApiError) as refused:
        post(client)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert refused.value.response["error"] == "ratelimited"
    assert count(slack) == 0


def test_a_hang_outlasts_the_client(client: WebClient, slack: LocalSlack) -> None:
    fault = Fault("hang", accepted=True, seconds=30)
    slack.order_faults(fault)
    client.timeout = 0.1  # type: ignore[assignment]  # seconds; urllib takes fractions
    before = slack.version
    with pytest.raises(TimeoutError):
        post(client)
    slack.wait_for_change(before, timeout=10)
    assert count(slack) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_error_has_the_status_asked_for(
    client: WebClient, slack: LocalSlack, status: int
) -> None:
    slack.order_faults(Fault("server_error", status=status, times=1))
    with pytest.raises(SlackApiError) as refused:
        post(client)
    assert refused.value.response.status_code == status
    post(client)
    assert (count(slack), slack.installation.ordered.struck) == (1, (1,))


def test_a_post_that_lands_late(client: WebClient, slack: LocalSlack) -> None:
    slack.order_faults(Fault("late", seconds=1.5, status=503, times=1))
    with pytest.raises(SlackApiError) as refused:
        post(client)
    assert refused.value.response.status_code == 503
    assert count(slack) == 0
    while count(slack) == 0:
        slack.wait_for_change(slack.version, timeout=0.2)
    while slack.log.entries()[-1].problem != "fault: late, carried out now":
        slack.wait_for_change(slack.version, timeout=0.2)


def test_a_slow_network_loses_nothing(client: WebClient, slack: LocalSlack) -> None:
    slack.order_faults(Fault("slow", seconds=0.01))
    post(client)
    assert (count(slack), slack.installation.ordered.struck) == (1, (1,))
    assert [one.problem for one in slack.log.calls("chat.postMessage")] == ["fault: slow"]


def test_no_faults_any_more(client: WebClient, slack: LocalSlack) -> None:
    slack.order_faults(Fault("reset"))
    slack.order_faults()
    post(client)
    assert count(slack) == 1


def test_one_post_a_second_in_a_channel(
    client: WebClient, slack: LocalSlack, stopwatch: HandStopwatch
) -> None:
    slack.order_faults(Fault("rate_limits"))
    post(client)
    with pytest.raises(SlackApiError) as refused:
        post(client)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="#coordination", text="the same channel")
    client.chat_postMessage(channel=ANA.id, text="another channel")
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=ANA.id, text="the same direct message")
    stopwatch.seconds += 1
    post(client)
    assert count(slack) == 2


def test_a_workspace_takes_several_hundred_posts_a_minute(stopwatch: HandStopwatch) -> None:
    limited = OrderedFaults([Fault("rate_limits")], stopwatch=stopwatch)
    struck = [limited.of_call("chat.postMessage", {"channel": str(one)}) for one in range(301)]
    assert struck == [None] * 300 + [Fault("rate_limited", retry_after=1)]


@pytest.mark.parametrize(
    ("method", "a_minute", "retry_after"),
    [
        ("apps.connections.open", 1, 60),
        ("conversations.close", 20, 3),
        ("conversations.list", 20, 3),
        ("users.setPresence", 20, 3),
        ("chat.update", 50, 2),
        ("conversations.mark", 50, 2),
        ("users.getPresence", 50, 2),
        ("views.open", 100, 1),
    ],
)
def test_rates_by_tier(
    stopwatch: HandStopwatch, method: str, a_minute: int, retry_after: int
) -> None:
    limited = OrderedFaults([Fault("rate_limits")], stopwatch=stopwatch)
    calls = [limited.of_call(method, {}) for _ in range(a_minute + 1)]
    assert calls == [None] * a_minute + [Fault("rate_limited", retry_after=retry_after)]
    stopwatch.seconds += retry_after
    assert limited.of_call(method, {}) is None


def test_a_seed_strikes_the_same_whatever_else_is_called() -> None:
    def struck(*between: str) -> list[Any]:
        faults = [
            Fault("reset", share=0.3, names=frozenset({"chat.postMessage"})),
            Fault("hang", share=0.3, names=frozenset({"chat.update"})),
        ]
        ordered = OrderedFaults(faults, seed=7)
        told = []
        for _ in range(200):
            told.append(ordered.of_call("chat.postMessage", {}))
            for method in between:
                ordered.of_call(method, {})
        return told

    first = struck()
    assert first == struck("chat.update", "auth.test")
    assert 30 < sum(one is not None for one in first) < 90


EVENT = {"type": "event_callback", "event": {"type": "app_mention"}}
CLICK = {"type": "block_actions"}


@pytest.mark.parametrize("kind", ["duplicate", "reorder", "missing_initial_values"])
def test_a_fault_is_not_used_up_by_what_it_cannot_strike(kind: DeliveryFaultKind) -> None:
    held = {"type": "plain_text_input", "value": "x"}
    view = {
        "blocks": [text_input("answer", "text", initial_value="x")],
        "state": {"values": {"answer": {"text": held}}},
    }
    changed = {"answer": {"text": {**held, "value": "y"}}}
    deliveries = [
        CLICK,
        {**CLICK, "view": {**view, "state": {"values": changed}}},
        EVENT,
        {**CLICK, "view": view},
    ]
    fault = Fault(kind, times=1)
    ordered = OrderedFaults([fault])
    struck = [ordered.of_delivery("any", one) for one in deliveries]
    expected = deliveries[3 if kind == "missing_initial_values" else 2]
    assert struck == [fault if one is expected else None for one in deliveries]
