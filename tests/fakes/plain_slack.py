"""A second Slack, sharing nothing with the playground: the few methods that a bot must have.

It checks nothing. It stands for GovSlack and for other people's simulators.
"""

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any
from urllib.parse import parse_qs

from websockets.sync.server import ServerConnection, serve

USERS = {
    "U0ANN0001": {
        "id": "U0ANN0001",
        "name": "ann",
        "tz": "Europe/London",
        "profile": {"real_name": "Ann Plain"},
    },
    "U0KIT0001": {
        "id": "U0KIT0001",
        "name": "kit",
        "tz": "Europe/London",
        "profile": {"real_name": "Kit Plain"},
    },
}


class PlainSlack:
    """Serves the Web API and one socket on 127.0.0.1; keeps what it is called with."""

    def __init__(self, port: int = 0) -> None:
        self.calls: Queue[tuple[str, Mapping[str, Any]]] = Queue()
        self.acks: Queue[Mapping[str, Any]] = Queue()
        self._connections: Queue[ServerConnection] = Queue()
        self._http = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._sockets = serve(self._converse, "127.0.0.1", 0)
        self._threads = [
            threading.Thread(target=server.serve_forever, daemon=True)
            for server in (self._http, self._sockets)
        ]

    def __enter__(self) -> "PlainSlack":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._sockets.shutdown()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/api/"

    def wait_for_call(self, method: str, timeout: float = 30) -> Mapping[str, Any]:
        """The arguments of the next call of that method."""
        while True:
            name, arguments = self.calls.get(timeout=timeout)
            if name == method:
                return arguments

    def command(self, user: str, text: str) -> Mapping[str, Any]:
        """Type /highlight; gives what the bot answers."""
        connection = self._connections.get(timeout=30)
        self._connections.put(connection)
        payload = {
            "command": "/highlight",
            "text": text,
            "user_id": user,
            "team_id": "TPLAIN",
            "channel_id": "CPLAIN",
            "trigger_id": "1.2.3",
            "response_url": f"{self.api_url}respond",
            "api_app_id": "APLAIN",
        }
        envelope = {
            "envelope_id": f"e-{text}",
            "type": "slash_commands",
            "accepts_response_payload": True,
            "payload": payload,
        }
        connection.send(json.dumps(envelope))
        answer: Mapping[str, Any] = self.acks.get(timeout=30)["payload"]
        return answer

    def _converse(self, connection: ServerConnection) -> None:
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        self._connections.put(connection)
        for message in connection:
            self.acks.put(json.loads(message))

    def _answer(self, method: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        match method:
            case "auth.test":
                return {"team_id": "TPLAIN", "team": "Plain", "user_id": "UBOT", "bot_id": "BBOT"}
            case "apps.connections.open":
                port = self._sockets.socket.getsockname()[1]
                return {"url": f"ws://127.0.0.1:{port}/link"}
            case "users.info":
                return {"user": USERS[arguments["user"]]}
            case "chat.postMessage":
                return {"channel": arguments["channel"], "ts": "1.000001"}
            case _:
                return {"ok": False, "error": "unknown_method"}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        slack = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                if self.headers.get("content-type", "").startswith("application/json"):
                    arguments = json.loads(body or "{}")
                else:
                    arguments = {name: values[0] for name, values in parse_qs(body).items()}
                method = self.path.removeprefix("/api/")
                answer = json.dumps({"ok": True, **slack._answer(method, arguments)}).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
                slack.calls.put((method, arguments))

            def log_message(self, *arguments: object) -> None:
                pass

        return Handler
