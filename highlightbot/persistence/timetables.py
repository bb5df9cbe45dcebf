"""Timetables as JSON data."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from highlightbot.core.periods import Cadence, CutOff, WorkingCalendar
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminders import ReminderPlan, ReminderTime, WorkingHours


def timetable_to_data(timetable: Timetable) -> dict[str, Any]:
    """The timetable as JSON data, with its region in place of the calendar."""
    cadence, cut_off, plan = timetable.cadence, timetable.cut_off, timetable.reminders
    return {
        "cadence": {
            "every": cadence.every,
            "unit": cadence.unit,
            "anchor": cadence.anchor.isoformat(),
        },
        "cut_off": {
            "days": cut_off.days,
            "at": cut_off.at.isoformat(),
            "working": cut_off.working,
        },
        "zone": timetable.zone.key,
        "reminders": {
            "period_ended": _moment_to_data(plan.period_ended),
            "due_soon": _moment_to_data(plan.due_soon),
            "overdue": _moment_to_data(plan.overdue),
            "hours": [plan.hours.start.isoformat(), plan.hours.end.isoformat()],
        },
        "region": timetable.region,
    }


def timetable_from_data(
    data: Mapping[str, Any], calendar_for: Callable[[str | None], WorkingCalendar]
) -> Timetable:
    """A timetable from what `timetable_to_data` made; ``calendar_for`` knows the regions."""
    cadence, cut_off, plan = data["cadence"], data["cut_off"], data["reminders"]
    start, end = plan["hours"]
    return Timetable(
        cadence=Cadence(cadence["every"], cadence["unit"], date.fromisoformat(cadence["anchor"])),
        cut_off=CutOff(cut_off["days"], time.fromisoformat(cut_off["at"]), cut_off["working"]),
        zone=ZoneInfo(data["zone"]),
        reminders=ReminderPlan(
            _moment_from_data(plan["period_ended"]),
            _moment_from_data(plan["due_soon"]),
            _moment_from_data(plan["overdue"]),
            WorkingHours(time.fromisoformat(start), time.fromisoformat(end)),
        ),
        region=data["region"],
        calendar=calendar_for(data["region"]),
    )


def _moment_to_data(moment: ReminderTime) -> dict[str, Any]:
    return {"working_days": moment.working_days, "at": moment.at.isoformat()}


def _moment_from_data(data: Mapping[str, Any]) -> ReminderTime:
    return ReminderTime(data["working_days"], time.fromisoformat(data["at"]))
