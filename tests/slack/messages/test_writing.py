"""What is offered to somebody who types that they want to write."""

from dataclasses import replace
from datetime import UTC, datetime

from highlightbot.slack import ids
from highlightbot.slack.messages.writing import offer
from tests.slack.shown import buttons, faults, labels, texts
from tests.slack.values import LONDON, PARIS, report

NOW = datetime(2020, 6, 22, 10, tzinfo=UTC)
LATER = datetime(2020, 6, 24, 10, tzinfo=UTC)


def test_each_report_has_the_buttons_that_lead_to_it():
    begun = report({"activity": "A secret"}, area="Parks", number=8)
    message = offer([report(), begun], LONDON, NOW)
    assert faults(message) == []
    assert message.text == "Your reports: Libraries, Parks"
    due = " · Emergency planning · 6–19 June 2020\ndue Tuesday 23 June, 12:00"
    assert texts(message)[:3] == ["Your reports:", "Libraries", due]
    assert [(one["action_id"], one["value"]) for one in buttons(message)] == [
        (ids.WRITE_REPORT, "7"),
        (ids.REPORT_NOTHING, "7"),
        (ids.WRITE_REPORT, "8"),
    ]
    assert "secret" not in " ".join(texts(message))


def test_what_is_in_can_be_changed():
    message = offer([report(revision=1)], PARIS, LATER)
    assert message.text == "Your report: Libraries"
    assert labels(message) == ["Change report"]
    assert texts(message)[2].endswith("can be changed until Tuesday 7 July, 13:00 (Paris time)")


def test_after_the_cut_off_it_says_how_long_a_late_one_is_taken():
    (told,) = [text for text in texts(offer([report()], LONDON, LATER)) if "2020" in text]
    assert told.endswith("the cut-off has passed; taken as late until Tuesday 7 July, 12:00")


def test_many_reports_are_cut_to_what_a_message_holds():
    message = offer([replace(report(), id=number) for number in range(60)], LONDON, NOW)
    assert faults(message) == []
    assert labels(message).count("Write report") == 20
    assert texts(message)[-1] == "And 40 more: type /highlight report."
