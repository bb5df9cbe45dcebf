"""The Home tab."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from highlightbot.core.answers import Missing, MissingArea
from highlightbot.core.reports import HandOver, ReportState
from highlightbot.slack import ids
from highlightbot.slack.home import build
from tests.slack.forms.test_coordinating import managed
from tests.slack.shown import buttons, faults, labels, page_text, texts
from tests.slack.values import AWKWARD, LONDON, PARIS, PERIOD, report

NOW = datetime(2020, 6, 22, 10, tzinfo=UTC)
LATER = datetime(2020, 6, 24, 10, tzinfo=UTC)


def missing(programme="Emergency planning", areas=1):
    area = MissingArea("Parks", ReportState.DRAFT, ("Lee Example",))
    return Missing(programme, PERIOD, (area,) * areas, 3, PERIOD.due_at, LONDON)


def test_author_sees_what_is_owed():
    view = build([report({"activity": "A"})], [], LONDON, NOW)
    assert faults(view) == []
    assert texts(view)[:5] == [
        "Your reports",
        "Libraries",
        " · 6–19 June 2020\n○ Draft: 1 of 3 sections saved · due Tuesday 23 June, 12:00 · 1 day 1"
        " hour left",
        "Write report",
        "I am away until…",
    ]


def test_submitted_report_can_be_changed():
    view = build([report(revision=1)], [], PARIS, NOW)
    told = "✓ Submitted · can be changed until Tuesday 7 July, 13:00 (Paris time)"
    assert told in page_text(view)
    assert [(b["action_id"], b["text"]["text"], b.get("value")) for b in buttons(view)] == [
        (ids.WRITE_REPORT, "Change report", "7"),
        (ids.GO_AWAY, "I am away until…", None),
    ]


def test_changes_that_were_not_submitted_are_told():
    sent = replace(
        report({"activity": "A"}, revision=1), submitted_at=datetime(2020, 6, 19, 9, tzinfo=UTC)
    )
    shown = page_text(build([sent], [], LONDON, NOW))
    assert "✓ Submitted, and changed since: submit again to send it · can be changed" in shown
    unchanged = replace(sent, submitted_at=NOW)
    assert "changed since" not in page_text(build([unchanged], [], LONDON, NOW))


def test_what_is_to_be_sent_stands_before_what_can_be_changed():
    view = build([report(revision=1, number=1), report(number=2)], [], LONDON, NOW)
    assert labels(view) == ["Write report", "Change report", "I am away until…"]


def test_who_is_away_sees_until_when_and_can_be_back():
    view = build([report()], [], LONDON, NOW, absence=date(2020, 6, 26))
    assert faults(view) == []
    assert "You are away to the end of Friday 26 June: no reminders come." in texts(view)
    assert labels(view) == ["Write report", "I'm back"]


def test_a_report_that_was_handed_over_can_be_taken_back():
    handed = HandOver(2, "Bo Sample", 1, "Alex Sample", NOW)
    view = build([replace(report(), handed=handed)], [], LONDON, NOW)
    assert faults(view) == []
    assert "Handed to Bo Sample by Alex Sample" in page_text(view)
    assert labels(view) == ["Write report", "Take back", "I am away until…"]


def test_overdue_report_is_still_taken():
    shown = page_text(build([report()], [], LONDON, LATER))
    assert "the cut-off has passed; taken as late until Tuesday 7 July, 12:00" in shown


def test_coordinator_sees_each_programme():
    view = build([], [missing(), missing("Recovery")], LONDON, LATER)
    assert faults(view) == []
    shown = texts(view)
    assert [text for text in shown if text.endswith("missing") and "2020" in text] == [
        "Emergency planning, 6–19 June 2020: 1 of 4 missing",
        "Recovery, 6–19 June 2020: 1 of 4 missing",
    ]
    assert "Cut-off: Tuesday 23 June, 12:00 · passed 23 hours ago" in shown


def test_coordinator_abroad_is_told_whose_time_it_is():
    view = build([report()], [missing()], PARIS, NOW, managing=[managed()])
    assert "Cut-off: Tuesday 23 June, 12:00 (London time) · 1 day 1 hour left" in texts(view)
    assert "Times are those of the programme (London time)." in page_text(view)


def test_outsider_gets_a_polite_line():
    view = build([], [], LONDON, NOW)
    assert faults(view) == []
    assert texts(view)[0] == "Highlight reports"
    assert "ask the coordinator" in page_text(view)
    assert "/highlight" not in page_text(view)


@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_much_of_everything_fits(name):
    reports = [report(area=name, number=number) for number in range(60)]
    view = build(
        reports,
        [replace(missing(name, areas=80), excused=(name,) * 40)] * 12,
        LONDON,
        NOW,
        managing=[managed(name)] * 12,
    )
    assert faults(view) == []
    assert "And 42 more: type /highlight report." in texts(view)
