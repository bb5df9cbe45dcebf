import json
from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.cadences import Cadence
from highlightbot.core.periods import CutOff
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import (
    STANDARD_PLAN,
    ReminderPlan,
    ReminderTime,
    WorkingHours,
)
from highlightbot.persistence.timetables import timetable_from_data, timetable_to_data
from highlightbot.scheduling.holidays import calendar_of
from tests.samples import TIMETABLE

EVERY_FIELD = Timetable(
    Cadence(3, "months", date(2026, 1, 31)),
    CutOff(5, time(16, 45), working=False),
    ZoneInfo("America/St_Johns"),
    ReminderPlan(
        ReminderTime(1, time(8)),
        (ReminderTime(-2, time(14, 30)), ReminderTime(0, time(9))),
        ReminderTime(3, time(10)),
        ReminderTime(4, time(10)),
        None,
        WorkingHours(time(8, 30), time(16)),
    ),
    "CA-NL",
    calendar_of("CA-NL"),
)


@pytest.mark.parametrize(
    "timetable",
    [EVERY_FIELD, TIMETABLE, replace(TIMETABLE, region=None, calendar=calendar_of(None))],
)
def test_timetable_comes_back_from_json(timetable: Timetable) -> None:
    data = json.loads(json.dumps(timetable_to_data(timetable)))
    assert timetable_from_data(data, calendar_of) == timetable


def test_a_plan_of_before_has_its_one_nudge_and_what_is_usual() -> None:
    data = timetable_to_data(EVERY_FIELD)
    plan = data["reminders"]
    del plan["deputy"], plan["coordinator"]
    plan["due_soon"] = plan["due_soon"][0]
    assert timetable_from_data(data, calendar_of).reminders == replace(
        EVERY_FIELD.reminders,
        due_soon=(ReminderTime(-2, time(14, 30)),),
        deputy=STANDARD_PLAN.deputy,
        coordinator=STANDARD_PLAN.coordinator,
    )
