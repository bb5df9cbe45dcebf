"""Reads a report's sections: the text under each heading, with nothing lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from highlightbot.core.nil import is_nil
from highlightbot.core.reports import AnsweredSection, answer
from highlightbot.core.templates import Section, Template
from highlightbot.importing.headings import (
    FoundHeading,
    Likeness,
    looks_like_heading,
    may_be_heading,
)
from highlightbot.importing.lines import Doubt, Line, as_rich_text
from highlightbot.importing.table_rows import side_by_side


@dataclass(frozen=True, slots=True)
class Body:
    """The sections with an answer in them, in the template's order.

    ``is_misplaced`` is whether text may stand under another heading than its own.
    """

    sections: tuple[AnsweredSection, ...]
    doubts: tuple[Doubt, ...]
    is_misplaced: bool = False


def sure_headings(headings: Mapping[int, FoundHeading]) -> dict[int, FoundHeading]:
    """Those of the likeliest kind for each section.

    Where "WORKFORCE CHANGES" is a heading, "Workforce changes:" further down is text.
    """
    likeliest = dict[str, Likeness]()
    for heading in headings.values():
        key = heading.section.key
        likeliest[key] = max(heading.likeness, likeliest.get(key, heading.likeness))
    return {
        place: heading
        for place, heading in headings.items()
        if heading.likeness is likeliest[heading.section.key]
    }


def read_body(
    lines: Sequence[Line],
    template: Template,
    headings: Mapping[int, FoundHeading],
    unplaced: Sequence[Line],
) -> Body:
    """The sections whose headings were found at those places.

    ``unplaced`` lines from the report's head go to the first section found. Blank and missing
    sections are left out, with a doubt.
    """
    sure = sure_headings(headings)
    first = min(sure)
    section = sure[first].section
    some_missing = len({heading.section.key for heading in sure.values()}) < len(template.sections)
    texts: dict[str, list[Line]] = {section.key: list(unplaced)}
    starts: dict[str, int] = {}
    doubts = [
        Doubt(line.number, f"This stands above all sections; {_kept(section)}.")
        for line in unplaced
        if not line.is_blank
    ]
    is_misplaced = some_missing and bool(doubts)
    for place in range(first, len(lines)):
        line = lines[place]
        if place in sure:
            section = sure[place].section
            doubts += _about_heading(line, sure[place], starts)
            starts.setdefault(section.key, line.number)
            texts.setdefault(section.key, [])
            line = line.without(sure[place].length)
            if line.is_blank:
                continue
        else:
            perhaps = (
                some_missing
                and may_be_heading(line, lines[place - 1])
                and any(not above.is_blank for above in texts[section.key])
            )
            doubts += _about_text(line, headings.get(place), section, perhaps=perhaps)
            is_misplaced |= perhaps or (some_missing and looks_like_heading(line))
        texts[section.key].append(line)
    answered = [_answered(each, texts.get(each.key), starts, doubts) for each in template.sections]
    beside = side_by_side(lines, sure)
    if is_misplaced:
        doubts.append(_MISPLACED)
    return Body(
        tuple(each for each in answered if each),
        (*beside, *doubts),
        is_misplaced=is_misplaced or bool(beside),
    )


_MISPLACED = Doubt(
    None, "Text of a missing section may stand under another. Mend its heading, or add it."
)


def _kept(section: Section) -> str:
    return f"kept as text of “{section.label}”"


def _about_heading(line: Line, heading: FoundHeading, starts: Mapping[str, int]) -> list[Doubt]:
    label = heading.section.label
    sentences = []
    if heading.likeness is Likeness.NEAR:
        sentences.append(f"“{line.text.strip()}” is taken as the heading “{label}”.")
    if heading.likeness is Likeness.BEFORE_TEXT:
        sentences.append(f"The beginning of this line is taken as the heading “{label}”.")
    if heading.section.key in starts:
        sentences.append(f"“{label}” is also in line {starts[heading.section.key]}: put together.")
    return [Doubt(line.number, sentence) for sentence in sentences]


def _about_text(
    line: Line, unsure: FoundHeading | None, section: Section, *, perhaps: bool
) -> list[Doubt]:
    """``perhaps`` is whether a heading is missing and the line might be one in other words."""
    if unsure and unsure.likeness is not Likeness.BEFORE_TEXT:
        sentence = f"“{unsure.section.label}” has a clearer heading elsewhere"
    elif looks_like_heading(line):
        sentence = f"Unknown heading “{line.text.strip()}”"
    elif perhaps:
        sentence = f"“{line.text.strip()}” may be a heading"
    else:
        return []
    return [Doubt(line.number, f"{sentence}; {_kept(section)}.")]


def _answered(
    section: Section,
    lines: Sequence[Line] | None,
    starts: Mapping[str, int],
    doubts: list[Doubt],
) -> AnsweredSection | None:
    if lines is None:
        doubts.append(Doubt(None, f"The section “{section.label}” is missing."))
        return None
    text = as_rich_text(lines)
    if text.is_blank:
        doubts.append(
            Doubt(starts[section.key], f"The section “{section.label}” is blank: no answer.")
        )
        return None
    given = answer(section, text)
    if is_nil(text.plain) and not given.nil:
        doubts.append(
            Doubt(
                starts[section.key],
                f"“{section.label}” says that there is nothing to report, which the template does"
                " not allow: kept as text.",
            )
        )
    return AnsweredSection(section, given.text, given.nil)
