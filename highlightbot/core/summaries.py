"""The reports of a period become one ordered summary."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from highlightbot.core.periods import Period
from highlightbot.core.reports import HEADLINE_LENGTH, Revision
from highlightbot.core.rich_text import RichText
from highlightbot.core.templates import Section


class AreaState(StrEnum):
    """How a service area stands in a summary."""

    IN = "in"
    NIL = "nil"
    LATE = "late"
    MISSING = "missing"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One service area at the top of a summary. ``line`` is its headline or first words."""

    area: str
    state: AreaState
    line: str = ""


@dataclass(frozen=True, slots=True)
class AreaText:
    """What one service area says in one section."""

    area: str
    text: RichText


@dataclass(frozen=True, slots=True)
class SectionDigest:
    """One section over all areas; those with nothing to report are only named."""

    section: Section
    texts: tuple[AreaText, ...]
    nil_areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What came in for a period, and who is missing.

    ``edition`` counts from 1; 0 is a view of a period whose summary is not published.
    """

    programme: str
    period: Period
    edition: int
    lines: tuple[AreaLine, ...]
    sections: tuple[SectionDigest, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The areas without a report."""
        return self._standing(AreaState.MISSING)

    @property
    def excused(self) -> tuple[str, ...]:
        """The areas that owed no report."""
        return self._standing(AreaState.EXCUSED)

    @property
    def expected(self) -> int:
        """How many areas have reported or should have."""
        return len(self.lines) - len(self.excused)

    @property
    def received(self) -> int:
        """How many areas have reported."""
        return self.expected - len(self.missing)

    def _standing(self, state: AreaState) -> tuple[str, ...]:
        return tuple(line.area for line in self.lines if line.state is state)


@dataclass(frozen=True, slots=True)
class Edition:
    """A summary as it was published, and the reports that this edition brought.

    ``changed`` is empty for the first edition: it brings all. ``held_before`` are the reports that
    the edition before held, in this revision or another. ``posted_late`` is of the message, which
    stays the same through all editions. ``anew`` says that the message before never came or was
    taken away, so that this edition is posted with all that it holds.
    """

    summary: Summary
    changed: tuple[Revision, ...] = ()
    held_before: frozenset[int] = frozenset()
    posted_late: bool = False
    anew: bool = False


def is_posted_late(period: Period, posted_at: datetime) -> bool:
    """Whether a summary came so long after its cut-off that its readers should be told."""
    return posted_at - period.due_at > _PUNCTUAL


_PUNCTUAL = timedelta(hours=1)


def compile_summary(
    programme: str,
    period: Period,
    edition: int,
    areas: Mapping[int, str],
    reports: Iterable[Revision],
    excused: Collection[int] = (),
) -> Summary:
    """The summary of a period, areas in the given order, sections in their forms' order.

    ``areas`` are names by id, ``excused`` are ids. An area that is excused and has reported all
    the same is in like the others. No report is left out: those of areas that are not among
    ``areas`` come last.
    """
    reported = {report.area_id: report for report in reports}
    everybody = {
        **areas,
        **{id_: report.area_name for id_, report in reported.items() if id_ not in areas},
    }
    ordered = [reported[id_] for id_ in everybody if id_ in reported]
    return Summary(
        programme,
        period,
        edition,
        tuple(
            _line(name, reported.get(id_), is_excused=id_ in excused)
            for id_, name in everybody.items()
        ),
        tuple(_digest(section, ordered) for section in _sections(ordered)),
    )


def _line(area: str, report: Revision | None, *, is_excused: bool) -> AreaLine:
    if report is None:
        return AreaLine(area, AreaState.EXCUSED if is_excused else AreaState.MISSING)
    return AreaLine(area, _state(report), headline_of(report))


def _state(report: Revision) -> AreaState:
    if report.is_late:
        return AreaState.LATE
    return AreaState.NIL if report.is_nil else AreaState.IN


def headline_of(report: Revision) -> str:
    """In one line: the author's own headline, or the first words with news in them, if any."""
    if headline := shorten(report.headline, HEADLINE_LENGTH):
        return headline
    for section in report.sections:
        if not section.nil and not section.text.is_blank:
            return shorten(section.text.plain, HEADLINE_LENGTH)
    return "Nothing to report" if report.is_nil else ""


def shorten(text: str, length: int) -> str:
    """The text in one line, cut at a word's end with an ellipsis if it is longer."""
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    end = words.rfind(" ", length // 2, length)
    return f"{words[: end if end > 0 else length - 1]}…"


def _sections(reports: Sequence[Revision]) -> list[Section]:
    """Every section that somebody said something in, each after the one before it on its form."""
    order: list[Section] = []
    for report in reports:
        place = 0
        for answered in report.sections:
            if answered.text.is_blank and not answered.nil:
                continue
            keys = [section.key for section in order]
            if answered.section.key in keys:
                place = keys.index(answered.section.key) + 1
            else:
                order.insert(place, answered.section)
                place += 1
    return order


def _digest(section: Section, reports: Sequence[Revision]) -> SectionDigest:
    texts, nil_areas = [], []
    for report in reports:
        for answered in report.sections:
            if answered.section.key != section.key:
                continue
            if answered.nil:
                nil_areas.append(report.area_name)
            elif not answered.text.is_blank:
                texts.append(AreaText(report.area_name, answered.text))
    return SectionDigest(section, tuple(texts), tuple(nil_areas))
