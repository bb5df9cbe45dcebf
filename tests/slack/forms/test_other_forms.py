"""The modals that only tell something."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from highlightbot.core.rich_text import RichText
from highlightbot.slack import ids
from highlightbot.slack.forms import choose_report, notice, received
from highlightbot.workflows.write_report import Submitted
from tests.slack.shown import buttons, faults, page_text, texts
from tests.slack.values import AWKWARD, LONDON, NEW_YORK, PARIS, STYLED, report

IN_TIME = datetime(2020, 6, 22, 14, 30, tzinfo=UTC)
LATE = datetime(2020, 6, 24, 8, 5, tzinfo=UTC)


def test_received_in_time():
    view = received.build(Submitted(report(), 1, IN_TIME, LONDON))
    assert faults(view) == []
    assert ("submit" in view, view["close"]["text"]) == (False, "Done")
    assert texts(view) == [
        "✓ Received in time",
        "Libraries · 6–19 June 2020",
        "Your report arrived on ",
        "Monday 22 June, 15:30",
        ".",
        "It goes into the summary at the cut-off, Tuesday 23 June, 12:00. You can change it until"
        " Tuesday 7 July, 12:00: choose “Change report”.",
    ]


def test_received_late_again_and_abroad():
    view = received.build(Submitted(report(revision=1), 2, LATE, PARIS))
    assert faults(view) == []
    assert texts(view) == [
        "✓ Received late",
        "Libraries · 6–19 June 2020",
        "Revision 2 of your report arrived on ",
        "Wednesday 24 June, 10:05 (Paris time)",
        ".",
        "It is marked late, and the posted summary is updated with it. You can change it until"
        " Tuesday 7 July, 13:00 (Paris time): choose “Change report”.",
    ]


def test_received_correction_of_a_report_that_was_in_time():
    corrected = replace(report(revision=1), first_submitted_at=IN_TIME)
    shown = texts(received.build(Submitted(corrected, 2, LATE, LONDON)))
    assert shown[0] == "✓ Received"
    assert shown[-1].startswith("The posted summary is updated with it. You can change it until")


def test_choice_of_reports():
    view = choose_report.build(
        [report(area="Libraries", number=1), report({"activity": "a"}, area="Parks", number=2)],
        LONDON,
    )
    assert faults(view) == []
    assert [
        (button["action_id"], ids.decode_report(button["value"]), button["accessibility_label"])
        for button in buttons(view)
    ] == [
        (ids.WRITE_REPORT, 1, "Write report for Libraries"),
        (ids.WRITE_REPORT, 2, "Write report for Parks"),
    ]
    assert texts(view) == [
        "Which report do you want to write?",
        "Libraries · 6–19 June 2020",
        "Write report",
        "Not started · due Tue 23 June, 12:00 · Emergency planning",
        "Parks · 6–19 June 2020",
        "Write report",
        "Draft: 1 of 3 sections saved · due Tue 23 June, 12:00 · Emergency planning",
    ]


def test_choice_of_reports_abroad_tells_the_cut_off_by_the_authors_clock():
    view = choose_report.build([report()], NEW_YORK)
    assert texts(view)[-1] == (
        "Not started · due Tue 23 June, 07:00 (New York time) · Emergency planning"
    )


def test_choice_of_very_many_reports():
    view = choose_report.build([report(area="Area " * 400, number=n) for n in range(60)], LONDON)
    assert faults(view) == []
    assert "15 more come up here when these are submitted." in texts(view)


def test_notice_tells_and_gives_the_text_back():
    assert texts(notice.build("This period is closed.")) == ["This period is closed."]
    view = notice.build("This period is closed.", STYLED)
    assert faults(view) == []
    assert texts(view)[:3] == ["This period is closed.", "Your text, to copy:", "Two branches "]


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_notice_gives_awkward_text_back(text):
    view = notice.build(text, RichText.from_plain(text))
    assert faults(view) == []
    given_back = page_text(view)
    assert text in given_back or "too long to be shown whole" in given_back or not text.strip()
