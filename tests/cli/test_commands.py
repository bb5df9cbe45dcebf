import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from highlightbot.cli import main
from highlightbot.demonstration.people import APP, PEOPLE, channels
from highlightbot.persistence.migrations import REVISIONS
from highlightbot.persistence.sqlite import sqlite_driver
from highlightbot.playground.local_slack import create_slack
from highlightbot.playground.server import Playground
from highlightbot.templates import find_template

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


def document(tmp_path: Path, area: str = "Libraries", period: str = "6-19 th June 2020") -> str:
    file = tmp_path / f"{area}.txt"
    file.write_text(REPORT.format(area=area, period=period), "utf-8")
    return str(file)


def test_setup_shows_what_changes_applies_it_and_twice_changes_nothing(
    run: Run, programme: str
) -> None:
    first = run("setup", programme)
    assert first[0] == 0
    assert "New programme: Town highlights, every 2 weeks." in first[1]
    assert "New service area: Libraries (lead alex.amber@example.org)." in first[1]
    second = run("setup", programme)
    assert second == (0, "Town highlights is set up like this already. Nothing changes.\n", "")


def test_setup_dry_run_shows_all_and_makes_nothing(
    run: Run, programme: str, tmp_path: Path
) -> None:
    status, out, _ = run("setup", programme, "--dry-run")
    assert (status, "A dry run: nothing was changed." in out) == (0, True)
    assert "New programme: Town highlights, every 2 weeks." in out
    assert list(tmp_path.iterdir()) == [Path(programme)]


def test_setup_dry_run_shows_what_would_change_and_changes_nothing(
    run: Run, programme: str
) -> None:
    run("setup", programme)
    file = Path(programme)
    file.write_text(file.read_text("utf-8").replace("Public Health", "Health"), "utf-8")
    told = [run("setup", programme, "--dry-run")[:2] for _ in range(2)]
    assert told[0] == told[1]
    assert "New service area, from the next period on: Health" in told[0][1]


def test_setup_tells_every_mistake_and_applies_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    bad = PROGRAMME.format(anchor='"soon"').replace("2 weeks", "2 moons").replace("London", "Lndn")
    file.write_text(bad, "utf-8")
    status, out, err = run("setup", str(file))
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 3
    assert all("bad.toml, line " in line for line in err.splitlines())
    assert "none is set up" in run("doctor")[1] or "no database" in run("doctor")[1]


def test_setup_refuses_people_whom_slack_does_not_know(
    run: Run, programme: str, slack: dict[str, str]
) -> None:
    assert run("setup", programme, **slack)[0] == 0
    file = Path(programme)
    text = file.read_text("utf-8").replace("eli.ember@", "nobody@")
    file.write_text(text, "utf-8")
    status, _, err = run("setup", programme, **slack)
    assert status == 1
    assert "nobody@example.org: nobody in the Slack workspace Playground has this address" in err


def test_import_stores_and_again_changes_nothing(run: Run, programme: str, tmp_path: Path) -> None:
    run("setup", programme)
    file = document(tmp_path)
    status, out, _ = run("import", file)
    assert status == 0
    assert f"{file}: stored" in out
    assert "6–19 June 2020 (2020-06-06 to 2020-06-19)" in out
    assert "doubt" not in out
    assert f"{file}: already stored" in run("import", file)[1]


def test_import_lists_doubts_and_does_not_store_what_is_not_clear(run: Run, tmp_path: Path) -> None:
    file = document(tmp_path, period="some time in June")
    status, out, _ = run("import", file)
    assert status == 1
    assert "NOT STORED" in out
    assert "doubt     line 5" in out
    assert run("ask", "latest") == (0, "No report has come in yet.\n", "")


def test_import_of_a_report_on_another_form_is_not_stored(run: Run, tmp_path: Path) -> None:
    run("import", document(tmp_path))
    sections = find_template("covid-highlight-report 2020-06", tmp_path).sections
    body = "".join(f"{section.heading}\n\nNone\n\n" for section in sections)
    other = tmp_path / "other.txt"
    head, _, _ = Path(document(tmp_path)).read_text("utf-8").partition("KEY ACTIVITY")
    other.write_text(head + body, "utf-8")
    status, out, _ = run("import", str(other))
    assert (status, "NOT STORED, see the doubts below" in out) == (1, True), out
    assert "A report keeps its form" in out
    assert "Opened the new branch." in run("ask", "latest from Libraries")[1]


def test_import_replaces_a_report_only_where_told_to(run: Run, tmp_path: Path) -> None:
    file = document(tmp_path)
    run("import", file)
    Path(file).write_text(Path(file).read_text("utf-8").replace("Opened", "Shut"), "utf-8")
    status, out, _ = run("import", file)
    assert (status, "import it with --replace" in out) == (1, True)
    assert "Opened the new branch." in run("ask", "latest from Libraries")[1]
    status, out, _ = run("import", "--replace", file)
    assert (status, "This one takes its place." in out) == (0, True)
    assert "Shut the new branch." in run("ask", "latest from Libraries")[1]


def test_import_dry_run_shows_all_and_stores_nothing(
    run: Run, programme: str, tmp_path: Path
) -> None:
    file = document(tmp_path)
    status, out, _ = run("import", file, "--dry-run")
    assert status == 0
    assert out.startswith(f"{file}: would be stored\n")
    assert out.endswith("A dry run: nothing was stored.\n")
    assert "Workforce" in out
    assert sorted(file.name for file in tmp_path.iterdir()) == ["Libraries.txt", "town.toml"]
    run("setup", programme)
    run("import", document(tmp_path), "--dry-run")
    assert run("ask", "latest") == (0, "No report has come in yet.\n", "")


def test_import_goes_on_after_a_file_that_is_refused(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not really")
    status, out, _ = run("import", str(broken), document(tmp_path))
    assert status == 1
    assert f"{broken}: refused" in out
    assert "Libraries.txt: stored" in out


def test_ask_answers_in_json(run: Run, tmp_path: Path) -> None:
    run("import", document(tmp_path))
    status, out, _ = run("ask", "latest from library", "--json")
    assert status == 0
    (answer,) = json.loads(out)["answers"]
    (report,) = answer["reports"]
    assert (report["area"], report["author"]) == ("Libraries", "Alex Amber")
    assert report["period"] == {"starts_on": "2020-06-06", "ends_on": "2020-06-19"}
    assert report["sections"][:2] == [
        {
            "heading": "KEY ACTIVITY",
            "label": "Key activity",
            "theme": "activity",
            "nil": False,
            "text": "Opened the new branch.\n\nTwo thousand visits.",
        },
        {
            "heading": "RISKS AND CHALLENGES",
            "label": "Risks and challenges",
            "theme": "challenges",
            "nil": True,
            "text": "None",
        },
    ]


def test_ask_spells_out_what_a_terminal_would_obey(run: Run, tmp_path: Path) -> None:
    path = document(tmp_path)
    written = Path(path).read_text(encoding="utf-8")
    obeyed = written.replace("Two thousand visits.", "Two\u00a0thousand \x9b31mvisits \U0001f642")
    Path(path).write_text(obeyed, encoding="utf-8")
    run("import", path)
    assert "Two\u00a0thousand \\x9b31mvisits \U0001f642" in run("ask", "latest from library")[1]


def test_ask_as_somebody_shows_what_they_may_read(run: Run, programme: str, tmp_path: Path) -> None:
    run("setup", programme)
    run("import", document(tmp_path))
    own = run("ask", "latest from libraries", "--as", "alex.amber@example.org")
    assert "Opened the new branch." in own[1]
    other = run("ask", "latest from libraries", "--as", "eli.ember@example.org")
    assert "Opened the new branch." not in other[1]
    status, _, err = run("ask", "latest", "--as", "stranger@example.org")
    assert (status, err) == (
        1,
        "No programme names anybody with the address stranger@example.org.\n",
    )


@pytest.mark.parametrize("words", [("ask", "latest"), ("deliveries",), ("doctor",)])
def test_who_only_looks_makes_no_database(words: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    status, out, err = run(*words)
    assert status == 1
    assert (
        f"There is no database at {tmp_path}/cli.db yet: start the bot or run setup." in out + err
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [("ask", "latest"), ("deliveries",), ("doctor",), ("setup", "town.toml", "--dry-run")]
)
def test_who_only_looks_migrates_no_database(
    words: tuple[str, ...], run: Run, programme: str, tmp_path: Path
) -> None:
    run("setup", programme)
    with closing(sqlite_driver().connect(tmp_path / "cli.db")) as older:
        older.execute("UPDATE alembic_version SET version_num = ?", REVISIONS[-2:-1])
        older.commit()
    status, out, err = run(*(str(tmp_path / word) if ".toml" in word else word for word in words))
    assert status == 1
    needed = f"its schema is {REVISIONS[-2]}, this version needs {REVISIONS[-1]}"
    assert needed in out + err
    assert sorted(file.name for file in tmp_path.iterdir()) == ["cli.db", "town.toml"]


def test_ask_an_unknown_question_says_what_can_be_asked(run: Run, programme: str) -> None:
    run("setup", programme)
    status, out, _ = run("ask", "sing", "a", "song")
    assert status == 0
    assert "“sing a song” is no question that I know." in out
    assert "who is missing" in out


def test_doctor_says_what_is_well(run: Run, programme: str, slack: dict[str, str]) -> None:
    run("setup", programme, **slack)
    status, out, _ = run("doctor", **slack)
    assert status == 0, out
    subjects = [line[5:].split("  ")[0].strip() for line in out.splitlines()]
    assert subjects == [
        "database",
        "monitoring",
        "bot token",
        "scopes",
        "clock",
        "app token",
        "channel of Town highlights",
    ]


def test_doctor_says_what_to_do(run: Run, programme: str, slack: dict[str, str]) -> None:
    file = Path(programme)
    file.write_text(file.read_text("utf-8").replace("C0COORDINATE", "C0ELSEWHERE"), "utf-8")
    run("setup", programme, **slack)
    wrong = {**slack, "SLACK_APP_TOKEN": "xapp-wrong"}
    status, out, _ = run("doctor", **wrong)
    assert status == 1
    assert "BAD  app token" in out
    assert "connections:write" in out
    assert "BAD  channel of Town highlights" in out
    assert "→ Check the channel's id" in out


def test_doctor_sends_nobody_to_the_guide_who_has_set_nothing_up(run: Run) -> None:
    status, out, _ = run("doctor")
    assert (status, "start the bot or run setup" in out) == (1, True)
    assert "→" not in out


def test_a_foreign_database_is_refused_with_a_sentence(run: Run, tmp_path: Path) -> None:
    other = sqlite_driver().connect(tmp_path / "cli.db")
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.commit()
    other.close()
    status, out, err = run("ask", "latest")
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert "DATABASE_URL" in err


def test_a_file_that_is_no_database_is_refused_with_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cli.db").write_text("not a database, but long enough to look like one" * 40)
    status, _, err = run("doctor")
    assert status == 1
    assert run("ask", "latest")[0] == 1
    assert "Traceback" not in err


def test_settings_that_are_wrong_are_told_all_at_once(run: Run) -> None:
    status, _, err = run("doctor", SLACK_APP_TOKEN="abc", PORT="many", LOG_LEVEL="LOUD")
    assert status == 1
    assert len(err.splitlines()) == 4
