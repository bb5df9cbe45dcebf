"""The Socket Mode connection against the playground's."""

import threading
from collections.abc import Iterator, Mapping
from queue import SimpleQueue
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from highlightbot.demonstration.people import APP, PEOPLE, channels
from highlightbot.playground.faults import Fault
from highlightbot.playground.local_slack import LocalSlack, create_slack
from highlightbot.playground.server import Playground
from highlightbot.slack.socket_mode import CLOSE_SECONDS, PING_SECONDS, SocketMode
from tests.fakes.silent_proxy import SilentProxy

ALEX = "U0ALEX"
CHANNEL = "C0COORDINATE"


@pytest.fixture
def playground() -> Iterator[Playground]:
    slack = create_slack(people=PEOPLE, channels=channels(), app=APP, ack_within=5)
    with Playground(slack) as running:
        yield running


@pytest.fixture
def app(playground: Playground) -> App:
    client = WebClient(APP.bot_token, base_url=playground.api_url)
    return App(client=client, request_verification_enabled=False, process_before_response=True)


@pytest.fixture
def socket_mode(playground: Playground, app: App) -> Iterator[SocketMode]:
    socket_mode = SocketMode(app, APP.app_token, playground.api_url)
    socket_mode.start()
    assert playground.slack.installation.socket_mode.wait_for_connections(2, 10)
    yield socket_mode
    socket_mode.stop()


def last_said(slack: LocalSlack) -> str:
    return slack.messages_for(ALEX, CHANNEL)[-1].text


def test_an_ack_of_more_than_64_kilobytes_arrives(
    playground: Playground, app: App, socket_mode: SocketMode
) -> None:
    long = "words " * 20_000

    @app.command("/highlight")
    def answer(ack: Ack) -> None:
        ack(long)

    assert playground.slack.run_command(ALEX, CHANNEL, "/highlight", "").ok
    assert last_said(playground.slack).startswith("words words")


@pytest.mark.parametrize("how", ["dropped", "refreshed"])
def test_a_connection_that_is_lost_is_opened_again(
    playground: Playground, app: App, socket_mode: SocketMode, how: str
) -> None:
    @app.command("/highlight")
    def answer(ack: Ack) -> None:
        ack("here")

    slacks = playground.slack.installation.socket_mode
    if how == "dropped":
        slacks.drop()
        assert slacks.wait_for_connections(0, 10)
        assert slacks.wait_for_connections(2, 20)
    else:
        slacks.disconnect("refresh_requested")
        assert slacks.wait_for_connections(4, 20)  # the old ones are listened to until they end
    assert playground.slack.run_command(ALEX, CHANNEL, "/highlight", "").ok
    assert last_said(playground.slack) == "here"


def test_a_connection_that_has_gone_silent_is_replaced(playground: Playground, app: App) -> None:
    @app.command("/highlight")
    def answer(ack: Ack) -> None:
        ack("here")

    slacks = playground.slack.installation.socket_mode
    port = int(playground.url.rstrip("/").rpartition(":")[2])
    with SilentProxy(port) as proxy:
        playground.slack.installation.base_url = f"http://127.0.0.1:{proxy.port}"
        socket_mode = SocketMode(app, APP.app_token, playground.api_url, ping_seconds=1)
        socket_mode.start()
        assert slacks.wait_for_connections(2, 10)
        proxy.fall_silent()
        assert slacks.wait_for_connections(4, 20)  # Slack does not notice the loss of the old ones
        proxy.hang_up()
        assert slacks.wait_for_connections(2, 10)
        assert playground.slack.run_command(ALEX, CHANNEL, "/highlight", "").ok
        assert last_said(playground.slack) == "here"
        socket_mode.stop()


def test_the_pings_notice_a_silent_connection_within_a_minute() -> None:
    assert 2 * PING_SECONDS + CLOSE_SECONDS < 60


def test_seconds_to_the_answer_are_told(playground: Playground, app: App) -> None:
    told: SimpleQueue[float] = SimpleQueue()

    @app.command("/highlight")
    def answer(ack: Ack) -> None:
        ack("here")

    socket_mode = SocketMode(app, APP.app_token, playground.api_url, answered=told.put)
    socket_mode.start()
    assert playground.slack.installation.socket_mode.wait_for_connections(2, 10)
    assert playground.slack.run_command(ALEX, CHANNEL, "/highlight", "").ok
    assert 0 < told.get(timeout=10) < 10
    assert told.empty()
    socket_mode.stop()


def test_stopping_does_not_wait_for_a_listener_that_hangs(playground: Playground, app: App) -> None:
    socket_mode = SocketMode(app, APP.app_token, playground.api_url)
    socket_mode.start()
    assert socket_mode.wait_until_connected(10)
    begun, go_on = threading.Event(), threading.Event()

    @app.command("/highlight")
    def answer(ack: Ack) -> None:
        begun.set()
        go_on.wait(30)
        ack("too late")

    command = threading.Thread(
        target=playground.slack.run_command, args=(ALEX, CHANNEL, "/highlight", "")
    )
    command.start()
    assert begun.wait(30)
    socket_mode.stop(timeout=2.1)
    assert not go_on.is_set()
    assert playground.slack.installation.socket_mode.wait_for_connections(0, 10)
    go_on.set()
    command.join(10)


def test_stopping_finishes_what_is_being_answered(playground: Playground, app: App) -> None:
    socket_mode = SocketMode(app, APP.app_token, playground.api_url)
    socket_mode.start()
    assert socket_mode.wait_until_connected(10)
    begun, go_on = threading.Event(), threading.Event()

    @app.command("/highlight")
    def answer(ack: Ack) -> None:
        begun.set()
        go_on.wait(5)
        ack("finished")

    command = threading.Thread(
        target=playground.slack.run_command, args=(ALEX, CHANNEL, "/highlight", "")
    )
    command.start()
    assert begun.wait(30)
    stopping = threading.Thread(target=socket_mode.stop)
    stopping.start()
    go_on.set()
    stopping.join(10)
    command.join(10)
    assert last_said(playground.slack) == "finished"
    assert playground.slack.installation.socket_mode.wait_for_connections(0, 10)


def test_stopping_while_a_connection_opens_leaves_nothing_behind(
    playground: Playground, app: App
) -> None:
    asked = threading.Event()

    def open_slowly(method: str, arguments: Mapping[str, Any]) -> Fault | None:
        asked.set()
        return Fault("slow", seconds=0.3)

    playground.slack.installation.faults = open_slowly
    socket_mode = SocketMode(app, APP.app_token, playground.api_url, connections=1)
    before = set(threading.enumerate())
    socket_mode.start()
    begun = set(threading.enumerate()) - before
    (thread,) = (one for one in begun if one.name == "socket")
    assert asked.wait(30)
    socket_mode.stop(timeout=0)
    thread.join(10)
    assert not thread.is_alive()
    assert playground.slack.installation.socket_mode.wait_for_connections(0, 10)
