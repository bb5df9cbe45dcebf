"""Running: the bot in its workspace, or the playground."""

import logging
import signal
import threading
import time
from contextlib import suppress
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING

from highlightbot.core.errors import DeliveryFailure, Problems
from highlightbot.scheduling.clock import SystemClock
from highlightbot.settings import DEFAULT_PORT, Settings
from highlightbot.slack.connection import connect_when_reachable, verify_app_token
from highlightbot.wiring import Bot, build_bot, ready_database, slack_client

# What only one way of running needs is imported there: a bot without a playground starts in half
# the time.
if TYPE_CHECKING:
    from highlightbot.cli.web import BotWeb
    from highlightbot.demonstration.fortnight import Fortnight
    from highlightbot.slack.socket_mode import SocketMode

log = logging.getLogger(__name__)

_STOP_SECONDS = 9.0
_LISTENERS_SECONDS = 4.0


def run_bot(settings: Settings) -> int:
    """Run until SIGTERM or Ctrl+C. Raises Problems with what to do where a token is wrong."""
    stop = _stop_on_signal()
    if settings.uses_socket_mode and settings.port is None:
        return _run(settings, stop, None)
    from highlightbot.cli.web import BotWeb

    web = BotWeb(settings, settings.port or DEFAULT_PORT)
    web.start()
    try:
        return _run(settings, stop, web)
    finally:
        web.stop()


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
        return Fortnight(today=today, port=settings.port or DEFAULT_PORT)
    except OSError as error:
        if settings.port:
            raise Problems(
                [f"Port {settings.port} is taken: {error}. Set another PORT."]
            ) from error
        return Fortnight(today=today)


def _run(settings: Settings, stop: threading.Event, web: "BotWeb | None") -> int:
    database = ready_database(settings)
    connection = connect_when_reachable(slack_client(settings), stop)
    if connection is None:
        return 0
    log.info("connected to %s as %s", connection.team, connection.user_id)
    bot = build_bot(settings, connection, database, SystemClock())
    socket_mode = _socket_mode(settings, bot) if settings.uses_socket_mode else None
    try:
        if socket_mode is not None:
            socket_mode.start()
        if web is not None:
            web.open(bot, None if socket_mode is None else lambda: socket_mode.connected)
        bot.start()
        _tell_where(settings)
        while not stop.wait(0.5):
            if web is not None:
                web.check()
    finally:
        _stop(bot, socket_mode, web)
    return 0


def _socket_mode(settings: Settings, bot: Bot) -> "SocketMode":
    from highlightbot.slack.socket_mode import SocketMode

    assert settings.app_token is not None
    with suppress(DeliveryFailure):  # what cannot be asked just now is tried again anyway
        verify_app_token(settings.app_token, settings.slack_api_url)
    return SocketMode(
        bot.app, settings.app_token, settings.slack_api_url, answered=bot.metrics.answered
    )


def _tell_where(settings: Settings) -> None:
    if settings.uses_socket_mode:
        log.info("listening in Socket Mode")
    else:
        port = settings.port or DEFAULT_PORT
        log.info("listening at http://%s:%s/slack/events", settings.host, port)


def _stop(bot: Bot, socket_mode: "SocketMode | None", web: "BotWeb | None") -> None:
    """Listen no more, finish what is in flight: all within the 10 s that Docker grants."""
    deadline = time.monotonic() + _STOP_SECONDS
    bot.begin_to_stop()
    if socket_mode is not None:
        socket_mode.stop(_LISTENERS_SECONDS)
    if web is not None:
        web.stop()
    bot.stop(max(0.0, deadline - time.monotonic()))


def _stop_on_signal() -> threading.Event:
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    return stop
