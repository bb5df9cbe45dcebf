"""What a programme file declares."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from zoneinfo import ZoneInfo

from highlightbot.core.cadences import Cadence
from highlightbot.core.declarations import (
    DeclaredArea,
    DeclaredAuthor,
    DeclaredPerson,
    DeclaredProgramme,
)
from highlightbot.core.people import Role
from highlightbot.core.periods import CutOff, WorkingCalendar
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import STANDARD_PLAN, ReminderPlan, ReminderTime, WorkingHours
from highlightbot.declaring.programme_file import read_programme_file
from highlightbot.scheduling import holidays
from highlightbot.templates import find_template
from tests.declaring.programme_files import ENGLAND, FORM, MINIMAL, calendar_of, read

EXAMPLE = Path(__file__).parents[2] / "programme.example.toml"


def email(name: str) -> DeclaredPerson:
    return DeclaredPerson(email=f"{name}.example@example.org")


def test_a_minimal_file_takes_the_usual_reminders_and_a_key_from_the_name(tmp_path: Path) -> None:
    assert read(MINIMAL, tmp_path) == DeclaredProgramme(
        key="people-and-places",
        name="People & Places",
        template=FORM,
        timetable=Timetable(
            Cadence(2, "weeks", date(2026, 11, 9)),
            CutOff(2, time(12)),
            ZoneInfo("Europe/London"),
            STANDARD_PLAN,
            None,
            WorkingCalendar(),
        ),
        channel="C0123456789",
        coordinators=(email("rowan"),),
        areas=(DeclaredArea("libraries", "Libraries", (DeclaredAuthor(email("lee"), Role.LEAD),)),),
    )


def test_a_full_file_says_everything(tmp_path: Path) -> None:
    text = """\
key = "places"
name = "People & Places"
template = "form"
channel = "G0123456789"
zone = "Pacific/Auckland"
holidays = "GB-ENG"
coordinators = ["Rowan.Example@Example.org", "U0123ABCD"]
areas = [
  { name = "Libraries", key = "books", lead = ["W0123ABCD", "lee.example@example.org"] },
  { name = "Parks", lead = "kim.example@example.org", deputies = "dana.example@example.org" },
]
[calendar]
every = "1 month"
anchor = 2026-01-31
cut_off = "3 days after the end, at 17:00"
[reminders]
period_ended = "1 working day after the end, at 10:00"
due_soon = ["1 working day before the cut-off, at 14:00", "on the day of the cut-off, at 08:30"]
overdue = "2 working days after the cut-off, at 15:59"
deputy = false
coordinator = "4 working days after the cut-off, at 10:00"
working_hours = "08:30 to 16:00"
"""
    assert read(text, tmp_path) == DeclaredProgramme(
        key="places",
        name="People & Places",
        template=FORM,
        timetable=Timetable(
            Cadence(1, "months", date(2026, 1, 31)),
            CutOff(3, time(17), working=False),
            ZoneInfo("Pacific/Auckland"),
            ReminderPlan(
                ReminderTime(1, time(10)),
                (ReminderTime(-1, time(14)), ReminderTime(0, time(8, 30))),
                ReminderTime(2, time(15, 59)),
                None,
                ReminderTime(4, time(10)),
                WorkingHours(time(8, 30), time(16)),
            ),
            "GB-ENG",
            ENGLAND,
        ),
        channel="G0123456789",
        coordinators=(email("rowan"), DeclaredPerson(external_id="U0123ABCD")),
        areas=(
            DeclaredArea(
                "books",
                "Libraries",
                (
                    DeclaredAuthor(DeclaredPerson(external_id="W0123ABCD"), Role.LEAD),
                    DeclaredAuthor(email("lee"), Role.LEAD),
                ),
            ),
            DeclaredArea(
                "parks",
                "Parks",
                (
                    DeclaredAuthor(email("kim"), Role.LEAD),
                    DeclaredAuthor(email("dana"), Role.DEPUTY),
                ),
            ),
        ),
    )


def test_what_is_left_out_of_the_plan_begins_with_the_working_hours(tmp_path: Path) -> None:
    text = MINIMAL.replace(
        "[[areas]]",
        '[reminders]\nworking_hours = "10:00 to 15:00"\nperiod_ended = "on the last day, at 10:00"'
        "\ndue_soon = false\noverdue = false\n[[areas]]",
        1,
    )
    plan = read(text, tmp_path).timetable.reminders
    assert plan == ReminderPlan(
        ReminderTime(0, time(10)),
        (),
        None,
        ReminderTime(2, time(10)),
        ReminderTime(3, time(10)),
        WorkingHours(time(10), time(15)),
    )


def test_periods_can_end_on_a_day_of_the_month(tmp_path: Path) -> None:
    text = MINIMAL.replace('every = "2 weeks"', 'every = "month"\nends = "last working day"')
    declared = read(text, tmp_path)
    assert str(declared.timetable.cadence) == "1 month, ending on the last working day"
    assert declared.timetable.cadence.bounds(1) == (date(2026, 10, 31), date(2026, 11, 30))


def test_the_example_that_ships_is_a_programme() -> None:
    declared = read_programme_file(
        EXAMPLE, find_template=find_template, calendar_of=holidays.calendar_of
    )
    assert declared.timetable == Timetable(
        Cadence(2, "weeks", date(2026, 11, 9)),
        CutOff(2, time(12)),
        ZoneInfo("Europe/London"),
        STANDARD_PLAN,
        "GB-ENG",
        holidays.calendar_of("GB-ENG"),
    )
    assert not declared.timetable.calendar.is_working_day(date(2026, 12, 28))
    assert declared.timetable.cadence.bounds(1)[0].weekday() == 0
    assert declared.template.key == "highlight-report"
    assert [(area.key, len(area.authors)) for area in declared.areas] == [
        ("libraries", 2),
        ("parks-and-open-spaces", 2),
        ("housing-advice", 3),
        ("museums", 1),
    ]
    assert all(
        person.external_id or str(person).endswith(".example@example.org")
        for person in declared.people
    )


def test_the_examples_reminders_are_the_usual_ones(tmp_path: Path) -> None:
    """So that its remark, that the part may be left out, is true."""
    text = EXAMPLE.read_text(encoding="utf-8")
    start, end = text.index("[reminders]"), text.index("[[areas]]\nname")
    short = tmp_path / "short.toml"
    short.write_text(text[:start] + text[end:], encoding="utf-8")
    full, less = (
        read_programme_file(each, find_template=find_template, calendar_of=calendar_of)
        for each in (EXAMPLE, short)
    )
    assert replace(less, areas=full.areas) == full
