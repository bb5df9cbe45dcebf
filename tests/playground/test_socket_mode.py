"""Socket Mode on the wire, and Bolt's client through disconnects."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as open_socket

from highlightbot.playground.delivery import Ack
from highlightbot.playground.local_slack import LocalSlack, Outcome
from tests.playground.conftest import ANA, APP, COORDINATION, Connect


@contextmanager
def connection(client: WebClient) -> Iterator[ClientConnection]:
    url = client.apps_connections_open(app_token=APP.app_token)["url"]
    with open_socket(url, proxy=None) as socket:
        yield socket


def received(socket: ClientConnection) -> dict[str, Any]:
    return dict(json.loads(socket.recv(timeout=30)))


def delivered_in_background(slack: LocalSlack, payload: dict[str, Any]) -> "Delivering":
    return Delivering(slack, payload)


class Delivering(threading.Thread):
    """One delivery under way, and at last its ack."""

    def __init__(self, slack: LocalSlack, payload: dict[str, Any]) -> None:
        super().__init__()
        self._slack, self._payload = slack, payload
        self._ack: Ack | None = None
        self.start()

    def run(self) -> None:
        self._ack = self._slack.installation.socket_mode.deliver("interactive", self._payload)

    def ack(self) -> Ack:
        self.join(timeout=30)
        assert self._ack is not None
        return self._ack


def test_hello_and_an_envelope(client: WebClient, slack: LocalSlack) -> None:
    with connection(client) as socket:
        hello = received(socket)
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"] == {"app_id": APP.app_id}
        assert slack.app_connected
        delivering = delivered_in_background(slack, {"type": "view_submission"})
        envelope = received(socket)
        assert envelope == {
            "envelope_id": envelope["envelope_id"],
            "type": "interactive",
            "accepts_response_payload": True,
            "payload": {"type": "view_submission"},
        }
        answer = {"envelope_id": envelope["envelope_id"], "payload": {"response_action": "clear"}}
        socket.send(json.dumps(answer))
        assert delivering.ack() == Ack(body={"response_action": "clear"})
    assert slack.installation.socket_mode.wait_for_connections(0, timeout=30)
    assert not slack.app_connected


def test_a_ticket_is_good_once(client: WebClient) -> None:
    url = client.apps_connections_open(app_token=APP.app_token)["url"]
    with open_socket(url, proxy=None) as socket:
        received(socket)
        for wrong in (url, url.replace("ticket=", "ticket=x")):
            with pytest.raises(InvalidStatus), open_socket(wrong, proxy=None):
                pass


def test_an_envelope_goes_to_one_connection_in_turn(client: WebClient, slack: LocalSlack) -> None:
    with connection(client) as first, connection(client) as second:
        assert [received(one)["num_connections"] for one in (first, second)] == [1, 2]
        assert slack.installation.socket_mode.wait_for_connections(2, timeout=30)
        for socket in (second, first, second):
            delivering = delivered_in_background(slack, {"type": "block_actions"})
            envelope = received(socket)
            assert envelope["accepts_response_payload"] is False
            socket.send(json.dumps({"envelope_id": envelope["envelope_id"]}))
            assert delivering.ack() == Ack()


def test_an_eleventh_connection_is_sent_away(client: WebClient, slack: LocalSlack) -> None:
    with ExitStack() as stack:
        for number in range(1, 11):
            hello = received(stack.enter_context(connection(client)))
            assert hello["num_connections"] == number
        eleventh = stack.enter_context(connection(client))
        assert received(eleventh)["reason"] == "too_many_websockets"
        with pytest.raises(ConnectionClosed):
            eleventh.recv(timeout=30)
        assert slack.installation.socket_mode.connected == 10


def test_a_connection_lost_before_the_ack(client: WebClient, slack: LocalSlack) -> None:
    with connection(client) as socket:
        received(socket)
        delivering = delivered_in_background(slack, {"type": "block_actions"})
        received(socket)
    assert delivering.ack() == Ack("connection_failed")


HALF_A_PAIR = '{"envelope_id": "other", "payload": {"text": "\\ud800"}}'


@pytest.mark.parametrize(
    "sent", ["{", "[]", '"x"', "{}", '{"envelope_id": "other"}', "7", HALF_A_PAIR]
)
def test_nonsense_on_the_socket_is_logged(client: WebClient, slack: LocalSlack, sent: str) -> None:
    with connection(client) as socket:
        received(socket)
        seen = slack.version
        socket.send(sent)
        slack.wait_for_change(seen, timeout=30)
        assert slack.log.entries()[-1].kind == "socket"
        assert slack.log.entries()[-1].problem is not None
        json.dumps(slack.log.entries()[-1].request, ensure_ascii=False).encode()
        assert slack.app_connected


def test_a_connection_that_is_leaving_gets_no_new_envelopes(
    client: WebClient, slack: LocalSlack
) -> None:
    with connection(client) as old:
        received(old)
        slack.installation.socket_mode.disconnect("warning", close_after=60)
        assert received(old)["reason"] == "warning"
        with connection(client) as new:
            received(new)
            for _ in range(2):
                delivering = delivered_in_background(slack, {"type": "block_actions"})
                new.send(json.dumps({"envelope_id": received(new)["envelope_id"]}))
                assert delivering.ack() == Ack()


@pytest.mark.parametrize("way", ["refresh", "drop"])
def test_bolt_comes_back_after_a_disconnect(
    app: App, connect: Connect, slack: LocalSlack, way: str
) -> None:
    app.command("/highlight")(lambda ack: ack())
    connect(app, ping_interval=0.1)
    socket_mode = slack.installation.socket_mode
    before = len(slack.log.calls("apps.connections.open"))
    if way == "refresh":
        socket_mode.disconnect("refresh_requested", close_after=0)
    else:
        socket_mode.drop()
    while len(slack.log.calls("apps.connections.open")) == before:
        slack.wait_for_change(slack.version, timeout=0.2)
    while slack.run_command(ANA.id, COORDINATION.id, "/highlight", "") != Outcome():
        slack.wait_for_change(slack.version, timeout=0.2)
