"""Service areas and their authors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from highlightbot.core.declarations import DeclaredArea, DeclaredPerson
from highlightbot.core.people import Author, Role
from highlightbot.core.programmes import ServiceArea
from highlightbot.persistence.people import PERSON, person_of
from highlightbot.persistence.rows import AnyRow, add_row
from highlightbot.persistence.tables import authors, people, service_areas

AREAS = (
    select(
        service_areas.c.id,
        service_areas.c.programme_id,
        service_areas.c.key,
        service_areas.c.name,
        service_areas.c.retired,
        authors.c.role,
        *PERSON,
    )
    .select_from(service_areas.outerjoin(authors).outerjoin(people))
    .order_by(service_areas.c.position, service_areas.c.id, authors.c.position)
)
"""Areas in their order, one row for each author; narrow it with ``where``."""

_LAST_POSITION = select(func.max(service_areas.c.position)).where(
    service_areas.c.programme_id == bindparam("programme_id")
)
_KEYS = select(service_areas.c.key).where(service_areas.c.programme_id == bindparam("programme_id"))
_ADD = insert(service_areas)
_ADD_AUTHORS = insert(authors)


def areas_of(rows: Iterable[AnyRow]) -> dict[int, list[ServiceArea]]:
    """The areas in rows of `AREAS`, by programme."""
    heads: dict[int, AnyRow] = {}
    writers: dict[int, list[Author]] = defaultdict(list)
    for row in rows:
        heads[row.id] = row
        if row.person_id is not None:
            writers[row.id].append(Author(person_of(row), Role(row.role)))
    areas: dict[int, list[ServiceArea]] = defaultdict(list)
    for row in heads.values():
        authors_of_area = tuple(writers[row.id])
        areas[row.programme_id].append(
            ServiceArea(row.id, row.programme_id, row.key, row.name, authors_of_area, row.retired)
        )
    return areas


def add_area(
    connection: Connection, programme_id: int, key: str, name: str, *, retired: bool
) -> ServiceArea:
    """See `ports.Programmes.add_area`; it comes last, and a key that is taken gets a number."""
    last = connection.scalar(_LAST_POSITION, {"programme_id": programme_id})
    position = 0 if last is None else last + 1
    taken = set(connection.scalars(_KEYS, {"programme_id": programme_id}))
    wanted = (key, *(f"{key}-{number}" for number in range(2, len(taken) + 2)))
    key = next(one for one in wanted if one not in taken)
    area_id = _add(connection, programme_id, key, name, position, retired=retired)
    return ServiceArea(area_id, programme_id, key, name, retired=retired)


def save_areas(
    connection: Connection,
    programme_id: int,
    stored: Iterable[ServiceArea],
    declared: tuple[DeclaredArea, ...],
    people_ids: Mapping[DeclaredPerson, int],
) -> None:
    """Make the programme's areas equal to the declared ones; those left out retire, last."""
    stored = tuple(stored)
    same = _same_areas(stored, declared)
    for position, wanted in enumerate(declared):
        area = same.get(wanted.key)
        if area is None:
            area_id = _add(
                connection, programme_id, wanted.key, wanted.name, position, retired=False
            )
        else:
            area_id = area.id
            changes = {"key": wanted.key, "name": wanted.name}
            _change(connection, area_id, position=position, retired=False, **changes)
        _save_authors(connection, area_id, wanted, people_ids)
    kept = {area.id for area in same.values()}
    left_out = [area.id for area in stored if area.id not in kept]
    for position, area_id in enumerate(left_out, start=len(declared)):
        _change(connection, area_id, position=position, retired=True)


def _same_areas(
    stored: Iterable[ServiceArea], declared: Iterable[DeclaredArea]
) -> dict[str, ServiceArea]:
    """The stored area of each declared key: that of the same key, else that of the same name."""
    by_key = {area.key: area for area in stored}
    same = {area.key: by_key.pop(area.key) for area in declared if area.key in by_key}
    by_name = {area.name: area for area in by_key.values()}
    for area in declared:
        if area.key not in same and area.name in by_name:
            same[area.key] = by_name.pop(area.name)
    return same


def _add(
    connection: Connection, programme_id: int, key: str, name: str, position: int, *, retired: bool
) -> int:
    values = {
        "programme_id": programme_id,
        "key": key,
        "name": name,
        "position": position,
        "retired": retired,
    }
    return add_row(connection, _ADD, values)


def _change(connection: Connection, area_id: int, **values: object) -> None:
    connection.execute(update(service_areas).where(service_areas.c.id == area_id).values(**values))


def _save_authors(
    connection: Connection,
    area_id: int,
    area: DeclaredArea,
    people_ids: Mapping[DeclaredPerson, int],
) -> None:
    connection.execute(delete(authors).where(authors.c.area_id == area_id))
    roles: dict[int, Role] = {}
    for author in area.authors:
        # An e-mail address and a platform id can name one person.
        roles.setdefault(people_ids[author.person], author.role)
    rows = [
        {"area_id": area_id, "person_id": person_id, "role": role.value, "position": position}
        for position, (person_id, role) in enumerate(roles.items())
    ]
    if rows:
        connection.execute(_ADD_AUTHORS, rows)
