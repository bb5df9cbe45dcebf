"""Answers to questions, page by page."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from slack_sdk.models.blocks import Block, DividerBlock

from highlightbot.core import answers, instructions
from highlightbot.core.questions import EXAMPLES
from highlightbot.core.reports import Revision
from highlightbot.core.rich_text import Span
from highlightbot.slack import dates, ids
from highlightbot.slack.blocks import button, buttons, context, header, line, listing, section
from highlightbot.slack.messages import paging
from highlightbot.slack.messages.message import Message
from highlightbot.slack.messages.missing import missing_blocks, missing_title
from highlightbot.slack.messages.paging import Entry, Heading, Part
from highlightbot.slack.messages.report_parts import by_section, has_text, nothing_from
from highlightbot.slack.messages.summary import area_blocks, count_in, title
from highlightbot.slack.text import clip, escape

_LONGEST_QUESTION = 500


def pages(
    found: answers.Answer | Sequence[answers.Answer], now: datetime | None = None
) -> list[Message]:
    """The whole of an answer, or of several, over one message or more.

    Answers share a message where they fit. With ``now`` it is told how long is left.
    """
    if not isinstance(found, Sequence):
        return _pages(found, now)
    gathered: list[Message] = []
    for message in (message for answer in found for message in _pages(answer, now)):
        if gathered and paging.fits(gathered[-1], message):
            blocks = [*gathered[-1].blocks, DividerBlock(), *message.blocks]
            gathered[-1] = Message(gathered[-1].text, blocks)
        else:
            gathered.append(message)
    return gathered


def page(
    found: answers.Answer | Sequence[answers.Answer],
    number: int,
    question: str,
    now: datetime | None = None,
) -> Message:
    """One page, from 1, with buttons to the pages beside it; the nearest one that there is."""
    all_pages = pages(found, now)
    number = max(1, min(number, len(all_pages)))
    shown = all_pages[number - 1]
    if len(all_pages) == 1:
        return shown
    question = clip(" ".join(question.split()), _LONGEST_QUESTION)
    ways = []
    if number > 1:
        value = ids.encode(ids.PageRef(question, number - 1))
        ways.append(button("Previous page", ids.PREVIOUS_PAGE, value))
    if number < len(all_pages):
        value = ids.encode(ids.PageRef(question, number + 1))
        ways.append(button("Next page", ids.NEXT_PAGE, value))
    return Message(shown.text, [*shown.blocks, buttons(*ways)])


def example_blocks(*, coordinates: bool = False) -> Iterator[Block]:
    """What can be asked, with what it answers, and what a coordinator can have done."""
    examples = EXAMPLES | instructions.EXAMPLES if coordinates else EXAMPLES
    yield listing(
        *((Span(typed, code=True), Span(f" – {meaning}")) for typed, meaning in examples.items())
    )


def _pages(answer: answers.Answer, now: datetime | None) -> list[Message]:
    match answer:
        case answers.LatestSummary():
            return _latest_summary(answer)
        case answers.LatestReport():
            return _latest_report(answer)
        case answers.Missing():
            return [Message(escape(missing_title(answer)), list(missing_blocks(answer, now)))]
        case answers.HistoryOf():
            return _history(answer)
        case answers.Nothing():
            return [Message(escape(clip(answer.sentence, 3000)), [section(answer.sentence)])]
        case answers.TakenAs():
            return [_taken_as(answer)]
        case answers.NotFound():
            return [_not_found(answer)]
        case answers.WhatToAsk():
            return [_what_to_ask(answer)]


def _latest_summary(answer: answers.LatestSummary) -> list[Message]:
    summary = answer.summary
    edition = f"Edition {summary.edition}" if summary.edition else "Not published yet"
    news = " and what came in since" if answer.has_news else ""
    due = dates.moment(summary.period.due_at, answer.zone, summary.period.ends_on)
    opening: list[Block] = [
        header(title(summary)),
        context(f"{edition}{news} · {count_in(summary)} · cut-off {due}"),
        *area_blocks(summary),
    ]
    told = f"{title(summary)}: {count_in(summary)}"
    return paging.pages(told, _reports(answer.reports), opening)


def _reports(reports: tuple[Revision, ...]) -> Iterator[Part]:
    for report in reports:
        yield Heading(report.area_name)
        yield from by_section(report.sections)


def _latest_report(answer: answers.LatestReport) -> list[Message]:
    report = answer.report
    told = f"{clip(report.area_name, 100)}: {report.period.bounds}"
    arrived = dates.moment(report.submitted_at, answer.zone, report.period.ends_on)
    facts = [clip(answer.programme, 100), f"by {clip(report.author, 100)}", f"arrived {arrived}"]
    if report.is_late:
        facts.append("late")
    if report.number > 1:
        facts.append(f"revision {report.number}")
    opening: list[Block] = [header(told), context(" · ".join(facts))]
    if report.headline:
        opening.append(line(Span(clip(report.headline, 300), italic=True)))
    return paging.pages(told, by_section(report.sections), opening)


def _history(answer: answers.HistoryOf) -> list[Message]:
    told = f"History of {clip(answer.subject, 100)}"
    parts = _periods(answer)
    opening = [header(told), context(f"{clip(answer.programme, 100)} · newest first")]
    return paging.pages(told, parts, opening)


def _periods(answer: answers.HistoryOf) -> Iterator[Part]:
    for _, group in groupby(answer.reports, key=lambda report: report.period.id):
        reports = list(group)
        period = reports[0].period.bounds
        if answer.is_theme:
            yield from _on_theme(period, reports)
        else:
            yield Heading(period)
            for report in reports:
                yield from by_section(report.sections)


def _on_theme(period: str, reports: list[Revision]) -> Iterator[Part]:
    """What the areas said, under each heading that the theme had in the period's form."""
    labels = dict.fromkeys(said.section.label for report in reports for said in report.sections)
    for label in labels:
        yield Heading(f"{period} · {clip(label, 60)}")
        answered = [
            (clip(report.area_name, 80), said)
            for report in reports
            for said in report.sections
            if said.section.label == label
        ]
        for area, said in answered:
            if has_text(said):
                yield Entry(area, said.text)
        yield from nothing_from(area for area, said in answered if said.nil)


def _taken_as(answer: answers.TakenAs) -> Message:
    told = f"I took this as “{clip(answer.question, 200)}”: I can do nothing with the other words."
    return Message(escape(told), [context(told)])


def _not_found(answer: answers.NotFound) -> Message:
    told = f"I know no area or theme called “{clip(answer.typed, 100)}”."
    if not answer.nearest:
        known = "A coordinator can tell you the names of the areas."
        return Message(escape(told), [section(f"{told} {known}")])
    asked = "Did you mean:"
    return Message(
        escape(f"{told} {asked} {', '.join(clip(name, 100) for name in answer.nearest)}?"),
        [
            section(f"{told} {asked}"),
            listing(*((Span(clip(name, 150), bold=True),) for name in answer.nearest)),
        ],
    )


def _what_to_ask(answer: answers.WhatToAsk) -> Message:
    told = "This is what you can type:"
    if answer.typed:
        told = f"I do not know how to answer “{clip(answer.typed, 150)}”. {told}"
    examples = example_blocks(coordinates=answer.coordinates)
    return Message(escape(told), [section(told), *examples])
