"""How long Slack waits for the answer to a submission, over HTTP."""

import json
import socket
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from httptools import HttpResponseParser

from benchmarks.measuring import Ratio, in_turns, ratio_of
from benchmarks.office import make_draft, stored_revisions
from benchmarks.processes import bot, free_port, python, slack_api, wait_until_serving
from benchmarks.submissions import Author, Request

ROUNDS = 20
_IN_A_ROW = 25
_WARM_UP = 30


def measure(rounds: int = ROUNDS) -> list[Ratio]:
    """`bot.py` against a bare app with default settings, each in a process of its own."""
    with tempfile.TemporaryDirectory() as name, slack_api() as api_url:
        directory = Path(name)
        view = make_draft(directory)
        ours, theirs = _served(directory, api_url, view, rounds)
        stored = stored_revisions(directory)
        acknowledged = len(ours) + _WARM_UP
        if stored != acknowledged:
            raise AssertionError(f"{acknowledged} were acknowledged, {stored} are stored")
    return [ratio_of("durable ack over HTTP / bare default ack", ours, theirs, bar=0.15)]


def _served(
    directory: Path, api_url: str, view: Mapping[str, Any], rounds: int
) -> tuple[list[float], list[float]]:
    our_port, their_port = free_port(), free_port()
    with (
        bot(directory, api_url, our_port) as our_program,
        python("-m", "benchmarks.bare", str(their_port), api_url) as their_program,
    ):
        wait_until_serving(our_program, our_port)
        wait_until_serving(their_program, their_port)
        with closing(_connect(our_port)) as ours, closing(_connect(their_port)) as theirs:
            our_author, their_author = Author(view), Author(view)
            return in_turns(
                lambda: _submit(ours, our_author, "update"),
                lambda: _submit(theirs, their_author, None),
                rounds=rounds,
                warm_up=_WARM_UP,
                in_a_row=_IN_A_ROW,
            )


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _submit(connection: socket.socket, author: Author, expected: str | None) -> float:
    """The milliseconds from a new submission to its answer, which is checked.

    It leaves in one piece and little is spent on reading the answer: neither is the servers'
    doing.
    """
    message = _as_bytes(author.submission())
    answer = _Answer()
    started = time.perf_counter()
    connection.sendall(message)
    while not answer.is_whole:
        answer.take(connection.recv(65536))
    ended = time.perf_counter()
    action = json.loads(answer.body)["response_action"] if answer.body else None
    if (answer.status, action) != (200, expected):
        raise AssertionError(f"answered {answer.status} {answer.body.decode()}")
    return (ended - started) * 1000


def _as_bytes(request: Request) -> bytes:
    body = request.body.encode()
    headers = {"host": "127.0.0.1", **request.headers, "content-length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /slack/events HTTP/1.1\r\n{head}\r\n".encode() + body


class _Answer:
    """A response as it comes in, told of by the parser's callbacks."""

    def __init__(self) -> None:
        self._parser = HttpResponseParser(self)
        self.body = b""
        self.is_whole = False

    def take(self, data: bytes) -> None:
        if not data:
            raise AssertionError("hung up without an answer")
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.is_whole = True

    @property
    def status(self) -> int:
        return int(self._parser.get_status_code())
