from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reminders import DueReport, Reminder, Told
from highlightbot.slack.messages import reminder
from highlightbot.slack.messages.message import Message
from tests.slack.shown import faults, labels, page_text, texts
from tests.slack.values import AWKWARD, BO, LONDON, READER, handed, report


def overview(count: int, name: str = "Area") -> Message:
    told = (Told("Lee Sample", date(2020, 6, 22)), Told("Bo", date(2020, 6, 24)))
    due = tuple(
        DueReport(
            report(area=f"{name} {number}", number=number),
            ReminderKind.COORDINATOR,
            authors=(READER, replace(BO, name=name, has_left=True)),
            told=told if number else (),
        )
        for number in range(count)
    )
    return reminder.build(Reminder(READER, LONDON, due))


def test_a_coordinator_is_told_who_is_missing_and_who_was_reminded_when():
    message = overview(2)
    assert faults(message) == []
    assert message.text == (
        "Still missing: the 2 highlight reports for 6–19 June 2020, due by Tuesday 23 June, 12:00."
    )
    assert texts(message)[3:7] == [
        "Area 0",
        " · Lee Sample, Area (has left) · nobody was reminded",
        "Area 1",
        " · Lee Sample, Area (has left) · last reminded: Lee Sample on 22 June, Bo on 24 June",
    ]
    assert "You can chase an area again" in texts(message)[7]
    assert labels(message) == []


def test_a_coordinator_is_told_what_has_come_in_or_was_excused_since():
    came_in, excused = report(area="Libraries", revision=1), report(area="Parks", number=8)
    at = datetime(2020, 6, 24, 9, tzinfo=UTC)
    due = tuple(
        DueReport(one, ReminderKind.COORDINATOR, authors=(READER,))
        for one in (replace(came_in, submitted_at=at), replace(excused, excused_at=at))
    )
    message = reminder.build(Reminder(READER, LONDON, due))
    assert faults(message) == []
    assert message.text == "No longer missing: the 2 highlight reports for 6–19 June 2020."
    assert texts(message)[1:] == [
        "Libraries",
        " · Lee Sample · ✓ has come in",
        "Parks",
        " · Lee Sample · excused",
    ]


def test_a_coordinator_is_told_to_whom_a_report_was_handed():
    due = DueReport(handed(BO), ReminderKind.COORDINATOR, authors=(READER,))
    message = reminder.build(Reminder(READER, LONDON, (due,)))
    told = " · Lee Sample, handed to Bo · nobody was reminded"
    assert told in texts(message)


def test_a_coordinator_is_told_of_a_draft_and_not_how_far_it_has_come():
    begun = DueReport(report({"activity": "A"}), ReminderKind.COORDINATOR, authors=(READER,))
    message = reminder.build(Reminder(READER, LONDON, (begun,)))
    assert " · Lee Sample · a draft is begun; nobody was reminded" in texts(message)


@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_an_overview_of_many_areas_fits(name):
    assert faults(overview(45, name)) == []


def test_what_is_missing_in_a_second_programme_is_told_too():
    second = replace(report().period, id=2)
    due = tuple(
        DueReport(
            replace(report(area=f"Area {number}", number=number), period=period),
            ReminderKind.COORDINATOR,
            authors=(READER,),
        )
        for period, numbers in ((report().period, range(30)), (second, range(30, 32)))
        for number in numbers
    )
    message = reminder.build(Reminder(READER, LONDON, due))
    assert faults(message) == []
    assert {"Area 30", "Area 31"} <= set(texts(message))
    assert "type /highlight report" not in page_text(message)


def test_programmes_without_room_are_not_hidden_in_silence():
    due = tuple(
        DueReport(
            replace(report(number=number), period=replace(report().period, id=number)),
            ReminderKind.COORDINATOR,
            authors=(READER,),
        )
        for number in range(30)
    )
    message = reminder.build(Reminder(READER, LONDON, due))
    assert faults(message) == []
    assert texts(message)[-1] == "More is missing: type /highlight missing."
