"""The app's Home tab: what I owe, what I coordinate, what I can ask."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from highlightbot.core.answers import Missing
from highlightbot.core.reports import Report, ReportState
from highlightbot.core.rich_text import Span
from highlightbot.slack import dates, ids
from highlightbot.slack.blocks import button, buttons, context, header, line, section, write_button
from highlightbot.slack.messages.answers import example_blocks
from highlightbot.slack.messages.missing import missing_blocks
from highlightbot.slack.messages.standing import standing
from highlightbot.slack.text import clip

_MOST_REPORTS = 25
_MOST_PROGRAMMES = 8


def build(
    reports: Sequence[Report], overviews: Sequence[Missing], zone: ZoneInfo, now: datetime
) -> View:
    """The reports that the person can write, and the programmes that they coordinate.

    Times are told in the person's ``zone``, which is named if it is not the programme's.
    """
    return View(
        type="home",
        callback_id=ids.HOME,
        blocks=[
            *_mine(reports, bool(overviews), zone, now),
            *(
                block
                for missing in overviews[:_MOST_PROGRAMMES]
                for block in (DividerBlock(), *missing_blocks(missing, now))
            ),
            *(_questions() if reports or overviews else ()),
        ],
    )


def _mine(
    reports: Sequence[Report], coordinates: bool, zone: ZoneInfo, now: datetime
) -> Iterator[Block]:
    if reports:
        yield header("Your reports")
        for report in reports[:_MOST_REPORTS]:
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


def _report(report: Report, zone: ZoneInfo, now: datetime) -> Iterator[Block]:
    is_in = report.state is ReportState.SUBMITTED
    mark = "✓" if is_in else "○"
    yield line(
        Span(clip(report.area_name, 150), bold=True),
        Span(f" · {dates.bounds(report.period)}\n{mark} {standing(report)} · "),
        Span(_until(report, zone, now)),
    )
    if is_in:
        yield buttons(
            button(
                "Change report",
                ids.WRITE_REPORT,
                ids.encode_report(report.id),
                read_as=f"Change report for {report.area_name}",
            )
        )
    else:
        yield buttons(write_button(report.id, report.area_name))


def _until(report: Report, zone: ZoneInfo, now: datetime) -> str:
    """The next instant that matters: the cut-off, or after it the closing."""
    period = report.period
    if now > period.due_at or report.state is ReportState.SUBMITTED:
        closes = _moment(period.closes_at, report, zone)
        if report.state is ReportState.SUBMITTED:
            return f"can be changed until {closes}"
        return f"the cut-off has passed; taken as late until {closes}"
    return f"due {_moment(period.due_at, report, zone)} · {dates.time_left(period.due_at, now)}"


def _moment(at: datetime, report: Report, zone: ZoneInfo) -> str:
    told = dates.moment(at, zone, report.period.ends_on)
    return f"{told}{dates.zone_note(at, zone, report.zone)}"


def _questions() -> Iterator[Block]:
    yield DividerBlock()
    yield section("Type these here in a message to me, or after /highlight anywhere:")
    yield from example_blocks()
