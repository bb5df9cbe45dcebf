"""`python bot.py` as an operator runs it, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_PORTS = iter(range(20_000 + 500 * _PROCESS, 20_500 + 500 * _PROCESS))


def run(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """One command to its end, in that folder."""
    return subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), *arguments],
        cwd=folder,
        env=_environment(environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def running(folder: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The bot, asked to stop when the block is left."""
    with subprocess.Popen(
        [sys.executable, str(ROOT / "bot.py")],
        cwd=folder,
        env=_environment(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def asked(url: str, **headers: str) -> tuple[int, str]:
    """The status and the body that an address answers with; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as ok:
            return ok.status, ok.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


def wait_until_ready(port: int, status: int = 200) -> str:
    """What a bot says of its readiness, as soon as it says so with that status."""
    return _wait_for(f"http://127.0.0.1:{port}/readyz", lambda found, _: found == status)


def wait_for_metric(port: int, line: str) -> str:
    """All metrics of a bot, as soon as that one has that value: Slack has its answer before."""
    return _wait_for(
        f"http://127.0.0.1:{port}/metrics",
        lambda status, page: status == 200 and line in page.splitlines(),
    )


def _wait_for(url: str, is_there: Callable[[int, str], bool]) -> str:
    deadline = time.monotonic() + 30
    while True:
        status, page = asked(url)
        if is_there(status, page):
            return page
        assert time.monotonic() < deadline, (status, page)
        time.sleep(0.05)  # there is no event to wait for in another process


def free_port() -> int:
    """A port that nobody listens on, nor comes to by asking for any: those begin at 32768."""
    for port in _PORTS:
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")


def _environment(given: Mapping[str, str] | None) -> dict[str, str]:
    """This process's own, without what would make the bot find a workspace or a database."""
    ours = ("SLACK_", "DATABASE_URL", "PORT", "HOST", "LOG_", "METRICS_TOKEN", "PING_URL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONPATH": str(ROOT), **(given or {})}
