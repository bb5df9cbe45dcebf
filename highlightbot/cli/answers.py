"""Answers as text for a terminal, and as JSON."""

from collections.abc import Iterable
from typing import Any, assert_never

from highlightbot.core.answers import (
    Answer,
    HistoryOf,
    LatestReport,
    LatestSummary,
    Missing,
    MissingArea,
    NotFound,
    Nothing,
    TakenAs,
    WhatToAsk,
)
from highlightbot.core.periods import Period, format_instant
from highlightbot.core.questions import EXAMPLES
from highlightbot.core.reports import ReportState, Revision
from highlightbot.core.summaries import Summary


def as_data(answer: Answer) -> dict[str, Any]:
    """The answer as JSON data. Whatever shows reports has them under ``reports``."""
    match answer:
        case LatestSummary():
            return {
                "kind": "latest",
                **_summary_data(answer.summary),
                "has_news": answer.has_news,
                "reports": [_report_data(report) for report in answer.reports],
            }
        case LatestReport():
            return {
                "kind": "report",
                "programme": answer.programme,
                "reports": [_report_data(answer.report)],
            }
        case Missing():
            return {
                "kind": "missing",
                "programme": answer.programme,
                "period": _period_data(answer.period),
                "due_at": answer.due_at.isoformat(),
                "received": answer.received,
                "missing": [
                    {"area": area.area, "state": area.state.value, "authors": list(area.authors)}
                    for area in answer.missing
                ],
                "excused": list(answer.excused),
                "running": _period_data(answer.running) if answer.running else None,
            }
        case HistoryOf():
            return {
                "kind": "history",
                "programme": answer.programme,
                "subject": answer.subject,
                "of": "theme" if answer.is_theme else "area",
                "reports": [_report_data(report) for report in answer.reports],
            }
        case Nothing():
            return {"kind": "nothing", "sentence": answer.sentence}
        case TakenAs():
            return {"kind": "taken_as", "question": answer.question}
        case NotFound():
            return {"kind": "not_found", "typed": answer.typed, "nearest": list(answer.nearest)}
        case WhatToAsk():
            return {"kind": "help", "typed": answer.typed, "examples": EXAMPLES}
        case _:
            assert_never(answer)


def as_text(answer: Answer) -> str:
    """The answer as lines for a terminal."""
    match answer:
        case LatestSummary():
            return "\n\n".join(
                ["\n".join(_summary_lines(answer)), *map(_report_text, answer.reports)]
            )
        case LatestReport():
            return f"{answer.programme}\n\n{_report_text(answer.report)}"
        case Missing():
            return "\n".join(_missing_lines(answer))
        case HistoryOf():
            title = f"{answer.programme}, history of {answer.subject}, newest first"
            return "\n\n".join([title, *map(_report_text, answer.reports)])
        case Nothing():
            return answer.sentence
        case TakenAs():
            return f"This was taken as “{answer.question}”: the other words mean nothing here."
        case NotFound():
            return "\n".join(_not_found_lines(answer))
        case WhatToAsk():
            return "\n".join(_help_lines(answer.typed))
        case _:
            assert_never(answer)


def _period_data(period: Period) -> dict[str, str]:
    return {"starts_on": period.starts_on.isoformat(), "ends_on": period.ends_on.isoformat()}


def _summary_data(summary: Summary) -> dict[str, Any]:
    return {
        "programme": summary.programme,
        "period": _period_data(summary.period),
        "edition": summary.edition,
        "missing": list(summary.missing),
        "excused": list(summary.excused),
        "areas": [
            {"area": line.area, "state": line.state.value, "line": line.line}
            for line in summary.lines
        ],
    }


def _report_data(report: Revision) -> dict[str, Any]:
    return {
        "area": report.area_name,
        "author": report.author,
        "period": _period_data(report.period),
        "revision": report.number,
        "late": report.is_late,
        "headline": report.headline,
        "sections": [
            {
                "heading": said.section.heading,
                "label": said.section.label,
                "theme": said.section.theme,
                "nil": said.nil,
                "text": said.text.plain,
            }
            for said in report.sections
        ],
    }


def _summary_lines(answer: LatestSummary) -> Iterable[str]:
    summary = answer.summary
    yield f"{summary.programme}, {summary.period.bounds}"
    edition = f", edition {summary.edition}" if summary.edition else ""
    news = " and what came in since" if answer.has_news else ""
    yield f"{summary.received} of {summary.expected} in{edition}{news}"
    if summary.missing:
        yield f"Missing: {', '.join(summary.missing)}"
    if summary.excused:
        yield f"Excused: {', '.join(summary.excused)}"
    for line in summary.lines:
        yield f"  {line.area}: {line.line or line.state.value}"


def _report_text(report: Revision) -> str:
    heading = f"{report.area_name}, {report.period.bounds}, by {report.author}"
    lines = [heading, "=" * len(heading)]
    for said in report.sections:
        text = said.text.plain or "Nothing to report"
        lines += ["", said.section.label, *(f"  {line}" for line in text.split("\n"))]
    return "\n".join(lines)


_STATES = {ReportState.AWAITED: "not started", ReportState.DRAFT: "a draft is saved"}


def _missing_lines(answer: Missing) -> Iterable[str]:
    yield (
        f"{answer.programme}, {answer.period.bounds}, due"
        f" {format_instant(answer.due_at, answer.zone)}"
    )
    if answer.is_whole:
        yield f"{answer.received} in, {len(answer.missing)} missing"
    else:
        yield f"{len(answer.missing)} of their own missing"
    for area in answer.missing:
        yield f"  {_missing_line(area)}"
    if answer.excused:
        yield f"  Excused: {', '.join(answer.excused)}"
    if answer.running:
        due = format_instant(answer.running.due_at, answer.zone)
        yield f"{answer.running.bounds} is running: its reports are due {due}."


def _missing_line(area: MissingArea) -> str:
    authors = ", ".join(area.authors) or "no author"
    return f"{area.area} ({authors}): {_STATES.get(area.state, area.state.value)}"


def _not_found_lines(answer: NotFound) -> Iterable[str]:
    yield f"Nothing here is called “{answer.typed}”."
    if answer.nearest:
        yield f"Is it one of these? {', '.join(answer.nearest)}"


def _help_lines(typed: str) -> Iterable[str]:
    if typed:
        yield f"“{typed}” is no question that I know. You can ask:"
    else:
        yield "You can ask:"
    for words, meaning in EXAMPLES.items():
        if words != "report":  # that opens a dialog, and only in chat
            yield f"  {words:32}{meaning}"
