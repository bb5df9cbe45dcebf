"""Socket Mode: the bot calls Slack, and Slack's events come down the line.

The SDK's own clients are not used: the built-in one cannot send an ack of more than 64 KB, and
the others cannot be stopped within seconds.
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

from highlightbot.core.errors import DeliveryFailure
from highlightbot.slack.web_api import call, sending_client

log = logging.getLogger(__name__)

CONNECTIONS = 2
"""So that while one is renewed, which Slack asks for every few hours, the other listens."""

PING_SECONDS = 10.0
"""How often a connection is asked for a sign of life, and how long it has to give one."""

CLOSE_SECONDS = 2.0
"""How long to wait for Slack's farewell."""

_LONGEST_WAIT = 30.0
_PAUSE = 0.2
_STOP_SECONDS = 10.0
_WORKERS = 10


class SocketMode:
    """Keeps connections open, hands what comes to the Bolt app, sends its answers back.

    A connection that has fallen silent for twice ``ping_seconds`` is replaced. ``answered`` is
    told how many seconds passed from a message's arrival to its answer.
    """

    def __init__(
        self,
        app: App,
        app_token: str,
        base_url: str,
        *,
        connections: int = CONNECTIONS,
        ping_seconds: float = PING_SECONDS,
        answered: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self._app = app
        self._app_token = app_token
        self._client = sending_client(None, base_url)
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="listener")
        self._lines: set[ClientConnection] = set()
        self._greeted: set[ClientConnection] = set()
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._connections = connections
        self._ping_seconds = ping_seconds
        self._answered = answered
        self._threads: list[threading.Thread] = []
        self._answers: set[Future[None]] = set()

    def start(self) -> None:
        """Begin to connect; connections that are lost are opened again until `stop`."""
        for _ in range(self._connections):
            self._start_one()

    @property
    def connected(self) -> int:
        """How many connections are open, and greeted by Slack."""
        with self._changed:
            return len(self._greeted)

    def wait_until_connected(self, timeout: float) -> bool:
        """Block until one connection is open at least; whether it came so in time."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._greeted), timeout)

    def stop(self, timeout: float = _STOP_SECONDS) -> None:
        """Finish what is being answered, then hang up, all in ``timeout`` seconds at most."""
        deadline = time.monotonic() + timeout
        with self._changed:
            self._stopping.set()
            answers, still_open = list(self._answers), list(self._lines)
        wait_for(answers, max(0.0, timeout - CLOSE_SECONDS))
        self._workers.shutdown(wait=False, cancel_futures=True)
        for connection in still_open:
            threading.Thread(target=connection.close, daemon=True).start()
        for thread in list(self._threads):
            thread.join(max(0.0, deadline - time.monotonic()))

    def _start_one(self) -> None:
        thread = threading.Thread(target=self._stay_connected, name="socket", daemon=True)
        with self._changed:
            self._threads = [one for one in self._threads if one.is_alive()] + [thread]
            thread.start()

    def _stay_connected(self) -> None:
        wait = 1.0
        while not self._stopping.is_set():
            try:
                if self._converse():
                    return
                wait = 1.0
                self._stopping.wait(_PAUSE)
            except (DeliveryFailure, WebSocketException, OSError) as failure:
                if not self._stopping.is_set():
                    log.warning("the connection to Slack is lost: %s", failure)
                    self._stopping.wait(wait)
                    wait = min(wait * 2, _LONGEST_WAIT)

    def _converse(self) -> bool:
        """One connection, until it ends; whether another one has taken its place.

        Slack says some seconds ahead that it will end a connection. Until then it may still send
        by it, so the old one is listened to while the new one is opened.
        """
        opened = call(lambda: self._client.apps_connections_open(app_token=self._app_token))
        replaced = False
        with connect(
            opened["url"],
            max_size=None,
            ping_interval=self._ping_seconds,
            ping_timeout=self._ping_seconds,
            close_timeout=CLOSE_SECONDS,
        ) as connection:
            with self._changed:
                self._lines.add(connection)
            if self._stopping.is_set():  # `stop` may have looked a moment before
                connection.close()
            try:
                for text in connection:
                    message = _parsed(text)
                    if message.get("type") == "disconnect" and not replaced:
                        log.info("Slack asks for a new connection: %s", message.get("reason"))
                        replaced = True
                        self._start_one()
                    else:
                        self._take(connection, message)
            except ConnectionClosed:
                if not replaced:
                    raise
            finally:
                with self._changed:
                    self._lines.discard(connection)
                    self._greeted.discard(connection)
        return replaced

    def _take(self, connection: ClientConnection, message: dict[str, Any]) -> None:
        if message.get("type") == "hello":
            with self._changed:
                self._greeted.add(connection)
                self._changed.notify_all()
        elif "envelope_id" in message:
            with self._changed:
                if self._stopping.is_set():
                    return
                answer = self._workers.submit(self._answer, connection, message, time.monotonic())
                self._answers.add(answer)
            answer.add_done_callback(self._forget)

    def _forget(self, answer: Future[None]) -> None:
        with self._changed:
            self._answers.discard(answer)

    def _answer(
        self, connection: ClientConnection, message: dict[str, Any], arrived: float
    ) -> None:
        """The outermost boundary of a worker: nobody looks at what a task of the pool raises."""
        try:
            request = SocketModeRequest.from_dict(message)
            if request is not None:
                self._send_answer(connection, request)
                self._answered(time.monotonic() - arrived)
        except Exception:
            log.exception("a message of Slack's could not be answered")

    def _send_answer(self, connection: ClientConnection, request: SocketModeRequest) -> None:
        response: BoltResponse = run_bolt_app(self._app, request)
        if response.status != 200:
            log.error("not acknowledged: %s, status %s", request.type, response.status)
            return
        ack: dict[str, Any] = {"envelope_id": request.envelope_id}
        if response.body:
            ack["payload"] = _payload(response)
        try:
            connection.send(json.dumps(ack))
        except WebSocketException as failure:
            log.warning("an answer could not be sent: %s", failure)


def _parsed(text: str | bytes) -> dict[str, Any]:
    """The message, or an empty one in the place of what cannot be read."""
    try:
        message = json.loads(text)
    except ValueError:
        message = None
    if not isinstance(message, dict):
        log.error("Slack sent what is no message, of the length %s", len(text))
        return {}
    return message


def _payload(response: BoltResponse) -> Any:
    is_json = "application/json" in response.headers.get("content-type", [""])[0]
    return json.loads(response.body) if is_json else {"text": response.body}
