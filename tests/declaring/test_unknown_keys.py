"""Keys of a programme file that are misspelt, or stand in the wrong place."""

from pathlib import Path

import pytest

from tests.declaring.programme_files import MINIMAL, problems


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


def test_the_value_of_a_misspelt_key_is_read_too(tmp_path: Path) -> None:
    text = MINIMAL.replace("[calendar]", "[calender]").replace("2 weeks", "soon")
    assert problems(text.replace("zone", "timezone").replace("Europe/", ""), tmp_path) == [
        'line 4, timezone: "timezone" is no key here: did you mean "zone"?',
        'line 4, zone: "London" is no time zone: did you mean "Europe/London"?',
        'line 6, calender: "calender" is no key here: did you mean "calendar"?',
        'line 7, calendar.every: "soon" is no cadence: write for example "2 weeks" or "1 month".',
    ]
