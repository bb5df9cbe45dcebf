"""Reports."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, and_, bindparam, or_, select, union, update

from highlightbot.core.programmes import Timetable
from highlightbot.core.reports import (
    Answer,
    AnsweredSection,
    DraftAnswer,
    HandOver,
    Report,
    Revision,
)
from highlightbot.persistence import drafts, revisions, tables
from highlightbot.persistence.periods import OLDEST_FIRST, PERIOD, period_of
from highlightbot.persistence.prepared import Prepared
from highlightbot.persistence.rows import AnyRow, find_or_add, hold_row, insert_missing
from highlightbot.persistence.tables import (
    authors,
    coordinators,
    people,
    periods,
    programmes,
    reports,
    service_areas,
)
from highlightbot.persistence.templates import SqlTemplates

_holder = people.alias("holder")
_giver = people.alias("giver")
_first = tables.revisions.alias("first")
_REPORTS = select(
    reports.c.id,
    reports.c.area_id,
    service_areas.c.name.label("area_name"),
    reports.c.template_id,
    reports.c.revision,
    reports.c.headline,
    tables.revisions.c.submitted_at,
    _first.c.submitted_at.label("first_submitted_at"),
    service_areas.c.retired,
    programmes.c.name.label("programme_name"),
    programmes.c.timetable,
    reports.c.excused_at,
    reports.c.handed_to,
    _holder.c.name.label("holder_name"),
    reports.c.handed_by,
    _giver.c.name.label("giver_name"),
    reports.c.handed_at,
    *PERIOD,
).select_from(
    reports.join(service_areas, reports.c.area_id == service_areas.c.id)
    .join(periods, reports.c.period_id == periods.c.id)
    .join(programmes, periods.c.programme_id == programmes.c.id)
    .outerjoin(
        tables.revisions,
        and_(
            tables.revisions.c.report_id == reports.c.id,
            tables.revisions.c.number == reports.c.revision,
        ),
    )
    .outerjoin(_first, and_(_first.c.report_id == reports.c.id, _first.c.number == 1))
    .outerjoin(_holder, _holder.c.id == reports.c.handed_to)
    .outerjoin(_giver, _giver.c.id == reports.c.handed_by)
)
_ONE = Prepared(_REPORTS.where(reports.c.id == bindparam("report_id")))
_AREA_ORDER = (service_areas.c.position, service_areas.c.id)
_ACTIVE = service_areas.c.retired.is_(False)
_OF_PERIOD = _REPORTS.where(reports.c.period_id == bindparam("period_id"), _ACTIVE).order_by(
    *_AREA_ORDER
)
_OPEN = (periods.c.closes_at > bindparam("now"), periods.c.opened_at.is_not(None), _ACTIVE)
# Both begin with the person, who has to do with few of the reports that are open.
_WRITTEN = select(authors.c.area_id).where(authors.c.person_id == bindparam("person_id"))
_area = service_areas.alias("area")
_COORDINATED = (
    select(_area.c.id)
    .join(coordinators, coordinators.c.programme_id == _area.c.programme_id)
    .where(coordinators.c.person_id == bindparam("person_id"))
)
_OPEN_FOR = _REPORTS.where(*_OPEN, reports.c.area_id.in_(_WRITTEN)).order_by(
    *OLDEST_FIRST, *_AREA_ORDER
)
_CONCERNING = _REPORTS.where(
    *_OPEN,
    reports.c.area_id.in_(union(_WRITTEN, _COORDINATED)),
    or_(reports.c.area_id.in_(_WRITTEN), periods.c.due_at <= bindparam("now")),
).order_by(*OLDEST_FIRST, *_AREA_ORDER)
_HAND = (
    update(reports)
    .where(reports.c.id == bindparam("handed"))
    .values(handed_to=bindparam("to"), handed_by=bindparam("by"), handed_at=bindparam("at"))
)
_EXCUSE = (
    update(reports)
    .where(reports.c.id == bindparam("excused"))
    .values(excused_by=bindparam("by"), excused_at=bindparam("at"))
)
_BY_AREA = select(reports.c.id).where(
    reports.c.period_id == bindparam("period_id"), reports.c.area_id == bindparam("area_id")
)
_ADD = insert_missing(reports)
_UTC = ZoneInfo("UTC")


class SqlReports:
    """See `ports.Reports`."""

    __slots__ = ("_connection", "_templates", "_timetable_of")

    def __init__(
        self,
        connection: Connection,
        templates: SqlTemplates,
        timetable_of: Callable[[str], Timetable],
    ) -> None:
        self._connection = connection
        self._templates = templates
        self._timetable_of = timetable_of

    def get(self, report_id: int) -> Report | None:
        """See `ports.Reports.get`."""
        row = _ONE.first(self._connection, {"report_id": report_id})
        if row is None:
            return None
        draft = drafts.draft_of(self._connection, report_id)
        return self._report(row, draft)

    def hold(self, report_id: int) -> Report | None:
        """See `ports.Reports.hold`."""
        hold_row(self._connection, reports.c.id, report_id)
        return self.get(report_id)

    def of_period(self, period_id: int) -> list[Report]:
        """See `ports.Reports.of_period`."""
        return self._several(_OF_PERIOD, {"period_id": period_id})

    def open_for(self, person_id: int, now: datetime) -> list[Report]:
        """See `ports.Reports.open_for`."""
        return self._several(_OPEN_FOR, {"person_id": person_id, "now": now})

    def concerning(self, person_id: int, now: datetime) -> list[Report]:
        """See `ports.Reports.concerning`."""
        return self._several(_CONCERNING, {"person_id": person_id, "now": now})

    def hand(self, report_id: int, to: int | None, by: int | None, now: datetime) -> None:
        """See `ports.Reports.hand`."""
        at = None if to is None else now
        self._connection.execute(_HAND, {"handed": report_id, "to": to, "by": by, "at": at})

    def excuse(self, report_id: int, by: int | None, now: datetime) -> None:
        """See `ports.Reports.excuse`."""
        at = None if by is None else now
        self._connection.execute(_EXCUSE, {"excused": report_id, "by": by, "at": at})

    def ensure(self, period_id: int, area_id: int, template_id: int) -> int:
        """See `ports.Reports.ensure`."""
        place = {"period_id": period_id, "area_id": area_id}
        values = {"template_id": template_id, "revision": 0, "published": 0, "headline": ""}
        report_id = find_or_add(self._connection, _BY_AREA, _ADD, place, values)
        hold_row(self._connection, reports.c.id, report_id)
        return report_id

    def save_answer(
        self,
        report_id: int,
        answer: Answer,
        expected_version: int | None,
        person_id: int,
        now: datetime,
    ) -> int:
        """See `ports.Reports.save_answer`."""
        return drafts.save_answer(
            self._connection, report_id, answer, expected_version, person_id, now
        )

    def submit(
        self,
        report_id: int,
        *,
        submission_key: str,
        person_id: int,
        headline: str,
        now: datetime,
    ) -> int:
        """See `ports.Reports.submit`."""
        return revisions.submit(
            self._connection,
            report_id,
            submission_key=submission_key,
            person_id=person_id,
            headline=headline,
            now=now,
        )

    def newest_key(self, report_id: int) -> str:
        """See `ports.Reports.newest_key`."""
        return revisions.newest_key(self._connection, report_id)

    def import_revision(
        self,
        report_id: int,
        *,
        author: str,
        sections: Sequence[AnsweredSection],
        now: datetime,
    ) -> None:
        """See `ports.Reports.import_revision`."""
        revisions.import_revision(
            self._connection, report_id, author=author, sections=sections, now=now
        )

    def newest_revisions(self, period_id: int) -> list[Revision]:
        """See `ports.Reports.newest_revisions`."""
        return self._revisions(revisions.NEWEST_OF_PERIOD, {"period_id": period_id})

    def newest_revision(self, area_id: int) -> Revision | None:
        """See `ports.Reports.newest_revision`."""
        found = self._revisions(revisions.NEWEST_OF_AREA, {"area_id": area_id})
        return found[0] if found else None

    def previous_answers(self, report: Report) -> list[AnsweredSection]:
        """See `ports.Reports.previous_answers`."""
        wanted = {"area_id": report.area_id, "before": report.period.starts_on}
        found = self._revisions(revisions.NEWEST_BEFORE, wanted)
        return list(found[0].sections) if found else []

    def history(self, area_ids: Collection[int]) -> list[Revision]:
        """See `ports.Reports.history`."""
        return self._revisions(revisions.NEWEST_OF_AREAS, {"area_ids": list(area_ids)})

    def _several(self, statement: Select[Any], wanted: Mapping[str, object]) -> list[Report]:
        rows = self._connection.execute(statement, wanted).all()
        saved = drafts.drafts_of(self._connection, [row.id for row in rows])
        return [self._report(row, saved.get(row.id, {})) for row in rows]

    def _revisions(self, statement: Select[Any], wanted: Mapping[str, object]) -> list[Revision]:
        return revisions.load_revisions(self._connection, self._templates, statement, wanted)

    def _report(self, row: AnyRow, draft: dict[str, DraftAnswer]) -> Report:
        return Report(
            id=row.id,
            period=period_of(row),
            programme_id=row.programme_id,
            programme_name=row.programme_name,
            zone=self._timetable_of(row.timetable).zone if row.timetable else _UTC,
            area_id=row.area_id,
            area_name=row.area_name,
            area_retired=row.retired,
            template=self._templates.get(row.template_id),
            revision=row.revision,
            headline=row.headline,
            draft=draft,
            submitted_at=row.submitted_at,
            first_submitted_at=row.first_submitted_at,
            excused_at=row.excused_at,
            handed=HandOver(
                row.handed_to, row.holder_name, row.handed_by, row.giver_name, row.handed_at
            )
            if row.handed_to
            else None,
        )
