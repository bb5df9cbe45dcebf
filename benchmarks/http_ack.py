"""How long Slack waits for the answer to a submission, over HTTP."""

import json
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks.measuring import Ratio, in_turns, ratio_of
from benchmarks.office import make_draft, stored_revisions
from benchmarks.processes import bot, free_port, python, slack_api, wait_until_serving
from benchmarks.submissions import submission

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


def _connect(port: int) -> HTTPConnection:
    return HTTPConnection("127.0.0.1", port, timeout=10)


def _submit(connection: HTTPConnection, view: Mapping[str, Any], expected: str | None) -> float:
    """The milliseconds from a new submission to its answer, which is checked."""
    request = submission(view)
    body = request.body.encode()
    started = time.perf_counter()
    connection.request("POST", "/slack/events", body, dict(request.headers))
    response = connection.getresponse()
    answer = response.read()
    ended = time.perf_counter()
    action = json.loads(answer)["response_action"] if answer else None
    if (response.status, action) != (200, expected):
        raise AssertionError(f"answered {response.status} {answer.decode()}")
    return (ended - started) * 1000
