"""The modals in which a coordinator says to which day something moves."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from slack_sdk.models.blocks import Block, DatePickerElement, InputBlock, TimePickerElement
from slack_sdk.models.views import View

from highlightbot.core.calendar_changes import standing
from highlightbot.core.coordination import Managed
from highlightbot.core.instructions import EndPeriod, MoveCutOff, PauseProgramme
from highlightbot.slack import ids
from highlightbot.slack.blocks import TITLE, context, header, plain
from highlightbot.slack.text import clip


def build_cut_off(managed: Managed, now: datetime, *, from_home: bool = False) -> View:
    """Where the next cut-off moves to; Refusal where none is ahead."""
    zone = managed.calendar.timetable.zone
    due = managed.calendar.awaiting_cut_off(now).due_at.astimezone(zone)
    return _view(
        ids.MOVE_CUT_OFF,
        managed,
        "Move the cut-off",
        _day("New day of the cut-off", due.date()),
        InputBlock(
            block_id=ids.TIME,
            label=plain("Time of day"),
            hint=plain(f"By the programme's clock ({zone.key})."),
            element=TimePickerElement(action_id=ids.TIME, initial_time=f"{due:%H:%M}"),
        ),
        now=now,
        from_home=from_home,
    )


def build_end(managed: Managed, now: datetime, *, from_home: bool = False) -> View:
    """On which day the running period ends; Refusal where there is none."""
    return _view(
        ids.END_PERIOD,
        managed,
        "End the period",
        _day("Its last day", managed.calendar.newest.ends_on),
        context("The next period begins on the day after. The cut-off is counted from the end."),
        now=now,
        from_home=from_home,
    )


def build_pause(managed: Managed, now: datetime, *, from_home: bool = False) -> View:
    """From when until when the programme rests."""
    today = now.astimezone(managed.calendar.timetable.zone).date()
    return _view(
        ids.PAUSE,
        managed,
        "Pause the programme",
        _day("First day of the pause", today),
        InputBlock(
            block_id=ids.UNTIL,
            label=plain("The programme goes on from"),
            hint=plain("Leave it empty to pause until somebody resumes the programme."),
            optional=True,
            element=DatePickerElement(action_id=ids.UNTIL),
        ),
        now=now,
        from_home=from_home,
    )


def read_cut_off(view: Mapping[str, Any]) -> MoveCutOff:
    """The day and the time that were chosen."""
    at = _value(view, ids.TIME, "selected_time")
    return MoveCutOff(_chosen_day(view), time.fromisoformat(at) if at else None)


def read_end(view: Mapping[str, Any]) -> EndPeriod:
    """The day that was chosen."""
    return EndPeriod(_chosen_day(view))


def read_pause(view: Mapping[str, Any]) -> PauseProgramme:
    """The days that were chosen."""
    until = _value(view, ids.UNTIL, "selected_date")
    return PauseProgramme(_chosen_day(view), date.fromisoformat(until) if until else None)


def _view(
    callback_id: str,
    managed: Managed,
    title: str,
    *blocks: Block,
    now: datetime,
    from_home: bool,
) -> View:
    return View(
        type="modal",
        callback_id=callback_id,
        title=plain(TITLE, 24),
        submit=plain("Continue", 24),
        close=plain("Cancel", 24),
        private_metadata=ids.encode(ids.ProgrammeRef(managed.programme.id, from_home)),
        blocks=[
            header(title),
            context(
                f"{clip(managed.programme.name, 100)} · {' '.join(standing(managed.calendar, now))}"
            ),
            *blocks,
            context("You see what will become of it before anything changes."),
        ],
    )


def _day(label: str, initial: date) -> InputBlock:
    picker = DatePickerElement(action_id=ids.DAY, initial_date=initial.isoformat())
    return InputBlock(block_id=ids.DAY, label=plain(label), element=picker)


def _chosen_day(view: Mapping[str, Any]) -> date:
    return date.fromisoformat(str(_value(view, ids.DAY, "selected_date")))


def _value(view: Mapping[str, Any], block_id: str, name: str) -> str | None:
    value: str | None = view["state"]["values"][block_id][block_id].get(name)
    return value
