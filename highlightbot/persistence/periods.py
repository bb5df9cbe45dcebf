"""Reporting periods."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)

from highlightbot.core.periods import Period
from highlightbot.core.programmes import Programme
from highlightbot.persistence.rows import AnyRow, find_or_add, insert_missing
from highlightbot.persistence.tables import (
    UNPUBLISHED_PERIOD,
    UNPUBLISHED_REPORT,
    periods,
    reports,
    service_areas,
)

PERIOD = (
    periods.c.id.label("period_id"),
    periods.c.programme_id,
    periods.c.number.label("period_number"),
    periods.c.starts_on,
    periods.c.ends_on,
    periods.c.due_at,
    periods.c.closes_at,
)
"""The columns that `period_of` reads."""

OLDEST_FIRST = (periods.c.starts_on, periods.c.ends_on, periods.c.id)
NEWEST_FIRST = tuple(column.desc() for column in OLDEST_FIRST)


def period_of(row: AnyRow) -> Period:
    """The period in a row that holds the columns of `PERIOD`."""
    return Period(
        row.period_id,
        row.programme_id,
        row.period_number,
        row.starts_on,
        row.ends_on,
        row.due_at,
        row.closes_at,
    )


_PERIODS = select(*PERIOD)
_OF_PROGRAMME = _PERIODS.where(periods.c.programme_id == bindparam("programme_id"))
_SAME_BOUNDS = (
    periods.c.starts_on == bindparam("starts_on"),
    periods.c.ends_on == bindparam("ends_on"),
)
_RUN_BY_BOT = periods.c.opened_at.is_not(None)

_ONE = _PERIODS.where(periods.c.id == bindparam("period_id"))
_BY_BOUNDS = select(periods.c.id).where(
    periods.c.programme_id == bindparam("programme_id"), *_SAME_BOUNDS
)
_BY_NUMBER_OR_BOUNDS = (
    select(*PERIOD, _RUN_BY_BOT.label("is_open"))
    .where(
        periods.c.programme_id == bindparam("programme_id"),
        or_(
            periods.c.number == bindparam("number"),
            _SAME_BOUNDS[0] & _SAME_BOUNDS[1],
        ),
    )
    # The period of that number comes before an imported one with these bounds.
    .order_by(_RUN_BY_BOT.desc(), (periods.c.number == bindparam("number")).desc())
)
_LAST_NUMBER = select(func.max(periods.c.number)).where(
    periods.c.programme_id == bindparam("programme_id"), _RUN_BY_BOT
)
_COLLECTING = _PERIODS.where(periods.c.closes_at > bindparam("now"), _RUN_BY_BOT).order_by(
    *OLDEST_FIRST
)
_AWAITING_EDITION = _PERIODS.where(
    periods.c.id.in_(
        union_all(
            select(periods.c.id).where(UNPUBLISHED_PERIOD, periods.c.due_at <= bindparam("now")),
            select(periods.c.id)
            .join_from(reports, periods)
            .where(UNPUBLISHED_REPORT, periods.c.edition > 0),
        )
    )
).order_by(*OLDEST_FIRST)
_OPENED = _OF_PROGRAMME.where(_RUN_BY_BOT).order_by(*NEWEST_FIRST)
_NEWEST = (
    select(periods.c.id)
    .where(periods.c.programme_id == bindparam("programme_id"), _RUN_BY_BOT)
    .order_by(*NEWEST_FIRST)
    .limit(1)
    .scalar_subquery()
)
_CALENDAR = (
    select(*PERIOD, periods.c.edition)
    .where(
        periods.c.programme_id == bindparam("programme_id"),
        _RUN_BY_BOT,
        or_(periods.c.closes_at > bindparam("now"), periods.c.id == _NEWEST),
    )
    .order_by(*OLDEST_FIRST)
)
_HAS_REPORTS = exists().where(reports.c.period_id == periods.c.id, reports.c.revision > 0)
_OVERLAPPING = _OF_PROGRAMME.where(
    periods.c.id != bindparam("period_id"),
    periods.c.starts_on <= bindparam("ends_on"),
    periods.c.ends_on >= bindparam("starts_on"),
    or_(_RUN_BY_BOT, _HAS_REPORTS),
).order_by(*OLDEST_FIRST)
_NEWEST_WITH_REPORTS = _OF_PROGRAMME.where(_HAS_REPORTS).order_by(*NEWEST_FIRST).limit(1)
_ADD = insert_missing(periods)
_ADD_REPORTS = insert(reports).from_select(
    ["period_id", "area_id", "template_id", "revision", "published", "headline"],
    select(
        periods.c.id,
        service_areas.c.id,
        periods.c.template_id,
        literal(0),
        literal(0),
        literal(""),
    )
    .join_from(periods, service_areas, service_areas.c.programme_id == periods.c.programme_id)
    .where(
        periods.c.id == bindparam("period_id"),
        service_areas.c.retired.is_(False),
        ~exists().where(
            reports.c.period_id == periods.c.id, reports.c.area_id == service_areas.c.id
        ),
    )
    .order_by(service_areas.c.position),
)


class SqlPeriods:
    """See `ports.Periods`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, period_id: int) -> Period:
        """See `ports.Periods.get`; NoResultFound where there is none."""
        return period_of(self._connection.execute(_ONE, {"period_id": period_id}).one())

    def open(
        self,
        programme: Programme,
        number: int,
        starts_on: date,
        ends_on: date,
        due_at: datetime,
        closes_at: datetime,
        now: datetime,
    ) -> Period:
        """See `ports.Periods.open`; ValueError for a programme without a template."""
        if programme.template_id is None:
            raise ValueError(f"programme {programme.key} has no template to open a period with")
        bounds = {"programme_id": programme.id, "starts_on": starts_on, "ends_on": ends_on}
        found = self._connection.execute(_BY_NUMBER_OR_BOUNDS, {**bounds, "number": number}).first()
        if found is not None and found.is_open:
            return period_of(found)
        values = {
            "number": number,
            "due_at": due_at,
            "closes_at": closes_at,
            "template_id": programme.template_id,
            "opened_at": now,
            "look_at": now,
        }
        if found is None:
            period_id = self._add(bounds, values)
        else:
            period_id = found.period_id
            self._connection.execute(
                update(periods).where(periods.c.id == period_id).values(**values)
            )
        self._connection.execute(_ADD_REPORTS, {"period_id": period_id})
        return self.get(period_id)

    def archived(
        self,
        programme: Programme,
        template_id: int,
        starts_on: date,
        ends_on: date,
        due_at: datetime,
    ) -> Period:
        """See `ports.Periods.archived`. A period that is made here closed when it was due."""
        bounds = {"programme_id": programme.id, "starts_on": starts_on, "ends_on": ends_on}
        values = {"due_at": due_at, "closes_at": due_at, "template_id": template_id}
        return self.get(self._add(bounds, values))

    def overlapping(self, period: Period) -> list[Period]:
        """See `ports.Periods.overlapping`."""
        place = {
            "period_id": period.id,
            "programme_id": period.programme_id,
            "starts_on": period.starts_on,
            "ends_on": period.ends_on,
        }
        return [period_of(row) for row in self._connection.execute(_OVERLAPPING, place)]

    def last_number(self, programme_id: int) -> int | None:
        """See `ports.Periods.last_number`."""
        number: int | None = self._connection.scalar(_LAST_NUMBER, {"programme_id": programme_id})
        return number

    def collecting(self, now: datetime) -> list[Period]:
        """See `ports.Periods.collecting`."""
        return [period_of(row) for row in self._connection.execute(_COLLECTING, {"now": now})]

    def awaiting_edition(self, now: datetime) -> list[Period]:
        """See `ports.Periods.awaiting_edition`."""
        rows = self._connection.execute(_AWAITING_EDITION, {"now": now})
        return [period_of(row) for row in rows]

    def opened(self, programme_id: int) -> list[Period]:
        """See `ports.Periods.opened`."""
        rows = self._connection.execute(_OPENED, {"programme_id": programme_id})
        return [period_of(row) for row in rows]

    def calendar(self, programme_id: int, now: datetime) -> list[tuple[Period, bool]]:
        """See `ports.Periods.calendar`."""
        rows = self._connection.execute(_CALENDAR, {"programme_id": programme_id, "now": now})
        return [(period_of(row), row.edition > 0) for row in rows]

    def reschedule(self, period: Period) -> bool:
        """See `ports.Periods.reschedule`."""
        bounds = {
            "programme_id": period.programme_id,
            "starts_on": period.starts_on,
            "ends_on": period.ends_on,
        }
        if self._connection.scalar(_BY_BOUNDS, bounds) not in {None, period.id}:
            return False
        changed = update(periods).where(periods.c.id == period.id)
        self._connection.execute(
            changed.values(
                starts_on=period.starts_on,
                ends_on=period.ends_on,
                due_at=period.due_at,
                closes_at=period.closes_at,
            )
        )
        return True

    def newest_with_reports(self, programme_id: int) -> Period | None:
        """See `ports.Periods.newest_with_reports`."""
        found = self._connection.execute(_NEWEST_WITH_REPORTS, {"programme_id": programme_id})
        row = found.one_or_none()
        return None if row is None else period_of(row)

    def _add(self, bounds: dict[str, Any], values: dict[str, Any]) -> int:
        values = {**values, "edition": 0}
        return find_or_add(self._connection, _BY_BOUNDS, _ADD, bounds, values)
