from pathlib import Path

from tests.cli.conftest import PROGRAMME, Run


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
