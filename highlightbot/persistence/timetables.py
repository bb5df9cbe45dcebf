"""Timetables as JSON data."""

from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from highlightbot.core.cadences import Cadence, parse_month_day
from highlightbot.core.periods import CutOff, WorkingCalendar
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import (
    STANDARD_PLAN,
    ReminderPlan,
    ReminderTime,
    WorkingHours,
)


def timetable_to_data(timetable: Timetable) -> dict[str, Any]:
    """The timetable as JSON data, with its region in place of the calendar."""
    cadence, cut_off, plan = timetable.cadence, timetable.cut_off, timetable.reminders
    return {
        "cadence": {
            "every": cadence.every,
            "unit": cadence.unit,
            "anchor": cadence.anchor.isoformat(),
            "ends": str(cadence.ends) if cadence.ends else None,
        },
        "cut_off": {
            "days": cut_off.days,
            "at": cut_off.at.isoformat(),
            "working": cut_off.working,
        },
        "zone": timetable.zone.key,
        "reminders": {
            "period_ended": _moment_to_data(plan.period_ended),
            "due_soon": [_moment_to_data(nudge) for nudge in plan.due_soon],
            "overdue": _optional_to_data(plan.overdue),
            "deputy": _optional_to_data(plan.deputy),
            "coordinator": _optional_to_data(plan.coordinator),
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
    calendar = calendar_for(data["region"])
    return Timetable(
        cadence=_cadence_from_data(cadence, calendar),
        cut_off=CutOff(cut_off["days"], time.fromisoformat(cut_off["at"]), cut_off["working"]),
        zone=ZoneInfo(data["zone"]),
        reminders=ReminderPlan(
            _moment_from_data(plan["period_ended"]),
            _nudges_from_data(plan["due_soon"]),
            _optional_from_data(plan["overdue"]),
            # Plans of before had neither, and get what is usual.
            _optional_from_data(plan["deputy"]) if "deputy" in plan else STANDARD_PLAN.deputy,
            _optional_from_data(plan["coordinator"])
            if "coordinator" in plan
            else STANDARD_PLAN.coordinator,
            WorkingHours(time.fromisoformat(start), time.fromisoformat(end)),
        ),
        region=data["region"],
        calendar=calendar,
    )


def _cadence_from_data(data: Mapping[str, Any], calendar: WorkingCalendar) -> Cadence:
    ends = data.get("ends")  # there was none at first
    return Cadence(
        data["every"],
        data["unit"],
        date.fromisoformat(data["anchor"]),
        parse_month_day(ends) if ends else None,
        calendar,
    )


def _moment_to_data(moment: ReminderTime) -> dict[str, Any]:
    return {"working_days": moment.working_days, "at": moment.at.isoformat()}


def _moment_from_data(data: Mapping[str, Any]) -> ReminderTime:
    return ReminderTime(data["working_days"], time.fromisoformat(data["at"]))


def _optional_to_data(moment: ReminderTime | None) -> dict[str, Any] | None:
    return None if moment is None else _moment_to_data(moment)


def _optional_from_data(data: Mapping[str, Any] | None) -> ReminderTime | None:
    return None if data is None else _moment_from_data(data)


def _nudges_from_data(data: Any) -> tuple[ReminderTime, ...]:
    """There used to be exactly one nudge."""
    return tuple(map(_moment_from_data, data if isinstance(data, list) else [data]))
