"""How long Slack waits for the answer to a submission, over HTTP."""

import json
import socket
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

from benchmarks.measuring import Ratio, in_turns, ratio_of
from benchmarks.office import make_draft, stored_revisions
from benchmarks.processes import bot, free_port, python, slack_api, wait_until_serving
from benchmarks.submissions import Request, submission

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
            return in_turns(
                lambda: _submit(ours, view, "update"),
                lambda: _submit(theirs, view, None),
                rounds=rounds,
                warm_up=_WARM_UP,
                in_a_row=_IN_A_ROW,
            )


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _submit(connection: socket.socket, view: Mapping[str, Any], expected: str | None) -> float:
    """The milliseconds from a new submission to its answer, which is checked.

    It leaves in one piece: `HTTPConnection` sends the head and the body apart, and wakes the
    server twice.
    """
    message = _as_bytes(submission(view))
    started = time.perf_counter()
    connection.sendall(message)
    response = HTTPResponse(connection, method="POST")
    response.begin()
    answer = response.read()
    ended = time.perf_counter()
    action = json.loads(answer)["response_action"] if answer else None
    if (response.status, action) != (200, expected):
        raise AssertionError(f"answered {response.status} {answer.decode()}")
    return (ended - started) * 1000


def _as_bytes(request: Request) -> bytes:
    body = request.body.encode()
    headers = {"host": "127.0.0.1", **request.headers, "content-length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /slack/events HTTP/1.1\r\n{head}\r\n".encode() + body
