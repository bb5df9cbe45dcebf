"""Programmes."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, or_, select, update

from highlightbot.core.declarations import DeclaredPerson, DeclaredProgramme
from highlightbot.core.people import Person
from highlightbot.core.programmes import Pause, Programme, ServiceArea, Timetable
from highlightbot.core.templates import Template
from highlightbot.persistence.areas import AREAS, add_area, areas_of, save_areas
from highlightbot.persistence.looks import wake_programme
from highlightbot.persistence.people import PERSON, person_of
from highlightbot.persistence.rows import find_or_add, hold_row, insert_missing
from highlightbot.persistence.tables import (
    authors,
    coordinators,
    people,
    programmes,
    service_areas,
)
from highlightbot.persistence.templates import SqlTemplates
from highlightbot.persistence.timetables import timetable_to_data

_PROGRAMMES = select(
    programmes.c.id,
    programmes.c.workspace_id,
    programmes.c.key,
    programmes.c.name,
    programmes.c.template_id,
    programmes.c.timetable,
    programmes.c.channel,
    programmes.c.paused_on,
    programmes.c.resumes_on,
).order_by(programmes.c.id)
_COORDINATORS = (
    select(coordinators.c.programme_id, *PERSON)
    .join_from(coordinators, people)
    .order_by(coordinators.c.position)
)
_IN_WORKSPACE = select(programmes.c.id).where(
    programmes.c.workspace_id == bindparam("workspace_id")
)
_EVERYTHING = (_PROGRAMMES, AREAS, _COORDINATORS)
_OF_WORKSPACE = (
    _PROGRAMMES.where(programmes.c.workspace_id == bindparam("workspace_id")),
    AREAS.where(service_areas.c.programme_id.in_(_IN_WORKSPACE)),
    _COORDINATORS.where(coordinators.c.programme_id.in_(_IN_WORKSPACE)),
)
_ONE = (
    _PROGRAMMES.where(programmes.c.id == bindparam("programme_id")),
    AREAS.where(service_areas.c.programme_id == bindparam("programme_id")),
    _COORDINATORS.where(coordinators.c.programme_id == bindparam("programme_id")),
)
_COORDINATED = select(coordinators.c.programme_id).where(
    coordinators.c.person_id == bindparam("person_id")
)
_WRITTEN = select(authors.c.area_id).where(authors.c.person_id == bindparam("person_id"))
_THEIRS = or_(
    programmes.c.id.in_(_COORDINATED),
    programmes.c.id.in_(
        select(service_areas.c.programme_id).where(service_areas.c.id.in_(_WRITTEN))
    ),
)
_OF_PERSON = (
    _PROGRAMMES.where(_THEIRS),
    AREAS.where(
        or_(service_areas.c.programme_id.in_(_COORDINATED), service_areas.c.id.in_(_WRITTEN))
    ),
    _COORDINATORS.where(coordinators.c.programme_id.in_(select(programmes.c.id).where(_THEIRS))),
)
_BY_KEY = select(programmes.c.id).where(
    programmes.c.workspace_id == bindparam("workspace_id"), programmes.c.key == bindparam("key")
)
_WITH_PERIODS_TO_OPEN = (
    select(programmes.c.id)
    .where(programmes.c.next_period_at <= bindparam("now"))
    .order_by(programmes.c.id)
)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_ADD = insert_missing(programmes)
_ADD_COORDINATORS = insert(coordinators)


class SqlProgrammes:
    """See `ports.Programmes`."""

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

    def all(self, workspace_id: int | None = None) -> list[Programme]:
        """See `ports.Programmes.all`."""
        if workspace_id is None:
            return self._read(_EVERYTHING, {})
        return self._read(_OF_WORKSPACE, {"workspace_id": workspace_id})

    def get(self, programme_id: int) -> Programme:
        """See `ports.Programmes.get`; ValueError where there is none."""
        (programme,) = self._read(_ONE, {"programme_id": programme_id})
        return programme

    def of_person(self, person_id: int) -> list[Programme]:
        """See `ports.Programmes.of_person`."""
        return self._read(_OF_PERSON, {"person_id": person_id})

    def hold(self, programme_id: int) -> Programme:
        """See `ports.Programmes.hold`; ValueError where there is none."""
        hold_row(self._connection, programmes.c.id, programme_id)
        return self.get(programme_id)

    def template(self, template_id: int) -> Template:
        """See `ports.Programmes.template`."""
        return self._templates.get(template_id)

    def templates(self, workspace_id: int) -> list[Template]:
        """See `ports.Programmes.templates`."""
        return self._templates.all(workspace_id)

    def save_template(self, workspace_id: int, template: Template) -> int:
        """See `ports.Programmes.save_template`."""
        return self._templates.save(workspace_id, template)

    def save(
        self, workspace_id: int, declared: DeclaredProgramme, people: dict[DeclaredPerson, int]
    ) -> int:
        """See `ports.Programmes.save`."""
        values = {
            "name": declared.name,
            "template_id": self._templates.save(workspace_id, declared.template),
            "timetable": json.dumps(timetable_to_data(declared.timetable)),
            "channel": declared.channel,
            "next_period_at": _LONG_AGO,  # to be found out
        }
        names = {"workspace_id": workspace_id, "key": declared.key}
        programme_id = find_or_add(self._connection, _BY_KEY, _ADD, names, values)
        stored = self.hold(programme_id).areas
        changed = update(programmes).where(programmes.c.id == programme_id).values(**values)
        self._connection.execute(changed)
        self._save_coordinators(programme_id, [people[one] for one in declared.coordinators])
        save_areas(self._connection, programme_id, stored, declared.areas, people)
        wake_programme(self._connection, programme_id)
        return programme_id

    def save_archive(self, workspace_id: int, key: str, name: str) -> int:
        """See `ports.Programmes.save_archive`."""
        names = {"workspace_id": workspace_id, "key": key}
        return find_or_add(self._connection, _BY_KEY, _ADD, names, {"name": name})

    def add_area(self, programme_id: int, key: str, name: str, *, retired: bool) -> ServiceArea:
        """See `ports.Programmes.add_area`."""
        return add_area(self._connection, programme_id, key, name, retired=retired)

    def with_periods_to_open(self, now: datetime) -> list[int]:
        """See `ports.Programmes.with_periods_to_open`."""
        return list(self._connection.scalars(_WITH_PERIODS_TO_OPEN, {"now": now}))

    def wait_for_period(self, programme_id: int, until: datetime | None) -> None:
        """See `ports.Programmes.wait_for_period`."""
        self._change(programme_id, next_period_at=until)

    def pause(self, programme_id: int, pause: Pause | None) -> None:
        """See `ports.Programmes.pause`."""
        self._change(
            programme_id,
            paused_on=pause.starts_on if pause else None,
            resumes_on=pause.resumes_on if pause else None,
        )

    def _change(self, programme_id: int, **values: object) -> None:
        one = update(programmes).where(programmes.c.id == programme_id)
        self._connection.execute(one.values(**values))

    def _read(
        self, statements: tuple[Select[Any], ...], wanted: Mapping[str, int]
    ) -> list[Programme]:
        programme_rows, area_rows, coordinator_rows = (
            self._connection.execute(statement, wanted).all() for statement in statements
        )
        areas = areas_of(area_rows)
        leaders: dict[int, list[Person]] = defaultdict(list)
        for row in coordinator_rows:
            leaders[row.programme_id].append(person_of(row))
        return [
            Programme(
                id=row.id,
                workspace_id=row.workspace_id,
                key=row.key,
                name=row.name,
                template_id=row.template_id,
                timetable=self._timetable_of(row.timetable) if row.timetable else None,
                channel=row.channel,
                areas=tuple(areas.get(row.id, ())),
                coordinators=tuple(leaders[row.id]),
                pause=None if row.paused_on is None else Pause(row.paused_on, row.resumes_on),
            )
            for row in programme_rows
        ]

    def _save_coordinators(self, programme_id: int, person_ids: Iterable[int]) -> None:
        old = delete(coordinators).where(coordinators.c.programme_id == programme_id)
        self._connection.execute(old)
        rows = [
            {"programme_id": programme_id, "person_id": person_id, "position": position}
            # An e-mail address and a platform id can name one person.
            for position, person_id in enumerate(dict.fromkeys(person_ids))
        ]
        if rows:
            self._connection.execute(_ADD_COORDINATORS, rows)
