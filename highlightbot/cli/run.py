"""Running: the bot in its workspace, or the playground."""

import logging
import signal
import socket
import threading
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING

from highlightbot.core.errors import Problems
from highlightbot.scheduling.clock import SystemClock
from highlightbot.settings import Settings
from highlightbot.slack.connection import connect_when_reachable, verify_app_token
from highlightbot.wiring import Bot, build_bot, ready_database, slack_client

# What only one way of running needs is imported there: a bot without a playground starts in half
# the time.
if TYPE_CHECKING:
    from highlightbot.demonstration.fortnight import Fortnight

log = logging.getLogger(__name__)

_DEFAULT_PORT = 3000


def run_bot(settings: Settings) -> int:
    """Run until SIGTERM or Ctrl+C. Raises Problems with what to do where a token is wrong."""
    stop = _stop_on_signal()
    database = ready_database(settings)
    connection = connect_when_reachable(slack_client(settings), stop)
    if connection is None:
        return 0
    log.info("connected to %s as %s", connection.team, connection.user_id)
    bot = build_bot(settings, connection, database, SystemClock())
    try:
        if settings.uses_socket_mode:
            _run_on_socket(settings, bot, stop)
        else:
            _run_on_http(settings, bot, stop)
    finally:
        bot.stop()
    return 0


def run_playground(settings: Settings) -> int:
    """Serve the playground until SIGTERM or Ctrl+C."""
    stop = _stop_on_signal()
    fortnight = _playground(settings)
    fortnight.start()
    print(
        f"The playground is at {fortnight.playground.url} (Ctrl+C ends it; nothing is kept).",
        flush=True,
    )
    print(
        "It is a Slack of its own on this machine: no tokens are needed, nothing leaves it.",
        flush=True,
    )
    try:
        stop.wait()
    finally:
        fortnight.stop()
    return 0


def _playground(settings: Settings) -> "Fortnight":
    """On the port that is asked for; on 3000 if that is free, else on any."""
    from highlightbot.demonstration.fortnight import Fortnight

    today = datetime.now().astimezone().date()
    try:
        return Fortnight(today=today, port=settings.port or _DEFAULT_PORT)
    except OSError as error:
        if settings.port:
            raise Problems(
                [f"Port {settings.port} is taken: {error}. Set another PORT."]
            ) from error
        return Fortnight(today=today)


def _run_on_socket(settings: Settings, bot: Bot, stop: threading.Event) -> None:
    from highlightbot.slack.socket_mode import SocketMode

    assert settings.app_token is not None
    verify_app_token(settings.app_token, settings.slack_api_url)
    socket_mode = SocketMode(bot.app, settings.app_token, settings.slack_api_url)
    socket_mode.start()
    bot.start()
    log.info("listening in Socket Mode")
    stop.wait()
    socket_mode.stop()


def _run_on_http(settings: Settings, bot: Bot, stop: threading.Event) -> None:
    import uvicorn

    from highlightbot.slack.http import http_app

    assert settings.signing_secret is not None
    port = settings.port or _DEFAULT_PORT
    try:
        listening = _bound(settings.host, port)
    except OSError as error:
        raise Problems([f"Port {port} cannot be used: {error}. Set another PORT."]) from error
    # asyncio does so only for sockets it opened; without, an answer's body waits 40 ms for an ack.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server = uvicorn.Server(
        uvicorn.Config(
            http_app(bot.app, settings.signing_secret),
            host=settings.host,
            port=port,
            log_level="warning",
            lifespan="off",
            ws="none",
        )
    )
    serving = threading.Thread(target=server.run, args=([listening],), name="http", daemon=True)
    serving.start()
    bot.start()
    log.info("listening at http://%s:%s/slack/events", settings.host, port)
    while serving.is_alive() and not stop.wait(0.5):
        pass
    if not stop.is_set():
        raise Problems([f"The web server on port {port} ended: is the port taken?"])
    server.should_exit = True
    serving.join(10)


def _bound(host: str, port: int) -> socket.socket:
    """A socket that names its protocol: on others asyncio leaves out TCP_NODELAY.

    Without it the second packet of an answer waits 40 ms for the first to be acknowledged.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(address)
    return listening


def _stop_on_signal() -> threading.Event:
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    return stop
