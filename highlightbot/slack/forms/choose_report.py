"""The modal for people who have several reports to write."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from highlightbot.core.reports import Report
from highlightbot.slack import ids
from highlightbot.slack.blocks import TITLE, context, plain, section, write_button
from highlightbot.slack.messages.standing import due, standing
from highlightbot.slack.text import clip

_MOST = 45


def build(reports: Sequence[Report], zone: ZoneInfo) -> View:
    """One line and one button a report, in the given order. Times are told in ``zone``."""
    return View(
        type="modal",
        callback_id=ids.CHOOSE_REPORT,
        title=plain(TITLE, 24),
        close=plain("Close", 24),
        blocks=[
            section("Which report do you want to write?"),
            *(block for report in reports[:_MOST] for block in _report(report, zone)),
            *_more(len(reports) - _MOST),
        ],
    )


def _report(report: Report, zone: ZoneInfo) -> Iterator[Block]:
    yield section(
        f"{clip(report.area_name, 500)} · {report.period.bounds}",
        write_button(report.id, report.area_name, primary=False),
    )
    yield context(f"{standing(report)} · {due(report, zone)} · {report.programme_name}")


def _more(count: int) -> Iterator[Block]:
    if count > 0:
        yield context(f"{count} more come up here when these are submitted.")
