"""What a coordinator may change in a calendar, and what each change makes different.

Every change gives a new `Calendar`, or raises Refusal with the reason and a way out.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from highlightbot.core.calendars import Calendar
from highlightbot.core.day_names import weekday_of, written
from highlightbot.core.errors import Refusal
from highlightbot.core.periods import Period, format_bounds, format_instant, instant
from highlightbot.core.programmes import Pause

_DAY = timedelta(days=1)
_LONGEST = timedelta(days=366)


def move_cut_off(calendar: Calendar, day: date, at: time | None, now: datetime) -> Calendar:
    """Another cut-off for the period whose cut-off comes next; Refusal where that cannot be.

    ``day`` and ``at`` are local to the programme; without ``at`` the time of day stays.
    """
    zone = calendar.timetable.zone
    period = calendar.awaiting_cut_off(now)
    due_at = instant(day, at or period.due_at.astimezone(zone).time(), zone)
    if due_at == period.due_at:
        raise Refusal(f"That is its cut-off already: {format_instant(due_at, zone)}.")
    changed = replace(period, due_at=due_at)
    _refuse_early_cut_off(calendar, changed, now)
    if due_at >= period.closes_at:
        raise Refusal(
            "The next period's reports are due on"
            f" {format_instant(period.closes_at, zone)}: choose a time before that, or merge the"
            " two periods."
        )
    return _with(calendar, changed, now)


def end_period(calendar: Calendar, on: date, now: datetime) -> Calendar:
    """Another last day for the running period; Refusal where that cannot be.

    Its cut-off is counted from the new last day.
    """
    period = _running(calendar, now)
    today = now.astimezone(calendar.timetable.zone).date()
    bounds = period.bounds
    if on < period.starts_on:
        raise Refusal(f"The period {bounds} would end before it starts: choose a later day.")
    if on < today:
        raise Refusal(f"{format_day(on)} has passed: choose today or a later day.")
    if on == period.ends_on:
        raise Refusal(f"The period {bounds} ends on that day already.")
    if on - period.starts_on > _LONGEST:
        raise Refusal(
            f"The period that began on {format_day(period.starts_on)} would take more than a"
            " year: choose an earlier day, or pause the programme."
        )
    changed = replace(period, ends_on=on, due_at=calendar.timetable.due_at(on))
    _refuse_early_cut_off(calendar, changed, now)
    return _with(calendar, changed, now)


def merge_with_next(calendar: Calendar, now: datetime) -> Calendar:
    """One period where the running one and the next would be; Refusal where that cannot be."""
    period = _running(calendar, now)
    upcoming = next(calendar.coming(period.ends_on), None)
    if upcoming is None or upcoming.starts_on != period.ends_on + _DAY:
        raise Refusal(
            "The programme is paused after the running period, so that no other follows upon it:"
            " resume the programme first."
        )
    return end_period(calendar, upcoming.ends_on, now)


def pause(
    calendar: Calendar, starts_on: date | None, resumes_on: date | None, now: datetime
) -> Calendar:
    """No periods open and nobody is reminded from ``starts_on`` (today) until ``resumes_on``.

    A period that is open stays as it is. Takes the place of a pause that is ahead. One that is
    under way goes on with another end, so that its days which have passed stay left out; Refusal
    of one that begins only after it.
    """
    today = now.astimezone(calendar.timetable.zone).date()
    starts_on = starts_on or today
    if starts_on < today:
        raise Refusal(f"{format_day(starts_on)} has passed: pause from today or a later day.")
    if resumes_on is not None and resumes_on <= starts_on:
        raise Refusal("A pause ends after it begins: choose a later day to go on.")
    if max(starts_on, resumes_on or starts_on) - today > _LONGEST:
        raise Refusal(
            "That is more than a year ahead: choose an earlier day, or leave out the end and"
            " resume when the time comes."
        )
    wanted = Pause(_rests_since(calendar, starts_on, now), resumes_on)
    if wanted == calendar.pause:
        raise Refusal("The programme is paused like that already.")
    return replace(calendar, pause=wanted)


def resume(calendar: Calendar, now: datetime) -> Calendar:
    """The pause ends today, or does not begin; Refusal where there is none."""
    today = now.astimezone(calendar.timetable.zone).date()
    present = calendar.pause
    if present is None or not calendar.is_pausing(now):
        raise Refusal("The programme is not paused.")
    if present.starts_on >= today:
        return replace(calendar, pause=None)
    return replace(calendar, pause=Pause(present.starts_on, today))


def differences(before: Calendar, after: Calendar, now: datetime) -> tuple[str, ...]:
    """What a change makes different, a sentence each, in the programme's local time."""
    return tuple(_differences(before, after, now))


def standing(calendar: Calendar, now: datetime) -> tuple[str, ...]:
    """What is ahead, a sentence each: the cut-offs, a pause, the next period."""
    return tuple(_standing(calendar, now))


def format_day(day: date) -> str:
    """A day in words: "Friday 18 December 2026"."""
    return f"{weekday_of(day)} {written(day)}"


def _rests_since(calendar: Calendar, starts_on: date, now: datetime) -> date:
    """The first day of the pause that is wanted from a day on: that of the one it goes on with."""
    present = calendar.pause
    today = now.astimezone(calendar.timetable.zone).date()
    if present is None or present.starts_on >= today:
        return starts_on
    if present.resumes_on is None or starts_on <= present.resumes_on:
        return present.starts_on
    if calendar.is_pausing(now):
        raise Refusal(
            f"The programme is paused until {format_day(present.resumes_on - _DAY)}, and another"
            " pause can be kept only when that one is over: make it longer, or ask again then."
        )
    return starts_on


def _running(calendar: Calendar, now: datetime) -> Period:
    period = calendar.newest
    bounds = period.bounds
    if period.id in calendar.published or period.due_at <= now:
        raise Refusal(f"The cut-off of {bounds} has passed: its dates stay as they are.")
    if period.ends_on < now.astimezone(calendar.timetable.zone).date():
        raise Refusal(f"The period {bounds} has ended: you can still move its cut-off.")
    return period


def _refuse_early_cut_off(calendar: Calendar, period: Period, now: datetime) -> None:
    timetable, due_at = calendar.timetable, period.due_at
    told = format_instant(due_at, timetable.zone)
    earlier = [other for other in calendar.periods if other.starts_on < period.starts_on]
    if due_at <= now:
        raise Refusal(
            f"The cut-off of {period.bounds} would be {told}, which has passed: choose a later one."
        )
    if due_at.astimezone(timetable.zone).date() < period.ends_on:
        passed = (
            f" The cut-off of {other.bounds} has passed."
            for other in reversed(earlier)
            if other.due_at <= now
        )
        raise Refusal(
            f"The reports of {period.bounds} would be due on {told}, before the period's last day,"
            f" {format_day(period.ends_on)}: choose a later cut-off, or end the period earlier."
            f"{next(passed, '')}"
        )
    for other in earlier:
        if other.due_at >= due_at:
            raise Refusal(
                f"The reports of {period.bounds} would be due on {told}, not after those of"
                f" {other.bounds}, which are due on"
                f" {format_instant(other.due_at, timetable.zone)}: choose a later day."
            )


def _with(calendar: Calendar, changed: Period, now: datetime) -> Calendar:
    periods = (changed if one.id == changed.id else one for one in calendar.periods)
    return replace(calendar, periods=tuple(periods)).settled(now)


def _differences(before: Calendar, after: Calendar, now: datetime) -> Iterator[str]:
    zone = after.timetable.zone
    for old, new in zip(before.periods, after.periods, strict=True):
        bounds = new.bounds
        if new.ends_on != old.ends_on:
            yield (
                f"The period {old.bounds} becomes {bounds}: its"
                f" last day is {format_day(new.ends_on)}."
            )
        if new.due_at != old.due_at:
            was = format_instant(old.due_at, zone)
            due = format_instant(new.due_at, zone)
            yield f"Reports for {bounds} are due on {due}, instead of {was}."
    for old, new in zip(before.periods, after.periods, strict=True):
        if new.closes_at != old.closes_at:
            bounds = new.bounds
            closes = format_instant(new.closes_at, zone)
            yield f"Late reports for {bounds} are taken until {closes}."
    if after.pause != before.pause:
        yield from _pause_told(after, now)
    yield from _next_told(before, after, now)


def _standing(calendar: Calendar, now: datetime) -> Iterator[str]:
    zone = calendar.timetable.zone
    today = now.astimezone(zone).date()
    for period in calendar.periods:
        if period.due_at > now:
            bounds = period.bounds
            yield f"{bounds} is due on {format_instant(period.due_at, zone)}."
    if calendar.pause is not None and calendar.is_pausing(now):
        yield _pause_span(calendar.pause, today)
    upcoming = next(calendar.coming(today), None)
    if upcoming is not None:
        yield f"The next period is {format_bounds(upcoming.starts_on, upcoming.ends_on)}."


def _pause_span(present: Pause, today: date) -> str:
    start = "today" if present.starts_on == today else format_day(present.starts_on)
    if present.resumes_on is None:
        end = "until somebody resumes it"
    else:
        end = f"until {format_day(present.resumes_on - _DAY)}, that day included"
    return f"The programme is paused from {start} {end}: no period opens, and nobody is reminded."


def _pause_told(calendar: Calendar, now: datetime) -> Iterator[str]:
    today = now.astimezone(calendar.timetable.zone).date()
    present = calendar.pause
    if present is None or not calendar.is_pausing(now):
        yield "There is no pause any more: reminders go out."
        return
    yield _pause_span(present, today)
    for period in calendar.periods:
        if period.due_at > now:
            yield (
                f"Reports for {period.bounds} stay due on"
                f" {format_instant(period.due_at, calendar.timetable.zone)}, and their summary is"
                " posted then."
            )


def _next_told(before: Calendar, after: Calendar, now: datetime) -> Iterator[str]:
    today = now.astimezone(after.timetable.zone).date()
    old, new = next(before.coming(today), None), next(after.coming(today), None)
    if new is None or (
        old is not None and (old.starts_on, old.ends_on) == (new.starts_on, new.ends_on)
    ):
        return
    due = format_instant(new.due_at, after.timetable.zone)
    yield f"The next period is {format_bounds(new.starts_on, new.ends_on)}, due on {due}."
