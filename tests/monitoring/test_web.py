import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from highlightbot.cli.serving import WebServer
from highlightbot.core.errors import Problems
from highlightbot.monitoring.metrics import Metrics
from highlightbot.monitoring.readiness import Readiness
from highlightbot.monitoring.web import health_routes, metrics_route
from tests.bot.running import asked

TOKEN = "0123456789abcdef"


@contextmanager
def served(*routes: BaseRoute) -> Iterator[str]:
    server = WebServer(Starlette(routes=list(routes)), "127.0.0.1", 0)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop()


def test_process_that_is_not_ready_is_alive_and_names_what_it_lacks() -> None:
    readiness = Readiness({"database": lambda: "it does not answer", "tick": lambda: None})
    with served(*health_routes(readiness)) as url:
        assert asked(f"{url}/healthz") == (200, '{"status":"alive"}')
        status, body = asked(f"{url}/readyz")
    assert status == 503
    assert json.loads(body) == {
        "status": "not ready",
        "lacking": {"database": "it does not answer"},
    }


def test_process_that_lacks_nothing_is_ready() -> None:
    with served(*health_routes(Readiness({"tick": lambda: None}))) as url:
        assert asked(f"{url}/readyz") == (200, '{"status":"ready"}')


def test_checks_that_hang_are_told_and_hold_up_nobody() -> None:
    answers = threading.Event()
    readiness = Readiness({"database": lambda: None if answers.wait(60) else "it never answers"})
    with served(*health_routes(readiness, patience=0.01)) as url:
        for _ in range(50):  # more than the threads that the server has for all its work
            status, body = asked(f"{url}/readyz")
            assert (status, json.loads(body)["lacking"]) == (503, {"checks": "they hang"})
        assert asked(f"{url}/healthz")[0] == 200
        answers.set()
        while asked(f"{url}/readyz")[0] != 200:
            pass


def test_metrics_without_a_token_are_for_everybody() -> None:
    with served(metrics_route(Metrics(), None)) as url:
        status, page = asked(f"{url}/metrics")
    assert status == 200
    assert "highlightbot_ack_seconds_count 0.0" in page


@pytest.mark.parametrize(
    "given", ["", TOKEN, "Bearer ", "Bearer 0123456789abcdeF", "Basic 0123456789abcdef", "Bearer é"]
)
def test_metrics_with_a_token_are_for_who_brings_it(given: str) -> None:
    with served(metrics_route(Metrics(), TOKEN)) as url:
        assert asked(f"{url}/metrics", Authorization=given.encode().decode("latin-1"))[0] == 401
        assert asked(f"{url}/metrics", Authorization=f"Bearer {TOKEN}")[0] == 200


def test_port_that_is_taken_is_told() -> None:
    with served() as url, pytest.raises(Problems, match="Set another PORT"):
        WebServer(Starlette(), "127.0.0.1", int(url.rpartition(":")[2]))


@pytest.mark.parametrize("host", ["999.1.1.1", "192.0.2.1", "a..b"])
def test_host_that_is_no_address_of_this_machine_is_told(host: str) -> None:
    with pytest.raises(Problems) as raised:
        WebServer(Starlette(), host, 0)
    assert raised.value.sentences == (
        f"HOST is “{host}”, which is no address of this machine: write 127.0.0.1 to be reached from"
        " this machine alone, or 0.0.0.0 from everywhere.",
    )
