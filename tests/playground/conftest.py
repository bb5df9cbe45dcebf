"""A playground on a free port, a Web API client, and a real Bolt app over Socket Mode."""

import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from threading import Thread
from typing import Protocol

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient

from highlightbot.playground.local_slack import (
    AppProfile,
    Conversation,
    LocalSlack,
    MovableClock,
    User,
    create_slack,
)
from highlightbot.playground.server import Playground

NOW = datetime(2020, 6, 19, 9, 0, tzinfo=UTC)
ANA = User("U0ANA", "ana", "Ana Sample", "ana@example.org")
BEN = User("U0BEN", "ben", "Ben Sample", "ben@example.org", tz="Asia/Kolkata")
GONE = User("U0GONE", "gone", "Gone Sample", "gone@example.org", deleted=True)
APP = AppProfile(
    commands=("/highlight",),
    scopes=AppProfile().scopes | {"channels:history", "channels:join", "groups:read", "team:read"},
)
BOT = APP.bot_user_id
COORDINATION = Conversation("C0COORD", "coordination", members=frozenset({ANA.id, BEN.id, BOT}))
ELSEWHERE = Conversation("C0ELSE", "elsewhere", members=frozenset({ANA.id}))
SECRET = Conversation("C0SECRET", "secret", "private", members=frozenset({ANA.id}))
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Without one, the SDK reads the system's certificates for each socket, plain ones as well."""
_CLOSED_WITHIN = 30  # seconds


class Connect(Protocol):
    """Connects a Bolt app; `ping_interval` is how often, in seconds, its client looks."""

    def __call__(self, app: App, ping_interval: float = 10) -> SocketModeHandler: ...


class HandStopwatch:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def make_slack(**options: object) -> LocalSlack:
    """The workspace of these tests; `options` go to `create_slack`."""
    clock = MovableClock()
    clock.move_to(NOW)
    defaults: dict[str, object] = {
        "people": [ANA, BEN, GONE],
        "channels": [COORDINATION, ELSEWHERE, SECRET],
        "app": APP,
        "clock": clock,
        "retry_after": (),
    }
    return create_slack(**{**defaults, **options})  # type: ignore[arg-type]


@pytest.fixture
def stopwatch() -> HandStopwatch:
    return HandStopwatch()


@pytest.fixture
def slack(stopwatch: HandStopwatch) -> LocalSlack:
    return make_slack(stopwatch=stopwatch)


@pytest.fixture
def playground(slack: LocalSlack) -> Iterator[Playground]:
    with Playground(slack) as running:
        yield running


@pytest.fixture
def client(playground: Playground) -> WebClient:
    return web_client(playground)


@pytest.fixture
def app(client: WebClient) -> App:
    return App(name="test", client=client, process_before_response=True)


@pytest.fixture
def connect(playground: Playground) -> Iterator[Connect]:
    with connecting(playground) as connect:
        yield connect


def web_client(playground: Playground, token: str = APP.bot_token) -> WebClient:
    """A client that does not retry by itself."""
    return WebClient(token, base_url=playground.api_url, retry_handlers=[], ssl=NO_CERTIFICATES)


@contextmanager
def connecting(playground: Playground) -> Iterator[Connect]:
    """A function that connects Bolt apps by Socket Mode; at the end they are disconnected."""
    socket_mode = playground.slack.installation.socket_mode
    with ExitStack() as stack:

        def connect(app: App, ping_interval: float = 10) -> SocketModeHandler:
            before = socket_mode.connected
            handler = SocketModeHandler(app, APP.app_token, ping_interval=ping_interval)
            handler.connect()
            stack.callback(_close, handler)
            assert socket_mode.wait_for_connections(before + 1, timeout=30)
            return handler

        # Runs first: the client's reader holds its lock until the server closes.
        try:
            yield connect
        finally:
            stack.callback(playground.stop)


def _close(handler: SocketModeHandler) -> None:
    closing = Thread(target=_end, args=(handler.client,), daemon=True)
    closing.start()
    closing.join(_CLOSED_WITHIN)
    assert not closing.is_alive(), "an app cannot be disconnected: its reader or a listener goes on"


def _end(client: SocketModeClient) -> None:
    client.closed = True
    client.auto_reconnect_enabled = False
    client.enqueue_message("")  # wakes its reader of the queue
    client.current_session_state.terminated = True
    client.current_session_runner.shutdown()  # it closes the socket, too: both at once fail
    client.close()
