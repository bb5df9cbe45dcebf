from dataclasses import replace
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highlightbot.core.cadences import Cadence
from highlightbot.core.declarations import (
    DeclaredArea,
    DeclaredAuthor,
    DeclaredPerson,
    DeclaredProgramme,
)
from highlightbot.core.errors import Problems
from highlightbot.core.people import Role
from highlightbot.core.periods import CutOff, WorkingCalendar
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import (
    STANDARD_PLAN,
    ReminderPlan,
    ReminderTime,
    WorkingHours,
)
from highlightbot.core.templates import Template
from highlightbot.declaring.programme_file import read_programme_file
from highlightbot.scheduling import holidays
from highlightbot.templates import find_template
from tests.builders import template

EXAMPLE = Path(__file__).parents[2] / "programme.example.toml"
FORM = template("activity", "finance")
ENGLAND = WorkingCalendar(frozenset({date(2026, 12, 25), date(2026, 12, 28)}))
NO_PERSON = 'write for example "lee.example@example.org" or "U0123ABCD".'

MINIMAL = """\
name = "People & Places"
template = "form"
channel = "C0123456789"
zone = "Europe/London"
coordinators = ["rowan.example@example.org"]
[calendar]
every = "2 weeks"
anchor = 2026-11-09
cut_off = "2 working days after the end, at 12:00"
[[areas]]
name = "Libraries"
lead = "lee.example@example.org"
"""


def find_form(reference: str, base: Path) -> Template:
    """One template; a reference that begins with "broken" is to a file with two problems."""
    if reference == "form":
        return FORM
    if reference.startswith("broken"):
        raise Problems([f"{base.name}/{reference}: one thing.", f"{base.name}/{reference}: two."])
    raise Problems([f'There is no template "{reference}".'])


def calendar_of(region: str | None) -> WorkingCalendar:
    """England's calendar, or none."""
    if region not in (None, "GB-ENG"):
        raise ValueError(f'"{region}" is no region: write for example "GB-ENG"')
    return ENGLAND if region else WorkingCalendar()


def read(text: str | bytes, folder: Path) -> DeclaredProgramme:
    path = folder / "programme.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_programme_file(path, find_template=find_form, calendar_of=calendar_of)


def problems(text: str | bytes, folder: Path) -> list[str]:
    """What is wrong with the text, without the file's name."""
    with pytest.raises(Problems) as raised:
        read(text, folder)
    sentences = raised.value.sentences
    assert all(sentence.startswith("programme.toml, ") for sentence in sentences)
    return [sentence.removeprefix("programme.toml, ") for sentence in sentences]


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


def test_ten_mistakes_are_ten_sentences_each_with_its_place(tmp_path: Path) -> None:
    text = """\
name = "People & Places"
template = "nothing"
channel = "#coordination"
zone = "London"
holidays = "XX"
coordinators = ["rowan"]
[calendar]
every = "2 wekks"
anchor = "2026-11-09"
cutoff = "2 working days after the end, at 12:00"
[reminders]
overdue = "1 working day after the cut-off, at 07:00"
[[areas]]
name = "Libraries"
deputies = ["dana.example@example.org"]
"""
    assert problems(text, tmp_path) == [
        'line 2, template: There is no template "nothing".',
        'line 3, channel: "#coordination" is a channel\'s name, which can change: open the'
        ' channel\'s details in Slack and copy the channel ID, for example "C0123456789".',
        'line 4, zone: "London" is no time zone: did you mean "Europe/London"?',
        'line 5, holidays: "XX" is no region: write for example "GB-ENG".',
        'line 6, coordinators[1]: "rowan" is no e-mail address and no Slack member id: '
        + NO_PERSON,
        'line 8, calendar.every: "2 wekks" is no cadence: write for example "2 weeks" or'
        ' "1 month".',
        "line 9, calendar.anchor: This must be a date as year-month-day, without quotation marks"
        " or time: write for example anchor = 2026-11-09.",
        'line 10, calendar.cutoff: "cutoff" is no key here: did you mean "cut_off"?',
        "line 12, reminders.overdue: 07:00 is outside of the working hours, 09:00 to 17:00: write"
        " a time between them, or widen working_hours.",
        "line 13, areas[1].lead: Nobody is named: write for example lead ="
        ' ["lee.example@example.org"].',
    ]


def test_an_empty_file_lacks_everything_that_it_must_have(tmp_path: Path) -> None:
    assert problems("", tmp_path) == [
        'name: "name" is missing: write for example name = "Highlight report".',
        'template: "template" is missing: write for example template = "highlight-report".',
        'channel: "channel" is missing: write for example channel = "C0123456789".',
        'zone: "zone" is missing: write for example zone = "Europe/London".',
        'calendar.anchor: "anchor" is missing: write the first day of a period, for example'
        " anchor = 2026-11-09.",
        'calendar.every: "every" is missing: write for example every = "2 weeks".',
        'calendar.cut_off: "cut_off" is missing: write for example cut_off ='
        ' "2 working days after the end, at 12:00".',
        "coordinators: Nobody is named: write for example coordinators ="
        ' ["lee.example@example.org"].',
        "areas: There is no service area: write a line [[areas]] for each, its name and lead"
        " below it.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("name = ", "nmae = ", 'line 1, nmae: "nmae" is no key here: did you mean "name"?'),
        (
            "[calendar]",
            "[calender]",
            'line 6, calender: "calender" is no key here: did you mean "calendar"?',
        ),
        (
            "[[areas]]",
            "[[area]]",
            'line 10, area: "area" is no key here: did you mean "areas"?',
        ),
        (
            "lead = ",
            "leads = ",
            'line 12, areas[1].leads: "leads" is no key here: did you mean "lead"?',
        ),
        (
            "zone = ",
            'colour = "blue"\nzone = ',
            'line 4, colour: "colour" is no key here: take it out, or use one of key, name,'
            " template, channel, zone, holidays, coordinators, calendar, reminders, areas.",
        ),
        (
            "[[areas]]",
            "[[areas]]\nLead = 5",
            'line 11, areas[1].Lead: "Lead" is no key here: did you mean "lead"?',
        ),
        (
            "anchor = ",
            'holidays = "GB-ENG"\nanchor = ',
            "line 8, calendar.holidays: This belongs at the top of the file, above the first line"
            " in brackets.",
        ),
        (
            "[calendar]\nevery",
            "every",
            "line 6, every: This belongs under the line [calendar].",
        ),
        (
            "[[areas]]",
            'working_hours = "09:00 to 17:00"\n[[areas]]',
            "line 10, calendar.working_hours: This belongs under the line [reminders].",
        ),
        (
            "[calendar]",
            'lead = "lee.example@example.org"\n[calendar]',
            "line 6, lead: This belongs under a line [[areas]].",
        ),
    ],
)
def test_an_unknown_key_is_told_once_with_what_was_meant(
    old: str, new: str, sentence: str, tmp_path: Path
) -> None:
    found = problems(MINIMAL.replace(old, new, 1), tmp_path)
    assert found[0] == sentence
    # A part whose line is missing leaves all of its keys astray; anything else is one slip.
    astray = 3 if new == "every" else 1
    assert len(found) == astray


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            '"People & Places"',
            "5",
            "line 1, name: This must be text in quotation marks: write for example name ="
            ' "Highlight report".',
        ),
        (
            '"People & Places"',
            '"  "',
            'line 1, name: This is empty: write for example name = "Highlight report".',
        ),
        (
            '"People & Places"',
            '"""a\nb"""',
            "line 1, name: This must be one line of text, without tabs or other control"
            " characters.",
        ),
        (
            '"People & Places"',
            f'"{"x" * 151}"',
            "line 1, name: This has 151 characters: write at most 150.",
        ),
        (
            '"People & Places"',
            '"!?"',
            'line 1, name: "!?" has no letter or digit: write a name, or add a key.',
        ),
        (
            "name =",
            'key = "People Places"\nname =',
            'line 1, key: "People Places" is no key: write small letters, digits and hyphens.',
        ),
        (
            "C0123456789",
            "c0123456789",
            "line 3, channel: \"c0123456789\" is no channel's id: open the channel's details in"
            ' Slack and copy the channel ID, for example "C0123456789".',
        ),
        (
            "C0123456789",
            "D0123456789",
            "line 3, channel: \"D0123456789\" is no channel's id: open the channel's details in"
            ' Slack and copy the channel ID, for example "C0123456789".',
        ),
        (
            "Europe/London",
            "../etc/passwd",
            'line 4, zone: "../etc/passwd" is no time zone: write for example "Europe/London".',
        ),
        (
            "Europe/London",
            "europe/london",
            'line 4, zone: "europe/london" is no time zone: did you mean "Europe/London"?',
        ),
        (
            '["rowan.example@example.org"]',
            "[]",
            "line 5, coordinators: Nobody is named: write for example coordinators ="
            ' ["lee.example@example.org"].',
        ),
        (
            '["rowan.example@example.org"]',
            '["U0123ABCD",\n "U0123ABCD"]',
            'line 5, coordinators[2]: "U0123ABCD" is named twice: take one out.',
        ),
        (
            '["rowan.example@example.org"]',
            '["Rowan <rowan.example@example.org>"]',
            'line 5, coordinators[1]: "Rowan <rowan.example@example.org>" is no e-mail address'
            " and no Slack member id: " + NO_PERSON,
        ),
        (
            '["rowan.example@example.org"]',
            "[7]",
            'line 5, coordinators[1]: "7" is no e-mail address and no Slack member id: '
            + NO_PERSON,
        ),
        (
            "[calendar]\nevery",
            'calendar = "weekly"\n[reminders]\nevery',
            "line 6, calendar: This is a table: write a line [calendar] and its values below it.",
        ),
        (
            "2026-11-09",
            "2026-11-09T09:00:00",
            "line 8, calendar.anchor: This must be a date as year-month-day, without quotation"
            " marks or time: write for example anchor = 2026-11-09.",
        ),
        (
            "2026-11-09",
            "9999-12-31",
            "line 8, calendar.anchor: 9999-12-31 is too far away: write a day from 2000 to 2100.",
        ),
        (
            '"2 working days after the end, at 12:00"',
            '"noon on Tuesday"',
            'line 9, calendar.cut_off: "noon on Tuesday" is no cut-off: write for example'
            ' "2 working days after the end, at 12:00".',
        ),
        (
            '"2 working days after the end, at 12:00"',
            '"15 days after the end, at 12:00"',
            "line 9, calendar.cut_off: The reports of 9–22 November 2026 would be due on"
            " 7 December 2026, after the end of the next period: write an earlier cut-off.",
        ),
        (
            "[[areas]]",
            '[reminders]\ndue_soon = "1 working day after the cut-off, at 14:00"\n[[areas]]',
            'line 11, reminders.due_soon: "1 working day after the cut-off, at 14:00" is no time'
            ' to remind: write for example "1 working day before the cut-off, at 14:00".',
        ),
        (
            "[[areas]]",
            '[reminders]\nworking_hours = "17:00 to 09:00"\n[[areas]]',
            'line 11, reminders.working_hours: "17:00 to 09:00" ends before it begins: write for'
            ' example "09:00 to 17:00".',
        ),
        (
            "[[areas]]",
            "[reminders]\ndeputy = true\n[[areas]]",
            "line 11, reminders.deputy: This is a time or false: write for example false to switch"
            " it off.",
        ),
        (
            "[[areas]]",
            '[reminders]\ndue_soon = ["on the day of the cut-off, at 09:00", 3]\n[[areas]]',
            "line 11, reminders.due_soon: Each of these must be text in quotation marks.",
        ),
        (
            "[[areas]]",
            '[reminders]\ndue_soon = ["on the day of the cut-off, at 09:00",'
            ' "on the day of the cut-off, at 11:00"]\n[[areas]]',
            "line 11, reminders.due_soon: Two of these are on the same day: nobody is reminded"
            " twice a day.",
        ),
        (
            "[[areas]]",
            '[reminders]\ncoordinator = "1 working day before the cut-off, at 09:00"\n[[areas]]',
            'line 11, reminders.coordinator: "1 working day before the cut-off, at 09:00" is no'
            ' time to remind: write for example "3 working days after the cut-off, at 09:00".',
        ),
        (
            "[[areas]]",
            '[reminders]\noverdue = "1 working day after the cut-off, at 17:00"\n[[areas]]',
            "line 11, reminders.overdue: 17:00 is outside of the working hours, 09:00 to 17:00:"
            " write a time between them, or widen working_hours.",
        ),
        (
            "[[areas]]",
            '[reminders]\nworking_hours = "10:00 to 14:01"\n'
            'period_ended = "on the last day, at 10:00"\n[[areas]]',
            "line 10, reminders.overdue: 09:00, its usual time, is outside of the working hours,"
            " 10:00 to 14:01: write a time between them, or widen working_hours.",
        ),
        (
            "[[areas]]",
            "[areas]",
            "line 10, areas: Each service area needs a line [[areas]] of its own, in double"
            " brackets.",
        ),
        (
            'lead = "lee.example@example.org"',
            'lead = "lee.example@example.org"\ndeputies = ["LEE.example@example.org"]',
            'line 13, areas[1].deputies: "lee.example@example.org" leads this area already: take'
            " out one of the two.",
        ),
        (
            "[[areas]]",
            '[[areas]]\nname = "LIBRARIES"\nlead = "U0123ABCD"\n[[areas]]',
            'line 14, areas[2].name: "Libraries" is the name of areas[1] too: take one out, or'
            " rename it.",
        ),
        (
            "[[areas]]",
            '[[areas]]\nname = "The libraries"\nlead = "U0123ABCD"\n'
            '[[areas]]\nname = "the Libraries!"\nkey = "two"\nlead = "U0123ABCD"\n[[areas]]',
            'line 14, areas[2].name: "the Libraries!" is the name of areas[1] too: take one out, or'
            " rename it.",
        ),
        (
            "[[areas]]",
            '[[areas]]\nname = "Books"\nkey = "libraries"\nlead = "U0123ABCD"\n[[areas]]',
            'line 15, areas[2].name: areas[1] has the same key, "libraries": give this one another'
            " name, or a key.",
        ),
    ],
)
def test_one_mistake_is_one_sentence(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    assert old in MINIMAL
    found = problems(MINIMAL.replace(old, new, 1), tmp_path)
    # Keys that stand below the wrong line after the table's own was lost are told as well.
    assert [each for each in found if "This belongs" not in each] == [sentence]


def test_the_value_of_a_misspelt_key_is_read_too(tmp_path: Path) -> None:
    text = MINIMAL.replace("[calendar]", "[calender]").replace("2 weeks", "soon")
    assert problems(text.replace("zone", "timezone").replace("Europe/", ""), tmp_path) == [
        'line 4, timezone: "timezone" is no key here: did you mean "zone"?',
        'line 4, zone: "London" is no time zone: did you mean "Europe/London"?',
        'line 6, calender: "calender" is no key here: did you mean "calendar"?',
        'line 7, calendar.every: "soon" is no cadence: write for example "2 weeks" or "1 month".',
    ]


def test_a_cut_off_that_is_late_only_over_christmas_is_found(tmp_path: Path) -> None:
    text = MINIMAL.replace("2 weeks", "1 week").replace("2 working", "5 working")
    read(text, tmp_path)
    text = text.replace("zone = ", 'holidays = "GB-ENG"\nzone = ')
    assert problems(text, tmp_path) == [
        "line 10, calendar.cut_off: The reports of 14–20 December 2026 would be due on"
        " 29 December 2026, after the end of the next period: write an earlier cut-off."
    ]


def test_the_problems_of_a_template_file_are_passed_on(tmp_path: Path) -> None:
    text = MINIMAL.replace('"form"', '"broken.toml"')
    assert problems(text, tmp_path) == [
        f"line 2, template: {tmp_path.name}/broken.toml: one thing.",
        f"line 2, template: {tmp_path.name}/broken.toml: two.",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('name = "x"\nzone = Europe/London\n', "line 2: This cannot be read as TOML"),
        ('name = "x"\nname = "y"\n', "line 2: This cannot be read as TOML"),
        ("name = “x”\n", "line 1: This cannot be read as TOML"),
        ('name = "x"\ncoordinators = [\n', "line 3: This cannot be read as TOML"),
        ("anchor = 2026-02-30\n", "line 1: This cannot be read as TOML"),
        ("name\n", "line 1: This cannot be read as TOML"),
        (f"n = {'9' * 5000}\n", "line 2: This cannot be read as TOML"),
        (f"n = {'[' * 20_000}", "This has too many brackets inside of each other."),
    ],
)
def test_a_slip_in_toml_is_told_with_its_line(text: str, place: str, tmp_path: Path) -> None:
    (sentence,) = [each.removeprefix("programme.toml: ") for each in told(text, tmp_path)]
    assert sentence.removeprefix("programme.toml, ").startswith(place)


def told(text: str | bytes, folder: Path) -> tuple[str, ...]:
    with pytest.raises(Problems) as raised:
        read(text, folder)
    return raised.value.sentences


def test_a_slip_in_toml_shows_the_line_and_what_to_do(tmp_path: Path) -> None:
    (sentence,) = problems('name = "x"\nzone = Europe/London\n', tmp_path)
    assert sentence == (
        "line 2: This cannot be read as TOML (invalid value): zone = Europe/London\n"
        'Write texts between straight quotation marks ("…"), lists between brackets (["…", "…"]),'
        " and each key once. The rest of the file was not checked."
    )


def test_files_from_other_systems_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + MINIMAL.replace("\n", "\r\n")
    assert read(text, tmp_path) == read(MINIMAL, tmp_path)
    assert problems(text.replace("2 weeks", "soon"), tmp_path)[0].startswith("line 7, calendar")


def test_a_file_in_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    text = MINIMAL.replace("Libraries", "Bücherei").encode("latin-1")
    assert problems(text, tmp_path) == [
        "line 11: This is not in UTF-8: save the file as UTF-8 text."
    ]
    (sentence,) = told(MINIMAL.encode("utf-16"), tmp_path)
    assert "is not in UTF-8" in sentence


def test_a_file_that_cannot_be_opened_is_refused_with_a_sentence(tmp_path: Path) -> None:
    missing, folder = tmp_path / "none.toml", tmp_path / "folder.toml"
    folder.mkdir()
    found: list[str] = []
    for path in (missing, folder, missing.with_name("x" * 300)):
        with pytest.raises(Problems) as raised:
            read_programme_file(path, find_template=find_form, calendar_of=calendar_of)
        found += raised.value.sentences
    assert found == [
        f"{missing} is not there: check the name and the folder.",
        f"{folder} is a folder: name the programme's file in it.",
        f"{tmp_path / ('x' * 300)} cannot be read (File name too long): check who may.",
    ]


def test_a_huge_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (sentence,) = told("#" * 1_000_001, tmp_path)
    assert sentence == f"{tmp_path / 'programme.toml'} is over 1 MB: it is no programme's file."


odd_values = st.one_of(
    st.sampled_from(["0", "nan", "true", "[]", "{}", "[[]]", "[{}]", "{ a = 1 }", '["", 3]']),
    st.sampled_from(["2026-11-09", "12:00:00", "0001-01-01", "2026-11-09T09:00:00Z"]),
    st.sampled_from(
        ['""', '"x"', '"\\u0000"', '"999 months"', '"99 days after the end, at 12:00"']
    ),
)


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_a_file_with_odd_values_is_a_programme_or_has_problems(data: st.DataObject) -> None:
    text = ""
    for line in MINIMAL.splitlines():
        key, equals, value = line.partition(" = ")
        text += f"{key}{equals}{data.draw(st.just(value) | odd_values) if equals else ''}\n"
    with TemporaryDirectory() as folder:
        assert is_a_programme_or_has_problems(text, Path(folder))


@settings(deadline=None)
@given(st.text(max_size=100))
def test_any_text_at_all_has_problems(text: str) -> None:
    with TemporaryDirectory() as folder:
        assert told(text, Path(folder))


def is_a_programme_or_has_problems(text: str, folder: Path) -> bool:
    try:
        return isinstance(read(text, folder), DeclaredProgramme)
    except Problems as found:
        return bool(found.sentences)


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


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            'every = "2 weeks"\nends = "last Friday"',
            "calendar.ends: A period of 2 weeks does not end on a day of the month: write every ="
            ' "month", or take "ends" out.',
        ),
        (
            'every = "month"\nends = "fifth Friday"',
            'calendar.ends: "fifth Friday" is no day that every month has: write for example'
            ' "the 15th", "last Friday" or "last working day".',
        ),
    ],
)
def test_an_end_that_cannot_be_is_told(lines: str, sentence: str, tmp_path: Path) -> None:
    (found,) = problems(MINIMAL.replace('every = "2 weeks"', lines), tmp_path)
    assert found.endswith(sentence)
