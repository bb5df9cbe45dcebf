"""How fast the platform has been asked, by all who share the database."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Connection, bindparam, case, or_, select, update

from highlightbot.core.deliveries import Lane
from highlightbot.core.pacing import LONGEST_CLOSURE, Openings, Pace, Rate
from highlightbot.persistence.rows import insert_missing
from highlightbot.persistence.tables import pacing

_ALL = "all"
_free_at = pacing.c.free_at
_now, _latest, _interval, _until = (
    bindparam(name, type_=BigInteger) for name in ("now", "latest", "interval", "until")
)
_READ = select(pacing)
_ADD = insert_missing(pacing)
_TAKE = (
    update(pacing)
    .where(
        pacing.c.scope == bindparam("lane"),
        # What lies further ahead than any burst leads is from before the clock was set back.
        or_(_free_at <= bindparam("earliest", type_=BigInteger), _free_at > _latest),
    )
    .values(
        free_at=_interval + case(((_free_at > _now) & (_free_at <= _latest), _free_at), else_=_now)
    )
)
_GIVE_BACK = (
    update(pacing).where(pacing.c.scope == bindparam("lane")).values(free_at=_free_at - _interval)
)
_CLOSE = (
    update(pacing)
    .where(pacing.c.scope == _ALL)
    .values(
        free_at=case(((_free_at > _until) & (_free_at <= _latest), _free_at), else_=_until),
        refused_since=bindparam("refused"),
    )
)
_ACCEPTED = update(pacing).where(pacing.c.scope == _ALL).values(refused_since=None)


class SqlPacing:
    """See `ports.Pacing`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def openings(self, pace: Pace, now: datetime) -> Openings:
        """See `ports.Pacing.openings`."""
        rows = {row.scope: row for row in self._connection.execute(_READ)}
        closed_until, refused_since = now, None
        if (closed := rows.get(_ALL)) is not None:
            closed_until = _still(_instant(closed.free_at), now, _FURTHEST)
            if closed.refused_since is not None:
                refused_since = min(now, _instant(closed.refused_since))
        free_at = dict.fromkeys(Lane, closed_until)
        for lane, rate in pace.rates.items():
            if (row := rows.get(lane.value)) is not None:
                at = _instant(row.free_at) - rate.tolerance
                free_at[lane] = max(closed_until, _still(at, now, rate.interval))
        return Openings(free_at, closed_until, refused_since)

    def take(self, lane: Lane, rate: Rate, now: datetime) -> bool:
        """See `ports.Pacing.take`."""
        ends = now + rate.tolerance
        values = {
            "lane": lane.value,
            "now": _micros(now),
            "earliest": _micros(ends),
            "latest": _micros(ends + rate.interval),
            "interval": rate.interval // _MICROSECOND,
        }
        if self._connection.execute(_TAKE, values).rowcount == 1:
            return True
        first = {"scope": lane.value, "free_at": _micros(now + rate.interval)}
        return self._connection.execute(_ADD, first).rowcount == 1

    def give_back(self, lane: Lane, rate: Rate) -> None:
        """See `ports.Pacing.give_back`."""
        values = {"lane": lane.value, "interval": rate.interval // _MICROSECOND}
        self._connection.execute(_GIVE_BACK, values)

    def close(self, until: datetime, now: datetime, *, refused_since: datetime | None) -> None:
        """See `ports.Pacing.close`."""
        refused = None if refused_since is None else _micros(refused_since)
        first = {"scope": _ALL, "free_at": _micros(until), "refused_since": refused}
        if self._connection.execute(_ADD, first).rowcount == 0:
            latest = _micros(now + _FURTHEST)
            self._connection.execute(
                _CLOSE, {"until": _micros(until), "latest": latest, "refused": refused}
            )

    def accepted(self) -> None:
        """See `ports.Pacing.accepted`."""
        self._connection.execute(_ACCEPTED)


# Jitter comes on top of the longest closure, and the clocks of two bots differ a little.
_FURTHEST = LONGEST_CLOSURE + timedelta(seconds=10)
_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def _instant(micros: int) -> datetime:
    return _EPOCH + micros * _MICROSECOND


def _still(at: datetime, now: datetime, longest: timedelta) -> datetime:
    """The instant if it can lie so far ahead; else it is from before the clock was set back."""
    return at if now < at <= now + longest else now
