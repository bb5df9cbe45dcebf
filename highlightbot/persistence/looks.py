"""When it is to be seen again who is due a reminder."""

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, or_, select, union, union_all, update

from highlightbot.core.periods import Period
from highlightbot.core.stages import LOOK_AT_LEAST
from highlightbot.persistence.periods import PERIOD, period_of
from highlightbot.persistence.tables import (
    LOOKED_AT,
    authors,
    coordinators,
    periods,
    service_areas,
)

_AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)

_DUE_A_LOOK = periods.c.look_at <= bindparam("now")
_CLOCK_WAS_AHEAD = periods.c.look_at > bindparam("at_the_latest")
_LOOKS = select(periods.c.id, periods.c.look_at).where(LOOKED_AT)
# An "or" of the two would go through all that are looked at.
_TO_LOOK_AT = union_all(_LOOKS.where(_DUE_A_LOOK), _LOOKS.where(_CLOCK_WAS_AHEAD)).order_by(
    "look_at"
)
_HOLD = (
    select(*PERIOD)
    .where(
        periods.c.id == bindparam("period_id"),
        LOOKED_AT,
        or_(_DUE_A_LOOK, _CLOCK_WAS_AHEAD),
    )
    .with_for_update(skip_locked=True, key_share=True)
)
_LOOK_AGAIN = (
    update(periods)
    .where(periods.c.id == bindparam("looked_at"))
    .values(look_at=bindparam("next_look"))
)
_WAKE_PERIOD = update(periods).where(periods.c.id == bindparam("woken")).values(look_at=_AT_ONCE)
_WAKE_PROGRAMME = (
    update(periods)
    .where(LOOKED_AT, periods.c.programme_id == bindparam("woken"))
    .values(look_at=_AT_ONCE)
)
_WAKE_FOR_PERSON = (
    update(periods)
    .where(
        LOOKED_AT,
        periods.c.programme_id.in_(
            union(
                select(service_areas.c.programme_id)
                .join_from(service_areas, authors)
                .where(authors.c.person_id == bindparam("woken")),
                select(coordinators.c.programme_id).where(
                    coordinators.c.person_id == bindparam("woken")
                ),
            )
        ),
    )
    .values(look_at=_AT_ONCE)
)


def wake_for_person(connection: Connection, person_id: int) -> None:
    """See `ports.Looks.wake`."""
    connection.execute(_WAKE_FOR_PERSON, {"woken": person_id})


def wake_programme(connection: Connection, programme_id: int) -> None:
    """See `ports.Looks.wake`."""
    connection.execute(_WAKE_PROGRAMME, {"woken": programme_id})


class SqlLooks:
    """See `ports.Looks`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, now: datetime) -> list[int]:
        """See `ports.Looks.due`."""
        wanted = {"now": now, "at_the_latest": now + LOOK_AT_LEAST}
        return list(self._connection.scalars(_TO_LOOK_AT, wanted))

    def hold(self, period_id: int, now: datetime) -> Period | None:
        """See `ports.Looks.hold`."""
        wanted = {"period_id": period_id, "now": now, "at_the_latest": now + LOOK_AT_LEAST}
        row = self._connection.execute(_HOLD, wanted).one_or_none()
        return None if row is None else period_of(row)

    def again(self, period_id: int, at: datetime | None) -> None:
        """See `ports.Looks.again`."""
        self._connection.execute(_LOOK_AGAIN, {"looked_at": period_id, "next_look": at})

    def wake(
        self,
        *,
        period_id: int | None = None,
        programme_id: int | None = None,
        person_id: int | None = None,
    ) -> None:
        """See `ports.Looks.wake`."""
        if period_id is not None:
            self._connection.execute(_WAKE_PERIOD, {"woken": period_id})
        if programme_id is not None:
            wake_programme(self._connection, programme_id)
        if person_id is not None:
            wake_for_person(self._connection, person_id)
