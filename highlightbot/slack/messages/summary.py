"""A period's summary: one message for the channel, the full text for its thread."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from highlightbot.core.reports import Revision
from highlightbot.core.rich_text import Span, Spans
from highlightbot.core.summaries import AreaLine, AreaState, Edition, Summary, shorten
from highlightbot.slack import dates
from highlightbot.slack.blocks import context, header, line, listing, names
from highlightbot.slack.messages.message import Message
from highlightbot.slack.messages.paging import Entry, Heading, Part, pages
from highlightbot.slack.messages.report_parts import by_section, nothing_from
from highlightbot.slack.text import clip, escape, length

_LINE = 150
_SHORT_LINE = 70
_MOST_LONG_LINES = 15
_LEAST_OF_A_LINE = 20
_AREA_NAME = 60
_MISSING_NAMES = 3000
_NIL_NAMES = 1500
_ALL_AREAS = 9000


def head(edition: Edition, zone: ZoneInfo) -> Message:
    """The message in the channel: who is missing, then each area in a line.

    Lines are shorter where there are many, so that 40 areas can be read and fit.
    """
    summary = edition.summary
    full_text = ["full text in the thread"] if summary.received else []
    due = dates.moment(summary.period.due_at, zone, summary.period.ends_on)
    late = [f"Posted late: it was due {due}"] if edition.posted_late else []
    told = [f"Edition {summary.edition}", count_in(summary), *full_text, *late]
    return Message(
        escape(clip(f"{title(summary)}: {count_in(summary)}", 300)),
        [header(title(summary)), context(" · ".join(told)), *area_blocks(summary)],
    )


def thread(edition: Edition, zone: ZoneInfo) -> list[Message]:
    """What goes under it: the first edition's text by section and area, later ones' news.

    All of it again under one that is posted anew. Nothing where no report came in.
    """
    summary = edition.summary
    if summary.edition > 1 and not edition.anew:
        return [message for report in edition.changed for message in _news(report, edition, zone)]
    return pages(f"{title(summary)}: full text", _sections(summary))


def title(summary: Summary) -> str:
    """The programme and the dates of the period."""
    return f"{clip(summary.programme, 100)}, {summary.period.bounds}"


def count_in(summary: Summary) -> str:
    """ "12 of 14 in", "12 of 13 in, 1 excused"."""
    excused = f", {len(summary.excused)} excused" if summary.excused else ""
    return f"{summary.received} of {summary.expected} in{excused}"


def area_blocks(summary: Summary) -> Iterator[Block]:
    """The areas by how they stand, the missing ones first; at most 9,500 characters."""
    missing = names(summary.missing, _MISSING_NAMES)
    nil = tuple(area.area for area in summary.lines if area.state is AreaState.NIL)
    nil_names = names(nil, _NIL_NAMES)
    if missing:
        yield line(Span(f"○ Missing ({len(summary.missing)}): ", bold=True), Span(missing))
    elif summary.received:
        yield line(Span("Every report is in.", bold=True))
    excused = names(summary.excused, _NIL_NAMES)
    room = _ALL_AREAS - length(missing) - length(nil_names) - length(excused)
    longest = _line_length(summary, room)
    for label, state in (("✓ In", AreaState.IN), ("✓ In, late", AreaState.LATE)):
        areas = [area for area in summary.lines if area.state is state]
        yield from _listed(f"{label} ({len(areas)})", areas, longest)
    if nil:
        yield line(Span(f"– Nothing to report ({len(nil)}): ", bold=True), Span(nil_names))
    if excused:
        yield line(Span(f"– Excused ({len(summary.excused)}): ", bold=True), Span(excused))


def _line_length(summary: Summary, room: int) -> int:
    """How long each area's line may be, so that all of them fit into the room."""
    told = [area for area in summary.lines if area.state in {AreaState.IN, AreaState.LATE}]
    wanted = _LINE if len(summary.lines) <= _MOST_LONG_LINES else _SHORT_LINE
    return min(wanted, room // max(len(told), 1) - _AREA_NAME - 4)


def _listed(label: str, areas: Sequence[AreaLine], longest: int) -> Iterator[Block]:
    """The areas with their lines, or where there is no room for lines, their names alone."""
    if not areas:
        return
    if longest < _LEAST_OF_A_LINE:
        told = names(tuple(area.area for area in areas), _ALL_AREAS // 4)
        yield line(Span(f"{label}: ", bold=True), Span(told))
        return
    yield line(Span(label, bold=True))
    yield listing(*(_area(area, longest) for area in areas))


def _area(area: AreaLine, longest: int) -> Spans:
    name = Span(clip(area.area, _AREA_NAME), bold=True)
    said = clip(shorten(area.line, longest), longest)
    return (name, Span(f" – {said}")) if said else (name,)


def _sections(summary: Summary) -> Iterator[Part]:
    for digest in summary.sections:
        yield Heading(digest.section.label)
        for said in digest.texts:
            yield Entry(said.area, said.text)
        yield from nothing_from(digest.nil_areas)


def _news(report: Revision, edition: Edition, zone: ZoneInfo) -> list[Message]:
    kind = "Corrected" if report.report_id in edition.held_before else "Late"
    number = f"edition {edition.summary.edition}"
    told = f"{kind} report from {clip(report.area_name, 100)}"
    arrived = dates.moment(report.submitted_at, zone, report.period.ends_on)
    opening: list[Block] = [
        header(told),
        context(f"Arrived {arrived}, by {clip(report.author, 100)} · {number}"),
    ]
    if report.headline:
        opening.append(line(Span(clip(report.headline, 300), italic=True)))
    return pages(f"{told} (arrived {arrived}): {number}", by_section(report.sections), opening)
