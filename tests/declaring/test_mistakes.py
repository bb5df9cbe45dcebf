"""Mistakes in a programme file, each told in a sentence with its place."""

from pathlib import Path

import pytest

from tests.declaring.programme_files import MINIMAL, problems, read

NO_PERSON = 'write for example "lee.example@example.org" or "U0123ABCD".'


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
            "line 1, name: This must be one line of text, without tabs, no-break spaces or"
            " invisible characters.",
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
            "line 5, coordinators[1]: This must be text in quotation marks: write for example"
            ' "lee.example@example.org".',
        ),
        (
            '["rowan.example@example.org"]',
            '[["rowan.example@example.org"]]',
            "line 5, coordinators[1]: This must be text in quotation marks: write for example"
            ' "lee.example@example.org".',
        ),
        (
            '["rowan.example@example.org"]',
            '["rowan\u200b.example@example.org"]',
            'line 5, coordinators[1]: "rowan\\u200b.example@example.org" holds an invisible'
            " character: type it anew.",
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
            '[reminders]\nperiod_ended = "3 working days after the end, at 09:00"\n[[areas]]',
            "line 11, reminders.period_ended: Nobody would ever get this one: write a time"
            " before the cut-off.",
        ),
        (
            "[[areas]]",
            '[reminders]\ndue_soon = "9 working days before the cut-off, at 14:00"\n[[areas]]',
            "line 11, reminders.due_soon: Nobody would ever get this one: write a time between"
            " the first reminder and the cut-off, or false.",
        ),
        (
            "[[areas]]",
            '[reminders]\noverdue = "99 working days after the cut-off, at 09:00"\n[[areas]]',
            "line 11, reminders.overdue: Nobody would ever get this one: write a time before"
            " the next period's cut-off, or false.",
        ),
        (
            "[[areas]]",
            '[reminders]\ndue_soon = ["9 working days before the cut-off, at 14:00",'
            ' "1 working day before the cut-off, at 14:00"]\n[[areas]]',
            "line 11, reminders.due_soon: Nobody would ever get this one: write a time between"
            " the first reminder and the cut-off, or false.",
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
