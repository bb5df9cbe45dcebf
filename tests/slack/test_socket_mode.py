"""The Socket Mode connection against the playground's."""

import threading
from collections.abc import Iterator

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from highlightbot.demonstration.people import APP, PEOPLE, channels
from highlightbot.playground.local_slack import LocalSlack, create_slack
from highlightbot.playground.server import Playground
from highlightbot.slack.socket_mode import SocketMode

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
    assert begun.wait(5)
    stopping = threading.Thread(target=socket_mode.stop)
    stopping.start()
    go_on.set()
    stopping.join(10)
    command.join(10)
    assert last_said(playground.slack) == "finished"
    assert playground.slack.installation.socket_mode.wait_for_connections(0, 10)
