"""The table, and what a broken promise does to the exit status."""

from collections.abc import Mapping

import pytest

import soak.__main__ as soak
from soak.verdicts import Verdict, table


def verdict(*, kept: bool) -> Verdict:
    return Verdict("3 a promise", "sqlite", "5 cases", "0 doubled", kept, seconds=61.4)


def test_table_tells_each_promise() -> None:
    rows = [line.split("  ") for line in table([verdict(kept=True), verdict(kept=False)])]
    assert [[cell.strip() for cell in row if cell.strip()] for row in rows] == [
        ["promise", "database", "work done", "figure", "took", "verdict"],
        ["3 a promise", "sqlite", "5 cases", "0 doubled", "61 s", "kept"],
        ["3 a promise", "sqlite", "5 cases", "0 doubled", "61 s", "BROKEN"],
    ]


@pytest.mark.parametrize("kept", [True, False])
def test_exit_status_tells_of_a_broken_promise(
    kept: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Mapping[str, object]] = []

    def run(kind: str, url: str, **size: object) -> Verdict:
        asked.append({"kind": kind, **size})
        return verdict(kept=kept)

    measure = soak.Measure(3, run, full={"cases": 5}, short={"cases": 1})
    monkeypatch.setattr(soak, "MEASURES", (measure,))
    status = soak.main(["3", "--short", "--seed", "7", "--database", "sqlite"])
    assert status == (0 if kept else 1)
    assert asked == [{"kind": "sqlite", "seed": 7, "cases": 1}]
    assert ("kept" if kept else "BROKEN") in capsys.readouterr().out


def test_a_promise_without_soak_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        soak.main(["13"])
    assert "of [13] there is no soak; there are [1, 2, 3, 6, 7, 8, 9, 10, 11]" in (
        capsys.readouterr().err
    )
