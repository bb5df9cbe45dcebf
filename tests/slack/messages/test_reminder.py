"""The reminder to an author."""

from dataclasses import replace

import pytest

from highlightbot.core.reminders import ReminderKind
from highlightbot.core.reports import Answer
from highlightbot.core.templates import Template
from highlightbot.slack import ids
from highlightbot.slack.messages.reminder import build, handled
from tests.slack.shown import buttons, faults, labels, page_text, texts
from tests.slack.values import AWKWARD, LONDON, PARIS, report, section

ENDED = ReminderKind.PERIOD_ENDED


def test_reminder_at_the_end_of_the_period():
    message = build(ENDED, [report()], LONDON)
    assert faults(message) == []
    assert message.text == (
        "Your highlight report for 6–19 June 2020 is due by Tuesday 23 June, 12:00."
    )
    assert "".join(texts(message)[:3]) == message.text
    assert texts(message)[3:5] == ["Libraries", " · Emergency planning\nNot started"]
    assert [
        (button["text"]["text"], button["action_id"], button["value"], button.get("style"))
        for button in buttons(message)
    ] == [
        ("Write report", ids.WRITE_REPORT, "7", "primary"),
        ("Nothing to report", ids.REPORT_NOTHING, "7", None),
    ]


@pytest.mark.parametrize(
    ("kind", "reports", "text"),
    [
        (ReminderKind.DUE_SOON, 1,
         "Still to come: your highlight report for 6–19 June 2020, due by Tuesday 23 June, 12:00."),
        (ReminderKind.OVERDUE, 1,
         "Your highlight report for 6–19 June 2020 was due by Tuesday 23 June, 12:00. It can still"
         " be sent until Tuesday 7 July, 12:00, and will be marked late."),
        (ENDED, 3,
         "Your 3 highlight reports for 6–19 June 2020 are due by Tuesday 23 June, 12:00."),
        (ReminderKind.OVERDUE, 2,
         "Your 2 highlight reports for 6–19 June 2020 were due by Tuesday 23 June, 12:00. They can"
         " still be sent until Tuesday 7 July, 12:00, and will be marked late."),
    ],
)  # fmt: skip
def test_reminder_says_what_is_due_when(kind, reports, text):
    message = build(kind, [report(number=number) for number in range(reports)], LONDON)
    assert faults(message) == []
    assert message.text == text


def test_reminder_tells_the_readers_own_time():
    assert build(ENDED, [report()], PARIS).text.endswith("Tuesday 23 June, 13:00 (Paris time).")


def test_year_is_told_where_it_changes():
    new_year = replace(
        report().period, due_at=report().period.due_at.replace(year=2021, month=1, day=4)
    )
    message = build(ENDED, [replace(report(), period=new_year)], LONDON)
    assert message.text.endswith("Monday 4 January 2021, 11:00.")


def test_nothing_to_report_is_confirmed():
    confirm = buttons(build(ENDED, [report()], LONDON))[1]["confirm"]
    assert {name: part["text"] for name, part in confirm.items()} == {
        "title": "Nothing to report?",
        "text": "This submits a report for Libraries with nothing to report in any section.",
        "confirm": "Submit",
        "deny": "Cancel",
    }


def test_nothing_to_report_is_not_offered_over_a_text_or_where_an_answer_is_needed():
    needed = Template("form", "1", "Form", (section("a"), section("b", nil_allowed=False)))
    assert labels(build(ENDED, [report({"activity": "Text"})], LONDON)) == ["Write report"]
    assert labels(build(ENDED, [report(template=needed)], LONDON)) == ["Write report"]
    nil = report({"activity": Answer("activity", nil=True)})
    assert labels(build(ENDED, [nil], LONDON)) == ["Write report", "Nothing to report"]


def test_draft_is_counted_and_not_shown():
    message = build(ENDED, [report({"activity": "A secret", "finance": "Another"})], LONDON)
    assert " · Emergency planning\nDraft: 2 of 3 sections saved" in texts(message)
    assert "secret" not in page_text(message) + message.text


def test_several_areas_have_their_own_buttons():
    message = build(ENDED, [report(area="Parks", number=1), report(area="Roads", number=2)], LONDON)
    assert faults(message) == []
    assert [ids.decode_report(button["value"]) for button in buttons(message)] == [1, 1, 2, 2]


@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_awkward_names_fit(name):
    many = [replace(report(area=name, number=number), programme_name=name) for number in range(30)]
    message = build(ReminderKind.OVERDUE, many, LONDON)
    assert faults(message) == []
    assert "And 10 more: type /highlight report." in texts(message)


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_handled_reminder(text):
    message = handled(f"Done. {text}")
    assert faults(message) == []
    assert texts(message)[0].startswith("Done.")
