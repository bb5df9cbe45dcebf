from dataclasses import replace
from datetime import date, time

import pytest

from highlightbot.core.cadences import Cadence
from highlightbot.core.errors import Refusal
from highlightbot.core.periods import parse_cut_off
from highlightbot.core.reminder_plan import ReminderTime, WorkingHours
from highlightbot.core.templates import Section
from highlightbot.workflows.set_up_programme import planned_changes
from tests.workflows.office import (
    DECLARED,
    LAST_DAY,
    MONDAY,
    TEMPLATE,
    TIMETABLE,
    Office,
    area,
    known,
    set_up_office,
)


def changes(office: Office, **declared: object) -> list[str]:
    wanted = replace(DECLARED, **declared)  # type: ignore[arg-type]  # names are checked there
    return planned_changes(office.database, office.workspace_id, wanted, MONDAY)


def test_setting_up_twice_changes_nothing(office: Office) -> None:
    assert changes(office) == []
    before = office.programme
    set_up_office(office.database, LAST_DAY)
    assert office.programme == before


def test_every_change_is_said_in_a_sentence(office: Office) -> None:
    assert changes(
        office,
        name="News",
        channel="C-OTHER",
        coordinators=(known("kim"), known("dana")),
        timetable=replace(TIMETABLE, cut_off=parse_cut_off("1 day after the end, at 09:00")),
        areas=(area("Libraries", "bo"), area("Museums", "dana", "eli"), area("Parks", "bo")),
    ) == [
        "The programme Highlights is now called News.",
        "Summaries go to the channel C-OTHER instead of C-COORDINATION.",
        "Reports are due 1 day after the end, at 09:00 (Europe/London), from the next period on.",
        "Coordinators: U-KIM, U-DANA.",
        "Authors of Libraries: lead U-BO.",
        "New service area, from the next period on: Museums (lead U-DANA, deputy U-ELI).",
        "Housing no longer reports; its past reports are kept.",
    ]


def test_another_cadence_is_said_with_the_day_that_it_is_counted_from(office: Office) -> None:
    weekly = replace(TIMETABLE, cadence=Cadence(1, "weeks", date(2026, 11, 9)))
    assert changes(office, timetable=weekly) == [
        "A period now takes 1 week from 9 November 2026 (from the next period on)."
    ]


def test_other_times_of_reminders_are_said(office: Office) -> None:
    morning = ReminderTime(0, time(9))
    plan = replace(
        TIMETABLE.reminders,
        period_ended=ReminderTime(1, time(9, 30)),
        due_soon=(ReminderTime(-2, time(14)), morning),
        deputy=None,
        hours=WorkingHours(time(8), time(16)),
    )
    assert changes(office, timetable=replace(TIMETABLE, reminders=plan)) == [
        "Authors are told that a period has ended: 1 working day after the end, at 09:30.",
        "Authors are told that the cut-off is near: 2 working days before the cut-off, at 14:00; on"
        " the day of the cut-off, at 09:00.",
        "Deputies have their turn: never.",
        "People are written to from 08:00 to 16:00.",
    ]


def test_another_order_is_said_and_applied(office: Office) -> None:
    ordered = (area("Housing", "casey"), area("Libraries", "alex", "bo"), area("Parks", "bo"))
    assert changes(office, areas=ordered) == [
        "The areas come in this order: Housing, Libraries, Parks."
    ]
    office.declare(MONDAY, areas=ordered)
    assert [one.name for one in office.programme.areas] == ["Housing", "Libraries", "Parks"]
    assert changes(office, areas=ordered) == []


def test_another_order_of_people_is_said(office: Office) -> None:
    two = area("Libraries", "alex", "bo", "casey")
    office.declare(MONDAY, areas=(two,), coordinators=(known("kim"), known("dana")))
    turned = area("Libraries", "alex", "casey", "bo")
    assert changes(office, areas=(turned,), coordinators=(known("dana"), known("kim"))) == [
        "Coordinators: U-DANA, U-KIM.",
        "Authors of Libraries: lead U-ALEX, deputy U-CASEY, U-BO.",
    ]


def test_the_first_period_that_is_said_is_the_one_that_opens(office: Office) -> None:
    cadence = replace(TIMETABLE.cadence, anchor=date(2026, 1, 3))
    timetable = replace(TIMETABLE, cadence=cadence)
    said = changes(office, key="other", timetable=timetable)
    assert "Its first period is 7–20 November 2026, due Tuesday 24 November 2026, 12:00." in said


def test_what_was_said_is_what_happens(office: Office) -> None:
    office.declare(MONDAY, name="News", areas=(area("Libraries", "bo"), area("Museums", "dana")))
    programme = office.programme
    assert programme.name == "News"
    assert [(one.name, one.retired) for one in programme.areas] == [
        ("Libraries", False),
        ("Museums", False),
        ("Parks", True),
        ("Housing", True),
    ]
    assert [person.name for person in programme.areas[0].leads] == ["Bo"]


def test_other_sections_under_a_version_in_use_are_refused(office: Office) -> None:
    other = replace(TEMPLATE, sections=(Section("new", "NEW", "New", "activity"),))
    with pytest.raises(Refusal, match="version"):
        office.declare(MONDAY, template=other)
    with pytest.raises(Refusal, match="in use with another title or other sections"):
        changes(office, template=replace(TEMPLATE, title="Other"))
    assert office.report("Libraries", MONDAY).template == TEMPLATE
