"""Two rows of people who turn out to be one person."""

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from highlightbot.persistence.looks import wake_for_person
from highlightbot.persistence.tables import (
    authors,
    coordinators,
    metadata,
    people,
    reminder_stages,
)

_LEAVE = (
    select(people.c.away_until, people.c.left_at)
    .where(people.c.id == bindparam("leaving"))
    .with_for_update()
)
_ABSENCE = select(people.c.away_until, people.c.left_at).where(people.c.id == bindparam("kept"))
_TAKE_OVER = (
    update(people)
    .where(people.c.id == bindparam("kept"))
    # Whether they have left is to be asked anew: one of the two may be an account of before.
    .values(away_until=bindparam("until"), left_at=bindparam("left"), asked_at=None)
)
_REMOVE = delete(people).where(people.c.id == bindparam("removed"))
_REFERENCES = [
    key.parent
    for table in metadata.sorted_tables
    for key in table.foreign_keys
    if key.column is people.c.id
]


def merge(connection: Connection, kept: int, removed: int) -> None:
    """Give everything of one person to another: both turned out to be the same."""
    # From here on nobody refers to the one who leaves.
    leaving = connection.execute(_LEAVE, {"leaving": removed}).one()
    for owner in (authors.c.area_id, coordinators.c.programme_id):
        table = owner.table
        held = select(owner).where(table.c.person_id == kept)
        connection.execute(delete(table).where(table.c.person_id == removed, owner.in_(held)))
    told = reminder_stages.alias()
    connection.execute(
        delete(reminder_stages).where(
            reminder_stages.c.person_id == removed,
            exists().where(
                told.c.person_id == kept,
                told.c.report_id == reminder_stages.c.report_id,
                told.c.stage == reminder_stages.c.stage,
            ),
        )
    )
    for column in _REFERENCES:
        moved = update(column.table).where(column == removed).values({column.name: kept})
        connection.execute(moved)
    staying = connection.execute(_ABSENCE, {"kept": kept}).one()
    until = max(filter(None, (staying.away_until, leaving.away_until)), default=None)
    left = staying.left_at or leaving.left_at
    connection.execute(_TAKE_OVER, {"kept": kept, "until": until, "left": left})
    connection.execute(_REMOVE, {"removed": removed})
    wake_for_person(connection, kept)
