"""A report's text as parts of pages."""

from collections.abc import Iterable, Iterator

from highlightbot.core.reports import AnsweredSection
from highlightbot.slack.blocks import names
from highlightbot.slack.messages.paging import Entry, Note, Part


def by_section(sections: Iterable[AnsweredSection]) -> Iterator[Part]:
    """What was said, section by section, then in one line where there was nothing.

    A section that is blank and no nil answer is left out.
    """
    sections = list(sections)
    for said in sections:
        if has_text(said):
            yield Entry(said.section.label, said.text)
    yield from nothing_from(said.section.label for said in sections if said.nil)


def has_text(said: AnsweredSection) -> bool:
    """Whether there is anything to read in it."""
    return not said.nil and not said.text.is_blank


def nothing_from(of: Iterable[str]) -> Iterator[Note]:
    """One line for all areas, or sections, that have nothing to report."""
    of = tuple(of)
    if of:
        yield Note(f"Nothing to report: {names(of)}")
