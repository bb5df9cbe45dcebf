"""The tables, and what a broken promise or a missed guard does to the exit status."""

from collections.abc import Iterable, Iterator

import pytest

from soak.__main__ import main
from soak.guards import GUARDS
from soak.measures import MEASURES
from soak.runs import Run
from soak.verdicts import Verdict, guard_line, promise_line


def verdict(*, kept: bool) -> Verdict:
    return Verdict("3 a promise", "sqlite", "5 cases", "0 doubled", kept, seconds=61.4)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


@pytest.mark.parametrize(("kept", "word"), [(True, "kept"), (False, "BROKEN")])
def test_line_of_a_promise_says_whether_it_was_kept(kept: bool, word: str) -> None:
    told = cells(promise_line(verdict(kept=kept)))
    assert told == ["3 a promise", "sqlite", "5 cases", "0 doubled", "61 s", word]


@pytest.mark.parametrize(("kept", "word"), [(True, "MISSED"), (False, "found")])
def test_line_of_a_guard_says_whether_its_loss_was_found(kept: bool, word: str) -> None:
    told = cells(guard_line("a guard", verdict(kept=kept)))
    assert told == ["a guard", "3 a promise", "sqlite", "0 doubled", "61 s", word]


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("guards", [True, False])
def test_exit_status_tells_of_a_broken_promise_and_of_a_missed_guard(
    kept: bool, guards: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Run] = []

    def taken(runs: Iterable[Run]) -> Iterator[Verdict]:
        for run in runs:
            asked.append(run)
            yield verdict(kept=kept)

    what = ["--guards"] if guards else ["--short"]
    status = main(["3", *what, "--seed", "7", "--database", "sqlite"], taken)
    assert status == (0 if kept is not guards else 1)
    assert asked == (
        [
            Run("late landings", "sqlite", 7, without=guard.name)
            for guard in GUARDS
            if guard.found_by == "late landings"
        ]
        if guards
        else [Run("late landings", "sqlite", 7, short=True)]
    )
    assert capsys.readouterr().out.count("3 a promise") == len(asked)


def test_a_promise_without_soak_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["13"])
    assert "of [13] there is no soak; there are [1, 2, 3, 6, 7, 8, 9, 10, 11]" in (
        capsys.readouterr().err
    )


def test_every_guard_is_looked_for() -> None:
    assert {guard.found_by for guard in GUARDS if not guard.drawn} <= MEASURES.keys()
    assert {guard.found_by for guard in GUARDS} <= {None, *MEASURES}
