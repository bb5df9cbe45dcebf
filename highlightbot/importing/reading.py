"""Reads the reports in a document. What is not certain becomes a doubt, never a guess in silence.

A document holds one report or several. A report is a title, the fields at its head, and the
sections of one template, each under its heading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from highlightbot.core.reports import AnsweredSection
from highlightbot.core.templates import Template
from highlightbot.importing.bodies import Body, read_body, sure_headings
from highlightbot.importing.documents import open_document
from highlightbot.importing.fields import report_starts
from highlightbot.importing.headings import Match, is_close, looks_like_heading, match_templates
from highlightbot.importing.heads import read_head
from highlightbot.importing.lines import Document, Doubt, Line
from highlightbot.importing.table_rows import without_row_labels


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report as a document tells it.

    Text that is not there is empty, a bound that is not known is None (both inclusive).
    ``template`` is None where no known heading was found. ``sections`` are those with an answer,
    in the template's order. ``doubts`` are in the document's order, those about no place last.
    ``is_misplaced`` is whether text may stand under another heading than its own.
    """

    file_name: str
    title: str
    area: str
    author: str
    starts_on: date | None
    ends_on: date | None
    template: Template | None
    sections: tuple[AnsweredSection, ...]
    doubts: tuple[Doubt, ...]
    is_misplaced: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether enough is known to store it: area, period, and which answer is of which section.

        Sections may be missing, but not all.
        """
        known = self.area and self.starts_on and self.ends_on and self.sections
        return bool(known) and not self.is_misplaced


def read_document(path: Path, templates: Sequence[Template]) -> list[ReadReport]:
    """The reports in a .txt or .docx file, each in the one of the templates that fits it best.

    Raises Refusal, with a sentence for the person, for a file that cannot be opened safely.
    """
    document = open_document(path)
    return [_read_report(document, part, templates) for part in _parts(document.lines)]


def _parts(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines of each report; one that begins in mid-document takes its title with it."""
    starts = [_with_title(lines, start) for start in report_starts(lines)]
    for start, end in pairwise([*starts, len(lines)]):
        yield lines[start:end]


def _with_title(lines: Sequence[Line], start: int) -> int:
    place = start
    while place and (lines[place - 1].is_blank or _is_title(lines[place - 1])):
        place -= 1
    return place


def _is_title(line: Line) -> bool:
    return looks_like_heading(line) and "report" in line.text.casefold()


def _read_report(
    document: Document, lines: Sequence[Line], templates: Sequence[Template]
) -> ReadReport:
    matches = match_templates(lines, templates)
    best = matches[0] if matches else None
    headings = best.headings if best else {}
    sure = sure_headings(headings)
    lines, row_labels = without_row_labels(lines, sure)
    first = min(sure, default=len(lines))
    head = read_head(lines[:first], is_whole=best is not None)
    if best:
        body = read_body(lines, best.template, headings, head.unplaced)
    else:
        body = Body((), _left_out(head.unplaced))
    numbers = range(lines[0].number, lines[-1].number + 1)
    about_file = (d for d in document.doubts if d.line is None or d.line in numbers)
    doubts = (*about_file, *row_labels, *head.doubts, *_about_template(matches), *body.doubts)
    return ReadReport(
        file_name=document.name,
        title=head.title,
        area=head.area,
        author=head.author,
        starts_on=head.period.starts_on,
        ends_on=head.period.ends_on,
        template=best.template if best else None,
        sections=body.sections,
        doubts=tuple(sorted(doubts, key=lambda doubt: (doubt.line is None, doubt.line or 0))),
        is_misplaced=body.is_misplaced,
    )


def _left_out(lines: Sequence[Line]) -> tuple[Doubt, ...]:
    return tuple(
        Doubt(line.number, f"This stands under no known heading and is left out: “{text}”.")
        for line in lines
        if (text := line.text.strip())
    )


def _about_template(matches: Sequence[Match]) -> list[Doubt]:
    if not matches:
        return [Doubt(None, "No heading of any known template was found.")]
    if len(matches) > 1 and is_close(matches[0], matches[1]):
        first, second = (f"{m.template.title} {m.template.version}" for m in matches[:2])
        return [Doubt(None, f"It could be “{first}” or “{second}”: taken as the first.")]
    return []
