from contextlib import closing
from pathlib import Path

import pytest

from highlightbot.persistence.migrations import REVISIONS
from highlightbot.persistence.sqlite import sqlite_driver
from tests.cli.conftest import Run


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
