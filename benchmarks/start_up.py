"""How long `bot.py` takes until it serves, and how much memory it then holds."""

import re
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import Ratio, in_turns, ratio_of
from benchmarks.office import make_draft
from benchmarks.processes import Program, bot, free_port, python, slack_api, wait_until_serving
from highlightbot.persistence.sqlite import sqlite_driver

ROUNDS = 9
_WARM_UP = 1
_SETTLING = 0.3

IMPORTS = (
    "apscheduler.schedulers.background",
    "dotenv",
    "holidays",
    "prometheus_client",
    f"{sqlite_driver().__package__}.dbapi2",
    "rapidfuzz",
    "slack_bolt",
    "slack_bolt.adapter.starlette.handler",
    "slack_sdk",
    "sqlalchemy",
    "sqlalchemy.dialects.sqlite",
    "starlette.applications",
    "uvicorn",
    "uvicorn.protocols.http.httptools_impl",
    "uvloop",
)
"""Modules of other people's that the bot uses in HTTP mode."""

_TELL_AND_STAY = "print('ready', flush=True); import time; time.sleep(60)"
_Figures = tuple[float, float]
"""Milliseconds to be ready, and then megabytes of memory."""


def measure(rounds: int = ROUNDS) -> list[Ratio]:
    """`bot.py` in HTTP mode with a migrated database, against a process with the imports only."""
    with tempfile.TemporaryDirectory() as name, slack_api() as api_url:
        directory = Path(name)
        make_draft(directory)
        ours, theirs = in_turns(
            lambda: _start_bot(directory, api_url), _start_imports, rounds=rounds, warm_up=_WARM_UP
        )
    our_times, our_sizes = zip(*ours, strict=True)
    their_times, their_sizes = zip(*theirs, strict=True)
    return [
        ratio_of("start until ready / bare imports", our_times, their_times, bar=1.6),
        ratio_of("memory when ready / bare imports", our_sizes, their_sizes, bar=1.6, unit="MB"),
    ]


def _start_bot(directory: Path, api_url: str) -> _Figures:
    port = free_port()
    started = time.perf_counter()
    with bot(directory, api_url, port) as program:
        wait_until_serving(program, port)
        return (time.perf_counter() - started) * 1000, _memory(program)


def _start_imports() -> _Figures:
    code = "; ".join(f"import {module}" for module in IMPORTS)
    started = time.perf_counter()
    with python("-c", f"{code}; {_TELL_AND_STAY}") as program:
        assert program.process.stdout is not None
        if program.process.stdout.readline() != "ready\n":
            raise RuntimeError(f"the imports failed: {program.end()}")
        return (time.perf_counter() - started) * 1000, _memory(program)


def _memory(program: Program) -> float:
    """The megabytes that the process holds in memory, once it has come to rest."""
    time.sleep(_SETTLING)
    pid = program.process.pid
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        (size,) = re.findall(r"VmRSS:\s+(\d+) kB", status.read_text())
    else:
        asked = ["ps", "-o", "rss=", "-p", str(pid)]
        size = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return int(size) / 1024
