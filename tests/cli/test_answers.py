"""Answers at the command line."""

from dataclasses import replace

from highlightbot.cli.answers import as_data, as_text
from highlightbot.core.answers import Missing, MissingArea, TakenAs
from highlightbot.core.reports import ReportState
from tests.slack.values import LONDON, PERIOD, earlier

PARKS = MissingArea("Parks", ReportState.DRAFT, ("Lee Example",))
MISSING = Missing("Emergency planning", PERIOD, (PARKS,), 3, PERIOD.due_at, LONDON)


def test_who_is_missing_names_what_is_running_last() -> None:
    running = replace(MISSING, running=earlier(PERIOD, -1))
    told = "20 June – 3 July 2020 is running: its reports are due Tuesday 7 July 2020, 12:00."
    assert as_text(running).splitlines()[-1] == told
    assert "running" not in as_text(MISSING)


def test_who_is_missing_as_data_has_what_is_running() -> None:
    bounds = {"starts_on": "2020-06-20", "ends_on": "2020-07-03"}
    assert as_data(replace(MISSING, running=earlier(PERIOD, -1)))["running"] == bounds
    assert as_data(MISSING)["running"] is None


def test_how_a_question_was_taken_is_told() -> None:
    taken = TakenAs("latest from Libraries")
    told = "This was taken as “latest from Libraries”: the other words mean nothing here."
    assert as_text(taken) == told
    assert as_data(taken) == {"kind": "taken_as", "question": "latest from Libraries"}
