"""Store reports that were read from documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from highlightbot.core.day_names import written
from highlightbot.core.errors import Refusal
from highlightbot.core.naming import find_by_name, key_from, words_beside
from highlightbot.core.periods import Period, format_bounds
from highlightbot.core.programmes import Programme, ServiceArea
from highlightbot.core.reports import AnsweredSection, Revision
from highlightbot.core.templates import Template
from highlightbot.workflows.ports import Database, UnitOfWork

_ARCHIVE_KEY, _ARCHIVE_NAME = "imported-reports", "Imported reports"


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """A report as a document holds it. ``author`` is a name as the document writes it."""

    area: str
    author: str
    starts_on: date
    ends_on: date
    template: Template
    sections: tuple[AnsweredSection, ...]

    def says_the_same(self, revision: Revision) -> bool:
        """Whether a revision of the same report has the same author and answers."""
        return (self.author, self.sections) == (revision.author, revision.sections)


class ImportResult(StrEnum):
    """What became of one document's report."""

    STORED = "stored"
    KNOWN = "already stored"
    REFUSED = "NOT STORED, see the doubts below"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one report, and what a person should look at."""

    result: ImportResult
    programme: str
    area: str
    doubts: tuple[str, ...]


class _NothingIsKept(Exception):
    """Ends a dry run's transaction."""


def import_reports(
    database: Database,
    workspace_id: int,
    programme_key: str | None,
    documents: Sequence[DocumentReport],
    *,
    replace_newest: bool,
    dry_run: bool,
    now: datetime,
) -> list[Imported]:
    """Store each as a revision, all in one transaction; a dry run stores nothing.

    Where a report is there that says something else, only ``replace_newest`` puts a document in
    its place. Without a programme they go into an archive. An area that the programme does not
    have is added as a former one. Raises Refusal where it is not clear which programme is meant.
    """
    outcomes: list[Imported] = []
    try:
        with database.writing() as unit:
            for document in documents:
                programme_id = _programme_id(unit, workspace_id, programme_key)
                programme = unit.programmes.hold(programme_id)
                outcomes.append(_import(unit, programme, document, replace_newest, now))
            if dry_run:
                raise _NothingIsKept
    except _NothingIsKept:
        pass
    return outcomes


def _programme_id(unit: UnitOfWork, workspace_id: int, key: str | None) -> int:
    programmes = unit.programmes.all(workspace_id)
    if key is not None:
        found = next((one for one in programmes if one.key == key), None)
        if found is None:
            known = ", ".join(one.key for one in programmes) or "none yet"
            raise Refusal(f"There is no programme “{key}”. Those there are: {known}.")
        return found.id
    if not programmes:
        return unit.programmes.save_archive(workspace_id, _ARCHIVE_KEY, _ARCHIVE_NAME)
    running = [one for one in programmes if one.timetable] or programmes
    if len(running) > 1:
        keys = ", ".join(one.key for one in running)
        raise Refusal(f"Which programme are these reports of? Say --programme with one of: {keys}.")
    return running[0].id


def _import(
    unit: UnitOfWork,
    programme: Programme,
    document: DocumentReport,
    replace_newest: bool,
    now: datetime,
) -> Imported:
    if document.starts_on > _day(programme, now):
        bounds = format_bounds(document.starts_on, document.ends_on)
        doubt = f"Its period, {bounds}, has not begun yet: look at the year."
        return Imported(ImportResult.REFUSED, programme.name, document.area, (doubt,))
    area, doubts = _area(unit, programme, document.area)
    template_id = unit.programmes.save_template(programme.workspace_id, document.template)
    period = unit.periods.archived(
        programme,
        template_id,
        document.starts_on,
        document.ends_on,
        _due_at(programme, document.ends_on),
    )
    report = unit.reports.get(unit.reports.ensure(period.id, area.id, template_id))
    assert report is not None
    if report.template.identity != document.template.identity:
        doubts = (*doubts, _other_form(report.template, document.template))
        return Imported(ImportResult.REFUSED, programme.name, area.name, doubts)
    newest = _newest(unit, period, area)
    if newest and document.says_the_same(newest):
        return Imported(ImportResult.KNOWN, programme.name, area.name, doubts)
    if newest:
        doubts = (*doubts, _replaced(newest, _day(programme, newest.submitted_at), replace_newest))
        if not replace_newest:
            return Imported(ImportResult.REFUSED, programme.name, area.name, doubts)
    unit.reports.import_revision(
        report.id, author=document.author, sections=document.sections, now=now
    )
    others = unit.periods.overlapping(period)
    if others:
        doubts = (*doubts, _overlap(others))
    if period.number is not None and now >= period.closes_at:
        doubts = (*doubts, "This period is closed: the summary in the channel stays as it is.")
    return Imported(ImportResult.STORED, programme.name, area.name, doubts)


def _newest(unit: UnitOfWork, period: Period, area: ServiceArea) -> Revision | None:
    revisions = unit.reports.newest_revisions(period.id)
    return next((one for one in revisions if one.area_id == area.id), None)


def _replaced(newest: Revision, day: date, replace_newest: bool) -> str:
    there = (
        f"A report is there already: revision {newest.number} by {newest.author or 'nobody named'},"
        f" of {written(day)}."
    )
    if replace_newest:
        return f"{there} This one takes its place."
    return f"{there} To put this one in its place, import it with --replace."


def _other_form(stored: Template, read: Template) -> str:
    return (
        f"This area's report for the period is on the form {stored.title} ({stored.key}"
        f" {stored.version}), and the document is on {read.title} ({read.key} {read.version})."
        " A report keeps its form: bring the text into that one, and import it again."
    )


def _overlap(others: Sequence[Period]) -> str:
    kind = "another one" if len(others) == 1 else "others"
    return f"Its period overlaps {kind}: {', '.join(other.bounds for other in others)}."


def _day(programme: Programme, moment: datetime) -> date:
    """The day that it is then where the programme runs."""
    return moment.astimezone(programme.timetable.zone if programme.timetable else UTC).date()


def _due_at(programme: Programme, ends_on: date) -> datetime:
    if programme.timetable:
        return programme.timetable.due_at(ends_on)
    return datetime(ends_on.year, ends_on.month, ends_on.day, tzinfo=UTC) + timedelta(days=1)


def _area(unit: UnitOfWork, programme: Programme, name: str) -> tuple[ServiceArea, tuple[str, ...]]:
    by_name = {area.name: area for area in programme.areas}
    found = find_by_name(name, by_name)
    if found is not None and not (words_beside(name, found.name) or words_beside(found.name, name)):
        same = found.name.casefold() == name.casefold()
        return found, () if same else (f"The area “{name}” is taken to be {found.name}.",)
    is_former = programme.timetable is not None
    area = unit.programmes.add_area(programme.id, key_from(name) or "area", name, retired=is_former)
    if not is_former:
        return area, ()
    near = f" If it is {found.name}, write that name into the document." if found else ""
    return area, (f"“{name}” is no service area of {programme.name}: kept as a former one.{near}",)
