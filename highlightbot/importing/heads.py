"""Reads what stands above a report's first section: its title and fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from highlightbot.core.period_text import TypedPeriod, read_period
from highlightbot.importing.fields import Field, FoundField, find_fields, is_field_line
from highlightbot.importing.lines import Doubt, Line

_TITLE_LINES = 3
_LONGEST_TITLE_LINE = 150
_OTHER_FIELD = re.compile(r"[^:\t]{2,40}[:\t].{0,100}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Head:
    """What a report's head says.

    ``unplaced`` are the lines below it that are no field; where it is not known where the head
    ends, all that are none.
    """

    title: str
    area: str
    author: str
    period: TypedPeriod
    unplaced: tuple[Line, ...]
    doubts: tuple[Doubt, ...]


def read_head(lines: Sequence[Line], *, is_whole: bool) -> Head:
    """The head that the lines are.

    ``is_whole`` is whether a heading follows; without one it is not known where the head ends,
    so that only the fields' full names count.
    """
    # "Department:" may stand above "Service area:", which is the one that is meant.
    fields = sorted(
        find_fields(lines, at_head=is_whole),
        key=lambda found: not is_field_line(lines[found.first]),
    )
    taken = {place for found in fields for place in range(found.first, found.last + 1)}
    first_field = min(taken, default=1)
    title, others = _title(lines, first_field), []
    doubts = _repeated(lines, fields)
    last_field = max(taken, default=0)
    for place, line in enumerate(lines):
        if place in taken or line.number in title:
            continue
        text = line.text.strip()
        if not is_whole or (place > last_field and not _OTHER_FIELD.fullmatch(text)):
            others.append(line)
        elif text:
            doubts.append(Doubt(line.number, f"This is no known field and is left out: “{text}”."))
    values = {found.field: found for found in reversed(fields) if found.value}
    doubts += _missing(lines, fields, values)
    period = _period(lines, values, doubts)
    return Head(
        " ".join(title.values()),
        values[Field.AREA].value if Field.AREA in values else "",
        values[Field.AUTHOR].value if Field.AUTHOR in values else "",
        period,
        tuple(others),
        tuple(doubts),
    )


def _title(lines: Sequence[Line], end: int) -> dict[int, str]:
    """The title's lines by number: the few short ones above the fields."""
    above = [line for line in lines[:end] if not line.is_blank]
    short = [line for line in above if len(line.text) <= _LONGEST_TITLE_LINE]
    return {line.number: " ".join(line.text.split()) for line in short[:_TITLE_LINES]}


def _repeated(lines: Sequence[Line], fields: Sequence[FoundField]) -> list[Doubt]:
    doubts, seen = [], dict[Field, str]()
    for found in fields:
        if found.value and seen.setdefault(found.field, found.value) != found.value:
            doubts.append(
                Doubt(
                    lines[found.first].number,
                    f"A second {found.field.value} is left out: “{found.value}”.",
                )
            )
    return doubts


def _missing(
    lines: Sequence[Line], fields: Sequence[FoundField], values: dict[Field, FoundField]
) -> list[Doubt]:
    places = {found.field: lines[found.first].number for found in reversed(fields)}
    return [
        Doubt(places[field], f"The {field.value} is empty.")
        if field in places
        else Doubt(None, f"There is no {field.value}.")
        for field in Field
        if field not in values
    ]


def _period(
    lines: Sequence[Line], values: dict[Field, FoundField], doubts: list[Doubt]
) -> TypedPeriod:
    if Field.PERIOD not in values:
        return TypedPeriod()
    found = values[Field.PERIOD]
    period = read_period(found.value)
    if period.doubt:
        doubts.append(Doubt(lines[found.last].number, period.doubt))
    return period
