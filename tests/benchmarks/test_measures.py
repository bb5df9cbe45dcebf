"""The benchmarks check the answers that they get, and find what they say they measure.

Those that start programs take too long for the suite: `make bench` runs them.
"""

import re
import tempfile
from pathlib import Path

import pytest

from benchmarks import claims, in_process, listeners, quiet_tick, start_up
from benchmarks.__main__ import MEASURES, main
from benchmarks.measuring import Ratio
from benchmarks.office import make_draft
from benchmarks.processes import bot, free_port, slack_api, wait_until_serving
from tests.databases import PostgresServer


def test_submission_is_measured_with_its_revisions_stored() -> None:
    (ratio,) = in_process.measure(rounds=2)
    assert ratio.ours > 0
    assert ratio.theirs > 0


def test_listeners_are_measured_with_all_that_are_registered() -> None:
    (ratio,) = listeners.measure(rounds=2, warm_up=0)
    assert int(re.search(r"\d+", ratio.measure)[0]) >= 13
    assert ratio.ours > 0


def test_claims_are_measured_on_both_databases(postgresql: PostgresServer) -> None:
    on_both = claims.measure(rounds=3, people=5, empty=postgresql.new)
    assert ["SQLite" in ratio.measure for ratio in on_both] == [True, False]
    assert all(min(ratio.ours, ratio.theirs) > 0 for ratio in on_both)


def test_quiet_ticks_are_measured_with_nothing_to_send() -> None:
    ratios = quiet_tick.measure(rounds=2, programmes=3, periods=5)
    assert all(min(ratio.ours, ratio.theirs) > 0 for ratio in ratios)


def test_bare_imports_are_all_imports_of_the_bot() -> None:
    with tempfile.TemporaryDirectory() as name, slack_api() as api_url:
        make_draft(Path(name))
        port = free_port()
        with bot(Path(name), api_url, port, "-X", "importtime") as program:
            wait_until_serving(program, port)
            told = program.end()
    imported = set(re.findall(r"\| +([\w.]+)$", told, re.MULTILINE))
    assert set(start_up.IMPORTS) - imported == set()
    assert "jinja2" not in imported


@pytest.mark.parametrize(
    ("arguments", "value", "status"),
    [([], 2.0, 0), (["--strict"], 2.0, 1), (["quick", "--strict"], 1.0, 0)],
)
def test_status_is_1_only_for_a_missed_bar_when_strict(
    arguments: list[str], value: float, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(MEASURES):
        monkeypatch.delitem(MEASURES, name)
    monkeypatch.setitem(MEASURES, "quick", lambda: [Ratio("quick", value, 1.0, "ms", 1.5)])
    assert main(arguments) == status


def test_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "there is no nothing" in capsys.readouterr().err
