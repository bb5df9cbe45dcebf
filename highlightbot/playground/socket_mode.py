"""Socket Mode: the WebSocket side, and delivery over it.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
import secrets
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.websockets import WebSocket, WebSocketDisconnect

from highlightbot.playground.call_log import CallLog
from highlightbot.playground.delivery import ACK_WITHIN, Ack, EnvelopeType, Retry
from highlightbot.playground.errors import ApiError
from highlightbot.playground.json_object import read_json_object

MOST_CONNECTIONS = 10
_MOST_TICKETS = 1_000


@dataclass(slots=True, eq=False)
class _Connection:
    websocket: WebSocket
    loop: asyncio.AbstractEventLoop
    leaving: bool = False
    unacked: set[str] = field(default_factory=set)

    def send(self, message: Mapping[str, Any]) -> None:
        """Send from any thread; a connection that is gone shows in its reader."""
        sending = self.websocket.send_text(json.dumps(message))
        asyncio.run_coroutine_threadsafe(sending, self.loop)

    def abort(self) -> None:
        self.loop.call_soon_threadsafe(self.websocket.state.transport.abort)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self.websocket.close(), self.loop)


class SocketMode:
    """The app's open connections, at most ten. An envelope goes to one of them, in turn."""

    def __init__(self, app_id: str, log: CallLog, ack_within: float = ACK_WITHIN) -> None:
        self._app_id = app_id
        self._log = log
        self._ack_within = ack_within
        self._tickets: dict[str, None] = {}
        self._connections: list[_Connection] = []
        self._waiting: dict[str, Future[Ack]] = {}
        self._turn = 0
        self._changed = threading.Condition()

    @property
    def connected(self) -> int:
        """How many connections are open."""
        with self._changed:
            return len(self._connections)

    def wait_for_connections(self, number: int, timeout: float) -> bool:
        """Block until exactly `number` connections are open; whether it came so in time."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._connections) == number, timeout)

    def issue_ticket(self) -> str:
        """Leave for one connection: the part of its URL that `apps.connections.open` makes up."""
        ticket = secrets.token_hex(16)
        with self._changed:
            self._tickets[ticket] = None
            while len(self._tickets) > _MOST_TICKETS:
                del self._tickets[next(iter(self._tickets))]
        return ticket

    def deliver(
        self, kind: EnvelopeType, payload: Mapping[str, Any], retry: Retry | None = None
    ) -> Ack:
        """Make one attempt; it ends within `ack_within` seconds."""
        envelope_id = secrets.token_hex(16)
        acked: Future[Ack] = Future()
        with self._changed:
            connection = self._next_connection()
            if connection is None:
                return Ack("not_connected")
            self._waiting[envelope_id] = acked
            connection.unacked.add(envelope_id)
        connection.send(_envelope(envelope_id, kind, payload, retry))
        try:
            return acked.result(timeout=self._ack_within)
        except TimeoutError:
            return Ack("timeout")
        finally:
            with self._changed:
                self._waiting.pop(envelope_id, None)
                connection.unacked.discard(envelope_id)

    def disconnect(
        self,
        reason: Literal["warning", "refresh_requested", "link_disabled"] = "refresh_requested",
        close_after: float = 10.0,
    ) -> None:
        """Tell every open connection that it will end, and end it after so many seconds.

        Meanwhile envelopes go to connections opened since, if there are any.
        """
        with self._changed:
            leaving = [one for one in self._connections if not one.leaving]
            for connection in leaving:
                connection.leaving = True
        for connection in leaving:
            connection.send(_disconnect(reason))
            connection.loop.call_soon_threadsafe(
                connection.loop.call_later, close_after, connection.close
            )

    def drop(self) -> None:
        """Cut every connection, as a network does that fails."""
        with self._changed:
            connections = list(self._connections)
        for connection in connections:
            connection.abort()

    async def endpoint(self, websocket: WebSocket) -> None:
        """One WebSocket, from its upgrade to its end."""
        ticket = websocket.query_params.get("ticket", "")
        with self._changed:
            admitted = ticket in self._tickets
            self._tickets.pop(ticket, None)
        if not admitted:
            await websocket.close(1008)
            return
        await websocket.accept()
        connection = _Connection(websocket, asyncio.get_running_loop())
        with self._changed:
            open_now = len(self._connections) + 1
            if open_now <= MOST_CONNECTIONS:
                self._connections.append(connection)
                self._changed.notify_all()
        if open_now > MOST_CONNECTIONS:
            await websocket.send_text(json.dumps(_disconnect("too_many_websockets")))
            await websocket.close()
            return
        try:
            # Nothing is awaited since the connection was listed, so hello is the first to go out.
            await websocket.send_text(json.dumps(_hello(self._app_id, open_now)))
            while True:
                self._receive(await websocket.receive_text())
        except (WebSocketDisconnect, RuntimeError, KeyError):
            # The peer left (RuntimeError: we closed first) or sent a binary frame (KeyError).
            pass
        finally:
            self._remove(connection)

    def _next_connection(self) -> _Connection | None:
        candidates = [one for one in self._connections if not one.leaving] or self._connections
        if not candidates:
            return None
        self._turn += 1
        return candidates[self._turn % len(candidates)]

    def _receive(self, text: str) -> None:
        try:
            message = read_json_object(text.encode())
            envelope_id = str(message["envelope_id"])
        except (ApiError, KeyError):
            problem = "not JSON with an envelope_id"
            self._log.add("socket", "ack", {"text": text}, None, 0.0, problem=problem)
            return
        body = message.get("payload")
        with self._changed:
            waiting = self._waiting.pop(envelope_id, None)
        if waiting is None:
            problem = "an ack that came late, twice, or for no envelope"
            self._log.add("socket", "ack", message, None, 0.0, problem=problem)
        else:
            waiting.set_result(Ack(body=body if isinstance(body, dict) else None))

    def _remove(self, connection: _Connection) -> None:
        with self._changed:
            self._connections.remove(connection)
            lost = [self._waiting.pop(one, None) for one in connection.unacked]
            self._changed.notify_all()
        for waiting in lost:
            if waiting is not None:
                waiting.set_result(Ack("connection_failed"))


def _hello(app_id: str, connections: int) -> Mapping[str, Any]:
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": app_id},
        "debug_info": {
            "host": "playground",
            "build_number": 1,
            "approximate_connection_time": 18_060,
        },
    }


def _disconnect(reason: str) -> Mapping[str, Any]:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}


def _envelope(
    envelope_id: str, kind: EnvelopeType, payload: Mapping[str, Any], retry: Retry | None
) -> Mapping[str, Any]:
    accepts = kind == "slash_commands" or payload.get("type") in {
        "view_submission",
        "block_suggestion",
    }
    envelope: dict[str, Any] = {
        "envelope_id": envelope_id,
        "type": kind,
        "accepts_response_payload": accepts,
        "payload": payload,
    }
    if kind == "events_api":
        envelope["retry_attempt"] = retry.number if retry else 0
        envelope["retry_reason"] = retry.reason if retry else ""
    return envelope
