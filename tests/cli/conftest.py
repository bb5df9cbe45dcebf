from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from highlightbot.cli import main
from highlightbot.demonstration.people import APP, PEOPLE, channels
from highlightbot.playground.local_slack import create_slack
from highlightbot.playground.server import Playground

PROGRAMME = """
name = "Town highlights"
template = "highlight-report"
channel = "C0COORDINATE"
zone = "Europe/London"
holidays = "GB-ENG"
coordinators = ["kim.keel@example.org"]

[calendar]
every = "2 weeks"
anchor = {anchor}
cut_off = "2 working days after the end, at 12:00"

[[areas]]
name = "Libraries"
lead = "alex.amber@example.org"

[[areas]]
name = "Public Health"
lead = "eli.ember@example.org"
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """One command against a database of the test; gives status, output, errors."""
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path}/cli.db"}

    def command(*arguments: str, **settings: str) -> tuple[int, str, str]:
        status = main(arguments, {**environment, **settings})
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return command


@pytest.fixture
def programme(tmp_path: Path) -> str:
    file = tmp_path / "town.toml"
    anchor = date.today() - timedelta(days=20)  # noqa: DTZ011 - any day of about now
    file.write_text(PROGRAMME.format(anchor=anchor), "utf-8")
    return str(file)


@pytest.fixture
def slack() -> Iterator[dict[str, str]]:
    """The settings for a workspace in which the people of the programme are."""
    local = create_slack(people=PEOPLE, channels=channels(), app=APP)
    with Playground(local) as playground:
        yield {
            "SLACK_BOT_TOKEN": APP.bot_token,
            "SLACK_APP_TOKEN": APP.app_token,
            "SLACK_API_URL": playground.api_url,
        }


REPORT = """TOWN HIGHLIGHT REPORT

SERVICE AREA:\t{area}
REPORT AUTHOR:\tAlex Amber
REPORTING PERIOD:\t{period}

KEY ACTIVITY

Opened the new branch.

Two thousand visits.

RISKS AND CHALLENGES

None

DECISIONS MADE OR NEEDED

none

WORKFORCE

One assistant joined.

FINANCE

No current implications

NEXT PERIOD

Story hours.
"""


def document(tmp_path: Path, area: str = "Libraries", period: str = "6-19 th June 2020") -> str:
    file = tmp_path / f"{area}.txt"
    file.write_text(REPORT.format(area=area, period=period), "utf-8")
    return str(file)
