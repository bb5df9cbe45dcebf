"""The program as an operator sees it: started, watched, stopped in the middle."""

import json
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from highlightbot.cli import main
from highlightbot.demonstration.people import APP, PEOPLE, channels
from highlightbot.persistence.sqlite import sqlite_driver
from highlightbot.playground.faults import Fault
from highlightbot.playground.local_slack import LocalSlack, create_slack
from highlightbot.playground.server import Playground
from tests.bot.running import asked, free_port, running, wait_for_metric, wait_until_ready

PROGRAMME = """
name = "Town highlights"
template = "highlight-report"
channel = "C0COORDINATE"
zone = "UTC"
coordinators = ["kim.keel@example.org"]

[calendar]
every = "1 day"
anchor = {anchor}
cut_off = "0 days after the end, at 00:00"

[[areas]]
name = "Libraries"
lead = "alex.amber@example.org"
"""
STOPPED_WITHIN = 10
TOKEN = "a-token-for-the-metrics"


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with serving() as slack:
        yield slack


@pytest.fixture
def socket_mode(slack: LocalSlack) -> dict[str, str]:
    return settings_for(slack)


@dataclass(frozen=True)
class Watched:
    """A bot in Socket Mode that is ready, by its Slack and its port."""

    slack: LocalSlack
    port: int


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with serving() as slack:
        settings = settings_for(slack)
        with running(tmp_path_factory.mktemp("watched"), settings):
            port = int(settings["PORT"])
            wait_until_ready(port)
            yield Watched(slack, port)


@pytest.fixture
def due(socket_mode: dict[str, str], tmp_path: Path) -> Path:
    """The folder of a bot with a summary to be posted at once."""
    file = tmp_path / "town.toml"
    anchor = (datetime.now(UTC) - timedelta(days=3)).date()
    file.write_text(PROGRAMME.format(anchor=anchor), "utf-8")
    database = f"sqlite:///{tmp_path}/highlightbot.db"
    assert main(["setup", str(file)], {**socket_mode, "DATABASE_URL": database}) == 0
    return tmp_path


@contextmanager
def serving() -> Iterator[LocalSlack]:
    slack = create_slack(people=PEOPLE, channels=channels(), app=APP)
    with Playground(slack):
        yield slack


def settings_for(slack: LocalSlack) -> dict[str, str]:
    """Those of Socket Mode."""
    return {
        "SLACK_BOT_TOKEN": APP.bot_token,
        "SLACK_APP_TOKEN": APP.app_token,
        "SLACK_API_URL": f"{slack.installation.base_url}/api/",
        "PORT": str(free_port()),
    }


@dataclass
class Hanging:
    """Lets the posting of messages hang, and tells when the first is posted."""

    seconds: float
    began: Event = field(default_factory=Event)

    def __call__(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        if method != "chat.postMessage":
            return None
        self.began.set()
        return Fault("hang", seconds=self.seconds, accepted=True)


def states(folder: Path) -> list[str]:
    """The states of the ledger's rows."""
    with closing(sqlite_driver().connect(folder / "highlightbot.db")) as database:
        return [row[0] for row in database.execute("SELECT status FROM deliveries ORDER BY id")]


def test_bot_in_socket_mode_shows_how_it_does(watched: Watched) -> None:
    port = watched.port
    assert asked(f"http://127.0.0.1:{port}/healthz") == (200, '{"status":"alive"}')
    assert asked(f"http://127.0.0.1:{port}/slack/events")[0] == 404
    assert watched.slack.installation.socket_mode.wait_for_connections(2, 10)
    assert watched.slack.run_command("U0KIM", "C0COORDINATE", "/highlight", "help").ok
    wait_for_metric(port, "highlightbot_socket_connections 2.0")
    page = wait_for_metric(port, "highlightbot_ack_seconds_count 1.0")
    assert "highlightbot_oldest_pending_seconds 0.0" in page
    assert "highlightbot_tick_age_seconds " in page
    assert "highlightbot_database_errors_total 0.0" in page


def test_bot_that_slack_hangs_up_on_is_not_ready(watched: Watched) -> None:
    slack = watched.slack
    assert slack.installation.socket_mode.wait_for_connections(2, 10)
    slack.order_faults(Fault("server_error", names=frozenset({"apps.connections.open"})))
    slack.installation.socket_mode.drop()
    body = json.loads(wait_until_ready(watched.port, 503))
    assert body["lacking"] == {"slack": "no connection is open"}
    slack.order_faults()
    wait_until_ready(watched.port)


def test_bot_starts_though_slack_cannot_say_whether_the_app_token_is_right(
    slack: LocalSlack, socket_mode: dict[str, str], tmp_path: Path
) -> None:
    slack.order_faults(Fault("server_error", names=frozenset({"apps.connections.open"}), times=1))
    with running(tmp_path, socket_mode):
        wait_until_ready(int(socket_mode["PORT"]))


def test_metrics_of_http_mode_are_for_who_brings_the_token(
    socket_mode: dict[str, str], tmp_path: Path
) -> None:
    del socket_mode["SLACK_APP_TOKEN"]
    http = {"SLACK_SIGNING_SECRET": APP.signing_secret, "METRICS_TOKEN": TOKEN}
    port = int(socket_mode["PORT"])
    with running(tmp_path, {**socket_mode, **http}):
        wait_until_ready(port)
        assert asked(f"http://127.0.0.1:{port}/metrics")[0] == 401
        status, page = asked(f"http://127.0.0.1:{port}/metrics", Authorization=f"Bearer {TOKEN}")
    assert status == 200
    assert "highlightbot_socket_connections" not in page


def test_stop_hands_back_what_hangs(
    slack: LocalSlack, socket_mode: dict[str, str], due: Path
) -> None:
    slack.installation.faults = hanging = Hanging(seconds=60)
    with running(due, socket_mode) as bot:
        assert hanging.began.wait(20)
        time.sleep(3)  # the call is given up after 8 s: some of the stop's 10 are to be left then
        bot.terminate()
        assert bot.wait(STOPPED_WITHIN) == 0
    assert states(due)[0] == "unknown"
    assert "claimed" not in states(due)


def test_stop_by_ctrl_c_finishes_what_is_answered_in_time_and_logs_it_in_json(
    slack: LocalSlack, socket_mode: dict[str, str], due: Path
) -> None:
    slack.installation.faults = hanging = Hanging(seconds=1)
    with running(due, {**socket_mode, "LOG_FORMAT": "json"}) as bot:
        assert hanging.began.wait(20)
        bot.send_signal(signal.SIGINT)
        _, log = bot.communicate(timeout=STOPPED_WITHIN)
        assert bot.returncode == 0
    assert states(due)[0] == "sent"
    assert "claimed" not in states(due)
    lines = [json.loads(line) for line in log.splitlines()]
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
    sent = next(line for line in lines if line.get("outcome") == "sent")
    assert (sent["level"], sent["logger"]) == ("INFO", "highlightbot.workflows.delivery_outcomes")
    about = {name: sent[name] for name in ("delivery", "kind", "attempt", "programme")}
    assert about == {"delivery": sent["delivery"], "kind": "summary", "attempt": 1, "programme": 1}
