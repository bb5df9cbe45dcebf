"""Starting, stopping and watching a playground."""

import socket
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_sdk import WebClient

from highlightbot.playground.local_slack import LocalSlack
from highlightbot.playground.server import Playground
from tests.playground.conftest import ANA, BEN, COORDINATION, make_slack, web_client


def test_it_serves_at_once_and_on_loopback_only(slack: LocalSlack) -> None:
    playground = Playground(slack)
    playground.start()
    try:
        assert playground.url.startswith("http://127.0.0.1:")
        assert playground.api_url == f"{playground.url}api/"
        with urllib.request.urlopen(playground.url) as page:
            assert page.status == 200
    finally:
        playground.stop()


def test_a_port_that_is_taken(playground: Playground) -> None:
    port = int(playground.url.rstrip("/").rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        Playground(make_slack(), port=port)


def test_its_port_is_free_again_after_the_stop(slack: LocalSlack) -> None:
    with Playground(slack) as playground:
        port = int(playground.url.rstrip("/").rpartition(":")[2])
        web_client(playground).api_test()
    with socket.create_server(("127.0.0.1", port)):
        pass
    assert not [one for one in threading.enumerate() if one.name == "playground"]


def test_who_waits_for_a_change_is_answered_at_the_stop(playground: Playground) -> None:
    port = int(playground.url.rstrip("/").rpartition(":")[2])
    since = playground.slack.version
    with socket.create_connection(("127.0.0.1", port)) as waiting:
        waiting.sendall(f"GET /changes?since={since} HTTP/1.1\r\nHost: playground\r\n\r\n".encode())
        urllib.request.urlopen(f"{playground.url}static/icon.svg").close()  # read after that one
        playground.stop()
        with waiting.makefile("rb") as answer:
            assert answer.readline() == b"HTTP/1.1 200 OK\r\n"


def test_it_can_be_stopped_before_it_was_started(slack: LocalSlack) -> None:
    Playground(slack).stop()


def test_watchers_are_woken_by_a_change(slack: LocalSlack) -> None:
    seen = slack.version
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(slack.wait_for_change, seen, 5.0)
        slack.say(ANA.id, COORDINATION.id, "x")
        assert waiting.result(timeout=30) > seen
    assert slack.wait_for_change(slack.version, timeout=0) == slack.version


def test_many_callers_at_once_lose_nothing(client: WebClient, slack: LocalSlack) -> None:
    def post(number: int) -> str:
        answer = client.chat_postMessage(channel=COORDINATION.id, text=str(number))
        return str(answer["ts"])

    with ThreadPoolExecutor(8) as pool:
        timestamps = list(pool.map(post, range(200)))
    messages = slack.messages_for(BEN.id, COORDINATION.id)
    assert len(set(timestamps)) == 200
    assert sorted(int(one.text) for one in messages) == list(range(200))
    assert [one.ts for one in messages] == sorted(timestamps)
