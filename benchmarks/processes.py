"""Programs started on loopback, with the one answer of Slack's that they need to start."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO

from benchmarks.office import CONNECTION, SIGNING_SECRET, TOKEN, settings

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 30.0
_POLL = 0.002
_STARTING = 0.01  # it answers before it is ready, and answering takes its time


class AuthTest(BaseHTTPRequestHandler):
    """Answers whatever is asked as `auth.test` does."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Whose token it is. https://docs.slack.dev/reference/methods/auth.test"""
        self.rfile.read(int(self.headers.get("content-length", "0")))
        body = json.dumps(_WHO).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.send_header("x-oauth-scopes", ",".join(CONNECTION.scopes))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - as inherited
        """Say nothing."""


_WHO = {
    "ok": True,
    "team_id": CONNECTION.team_id,
    "team": CONNECTION.team,
    "user_id": CONNECTION.user_id,
    "bot_id": CONNECTION.bot_id,
    "url": CONNECTION.url,
}


@dataclass(frozen=True, slots=True)
class Program:
    """A running program; its standard output is a pipe, what it complains of goes to a file."""

    process: subprocess.Popen[str]
    complaints: IO[str]

    def end(self) -> str:
        """Terminate it; gives what it complained of."""
        self.process.terminate()
        self.process.communicate(timeout=_PATIENCE)
        self.complaints.seek(0)
        return self.complaints.read()


@contextmanager
def slack_api() -> Iterator[str]:
    """The address of a Web API that knows `auth.test`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), AuthTest)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


@contextmanager
def bot(directory: Path, api_url: str, port: int, *flags: str) -> Iterator[Program]:
    """`bot.py` in HTTP mode on the port, begun and not waited for."""
    chosen = settings(directory, api_url=api_url)
    environment = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": api_url,
        "DATABASE_URL": chosen.database_url,
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
    }
    with _started([*flags, str(ROOT / "bot.py")], environment, directory) as program:
        yield program


@contextmanager
def python(*arguments: str) -> Iterator[Program]:
    """Another Python of this environment, in the project's directory."""
    with _started(list(arguments), {}, ROOT) as program:
        yield program


@contextmanager
def _started(
    arguments: list[str], environment: Mapping[str, str], directory: Path
) -> Iterator[Program]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=directory,
            env={**inherited, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        program = Program(process, complaints)
        try:
            yield program
        finally:
            program.end()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_serving(program: Program, port: int) -> None:
    """Until it answers at Slack's address; RuntimeError if it ends before."""
    deadline = time.monotonic() + _PATIENCE
    while program.process.poll() is None and time.monotonic() < deadline:
        with closing(HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)) as connection:
            try:
                connection.request("GET", "/slack/events")
                response = connection.getresponse()
                response.read()
            except ConnectionError:
                time.sleep(_POLL)
            else:
                if response.status != 404:
                    return
                time.sleep(_STARTING)
    raise RuntimeError(f"nothing serves on port {port}: {program.end()}")
