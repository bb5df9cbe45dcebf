"""What a question is answered with. Each holds only what its asker may read."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from highlightbot.core.periods import Period
from highlightbot.core.reports import ReportState, Revision
from highlightbot.core.summaries import Summary


@dataclass(frozen=True, slots=True)
class LatestSummary:
    """The newest period of a programme. ``reports`` are those that the asker may read whole.

    ``has_news`` says that reports are in it which the edition that is published does not hold.
    """

    summary: Summary
    reports: tuple[Revision, ...]
    zone: ZoneInfo
    has_news: bool = False


@dataclass(frozen=True, slots=True)
class LatestReport:
    """One area's newest report."""

    programme: str
    report: Revision
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class MissingArea:
    """An area whose report is not in. ``authors`` are names, the leads' first."""

    area: str
    state: ReportState
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Who has not reported for the period that is being collected.

    For an author ``missing`` and ``excused`` hold only their own areas, and it is not
    ``is_whole``. ``excused`` areas owe no report. ``running`` is a later period, which has not
    ended, so that nobody is waited for yet.
    """

    programme: str
    period: Period
    missing: tuple[MissingArea, ...]
    received: int
    due_at: datetime
    zone: ZoneInfo
    is_whole: bool = True
    excused: tuple[str, ...] = ()
    running: Period | None = None


@dataclass(frozen=True, slots=True)
class HistoryOf:
    """What was said over time, newest period first; each report only with what was asked for."""

    programme: str
    subject: str
    is_theme: bool
    reports: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to show yet; ``sentence`` says why."""

    sentence: str


@dataclass(frozen=True, slots=True)
class TakenAs:
    """The question that is answered, where words were typed that it has no place for."""

    question: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """No area or theme is called that; ``nearest`` may be what was meant."""

    typed: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhatToAsk:
    """What can be asked. ``typed`` are the words that were not understood, if any.

    Who ``coordinates`` can have things done as well.
    """

    typed: str = ""
    coordinates: bool = False


Answer: TypeAlias = (
    LatestSummary | LatestReport | Missing | HistoryOf | Nothing | TakenAs | NotFound | WhatToAsk
)
