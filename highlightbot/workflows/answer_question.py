"""Answer a question with what its asker may read, and nothing else."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from highlightbot.core.answers import (
    Answer,
    HistoryOf,
    LatestReport,
    LatestSummary,
    NotFound,
    Nothing,
    TakenAs,
    WhatToAsk,
)
from highlightbot.core.errors import NotAllowed
from highlightbot.core.naming import find_by_name, is_same_name, nearest_names, words_beside
from highlightbot.core.people import Reader
from highlightbot.core.programmes import Programme, ServiceArea
from highlightbot.core.questions import Help, History, Latest, Question, Unknown, WhoIsMissing
from highlightbot.core.reports import Revision
from highlightbot.workflows.missing_reports import missing_reports
from highlightbot.workflows.ports import UnitOfWork
from highlightbot.workflows.publish_summaries import compiled, edition_of


def answer_question(
    unit: UnitOfWork, workspace_id: int, question: Question, reader: Reader, now: datetime
) -> list[Answer]:
    """One answer a programme, or one for all where the question is not about one.

    Raises NotAllowed for somebody who takes part in no programme of the workspace.
    """
    match question:
        case Help():
            return [WhatToAsk(coordinates=bool(reader.programmes))]
        case Unknown():
            return [WhatToAsk(question.words, bool(reader.programmes))]
    programmes = [
        programme
        for programme in unit.programmes.all(workspace_id)
        if reader.may_read_programme(programme.id) or _own_areas(programme, reader)
    ]
    if not programmes and not reader.reads_all:
        raise NotAllowed(
            "Reports are for their authors and coordinators, and you are neither here. If you"
            " should be, ask a coordinator to add you."
        )
    return _answer_readable(unit, programmes, question, reader, now)


def _answer_readable(
    unit: UnitOfWork,
    programmes: list[Programme],
    question: Latest | WhoIsMissing | History,
    reader: Reader,
    now: datetime,
) -> list[Answer]:
    match question:
        case Latest(area=None):
            return _each(_latest(unit, programme, reader) for programme in programmes) or [
                Nothing("No report has come in yet.")
            ]
        case Latest():
            return _latest_from(unit, programmes, reader, question.area or "")
        case WhoIsMissing():
            return _missing_everywhere(unit, programmes, reader, now)
        case History(subject=subject):
            return _history(unit, programmes, reader, subject)
        case _:
            assert_never(question)


def _each(answers: Iterable[Answer | None]) -> list[Answer]:
    return [answer for answer in answers if answer is not None]


def _own_areas(programme: Programme, reader: Reader) -> list[ServiceArea]:
    return [area for area in programme.areas if reader.may_read_area(programme.id, area.id)]


def _latest(unit: UnitOfWork, programme: Programme, reader: Reader) -> Answer | None:
    if not reader.may_read_programme(programme.id):
        return _latest_published(unit, programme, reader)
    period = unit.periods.newest_with_reports(programme.id)
    if period is None:
        return None
    revisions = unit.reports.newest_revisions(period.id)
    edition, published = unit.summaries.newest_edition(period.id)
    summary = compiled(unit, programme, period, edition, revisions)
    has_news = edition > 0 and {revision.id for revision in revisions} != published
    return LatestSummary(summary, tuple(revisions), programme.zone, has_news)


def _latest_published(unit: UnitOfWork, programme: Programme, reader: Reader) -> Answer | None:
    """What an author sees: the newest published summary, and their own areas' text in it."""
    for period in unit.periods.opened(programme.id):
        edition, _ = unit.summaries.newest_edition(period.id)
        if edition:
            summary = edition_of(unit, period, edition).summary
            own = tuple(
                revision
                for revision in unit.summaries.edition(period.id, edition)
                if revision.area_id in reader.areas
            )
            return LatestSummary(summary, own, programme.zone)
    return Nothing(
        f"No summary of {programme.name} has been published yet. Ask for “latest from” your own"
        " area to see its report."
    )


def _latest_from(
    unit: UnitOfWork, programmes: list[Programme], reader: Reader, typed: str
) -> list[Answer]:
    """One answer for each programme that has an area of the name that is meant."""
    areas = _readable_areas(programmes, reader)
    name = _area_meant(programmes, reader, typed)
    readable = [area.name for _, area in areas]
    if name is None or _names_more(typed, name, readable):
        return [_not_found(typed, readable)]
    reports = [_latest_of(unit, programme, area) for programme, area in areas if area.name == name]
    return [*_taken_as("latest from", typed, name), *reports]


def _latest_of(unit: UnitOfWork, programme: Programme, area: ServiceArea) -> Answer:
    report = unit.reports.newest_revision(area.id)
    if report is None:
        return Nothing(f"{area.name} has not reported yet in {programme.name}.")
    return LatestReport(programme.name, report, programme.zone)


def _readable_areas(
    programmes: list[Programme], reader: Reader
) -> list[tuple[Programme, ServiceArea]]:
    return [(programme, area) for programme in programmes for area in _own_areas(programme, reader)]


def _area_meant(programmes: list[Programme], reader: Reader, typed: str) -> str | None:
    """The name of the area that is meant; None if it is not certain which one.

    NotAllowed for one whose reports are not the reader's to read. Where several could be meant,
    the reader's own come first.
    """
    known = {area.name: area.name for programme in programmes for area in programme.areas}
    readable = {area.name: area.name for _, area in _readable_areas(programmes, reader)}
    meant = find_by_name(typed, known)
    if meant is None:
        return find_by_name(typed, readable)
    if meant not in readable:
        raise NotAllowed(
            f"Only its authors and the coordinators can read the reports of {meant}. What is"
            " published of them stands in the summary: type “latest”."
        )
    return meant


def _names_more(typed: str, name: str, names: Collection[str]) -> bool:
    """Whether another of the names is typed beside the one that is meant."""
    others = {other: other for other in names if other != name}
    return find_by_name(words_beside(typed, name), others) is not None


def _taken_as(asked: str, typed: str, name: str) -> list[Answer]:
    """How the question is understood, where more was typed than it has a place for."""
    return [TakenAs(f"{asked} {name}")] if words_beside(typed, name) else []


def _not_found(typed: str, names: list[str]) -> NotFound:
    return NotFound(typed, nearest_names(typed, names) or tuple(dict.fromkeys(names))[:10])


def _missing_everywhere(
    unit: UnitOfWork, programmes: list[Programme], reader: Reader, now: datetime
) -> list[Answer]:
    answers: list[Answer] = []
    for programme in programmes:
        only = None if reader.may_read_programme(programme.id) else reader.areas
        missing = missing_reports(unit, programme, now, only)
        if missing is not None:
            answers.append(missing)
    return answers or [Nothing(_NOTHING_AWAITED)]


_NOTHING_AWAITED = (
    "No report is awaited: no reporting period is open, or your areas begin with the next one."
)


def _themes(
    unit: UnitOfWork, programmes: list[Programme], reports: list[Revision]
) -> dict[str, str]:
    """What a theme may be called: its own name and the labels of its sections.

    Only of the forms that the asker has to do with.
    """
    forms = [
        unit.programmes.template(programme.template_id).sections
        for programme in programmes
        if programme.template_id is not None
    ]
    seen = [said.section for report in reports for said in report.sections]
    themes: dict[str, str] = {}
    for section in (*seen, *(section for form in forms for section in form)):
        themes[section.theme] = themes[section.label] = section.theme
    return themes


def _theme_meant(subject: str, themes: dict[str, str], areas: Collection[str]) -> str | None:
    """The theme that is meant, unless an area has exactly that name and no theme has."""
    exact = any(is_same_name(name, subject) for name in themes)
    if not exact and any(is_same_name(name, subject) for name in areas):
        return None
    return find_by_name(subject, themes)


def _history(
    unit: UnitOfWork, programmes: list[Programme], reader: Reader, subject: str
) -> list[Answer]:
    """One answer for each programme in which something was said about what is meant."""
    reports = {
        programme.id: unit.reports.history([area.id for area in _own_areas(programme, reader)])
        for programme in programmes
    }
    themes = _themes(unit, programmes, [one for several in reports.values() for one in several])
    names = {area.name: area.name for _, area in _readable_areas(programmes, reader)}
    theme = _theme_meant(subject, themes, names)
    if theme is not None:
        called = [name for name in themes if themes[name] == theme]
        named: str | None = min(called, key=lambda name: len(words_beside(subject, name)))
    else:
        named = _area_meant(programmes, reader, subject)
    if named is None or _names_more(subject, named, [*names, *themes]):
        return [_not_found(subject, [*names, *themes])]
    asked = theme or named
    answers: list[Answer] = []
    for programme in programmes:
        if theme is not None:
            shown = [_only(report, theme) for report in reports[programme.id]]
            told = [report for report in shown if report.sections]
        else:
            told = [report for report in reports[programme.id] if report.area_name == asked]
        if told:
            answers.append(HistoryOf(programme.name, asked, theme is not None, tuple(told)))
    if not answers:
        answers = [Nothing(f"Nothing has been reported on {asked} yet.")]
    return [*_taken_as("history of", subject, named), *answers]


def _only(report: Revision, theme: str) -> Revision:
    return replace(
        report,
        sections=tuple(said for said in report.sections if said.section.theme == theme),
    )
