"""What the documents say is there, is there."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from highlightbot.cli import main
from highlightbot.core.deliveries import Backlog
from highlightbot.monitoring.metrics import Gauges, Metrics
from highlightbot.settings import read_settings
from highlightbot.slack.checks import NEEDED_SCOPES

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "set-up-slack.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])

_LINK = re.compile(r"\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)", re.MULTILINE)
_NAMED = re.compile(r"`([\w./*-]+)`")
_MADE_BY_THE_USER = {"programme.toml"}
_FIRST_CELL = re.compile(r"^\| `([a-z_.:]+)` \|", re.MULTILINE)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=named)


def text_of(document: Path) -> str:
    return document.read_text("utf-8")


@every_document
def test_links_resolve(document: Path) -> None:
    links = [inline or reference for inline, reference in _LINK.findall(text_of(document))]
    broken = [link for link in links if not link.startswith("http") and not leads(document, link)]
    assert broken == []


def leads(document: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = document.parent / path if path else document
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(document: Path) -> Iterator[str]:
    """As GitHub makes them of headings."""
    for heading in re.findall(r"^#+ (.+)$", text_of(document), re.MULTILINE):
        yield re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@every_document
def test_files_and_directories_that_are_named_exist(document: Path) -> None:
    names = {name for name in _NAMED.findall(text_of(document)) if is_path(name)}
    assert {name for name in names if not exists(document, name)} == set()


def is_path(name: str) -> bool:
    is_file = re.search(r"\.(?:py|toml|json|md|txt)$", name) is not None
    is_inside = name.endswith("/") or name.startswith(("tests/", "docs/"))
    return (is_file or is_inside) and name not in _MADE_BY_THE_USER and "NNNN" not in name


def exists(document: Path, name: str) -> bool:
    places = (ROOT, ROOT / "highlightbot", document.parent)
    return any(found for place in places for found in place.glob(name.strip("/")))


@every_document
def test_lines_are_at_most_100_characters(document: Path) -> None:
    lines = text_of(document).splitlines()
    assert [line for line in lines if len(line) > 100] == []


@every_document
def test_commands_exist(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands = set(re.findall(r"python bot\.py ([a-z]\w*)", text_of(document)))
    with pytest.raises(SystemExit):
        main(["--help"], {})
    known = set(re.findall(r"^    ([a-z]\w*)\b", capsys.readouterr().out, re.MULTILINE))
    assert commands - known == set()


@pytest.mark.parametrize("command", ["setup", "import", "ask", "doctor", "playground"])
def test_readme_tells_every_command_with_its_options(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"], {})
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help", "--programme"}
    told = text_of(ROOT / "README.md")
    assert f"`python bot.py {command}" in told
    assert {option for option in options if option not in told} == set()


@every_document
def test_make_targets_exist(document: Path) -> None:
    makefile = text_of(ROOT / "Makefile").replace("$(VENV)", ".venv")
    targets = set(re.findall(r"^([\w./-]+):", makefile, re.MULTILINE))
    told = set(re.findall(r"(?:^    |`)make ([\w./-]+)", text_of(document), re.MULTILINE))
    assert told - targets == set()


def test_scopes_are_those_of_the_manifest_and_of_doctor() -> None:
    manifest = json.loads(text_of(ROOT / "manifest.json"))
    told = _FIRST_CELL.findall(text_of(GUIDE).partition("## The scopes")[2].partition("\n## ")[0])
    asked = manifest["oauth_config"]["scopes"]["bot"]
    assert sorted(told) == sorted(asked) == sorted(NEEDED_SCOPES)


def test_manifest_keeps_within_slacks_limits() -> None:
    """https://docs.slack.dev/reference/app-manifest"""
    manifest = json.loads(text_of(ROOT / "manifest.json"))
    shown, commands = manifest["display_information"], manifest["features"]["slash_commands"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(commands) <= 50
    for command in commands:
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
    assert len(manifest["features"].get("shortcuts", ())) <= 10


def test_settings_of_the_example_are_those_that_are_read() -> None:
    example = text_of(ROOT / ".env.example")
    told = re.findall(r"^# ?([A-Z][A-Z_]+)=", example, re.MULTILINE)
    source = text_of(ROOT / "highlightbot" / "settings.py")
    read = set(re.findall(r'values\.get\(\s*"([A-Z_]+)"', source))
    assert sorted(told) == sorted(read)


def test_defaults_of_the_example_are_those_of_the_program() -> None:
    example = text_of(ROOT / ".env.example")
    told = dict(re.findall(r"^# ?([A-Z][A-Z_]+)=(.+)$", example, re.MULTILINE))
    given = {name: value for name, value in told.items() if not value.endswith("...")}
    defaults, set_so = read_settings({}), read_settings(given)
    assert given.pop("PORT") == "3000"
    assert set_so.port == 3000
    assert (set_so.slack_api_url, set_so.database_url, set_so.host, set_so.log_level) == (
        defaults.slack_api_url,
        defaults.database_url,
        defaults.host,
        defaults.log_level,
    )


def test_tests_that_the_guide_to_operations_names_are_there() -> None:
    told = set(re.findall(r"`(test_\w+)`", text_of(ROOT / "docs" / "operations.md")))
    tests = "\n".join(text_of(path) for path in (ROOT / "tests").rglob("test_*.py"))
    assert told
    assert {name for name in told if f"def {name}(" not in tests} == set()


def test_metrics_that_the_guide_to_operations_names_are_there() -> None:
    metrics = Metrics()
    metrics.read(
        Gauges(lambda: datetime.now(UTC), lambda now: Backlog({}, None), lambda: 0.0, int, int)
    )
    shown = set(re.findall(r"^(highlightbot_\w+)", metrics.page().decode(), re.MULTILINE))
    told = re.findall(r"\bhighlightbot_\w+", text_of(ROOT / "docs" / "operations.md"))
    stems = {re.sub(r"_(bucket|sum|count)$", "", name) for name in shown}
    assert set(told) - stems - shown == set()
    assert stems - set(told) == set()
