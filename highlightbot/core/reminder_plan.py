"""When people are reminded: a programme's plan, and how people write it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from highlightbot.core.periods import WorkingCalendar, instant, parse_time


class ReminderKind(StrEnum):
    """Why somebody is reminded: as the plan has it, in the order in which it happens, or asked."""

    PERIOD_ENDED = "period_ended"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DEPUTY = "deputy"
    COORDINATOR = "coordinator"
    ASKED = "asked"
    HANDED = "handed"
    CHASED = "chased"


PLANNED = tuple(ReminderKind)[:5]
"""What a plan has times for."""


@dataclass(frozen=True, slots=True)
class ReminderTime:
    """A day counted from an event, and a time of day in the reader's own zone.

    ``working_days`` is negative for days before the event and 0 for its own day.
    """

    working_days: int
    at: time

    def instant(self, day: date, zone: ZoneInfo, calendar: WorkingCalendar) -> datetime:
        """When that is for somebody in the zone; a day off is put off to the next working day."""
        day = calendar.shift(day, self.working_days) if self.working_days else day
        return instant(calendar.on_or_after(day), self.at, zone)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Local times between which people may be written to on working days."""

    start: time
    end: time

    def hold(self, at: time) -> bool:
        """Whether they contain that time of day."""
        return self.start <= at < self.end

    def next_moment(self, now: datetime, zone: ZoneInfo, calendar: WorkingCalendar) -> datetime:
        """``now`` if it is in working hours in the zone, else when they next begin (UTC)."""
        local = now.astimezone(zone)
        if calendar.is_working_day(local.date()) and self.hold(local.time()):
            return now
        day = local.date() if local.time() < self.start else local.date() + timedelta(days=1)
        return instant(calendar.on_or_after(day), self.start, zone)

    def last_hour(self, at: datetime, zone: ZoneInfo, calendar: WorkingCalendar) -> datetime:
        """``at`` if it is in working hours in the zone, else the last hour of them before (UTC)."""
        if self.next_moment(at, zone, calendar) == at:
            return at
        local = at.astimezone(zone)
        day = local.date() if local.time() < self.start else local.date() + timedelta(days=1)
        day = calendar.shift(day, -1)
        end = instant(day, self.end, zone)
        return max(instant(day, self.start, zone), end - timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """When authors are reminded at the period's end, before the cut-off and after it.

    Then it is the deputies' turn, and then the coordinators'. None, or no nudge, is switched off.
    """

    period_ended: ReminderTime
    due_soon: tuple[ReminderTime, ...]
    overdue: ReminderTime | None
    deputy: ReminderTime | None
    coordinator: ReminderTime | None
    hours: WorkingHours

    def times(self, kind: ReminderKind) -> tuple[ReminderTime, ...]:
        """The planned times of that kind; none where it is switched off."""
        planned: ReminderTime | tuple[ReminderTime, ...] | None = getattr(self, kind)
        if planned is None:
            return ()
        return planned if isinstance(planned, tuple) else (planned,)


_MOMENT = re.compile(
    r"(?:on the (?P<same>last day|day of the cut-off)"
    r"|(?P<days>\d{1,2}) working days? (?P<side>before|after) the (?P<event>end|cut-off))"
    r",? at (?P<at>\d{1,2}:\d{2})",
    re.IGNORECASE,
)
_EXAMPLES = {
    ReminderKind.PERIOD_ENDED: "on the last day, at 09:00",
    ReminderKind.DUE_SOON: "1 working day before the cut-off, at 14:00",
    ReminderKind.OVERDUE: "1 working day after the cut-off, at 09:00",
    ReminderKind.DEPUTY: "2 working days after the cut-off, at 09:00",
    ReminderKind.COORDINATOR: "3 working days after the cut-off, at 09:00",
}
_AFTER = (ReminderKind.OVERDUE, ReminderKind.DEPUTY, ReminderKind.COORDINATOR)
_WRONG_SIDE = {ReminderKind.DUE_SOON: "after", **dict.fromkeys(_AFTER, "before")}


def parse_reminder_time(kind: ReminderKind, text: str) -> ReminderTime:
    """When a reminder goes out, as people write it; ValueError for what cannot be read.

    The first reminder is counted from the period's end, the others from the cut-off: a nudge not
    after it, those that tell of a missing report not before it.
    """
    found = _MOMENT.fullmatch(" ".join(text.split()))
    event, same_day = _counted_from(kind)
    if (
        not found
        or (found["event"] or event).lower() != event
        or (found["same"] or same_day).lower() != same_day
        or (found["side"] or "").lower() == _WRONG_SIDE.get(kind)
    ):
        raise ValueError(f'"{text}" is no time to remind: write for example "{_EXAMPLES[kind]}"')
    days = int(found["days"] or 0)
    return ReminderTime(
        -days if (found["side"] or "").lower() == "before" else days, parse_time(found["at"])
    )


def format_reminder_time(kind: ReminderKind, moment: ReminderTime) -> str:
    """A time as `parse_reminder_time` reads it."""
    event, same_day = _counted_from(kind)
    days = abs(moment.working_days)
    if not days:
        return f"on the {same_day}, at {moment.at:%H:%M}"
    side = "before" if moment.working_days < 0 else "after"
    return f"{days} working day{'' if days == 1 else 's'} {side} the {event}, at {moment.at:%H:%M}"


def _counted_from(kind: ReminderKind) -> tuple[str, str]:
    """The event that its days are counted from, and what the day of that is called."""
    if kind is ReminderKind.PERIOD_ENDED:
        return "end", "last day"
    return "cut-off", "day of the cut-off"


_HOURS = re.compile(r"(?P<start>\d{1,2}:\d{2}) ?(?:to|-|–) ?(?P<end>\d{1,2}:\d{2})", re.IGNORECASE)


def parse_working_hours(text: str) -> WorkingHours:
    """Working hours as people write them: "09:00 to 17:00"; ValueError otherwise."""
    found = _HOURS.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError(f'"{text}" is no span of hours: write for example "09:00 to 17:00"')
    hours = WorkingHours(parse_time(found["start"]), parse_time(found["end"]))
    if hours.start >= hours.end:
        raise ValueError(f'"{text}" ends before it begins: write for example "09:00 to 17:00"')
    return hours


def _usual(kind: ReminderKind) -> ReminderTime:
    return parse_reminder_time(kind, _EXAMPLES[kind])


STANDARD_PLAN = ReminderPlan(
    period_ended=_usual(ReminderKind.PERIOD_ENDED),
    due_soon=(_usual(ReminderKind.DUE_SOON),),
    overdue=_usual(ReminderKind.OVERDUE),
    deputy=_usual(ReminderKind.DEPUTY),
    coordinator=_usual(ReminderKind.COORDINATOR),
    hours=WorkingHours(time(9), time(17)),
)
"""What holds where a programme's file says nothing."""
