"""The program as it is run, against a Slack that is not the playground."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from highlightbot.cli import main
from highlightbot.demonstration.people import APP, PEOPLE, channels
from highlightbot.playground.local_slack import create_slack
from highlightbot.playground.server import Playground
from tests.bot.running import asked, free_port, run, running, wait_until_ready
from tests.fakes.plain_slack import PlainSlack

PROGRAMME = """
name = "Plain highlights"
template = "highlight-report"
channel = "CPLAIN0001"
zone = "UTC"
coordinators = ["U0KIT0001"]

[calendar]
every = "1 day"
anchor = {anchor}
cut_off = "0 days after the end, at 00:00"

[[areas]]
name = "Libraries"
lead = "U0ANN0001"
"""


def programme_file(folder: Path) -> Path:
    """A programme whose present period is past its cut-off already."""
    file = folder / "plain.toml"
    anchor = (datetime.now(UTC) - timedelta(days=3)).date()
    file.write_text(PROGRAMME.format(anchor=anchor), "utf-8")
    return file


def test_the_bot_works_against_another_slack_that_comes_up_later(tmp_path: Path) -> None:
    port, slack_port = free_port(), free_port()
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-plain",
        "SLACK_APP_TOKEN": "xapp-plain",
        "SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api/",
        "DATABASE_URL": f"sqlite:///{tmp_path}/plain.db",
        "PORT": str(port),
    }
    with PlainSlack() as elsewhere:
        at_setup = {**settings, "SLACK_API_URL": elsewhere.api_url}
        assert main(["setup", str(programme_file(tmp_path))], at_setup) == 0
    with running(tmp_path, settings) as bot:
        assert bot.stderr is not None
        assert "trying again" in bot.stderr.readline()
        assert json.loads(wait_until_ready(port, 503))["lacking"] == {"bot": "it is starting"}
        assert asked(f"http://127.0.0.1:{port}/healthz")[0] == 200
        with PlainSlack(slack_port) as slack:
            posted = slack.wait_for_call("chat.postMessage")
            assert posted["channel"] == "CPLAIN0001"
            assert "Plain highlights" in posted["text"]
            answer = slack.command("U0KIT0001", "who is missing")
            assert "Libraries" in json.dumps(answer)
            refused = slack.command("USTRANGER", "latest")
            assert "neither here" in json.dumps(refused, ensure_ascii=False)
            bot.terminate()
            assert bot.wait(15) == 0


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": "xapp-1"}, "does not know the token"),
        ({"SLACK_BOT_TOKEN": APP.bot_token, "SLACK_APP_TOKEN": "xapp-0"}, "SLACK_APP_TOKEN"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is not"),
    ],
)
def test_a_wrong_token_ends_the_start_with_one_sentence(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    slack = create_slack(people=PEOPLE, channels=channels(), app=APP)
    with Playground(slack) as playground:
        done = run(folder=tmp_path, environment={**settings, "SLACK_API_URL": playground.api_url})
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if " INFO " not in line]
    assert len(lines) == 1
    assert sentence in lines[0]
