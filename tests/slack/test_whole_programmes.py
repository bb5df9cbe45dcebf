"""All that the bot shows of a whole programme: small, usual and large; long and hostile."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from slack_sdk.models.views import View

from highlightbot.core.answers import (
    Answer,
    HistoryOf,
    LatestReport,
    LatestSummary,
    Missing,
    MissingArea,
    NotFound,
    Nothing,
    WhatToAsk,
)
from highlightbot.core.people import Person
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reminders import DueReport, Reminder
from highlightbot.core.reports import ReportState
from highlightbot.core.rich_text import RichText
from highlightbot.core.summaries import Edition, compile_summary
from highlightbot.slack import home
from highlightbot.slack.forms import choose_report, notice, received, review, section_step
from highlightbot.slack.messages import answers, reminder, summary, writing
from highlightbot.slack.messages.message import Message
from highlightbot.workflows.write_report import Submitted
from tests.builders import roster
from tests.slack.shown import faults
from tests.slack.values import AWKWARD, LONDON, PERIOD, desk, report, revision

NOW = datetime(2020, 6, 24, 10, tzinfo=UTC)
MOST_FROM_ALL = 12_000
"""Characters of text over all areas: several pages, and a fast test."""

READER = Person(1, "Lee Sample", None, "U1", None)


def shown_messages(areas: list[str], text: str) -> Iterator[Message]:
    reports = [
        revision(area, {"activity": text, "workforce": None, "finance": text}, id=n, headline=text)
        for n, area in enumerate(areas)
    ]
    for arrived in ([], reports):
        compiled = compile_summary(text, PERIOD, 1, roster(*areas), arrived)
        yield summary.head(Edition(compiled, ()), LONDON)
        yield from summary.thread(Edition(compiled, ()), LONDON)
        yield from all_pages(LatestSummary(compiled, tuple(arrived), LONDON), text)
    again = compile_summary(text, PERIOD, 2, roster(*areas), reports)
    yield from summary.thread(Edition(again, (reports[0],)), LONDON)
    awaited = tuple(MissingArea(area, ReportState.AWAITED, (text, text)) for area in areas)
    yield from all_pages(Missing(text, PERIOD, awaited, 0, PERIOD.due_at, LONDON), text)
    yield from all_pages(LatestReport(text, reports[0], LONDON), text)
    yield from all_pages(HistoryOf(text, text, True, tuple(reports)), text)
    yield from all_pages(HistoryOf(text, text, False, tuple(reports)), text)
    for answer in (Nothing(text), NotFound(text, tuple(areas[:3])), WhatToAsk(text)):
        yield from all_pages(answer, text)
    asked = [report(area=area, number=n) for n, area in enumerate(areas)]
    for kind in ReminderKind:
        due = tuple(DueReport(one, kind, (READER,), (READER,)) for one in asked)
        yield reminder.build(Reminder(READER, LONDON, due))
    yield reminder.handled(text)
    yield writing.offer(asked, LONDON, NOW)


def all_pages(answer: Answer, question: str) -> Iterator[Message]:
    """Every page, and the middle one with its buttons."""
    pages = answers.pages(answer, NOW)
    yield from pages
    yield answers.page(answer, len(pages) // 2 + 1, question, NOW)


def shown_views(areas: list[str], text: str) -> Iterator[View | dict]:
    asked = [report({"activity": text}, area=area, number=n) for n, area in enumerate(areas)]
    awaited = tuple(MissingArea(area, ReportState.DRAFT, (text,)) for area in areas)
    missing = Missing(text, PERIOD, awaited, 0, PERIOD.due_at, LONDON)
    yield home.build(asked, [missing], LONDON, NOW)
    yield home.build([], [], LONDON, NOW)
    yield choose_report.build(asked, LONDON)
    yield notice.build(text, RichText.from_plain(text))
    yield received.build(Submitted(asked[0], 1, NOW, LONDON))
    yield review.build(desk({"activity": text}), warning=text, headline=text)
    for key in ("activity", "workforce", "finance"):
        yield section_step.build(desk({key: text}, **{key: text}), key, warning=text)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        *((count, text) for count in (1, 40) for text in AWKWARD.values()),
        (14, AWKWARD["40,000 characters"]),
    ],
    ids=[*(f"{name}-{count}" for count in (1, 40) for name in AWKWARD), "40,000 characters-14"],
)
def test_slack_takes_all_that_is_shown_of_a_programme(count: int, text: str) -> None:
    areas = [f"{number} {text}"[:4000] for number in range(count)]
    spread = text[: MOST_FROM_ALL // count]

    refused = [
        fault
        for shown in (*shown_messages(areas, spread), *shown_views(areas, text))
        for fault in faults(shown)
    ]

    assert refused == []
