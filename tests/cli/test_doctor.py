from pathlib import Path

from tests.cli.conftest import Run


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
