"""Who has not reported, to be taken in at a glance."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from highlightbot.core.answers import Missing, MissingArea
from highlightbot.core.periods import Period
from highlightbot.core.reports import ReportState
from highlightbot.core.rich_text import Span, Spans
from highlightbot.slack import dates
from highlightbot.slack.blocks import context, header, line, listing, names
from highlightbot.slack.text import clip

_MOST_AREAS = 40


def missing_title(missing: Missing) -> str:
    """ "Emergency planning, 6–19 June 2020: 2 of 14 missing"."""
    count, expected = len(missing.missing), len(missing.missing) + missing.received
    told = f"{count} of {expected} missing" if count else f"all {expected} are in"
    if not missing.is_whole:
        none = "yours is excused" if missing.excused else "yours is in"
        told = f"{count} of yours missing" if count else none
    return f"{clip(missing.programme, 80)}, {missing.period.bounds}: {told}"


def missing_blocks(
    missing: Missing, now: datetime | None = None, zone: ZoneInfo | None = None
) -> Iterator[Block]:
    """The areas that are missing, with their authors; with ``now`` also how long is left.

    The programme's zone is named where the clocks of ``zone``, the reader's, differ.
    """
    due = _due(missing, missing.period, zone)
    left = f" · {dates.time_left(missing.due_at, now)}" if now else ""
    yield header(missing_title(missing))
    yield context(f"Cut-off: {due}{left}")
    if missing.missing:
        yield listing(*(_area(area) for area in missing.missing[:_MOST_AREAS]))
    elif missing.received or not missing.excused:
        told = "Every report is in." if missing.is_whole else "Your report is in."
        yield line(Span(f"✓ {told}"))
    rest = tuple(area.area for area in missing.missing[_MOST_AREAS:])
    if rest:
        yield context(f"And {names(rest)}")
    if missing.excused:
        yield context(f"Excused: {names(missing.excused)}")
    if missing.running:
        due = _due(missing, missing.running, zone)
        yield context(f"{missing.running.bounds} is running: its reports are due {due}.")


def _due(missing: Missing, period: Period, reader: ZoneInfo | None) -> str:
    note = dates.zone_note(period.due_at, missing.zone, reader or missing.zone)
    return dates.moment(period.due_at, missing.zone, period.ends_on) + note


def _area(area: MissingArea) -> Spans:
    state = "draft begun" if area.state is ReportState.DRAFT else "not started"
    authors = names(area.authors, 100) if area.authors else "nobody is its author"
    return (Span(clip(area.area, 60), bold=True), Span(f" – {state} – {authors}"))
