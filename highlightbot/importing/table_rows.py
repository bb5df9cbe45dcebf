"""What the rows of a table say about the headings in them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from highlightbot.importing.headings import FoundHeading
from highlightbot.importing.lines import Doubt, Line

_NUMBER = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})*[.):]?")


def without_row_labels(
    lines: Sequence[Line], headings: Mapping[int, FoundHeading]
) -> tuple[list[Line], list[Doubt]]:
    """The lines, those emptied that stand left of the first heading of a table's row.

    Such cells number the heading, or say what kind it is; what is no number gets a doubt.
    """
    kept, doubts = list(lines), []
    for place, heading in headings.items():
        left = list(_left_of(lines, place))
        if any(each in headings for each in left):
            continue
        for each in reversed(left):
            text = lines[each].text.strip()
            kept[each] = replace(lines[each], spans=())
            if text and not _NUMBER.fullmatch(text):
                doubts.append(
                    Doubt(
                        lines[each].number,
                        f"This stands left of the heading “{heading.section.label}” and is left"
                        f" out: “{text}”.",
                    )
                )
    return kept, doubts


def side_by_side(lines: Sequence[Line], headings: Mapping[int, FoundHeading]) -> tuple[Doubt, ...]:
    """A doubt about the first heading in a cell right after another heading's."""
    for place, heading in sorted(headings.items()):
        if lines[place].gap == "\t" and place - 1 in headings:
            return (
                Doubt(
                    lines[place].number,
                    f"“{heading.section.label}” stands right beside the heading before it, so that"
                    " it is not clear which text is whose: put each heading above its text or left"
                    " of it.",
                ),
            )
    return ()


def _left_of(lines: Sequence[Line], place: int) -> Iterator[int]:
    """The places in the row's cells left of the one at that place, the nearest first."""
    if lines[place].gap != "\t":
        return
    while place and lines[place - 1].row == lines[place].row:
        place -= 1
        yield place
