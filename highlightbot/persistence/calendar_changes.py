"""What coordinators changed."""

from sqlalchemy import Connection, bindparam, func, insert, select

from highlightbot.core.coordination import CalendarChange
from highlightbot.persistence.tables import calendar_changes, people

_COUNT = select(func.count()).where(
    calendar_changes.c.programme_id == bindparam("programme_id"),
    calendar_changes.c.change_key == bindparam("change_key"),
)
_ADD = insert(calendar_changes)
_NEWEST = (
    select(
        people.c.name,
        calendar_changes.c.made_at,
        calendar_changes.c.asked,
        calendar_changes.c.told,
    )
    .join_from(calendar_changes, people)
    .where(calendar_changes.c.programme_id == bindparam("programme_id"))
    .order_by(calendar_changes.c.id.desc())
    .limit(bindparam("most"))
)


class SqlCalendarChanges:
    """See `ports.CalendarChanges`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_known(self, programme_id: int, change_key: str) -> bool:
        """See `ports.CalendarChanges.is_known`."""
        wanted = {"programme_id": programme_id, "change_key": change_key}
        return self._connection.execute(_COUNT, wanted).scalar_one() > 0

    def record(
        self, programme_id: int, person_id: int, change: CalendarChange, change_key: str
    ) -> None:
        """See `ports.CalendarChanges.record`."""
        values = {
            "programme_id": programme_id,
            "person_id": person_id,
            "made_at": change.made_at,
            "asked": change.asked,
            "told": "\n".join(change.told),
            "change_key": change_key,
        }
        self._connection.execute(_ADD, values)

    def newest(self, programme_id: int, most: int) -> list[CalendarChange]:
        """See `ports.CalendarChanges.newest`."""
        rows = self._connection.execute(_NEWEST, {"programme_id": programme_id, "most": most})
        return [
            CalendarChange(row.name, row.made_at, row.asked, tuple(row.told.split("\n")))
            for row in rows
        ]
