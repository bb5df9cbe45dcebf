"""The app's Home tab: what I owe, what I coordinate, what I can ask."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from highlightbot.core.answers import Missing
from highlightbot.core.calendar_changes import standing
from highlightbot.core.coordination import Managed
from highlightbot.core.reports import HandOver, Report, ReportState
from highlightbot.core.rich_text import Span
from highlightbot.slack import dates, ids
from highlightbot.slack.blocks import (
    away_button,
    button,
    buttons,
    change_button,
    context,
    header,
    line,
    section,
    take_back_button,
    write_button,
)
from highlightbot.slack.messages.answers import example_blocks
from highlightbot.slack.messages.missing import missing_blocks
from highlightbot.slack.messages.standing import standing as report_standing
from highlightbot.slack.messages.standing import until
from highlightbot.slack.text import clip

_MOST_REPORTS = 18
_MOST_PROGRAMMES = 5


def build(
    reports: Sequence[Report],
    overviews: Sequence[Missing],
    zone: ZoneInfo,
    now: datetime,
    *,
    absence: date | None = None,
    managing: Sequence[Managed] = (),
) -> View:
    """The reports that the person can write, what is to be sent first, and what they coordinate.

    Times of reports are told in the person's ``zone``, those of programmes in their own; they are
    named where they differ.
    ``absence`` is the last day of the one that they are on. ``managing`` are the programmes that
    they can change.
    """
    return View(
        type="home",
        callback_id=ids.HOME,
        blocks=[
            *_mine(reports, bool(overviews), zone, now),
            *_absence(absence, is_author=bool(reports)),
            *(
                block
                for missing in overviews[:_MOST_PROGRAMMES]
                for block in (DividerBlock(), *missing_blocks(missing, now, zone))
            ),
            *(block for one in managing[:_MOST_PROGRAMMES] for block in _manage(one, zone, now)),
            *(_questions(bool(managing)) if reports or overviews or managing else ()),
        ],
    )


def _mine(
    reports: Sequence[Report], coordinates: bool, zone: ZoneInfo, now: datetime
) -> Iterator[Block]:
    if reports:
        yield header("Your reports")
        for report in sorted(reports, key=_is_in)[:_MOST_REPORTS]:
            yield from _report(report, zone, now)
        if len(reports) > _MOST_REPORTS:
            yield context(f"And {len(reports) - _MOST_REPORTS} more: type /highlight report.")
    elif coordinates:
        yield header("Reports")
        yield context("You have no report of your own to write now.")
    else:
        yield header("Highlight reports")
        yield section(
            "There is nothing here for you now. When a report of yours is due, you get a message"
            " and find it here. If you should be writing or reading reports, ask the coordinator"
            " of your programme."
        )


def _absence(until: date | None, *, is_author: bool) -> Iterator[Block]:
    if until is not None:
        back = button("I'm back", ids.COME_BACK)
        yield section(f"You are away to the end of {dates.day(until)}: no reminders come.", back)
    elif is_author:
        yield buttons(away_button())


def _report(report: Report, zone: ZoneInfo, now: datetime) -> Iterator[Block]:
    is_in, due_at = _is_in(report), report.period.due_at
    mark = "✓" if is_in else "○"
    unsent = ", and changed since: submit again to send it" if report.has_unsent_changes else ""
    yield line(
        Span(clip(report.area_name, 150), bold=True),
        Span(f" · {report.period.bounds}\n{mark} {report_standing(report)}{unsent} · "),
        Span(until(report, zone, now)),
        *([Span(f" · {dates.time_left(due_at, now)}")] if now <= due_at and not is_in else ()),
        *([Span(_handed(report.handed))] if report.handed and not is_in else ()),
    )
    if is_in:
        yield buttons(change_button(report.id, report.area_name))
    elif report.handed:
        yield buttons(
            write_button(report.id, report.area_name),
            take_back_button(report.id, report.area_name),
        )
    else:
        yield buttons(write_button(report.id, report.area_name))


def _is_in(report: Report) -> bool:
    return report.state is ReportState.SUBMITTED


def _handed(handed: HandOver) -> str:
    return f"\nHanded to {clip(handed.to, 80)} by {clip(handed.by, 80)}"


def _manage(managed: Managed, zone: ZoneInfo, now: datetime) -> Iterator[Block]:
    programme = managed.programme
    value = ids.encode(ids.ProgrammeRef(programme.id, from_home=True))
    yield DividerBlock()
    yield header(f"Manage {clip(programme.name, 100)}")
    told = " ".join(standing(managed.calendar, now))
    if note := dates.zone_note(now, programme.zone, zone):
        told += f" Times are those of the programme{note}."
    yield line(Span(told))
    yield buttons(
        button("Move cut-off", ids.MOVE_CUT_OFF, value),
        button("End period", ids.END_PERIOD, value),
        button("Merge with next", ids.MERGE, value),
        button("Resume", ids.RESUME, value)
        if managed.calendar.is_pausing(now)
        else button("Pause", ids.PAUSE, value),
        button("Chase or excuse", ids.CHOOSE_AREA, value),
    )
    if managed.changes:
        newest = managed.changes[0]
        at = dates.moment(newest.made_at, zone, now.astimezone(zone).date())
        at += dates.zone_note(newest.made_at, zone, programme.zone)
        yield context(f"Last change: {clip(newest.by, 80)}, {at}: {clip(newest.asked, 150)}")


def _questions(coordinates: bool) -> Iterator[Block]:
    yield DividerBlock()
    yield section("Type these here in a message to me, or after /highlight anywhere:")
    yield from example_blocks(coordinates=coordinates)
