from dataclasses import replace

import pytest

from highlightbot.core.errors import Refusal
from highlightbot.core.periods import parse_cut_off
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
    return planned_changes(office.database, office.workspace_id, wanted)


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
    assert office.report("Libraries", MONDAY).template == TEMPLATE
