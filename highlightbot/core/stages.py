"""Which stage of its plan of reminders a period has come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from highlightbot.core.periods import Period, WorkingCalendar
from highlightbot.core.reminder_plan import ReminderKind, ReminderPlan, ReminderTime

LOOK_AT_LEAST = timedelta(days=1)
"""How often it is seen anew who is due a reminder, though nobody is known to be."""


class Duty(StrEnum):
    """What somebody has to do with a report that is missing."""

    AUTHOR = "author"
    DEPUTY = "deputy"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Stage:
    """A time for reminding somebody. ``until`` is when the next one makes it pointless.

    ``mark`` names it: another one where the period's end or its cut-off is moved, so that it is
    told again, and the same one where only the hour is.
    """

    kind: ReminderKind
    since: datetime
    until: datetime
    mark: str


def stages(
    plan: ReminderPlan, period: Period, zone: ZoneInfo, calendar: WorkingCalendar
) -> tuple[Stage, ...]:
    """The period's stages for people in that zone, each duty's in their order.

    Where the cut-off follows so closely that a nudge would come before the first reminder, there
    is no such nudge.
    """
    due_on = period.due_at.astimezone(zone).date()
    ended = plan.period_ended.instant(period.ends_on, zone, calendar)
    nudges = sorted(
        (nudge.instant(due_on, zone, calendar), nudge.working_days) for nudge in plan.due_soon
    )
    nudges = [
        (at, days) for at, days in nudges if at < period.due_at and not at <= ended < period.due_at
    ]
    ends = [*(at for at, _ in nudges), period.due_at]
    due = f"{period.due_at.astimezone(UTC):%Y-%m-%dT%H:%M}"
    first = Stage(
        ReminderKind.PERIOD_ENDED,
        ended,
        ends[0],
        f"{ReminderKind.PERIOD_ENDED}:{period.ends_on}",
    )

    def after(kind: ReminderKind, at: ReminderTime | None) -> Sequence[Stage]:
        if at is None:
            return ()
        since = max(at.instant(due_on, zone, calendar), period.due_at)
        return (Stage(kind, since, period.closes_at, f"{kind}:{due}"),)

    return (
        first,
        *(
            Stage(ReminderKind.DUE_SOON, at, end, f"{ReminderKind.DUE_SOON}:{due}:{days}")
            for (at, days), end in zip(nudges, ends[1:], strict=True)
        ),
        *after(ReminderKind.OVERDUE, plan.overdue),
        *after(ReminderKind.DEPUTY, plan.deputy),
        *after(ReminderKind.COORDINATOR, plan.coordinator),
    )


_STAGES_OF = {
    Duty.AUTHOR: (ReminderKind.PERIOD_ENDED, ReminderKind.DUE_SOON, ReminderKind.OVERDUE),
    Duty.DEPUTY: (ReminderKind.DEPUTY,),
    Duty.COORDINATOR: (ReminderKind.COORDINATOR,),
}
_BEFORE_CUT_OFF = (ReminderKind.PERIOD_ENDED, ReminderKind.DUE_SOON)


def stage_of(duty: Duty, of: Sequence[Stage], now: datetime, by: datetime) -> Stage | None:
    """The stage that somebody with that duty is told at ``now``, None outside of the plan.

    Only the latest one counts: after an outage nobody gets the messages of those before. One that
    leads up to the cut-off may be told ahead, if it begins ``by`` then.
    """
    current = [
        stage
        for stage in of
        if stage.kind in _STAGES_OF[duty]
        and stage.since <= (by if stage.kind in _BEFORE_CUT_OFF else now)
        and now < stage.until
    ]
    return current[-1] if current else None


def next_stage(duty: Duty, of: Sequence[Stage], now: datetime) -> Stage | None:
    """The stage that comes next for somebody with that duty."""
    coming = [stage for stage in of if stage.kind in _STAGES_OF[duty] and now < stage.since]
    return min(coming, key=lambda stage: stage.since, default=None)


def kind_of(mark: str) -> ReminderKind:
    """Of which kind the stage of that mark is."""
    return ReminderKind(mark.partition(":")[0])
