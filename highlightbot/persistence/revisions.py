"""Revisions: immutable copies of reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, and_, bindparam, exists, insert, or_, select, update

from highlightbot.core.reports import AnsweredSection, Revision
from highlightbot.core.templates import Template
from highlightbot.persistence.periods import NEWEST_FIRST, PERIOD, period_of
from highlightbot.persistence.prepared import Prepared
from highlightbot.persistence.rows import AnyRow, add_row
from highlightbot.persistence.tables import (
    draft_answers,
    people,
    periods,
    reports,
    revision_answers,
    revisions,
    service_areas,
)
from highlightbot.persistence.templates import SqlTemplates

_AREA_ORDER = (service_areas.c.position, service_areas.c.id)

_first = revisions.alias("first")
REVISIONS = (
    select(
        revisions.c.id,
        revisions.c.report_id,
        revisions.c.number,
        revisions.c.author,
        revisions.c.submitted_at,
        _first.c.submitted_at.label("first_submitted_at"),
        revisions.c.headline,
        reports.c.area_id,
        service_areas.c.name.label("area_name"),
        reports.c.template_id,
        *PERIOD,
    )
    .select_from(
        revisions.join(reports, revisions.c.report_id == reports.c.id)
        .join(service_areas, reports.c.area_id == service_areas.c.id)
        .join(periods, reports.c.period_id == periods.c.id)
        .join(_first, and_(_first.c.report_id == revisions.c.report_id, _first.c.number == 1))
    )
    .order_by(*NEWEST_FIRST, *_AREA_ORDER)
)
"""Any revisions, newest period first, in it in the areas' order; narrow it with ``where``."""

_NEWEST = REVISIONS.where(revisions.c.number == reports.c.revision)
NEWEST_OF_PERIOD = _NEWEST.where(reports.c.period_id == bindparam("period_id"))
NEWEST_OF_AREA = _NEWEST.where(reports.c.area_id == bindparam("area_id")).limit(1)
NEWEST_BEFORE = NEWEST_OF_AREA.where(periods.c.starts_on < bindparam("before"))
NEWEST_OF_AREAS = _NEWEST.where(reports.c.area_id.in_(bindparam("area_ids", expanding=True)))

_ANSWERS = select(
    revision_answers.c.revision_id,
    revision_answers.c.section_key,
    revision_answers.c.nil,
    revision_answers.c.text,
).where(revision_answers.c.revision_id.in_(bindparam("revision_ids", expanding=True)))

_NEWEST_KEY = (
    select(revisions.c.submission_key)
    .where(revisions.c.report_id == bindparam("report_id"))
    .order_by(revisions.c.number.desc())
    .limit(1)
)
_SEEN = select(revisions.c.number).where(
    revisions.c.report_id == bindparam("report_id"),
    revisions.c.submission_key == bindparam("submission_key"),
)
_COUNT_UP = Prepared(
    update(reports)
    .where(
        reports.c.id == bindparam("report"),
        ~exists().where(
            revisions.c.report_id == reports.c.id,
            revisions.c.submission_key == bindparam("submission_key"),
        ),
    )
    .values(revision=reports.c.revision + 1, headline=bindparam("headline"))
    .returning(reports.c.revision)
)
_ADD_SUBMITTED = Prepared(
    insert(revisions)
    .values(
        report_id=bindparam("report_id"),
        number=bindparam("number"),
        submission_key=bindparam("submission_key"),
        author=select(people.c.name).where(people.c.id == bindparam("person_id")).scalar_subquery(),
        person_id=bindparam("person_id"),
        headline=bindparam("headline"),
        submitted_at=bindparam("submitted_at"),
    )
    .returning(revisions.c.id)
)
_COPY_DRAFT = Prepared(
    insert(revision_answers).from_select(
        ["revision_id", "section_key", "nil", "text"],
        select(
            bindparam("revision_id", type_=revisions.c.id.type),
            draft_answers.c.section_key,
            draft_answers.c.nil,
            draft_answers.c.text,
        ).where(draft_answers.c.report_id == bindparam("report_id")),
    )
)
# No summary of a period that the bot does not run will ever hold it, or not any more.
_SET_ASIDE = (
    update(reports)
    .where(
        reports.c.id == bindparam("report"),
        exists().where(
            periods.c.id == reports.c.period_id,
            or_(periods.c.opened_at.is_(None), periods.c.closes_at <= bindparam("now")),
        ),
    )
    .values(published=reports.c.revision)
)
_ADD_IMPORTED = insert(revisions)
_ADD_ANSWERS = insert(revision_answers)


def load_revisions(
    connection: Connection,
    templates: SqlTemplates,
    statement: Select[Any],
    wanted: Mapping[str, object],
) -> list[Revision]:
    """What a statement made of `REVISIONS` finds, sections in the order of their templates."""
    rows = connection.execute(statement, wanted).all()
    answers: dict[int, dict[str, AnyRow]] = defaultdict(dict)
    for part in _parts([row.id for row in rows]):
        for answer in connection.execute(_ANSWERS, {"revision_ids": part}):
            answers[answer.revision_id][answer.section_key] = answer
    return [_revision(row, templates.get(row.template_id), answers[row.id]) for row in rows]


def submit(
    connection: Connection,
    report_id: int,
    *,
    submission_key: str,
    person_id: int,
    headline: str,
    now: datetime,
) -> int:
    """See `ports.Reports.submit`."""
    number = _count_up(connection, report_id, submission_key, headline)
    if number is None:
        names = {"report_id": report_id, "submission_key": submission_key}
        return int(connection.execute(_SEEN, names).scalar_one())
    revision = _ADD_SUBMITTED.first(
        connection,
        {
            "report_id": report_id,
            "number": number,
            "submission_key": submission_key,
            "person_id": person_id,
            "headline": headline,
            "submitted_at": now,
        },
    )
    assert revision is not None
    _COPY_DRAFT.run(connection, {"revision_id": revision.id, "report_id": report_id})
    return number


def newest_key(connection: Connection, report_id: int) -> str:
    """See `ports.Reports.newest_key`; NoResultFound where there is no revision."""
    return str(connection.execute(_NEWEST_KEY, {"report_id": report_id}).scalar_one())


def import_revision(
    connection: Connection,
    report_id: int,
    *,
    author: str,
    sections: Sequence[AnsweredSection],
    now: datetime,
) -> None:
    """See `ports.Reports.import_revision`."""
    submission_key = f"document:{uuid4()}"
    number = _count_up(connection, report_id, submission_key, "")
    revision_id = add_row(
        connection,
        _ADD_IMPORTED,
        {
            "report_id": report_id,
            "number": number,
            "submission_key": submission_key,
            "author": author,
            "headline": "",
            "submitted_at": now,
        },
    )
    answers = [
        {
            "revision_id": revision_id,
            "section_key": answered.section.key,
            "nil": answered.nil,
            "text": answered.text,
        }
        for answered in sections
    ]
    if answers:
        connection.execute(_ADD_ANSWERS, answers)
    connection.execute(_SET_ASIDE, {"report": report_id, "now": now})


def _count_up(
    connection: Connection, report_id: int, submission_key: str, headline: str
) -> int | None:
    """The number of the revision to be made; None if the key made one already."""
    row = _COUNT_UP.first(
        connection, {"report": report_id, "submission_key": submission_key, "headline": headline}
    )
    return None if row is None else int(row.revision)


_PART = 5_000


def _parts(ids: list[int]) -> Iterable[list[int]]:
    """Databases bound the number of a statement's parameters."""
    return (ids[start : start + _PART] for start in range(0, len(ids), _PART))


def _revision(row: AnyRow, template: Template, answers: Mapping[str, AnyRow]) -> Revision:
    return Revision(
        id=row.id,
        report_id=row.report_id,
        number=row.number,
        area_id=row.area_id,
        area_name=row.area_name,
        author=row.author,
        submitted_at=row.submitted_at,
        first_submitted_at=row.first_submitted_at,
        period=period_of(row),
        headline=row.headline,
        sections=tuple(
            AnsweredSection(section, answers[section.key].text, answers[section.key].nil)
            for section in template.sections
            if section.key in answers
        ),
    )
