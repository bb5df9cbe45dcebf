"""The modals and messages by which coordinators have things done."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from highlightbot.core.cadences import Cadence
from highlightbot.core.calendars import Calendar
from highlightbot.core.coordination import CalendarChange, Foreseen, Managed
from highlightbot.core.instructions import (
    ChaseArea,
    EndPeriod,
    ExcuseArea,
    ExpectArea,
    MergePeriods,
    MoveCutOff,
    PauseProgramme,
    ResumeProgramme,
)
from highlightbot.core.periods import CutOff
from highlightbot.core.programmes import Pause, Programme, Timetable
from highlightbot.core.reminder_plan import STANDARD_PLAN
from highlightbot.slack import home, ids
from highlightbot.slack.forms import change_dates, choose_area, confirm_change
from highlightbot.slack.forms.confirm_change import Confirmed
from highlightbot.slack.messages import coordinating
from tests.builders import PERIOD, person, service_area
from tests.slack.shown import buttons, faults, fill, labels, page_text
from tests.slack.values import AWKWARD, LONDON, PARIS

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
TIMETABLE = Timetable(
    Cadence(2, "weeks", date(2026, 11, 9)), CutOff(2, time(12)), LONDON, STANDARD_PLAN
)
AREA = service_area(lead=person(1), deputy=person(2))


def programme(name: str = "Emergency planning", areas: int = 1, **changes) -> Programme:
    made = tuple(replace(AREA, id=number, name=name) for number in range(1, areas + 1))
    return replace(Programme(7, 1, "highlights", name, 1, TIMETABLE, "C1", made), **changes)


def managed(
    name: str = "Emergency planning", areas: int = 1, pause: Pause | None = None
) -> Managed:
    change = CalendarChange(name, NOW, f"excuse {name}", (name,))
    return Managed(programme(name, areas), Calendar(TIMETABLE, (PERIOD,), pause=pause), (change,))


def filled(view, **chosen):
    values = {name: {name: value} for name, value in chosen.items()}
    return {"private_metadata": view.private_metadata, "state": {"values": values}}


FORMS = {
    "cut-off": lambda of: change_dates.build_cut_off(of, NOW, from_home=True),
    "end": lambda of: change_dates.build_end(of, NOW, from_home=True),
    "pause": lambda of: change_dates.build_pause(of, NOW, from_home=True),
    "area": lambda of: choose_area.build(of, from_home=True),
}


@pytest.mark.parametrize("build", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_slack_takes_every_form(build, name):
    view = build(managed(name, areas=120))
    assert faults(view) == []
    assert ids.decode(ids.ProgrammeRef, view.private_metadata) == ids.ProgrammeRef(
        7, from_home=True
    )


def test_forms_begin_with_what_is():
    built = [form(managed()).to_dict()["blocks"] for form in FORMS.values()]
    pickers = [
        block["element"].get("initial_date") or block["element"].get("initial_time")
        for blocks in built
        for block in blocks
        if block["type"] == "input" and "picker" in block["element"]["type"]
    ]
    assert pickers == ["2026-11-24", "12:00", "2026-11-22", "2026-11-18", None]


def test_what_is_chosen_is_read():
    day = {"selected_date": "2026-11-27"}
    view = FORMS["cut-off"](managed())
    assert change_dates.read_cut_off(
        filled(view, day=day, time={"selected_time": "17:30"})
    ) == MoveCutOff(date(2026, 11, 27), time(17, 30))
    assert change_dates.read_cut_off(
        filled(view, day=day, time={"selected_time": None})
    ) == MoveCutOff(date(2026, 11, 27))
    assert change_dates.read_end(filled(view, day=day)) == EndPeriod(date(2026, 11, 27))
    until = {"selected_date": "2027-01-04"}
    assert change_dates.read_pause(filled(view, day=day, until=until)) == PauseProgramme(
        date(2026, 11, 27), date(2027, 1, 4)
    )
    assert change_dates.read_pause(
        filled(view, day=day, until={"selected_date": None})
    ) == PauseProgramme(date(2026, 11, 27))


@pytest.mark.parametrize(
    ("verb", "asked"), [("chase", ChaseArea), ("excuse", ExcuseArea), ("unexcuse", ExpectArea)]
)
def test_the_area_and_what_is_to_be_done_are_read(verb, asked):
    view = FORMS["area"](managed("Parks"))
    chosen = filled(
        view,
        area={"selected_option": {"value": "1"}},
        verb={"selected_option": {"value": verb}},
    )
    assert choose_area.read(chosen, managed("Parks")) == asked("Parks")


ASKED = [
    MoveCutOff(date(2026, 11, 27), time(17)),
    EndPeriod(date(2026, 11, 27)),
    MergePeriods(),
    PauseProgramme(),
    ResumeProgramme(),
    ExcuseArea("Parks"),
    ExpectArea("Parks"),
    ChaseArea("Parks"),
]


@pytest.mark.parametrize("asked", ASKED, ids=str)
@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_slack_takes_every_confirmation(asked, name):
    foreseen = Foreseen(programme(name), asked, (name,) * 12)
    for view in (
        confirm_change.build(foreseen, warning="Look once more.", from_home=True),
        confirm_change.done(foreseen),
        confirm_change.done(None),
        confirm_change.choose_programme([programme(name)] * 60, str(asked)),
    ):
        assert faults(view) == []


def test_a_confirmation_says_what_will_be_and_carries_what_was_seen():
    foreseen = Foreseen(programme(), MergePeriods(), ("One thing.", "Another."))
    view = confirm_change.build(foreseen, from_home=True)
    shown = page_text(view)
    assert "Merge two periods?" in shown
    assert "Emergency planning" in shown
    assert "One thing." in shown
    assert "Another." in shown
    assert confirm_change.read(fill(view)) == Confirmed(7, MergePeriods(), foreseen.mark, True)


@pytest.mark.parametrize(
    "asked",
    [
        *ASKED,
        MoveCutOff(date(2026, 11, 27)),
        PauseProgramme(date(2026, 12, 21), date(2027, 1, 4)),
        *(
            ExcuseArea(name)
            for name in ("The Arts", "Acme Inc.", "Yes!", "“Quoted”", "A  b", "x" * 400)
        ),
        ExpectArea("Never Again"),
    ],
    ids=str,
)
def test_a_confirmation_carries_exactly_what_was_asked(asked):
    view = confirm_change.build(Foreseen(programme(), asked, ("One thing.",)))
    assert confirm_change.read(fill(view)).asked == asked


def test_something_else_foreseen_has_another_mark():
    one = Foreseen(programme(), MergePeriods(), ("One thing.",))
    assert one.mark != replace(one, told=("Another.",)).mark
    assert one.mark != replace(one, asked=ResumeProgramme()).mark


@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_slack_takes_an_offer_for_many_programmes(name):
    for count in (1, 60):
        assert faults(coordinating.offer([programme(name)] * count, "pause " + name[:290])) == []


def test_an_offer_has_a_button_for_each_programme():
    offer = coordinating.offer([programme(), programme("Recovery", id=8)], "pause")
    assert [ids.decode(ids.ChangeRef, one["value"]) for one in buttons(offer)] == [
        ids.ChangeRef(7, "pause"),
        ids.ChangeRef(8, "pause"),
    ]


def test_home_has_a_part_to_manage_a_programme():
    view = home.build([], [], LONDON, NOW, managing=[managed()])
    assert faults(view) == []
    assert labels(view) == [
        "Move cut-off",
        "End period",
        "Merge with next",
        "Pause",
        "Chase or excuse",
    ]
    shown = page_text(view)
    assert "9–22 November 2026 is due on Tuesday 24 November 2026, 12:00." in shown
    assert "Last change: Emergency planning, Wednesday 18 November, 10:00" in shown
    assert "extend to Friday 12:00" in shown


def test_home_tells_the_last_change_by_the_readers_clock():
    new_year = NOW.replace(year=2027)
    shown = page_text(home.build([], [], PARIS, new_year, managing=[managed()]))
    assert "Last change: Emergency planning, Wednesday 18 November 2026, 11:00 (Paris" in shown


def test_home_offers_to_resume_what_is_paused():
    view = home.build([], [], LONDON, NOW, managing=[managed(pause=Pause(date(2026, 11, 18)))])
    assert "Resume" in labels(view)
    assert "Pause" not in labels(view)
    assert "paused from today until somebody resumes it" in page_text(view)
