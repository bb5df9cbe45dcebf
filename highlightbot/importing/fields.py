"""The fields at a report's head: service area, report author, reporting period."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from highlightbot.importing.lines import Line


class Field(Enum):
    """A field; its value is how sentences call it."""

    AREA = "service area"
    AUTHOR = "report author"
    PERIOD = "reporting period"


@dataclass(frozen=True, slots=True)
class FoundField:
    """A field where it stands. ``first`` and ``last`` are the places of its lines."""

    field: Field
    value: str
    first: int
    last: int


_LABELS = {
    Field.AREA: r"service\s+areas?(?:\s*\(s\))?",
    Field.AUTHOR: r"report(?:ing)?\s+authors?(?:\s*\(s\))?",
    Field.PERIOD: r"report(?:ing)?\s+periods?(?:\s*\(s\))?",
}
# Words that name a field only at a report's head; further down they are ordinary words.
_SHORT_LABELS = {
    Field.AREA: r"service|area|team|department|directorate",
    Field.AUTHOR: r"(?:name\s+of\s+)?authors?|(?:report\s+)?(?:completed|prepared|written)\s+by",
    Field.PERIOD: r"periods?(?:\s+covered)?|dates?\s+covered|period\s+of\s+report",
}


def _pattern(labels: dict[Field, str], end: str) -> re.Pattern[str]:
    named = "|".join(f"(?P<{field.name}>{label})" for field, label in labels.items())
    return re.compile(rf"(?:^|(?<=\s))(?:{named}){end}", re.IGNORECASE)


_FULL = _pattern(_LABELS, r"\s*(?::|(?=\t)|$)")
_WITHIN = _pattern(_LABELS, r"\s*:")
_SHORT = _pattern(_SHORT_LABELS, r"\s*(?::|(?=\t))")
_CELL = _pattern(_SHORT_LABELS, r"\s*$")
_HEAD_LINES = 6
_LONGEST_LINE = 1_000


def find_fields(lines: Sequence[Line], *, at_head: bool) -> Iterator[FoundField]:
    """The fields that stand in the lines, each with its value in one line of text.

    A value may stand on the line after its label, or in the next cell. ``at_head`` is whether
    short labels such as "Author:" count too.
    """
    for place, line in enumerate(lines):
        labels = _labels(lines, place, at_head=at_head)
        ends = [*(start for _, start, _ in labels[1:]), len(line.text)]
        for (field, _, start), end in zip(labels, ends, strict=False):
            value, last = _clean(line.text[start:end]), place
            if not value and end == len(line.text):
                value, last = _value_after(lines, place, at_head=at_head)
            yield FoundField(field, value, place, last)


def report_starts(lines: Sequence[Line]) -> list[int]:
    """The places where another report begins: a service area with another field close to it.

    The first report begins at 0, whatever is at its head.
    """
    fields = list(find_fields(lines, at_head=False))
    starts, in_head = [0], None
    for number, found in enumerate(fields):
        if in_head is not None and found.first - in_head <= _HEAD_LINES:
            in_head = found.first
            continue
        near = {
            other.field for other in fields[number:] if other.first - found.first <= _HEAD_LINES
        }
        if in_head is None or (Field.AREA in near and len(near) > 1):
            if in_head is not None:
                starts.append(found.first)
            in_head = found.first
    return starts


def is_field_line(line: Line) -> bool:
    """Whether the line begins with a field's full label."""
    return bool(_FULL.match(line.text.lstrip()))


def _labels(lines: Sequence[Line], place: int, *, at_head: bool) -> list[tuple[Field, int, int]]:
    """The labels in a line, with the places where each and its value begin."""
    text = lines[place].text
    if len(text) > _LONGEST_LINE:
        return []
    indent = len(text) - len(text.lstrip())
    patterns = [_FULL]
    if at_head:
        patterns.append(_SHORT)
        if place + 1 < len(lines) and lines[place + 1].gap == "\t":
            patterns.append(_CELL)
    for pattern in patterns:
        if first := pattern.match(text, indent):
            others = _WITHIN.finditer(text, first.end())
            return [
                (Field[str(found.lastgroup)], found.start(), found.end())
                for found in (first, *others)
            ]
    return []


def _value_after(lines: Sequence[Line], place: int, *, at_head: bool) -> tuple[str, int]:
    """The value on the next line, unless that is blank or a label itself."""
    after = place + 1
    if after == len(lines) or _labels(lines, after, at_head=at_head):
        return "", place
    value = _clean(lines[after].text)
    return value, after if value else place


def _clean(value: str) -> str:
    return " ".join(value.split()).lstrip(":").strip()
