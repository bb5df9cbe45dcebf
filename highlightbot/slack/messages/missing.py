"""Who has not reported, to be taken in at a glance."""

from collections.abc import Iterator
from datetime import datetime

from slack_sdk.models.blocks import Block

from highlightbot.core.answers import Missing, MissingArea
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


def missing_blocks(missing: Missing, now: datetime | None = None) -> Iterator[Block]:
    """The areas that are missing, with their authors; with ``now`` also how long is left."""
    due = dates.moment(missing.due_at, missing.zone, missing.period.ends_on)
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
        due = dates.moment(missing.running.due_at, missing.zone, missing.running.ends_on)
        yield context(f"{missing.running.bounds} is running: its reports are due {due}.")


def _area(area: MissingArea) -> Spans:
    state = "draft begun" if area.state is ReportState.DRAFT else "not started"
    authors = names(area.authors, 100) if area.authors else "nobody is its author"
    return (Span(clip(area.area, 60), bold=True), Span(f" – {state} – {authors}"))
