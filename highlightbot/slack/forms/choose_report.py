"""The modal for people who have several reports to write."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from highlightbot.core.reports import Report
from highlightbot.slack import dates, ids
from highlightbot.slack.blocks import TITLE, context, plain, section, write_button
from highlightbot.slack.messages.standing import standing
from highlightbot.slack.text import clip

_MOST = 45


def build(reports: Sequence[Report]) -> View:
    """One line and one button a report, in the given order."""
    return View(
        type="modal",
        callback_id=ids.CHOOSE_REPORT,
        title=plain(TITLE, 24),
        close=plain("Close", 24),
        blocks=[
            section("Which report do you want to write?"),
            *(block for report in reports[:_MOST] for block in _report(report)),
            *_more(len(reports) - _MOST),
        ],
    )


def _report(report: Report) -> Iterator[Block]:
    period = report.period
    due = dates.short_moment(period.due_at, report.zone, period.ends_on)
    yield section(
        f"{clip(report.area_name, 500)} · {dates.bounds(period)}",
        write_button(report.id, report.area_name, primary=False),
    )
    yield context(f"{standing(report)} · due {due} · {report.programme_name}")


def _more(count: int) -> Iterator[Block]:
    if count > 0:
        yield context(f"{count} more come up here when these are submitted.")
