"""The reminder to an author."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from highlightbot.core.later import Later, LaterChoice
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reminders import DueReport, Reminder, Told
from highlightbot.core.reports import Answer
from highlightbot.core.templates import Template
from highlightbot.slack import ids
from highlightbot.slack.messages import reminder
from highlightbot.slack.messages.message import Message
from highlightbot.slack.messages.reminder import handled
from tests.slack.shown import as_sent, buttons, faults, labels, page_text, texts
from tests.slack.values import AWKWARD, BO, LONDON, PARIS, READER, earlier, handed, report, section

ENDED = ReminderKind.PERIOD_ENDED
AWAY = "I am away until…"


def build(kind, reports, zone, *, deputies=(), later=()) -> Message:
    """A reminder in which everything is due for the same reason."""
    due = tuple(DueReport(one, kind, deputies) for one in reports)
    return reminder.build(Reminder(READER, zone, due, later))


def test_reminder_at_the_end_of_the_period():
    message = build(ENDED, [report()], LONDON)
    assert faults(message) == []
    assert message.text == (
        "Your highlight report for 6–19 June 2020 is due by Tuesday 23 June, 12:00."
    )
    assert "".join(texts(message)[:3]) == message.text
    assert texts(message)[3:5] == ["Libraries", " · Emergency planning"]
    assert [
        (button["text"]["text"], button["action_id"], button.get("value"), button.get("style"))
        for button in buttons(message)
    ] == [
        ("Write report", ids.WRITE_REPORT, "7", "primary"),
        ("Nothing to report", ids.REPORT_NOTHING, "7", None),
        (AWAY, ids.GO_AWAY, None, None),
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
    assert labels(build(ENDED, [report({"activity": "Text"})], LONDON)) == ["Write report", AWAY]
    assert labels(build(ENDED, [report(template=needed)], LONDON)) == ["Write report", AWAY]
    nil = report({"activity": Answer("activity", nil=True)})
    assert labels(build(ENDED, [nil], LONDON)) == ["Write report", "Nothing to report", AWAY]


def test_draft_is_told_and_not_counted_or_shown():
    message = build(ENDED, [report({"activity": "A secret", "finance": "Another"})], LONDON)
    assert " · Emergency planning\nA draft is begun" in texts(message)
    assert "secret" not in page_text(message) + message.text


def test_several_areas_have_their_own_buttons():
    message = build(ENDED, [report(area="Parks", number=1), report(area="Roads", number=2)], LONDON)
    assert faults(message) == []
    assert [ids.decode_report(button["value"]) for button in buttons(message)[:4]] == [1, 1, 2, 2]


ARRIVED = datetime(2020, 6, 22, 8, 30, tzinfo=UTC)


def submitted(draft=None, *, revision=1, **named):
    return replace(report(draft, revision=revision, **named), submitted_at=ARRIVED)


def test_a_submitted_report_can_be_changed():
    message = build(ENDED, [submitted({"activity": "A secret"})], LONDON)
    assert faults(message) == []
    assert message.text == (
        "Your highlight report for 6–19 June 2020 is in. It can be changed until Tuesday 7 July,"
        " 12:00."
    )
    assert texts(message)[1:3] == [
        "Libraries",
        " · Emergency planning\n✓ Submitted · Monday 22 June, 09:30",
    ]
    assert [(one["text"]["text"], one["action_id"], one["value"]) for one in buttons(message)] == [
        ("Change report", ids.WRITE_REPORT, "7")
    ]


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (submitted({"activity": "Text"}, revision=2),
         "✓ Submitted, revision 2 · Monday 22 June, 10:30 (Paris time)"),
        (submitted({"activity": Answer("activity", nil=True)}),
         "✓ Nothing to report is recorded · Monday 22 June, 10:30 (Paris time)"),
        (submitted(), "✓ Submitted · Monday 22 June, 10:30 (Paris time)"),
    ],
)  # fmt: skip
def test_a_submission_is_told_in_the_readers_own_time(one, told):
    assert told in page_text(build(ENDED, [one], PARIS))


def test_of_several_reports_those_still_owed_are_counted():
    some = [submitted(area="Parks", number=1), report(area="Roads", number=2)]
    message = build(ReminderKind.DUE_SOON, some, LONDON)
    assert message.text.startswith("Still to come: your highlight report for")
    assert labels(message) == ["Change report", "Write report", "Nothing to report", AWAY]
    every = [submitted(area="Parks", number=1), submitted(area="Roads", number=2)]
    assert build(ENDED, every, LONDON).text.startswith(
        "Your 2 highlight reports for 6–19 June 2020 are in. They can be changed until"
    )


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


@pytest.mark.parametrize(
    ("kind", "one", "text"),
    [
        (ReminderKind.DEPUTY, report(),
         "Still missing: the highlight report for 6–19 June 2020, due by Tuesday 23 June, 12:00."
         " You are a deputy and can write it; it will be marked late."),
        (ReminderKind.ASKED, report(),
         "You asked to be reminded of your highlight report for 6–19 June 2020, due by Tuesday 23"
         " June, 12:00."),
        (ReminderKind.CHASED, report(),
         "Your coordinator is waiting for your highlight report for 6–19 June 2020, due by Tuesday"
         " 23 June, 12:00."),
        (ReminderKind.HANDED, handed(READER),
         "Alex &lt;!here&gt; has handed you the highlight report for 6–19 June 2020, due by Tuesday"
         " 23 June, 12:00."),
    ],
)  # fmt: skip
def test_reminder_says_why_it_comes(kind, one, text):
    message = build(kind, [one], LONDON)
    assert faults(message) == []
    assert message.text == text
    assert labels(message)[0] == "Write report"


def test_who_cannot_write_now_can_ask_for_later_hand_it_on_or_be_away():
    later = (
        Later(LaterChoice.TWO_HOURS, ARRIVED),
        Later(LaterChoice.BEFORE_CUT_OFF, ARRIVED),
    )
    some = [report(area="Parks", number=1), report(area="Roads", number=2)]
    message = build(ENDED, some, LONDON, deputies=(BO,), later=later)
    assert faults(message) == []
    assert labels(message) == [
        *("Write report", "Nothing to report", "Hand to a deputy"),
        *("Write report", "Nothing to report", "Hand to a deputy"),
        AWAY,
    ]
    row = as_sent(message)["blocks"][-1]
    assert ids.decode_later(row["block_id"]) == [1, 2]
    select = row["elements"][0]
    assert select["placeholder"]["text"] == "Remind me later"
    assert [(one["text"]["text"], one["value"]) for one in select["options"]] == [
        ("In two hours", "two_hours"),
        ("An hour before the cut-off", "before_cut_off"),
    ]


def test_a_deputy_is_not_asked_to_hand_it_on():
    message = build(ReminderKind.DEPUTY, [report()], LONDON, deputies=(BO,))
    assert "Hand to a deputy" not in labels(message)


def test_a_report_that_was_handed_over_can_be_taken_back():
    message = build(ENDED, [handed(BO)], LONDON, deputies=(BO,))
    assert faults(message) == []
    assert message.text == "You need not write the highlight report for 6–19 June 2020 now."
    assert "Handed to Bo" in page_text(message)
    assert [(one["text"]["text"], one.get("style")) for one in buttons(message)] == [
        ("Write report", None),
        ("Take back", None),
    ]


def test_a_deputy_sees_that_a_report_was_taken_back():
    message = build(ReminderKind.HANDED, [report()], LONDON)
    assert faults(message) == []
    assert "Taken back: you need not write it" in page_text(message)
    assert labels(message) == ["Write report"]


def test_an_excused_area_need_not_report():
    message = build(ENDED, [replace(report(), excused_at=ARRIVED)], LONDON)
    assert faults(message) == []
    assert "Excused: no report is needed this time" in page_text(message)
    assert labels(message) == ["Write report"]


def test_what_is_due_for_several_reasons_stands_in_one_message():
    second = replace(report(area="Roads", number=2), period=earlier(report().period, 1))
    due = (
        DueReport(second, ReminderKind.OVERDUE),
        DueReport(report(area="Parks", number=1), ENDED),
        DueReport(report(area="Trees", number=3), ReminderKind.DEPUTY),
    )
    message = reminder.build(Reminder(READER, LONDON, due))
    assert faults(message) == []
    assert message.text == (
        "Your highlight report for 23 May – 5 June 2020 was due by Tuesday 9 June, 12:00. It can"
        " still be sent until Tuesday 23 June, 12:00, and will be marked late. Your highlight"
        " report for 6–19 June 2020 is due by Tuesday 23 June, 12:00. Still missing: the highlight"
        " report for 6–19 June 2020, due by Tuesday 23 June, 12:00. You are a deputy and can write"
        " it; it will be marked late."
    )
    assert [text for text in texts(message) if text in {"Roads", "Parks", "Trees"}] == [
        "Roads",
        "Parks",
        "Trees",
    ]


LONG_NAME = "A service area of a council with a name that is as long as a name can get, and longer"


def owed(number, kind):
    one = replace(report(area=f"{number} {LONG_NAME}", number=number), programme_name=LONG_NAME)
    return DueReport(one, kind, deputies=(BO,))


def test_own_reports_and_an_overview_fit_together():
    own = tuple(owed(number, ReminderKind.OVERDUE) for number in range(19))
    missing = tuple(
        DueReport(
            report(area=f"{number} {LONG_NAME}", number=number),
            ReminderKind.COORDINATOR,
            authors=(replace(BO, name=LONG_NAME),) * 2,
            told=(Told(LONG_NAME, date(2020, 6, 22)),) * 4,
        )
        for number in range(19, 39)
    )
    message = reminder.build(Reminder(READER, LONDON, own + missing))
    assert faults(message) == []
    assert labels(message).count("Write report") == 19
    assert any(text.endswith("more: type /highlight missing.") for text in texts(message))


def test_the_longest_names_for_many_reasons_fit():
    kinds = [kind for kind in ReminderKind if kind is not ReminderKind.COORDINATOR]
    due = tuple(owed(number, kinds[number // 3]) for number in range(3 * len(kinds)))
    message = reminder.build(Reminder(READER, LONDON, due))
    assert faults(message) == []
    assert any(text.endswith("more: type /highlight report.") for text in texts(message))


@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_many_reports_for_many_reasons_fit(name):
    period = report().period
    due = tuple(
        DueReport(
            replace(
                handed(READER, area=name, number=10**9 + number),
                period=replace(earlier(period, number % 7), id=number % 7),
            ),
            kind,
            deputies=(BO,),
        )
        for kind in ReminderKind
        for number in range(8)
    )
    later = tuple(Later(choice, ARRIVED) for choice in LaterChoice)
    message = reminder.build(Reminder(READER, LONDON, due, later))
    assert faults(message) == []
    assert any(text.startswith("And ") for text in texts(message))
