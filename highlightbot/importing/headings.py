"""Recognises a template's headings in a document, and the template by its headings."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz, process

from highlightbot.core.nil import is_nil
from highlightbot.core.templates import Section, Template
from highlightbot.importing.fields import is_field_line
from highlightbot.importing.lines import Line

_LONGEST_HEADING = 160
_LONGEST_CAPITALS = 80
_FEWEST_CAPITALS = 5
_NEAR_ENOUGH = 85
_MOST_WORDS = 6


class Likeness(IntEnum):
    """How sure it is that a line is a section's heading."""

    NEAR = 1
    BEFORE_TEXT = 2
    SAME_WORDS = 3
    VERBATIM = 4


_WEIGHTS = {
    Likeness.NEAR: 0.6,
    Likeness.BEFORE_TEXT: 0.7,
    Likeness.SAME_WORDS: 1.0,
    Likeness.VERBATIM: 1.1,
}
_MISSING_WEIGHT = 0.5
_CLEAR_LEAD = 0.25


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """A line that is, or may be, a section's heading; it ends after ``length`` characters."""

    section: Section
    likeness: Likeness
    length: int


@dataclass(frozen=True, slots=True)
class Match:
    """A template and where its headings stand, by place; ``score`` is how well it fits."""

    template: Template
    headings: Mapping[int, FoundHeading]
    score: float


def match_templates(lines: Sequence[Line], templates: Sequence[Template]) -> list[Match]:
    """The templates of which any heading is found, best first, and newest where equal."""
    looked_at = [
        (place, line)
        for place, line in enumerate(lines)
        if not (line.is_blank or is_field_line(line) or is_nil(line.text))
    ]
    matches = (_match(lines, looked_at, template) for template in reversed(templates))
    return sorted((match for match in matches if match.headings), key=lambda match: -match.score)


def is_close(best: Match, second: Match) -> bool:
    """Whether the second template might as well be the right one."""
    return best.score - second.score < _CLEAR_LEAD


def looks_like_heading(line: Line) -> bool:
    """Whether a line is drawn as headings are: in Word's outline, or in capitals alone."""
    text = line.text.strip()
    if line.heading or len(text) > _LONGEST_CAPITALS:
        return line.heading and len(text) <= _LONGEST_HEADING
    return (
        text.isupper()
        and sum(character.isalpha() for character in text) >= _FEWEST_CAPITALS
        and not line.item
        and not text.endswith((".", "!", ",", ";"))
        and not is_nil(text)
    )


def may_be_heading(line: Line, before: Line) -> bool:
    """Whether a line is short and alone enough to be a heading that nobody knows."""
    text = line.text.strip()
    return (
        (before.is_blank or line.gap == "\n\n")
        and text[:1].isupper()
        and text[-1:].isalnum()
        and len(text.split()) <= _MOST_WORDS
        and not line.item
        and not is_nil(text)
    )


def _match(
    lines: Sequence[Line], looked_at: Sequence[tuple[int, Line]], template: Template
) -> Match:
    spellings = {
        spelling: section
        for section in reversed(template.sections)
        for spelling in _spellings(section)
        if spelling
    }
    headings = {
        place: heading
        for place, line in looked_at
        if (heading := _recognise(line, _begins(lines, place), spellings))
    }
    best = dict[str, Likeness]()
    for heading in headings.values():
        key = heading.section.key
        best[key] = max(heading.likeness, best.get(key, heading.likeness))
    missing = len(template.sections) - len(best)
    score = sum(_WEIGHTS[likeness] for likeness in best.values()) - _MISSING_WEIGHT * missing
    return Match(template, headings, score)


def _spellings(section: Section) -> Iterator[str]:
    for text in (section.label, section.heading):
        yield _words(_without_brackets(text))
        yield _words(text)


def _recognise(line: Line, begins: bool, spellings: Mapping[str, Section]) -> FoundHeading | None:
    text = line.text.strip()
    if len(text) <= _LONGEST_HEADING:
        for words in (_words(text), _words(_without_brackets(text))):
            if section := spellings.get(words):
                same = text == section.heading
                likeness = Likeness.VERBATIM if same else Likeness.SAME_WORDS
                return FoundHeading(section, likeness, len(line.text))
        if begins and (section := _nearest(text, spellings)):
            return FoundHeading(section, Likeness.NEAR, len(line.text))
    return _before_text(line.text, spellings)


def _before_text(text: str, spellings: Mapping[str, Section]) -> FoundHeading | None:
    """A heading that its text follows on the same line: "Workforce: two posts are vacant"."""
    for mark in re.finditer(r":|\t", text[:_LONGEST_HEADING]):
        if section := spellings.get(_words(text[: mark.start()])):
            return FoundHeading(section, Likeness.BEFORE_TEXT, mark.end())
    return None


def _nearest(text: str, spellings: Mapping[str, Section]) -> Section | None:
    words = _words(text)
    if len(words) < 6 or text.endswith((".", "!", "?", ",", ";")):
        return None
    nearest = process.extractOne(
        words, list(spellings), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH
    )
    return spellings[nearest[0]] if nearest else None


def _begins(lines: Sequence[Line], place: int) -> bool:
    """Whether a line begins a paragraph or a row of a table, or is drawn as headings are."""
    line, before = lines[place], lines[place - 1] if place else None
    return (
        before is None
        or before.is_blank
        or line.gap != "\n"
        or line.row != before.row
        or looks_like_heading(line)
    )


_NUMBERING = re.compile(
    r"^(?:section\s+)?\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.):]\s*", re.I
)


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)|\[[^][]*\]", " ", text)


def _words(text: str) -> str:
    """A heading's words alone, so that spelling and punctuation do not matter."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    text = _NUMBERING.sub("", text.strip())
    return " ".join(re.sub(r"[^\w]+", " ", text).split())
