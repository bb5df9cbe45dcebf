"""The delivery ledger."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import (
    Connection,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)

from highlightbot.core.deliveries import (
    ALARMS,
    GRACE,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    Lane,
    MessageRef,
    NewDelivery,
)
from highlightbot.core.pacing import LONGEST_CLOSURE
from highlightbot.persistence.prepared import Prepared
from highlightbot.persistence.rows import AnyRow, insert_missing
from highlightbot.persistence.tables import (
    CLAIMED,
    SENT,
    UNFINISHED,
    deliveries,
)

_ENQUEUE = insert_missing(deliveries)


# Messages to one person, or to one programme's channel.
_place = func.coalesce(
    literal("person ") + cast(deliveries.c.person_id, String),
    literal("programme ") + cast(deliveries.c.programme_id, String),
)
IS_NO_ALARM = and_(*(deliveries.c.kind != alarm.value for alarm in sorted(ALARMS)))
# As `core.deliveries.Delivery.lane` has it.
_lane = case(
    (deliveries.c.status == DeliveryStatus.UNKNOWN.value, Lane.LOOK.value),
    (
        (deliveries.c.part == 0)
        & IS_NO_ALARM
        & (
            deliveries.c.edition
            > case((deliveries.c.kind == DeliveryKind.SUMMARY.value, 1), else_=0)
        ),
        Lane.CHANGE.value,
    ),
    else_=Lane.POST.value,
)
_LANES = tuple(f"lane_{number}" for number in range(len(Lane)))
_BUSY_PLACES = union_all(
    select(_place).where(CLAIMED),
    select(_place).where(
        SENT,
        deliveries.c.finished_at > bindparam("rested"),
        # What was finished later than that is from before the clock was set back.
        deliveries.c.finished_at <= bindparam("rests_until"),
    ),
)

# The conditions are written as those of the tables' partial indexes, which serve only then.
_WAITING = (
    UNFINISHED,
    deliveries.c.status != DeliveryStatus.CLAIMED.value,
    deliveries.c.next_attempt_at <= bindparam("now"),
)
_CLAIM = Prepared(
    update(deliveries)
    .where(
        deliveries.c.id
        == select(deliveries.c.id)
        .where(
            *_WAITING,
            _lane.in_([bindparam(name) for name in _LANES]),
            _place.not_in(_BUSY_PLACES),
        )
        # By the index alone: a second column would have all that is due at once sorted.
        .order_by(deliveries.c.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    .values(
        status=DeliveryStatus.CLAIMED.value,
        was_unknown=or_(
            deliveries.c.was_unknown, deliveries.c.status != DeliveryStatus.PENDING.value
        ),
        attempts=deliveries.c.attempts + 1,
        token=deliveries.c.token + 1,
        first_attempt_at=func.coalesce(deliveries.c.first_attempt_at, bindparam("now")),
        due_at=deliveries.c.next_attempt_at,
        next_attempt_at=bindparam("lease_end"),
    )
    .returning(
        deliveries.c.id,
        deliveries.c.dedupe_key,
        deliveries.c.kind,
        deliveries.c.programme_id,
        deliveries.c.period_id,
        deliveries.c.person_id,
        deliveries.c.edition,
        deliveries.c.part,
        deliveries.c.attempts,
        deliveries.c.token,
        deliveries.c.was_unknown,
        deliveries.c.due_at,
        deliveries.c.expires_at,
        deliveries.c.created_at,
        deliveries.c.first_attempt_at,
    )
)
# A lease that ends too late is from before the clock was set back.
_LAPSED = or_(
    deliveries.c.next_attempt_at <= bindparam("now"),
    deliveries.c.next_attempt_at > bindparam("lease_end"),
)
_HAS_LAPSED = select(exists().where(CLAIMED, _LAPSED))
_LAPSE = (
    update(deliveries)
    .where(CLAIMED, _LAPSED)
    .values(
        status=DeliveryStatus.UNKNOWN.value,
        was_unknown=True,
        token=deliveries.c.token + 1,
        next_attempt_at=bindparam("look_at"),
        reason="whoever was sending it said no more",
    )
)
_BACKED_OFF = (
    UNFINISHED,
    deliveries.c.status != DeliveryStatus.CLAIMED.value,
    deliveries.c.due_at.is_not(None),  # what was handed back has a time of its own to wait for
    deliveries.c.next_attempt_at > bindparam("longest"),
)
_IS_STRANDED = select(exists().where(*_BACKED_OFF))
_FREE_STRANDED = update(deliveries).where(*_BACKED_OFF).values(next_attempt_at=bindparam("look_at"))
_NEXT = select(func.min(deliveries.c.next_attempt_at)).where(
    UNFINISHED, deliveries.c.status != DeliveryStatus.CLAIMED.value
)
_HELD = update(deliveries).where(
    deliveries.c.id == bindparam("held_id"),
    deliveries.c.token == bindparam("held_token"),
    deliveries.c.status == DeliveryStatus.CLAIMED.value,
)
_FINISH = Prepared(
    _HELD.values(
        status=bindparam("status"),
        finished_at=bindparam("finished_at"),
        conversation=bindparam("conversation"),
        message=bindparam("message"),
        was_unknown=bindparam("was_unknown"),
        reason=bindparam("reason"),
    )
)
_PUT_BACK = _HELD.values(
    status=bindparam("status"),
    next_attempt_at=bindparam("next_attempt_at"),
    was_unknown=bindparam("was_unknown"),
    reason=bindparam("reason"),
)
_HAND_BACK = _PUT_BACK.values(
    attempts=deliveries.c.attempts - 1,
    due_at=None,
    first_attempt_at=case((deliveries.c.attempts > 1, deliveries.c.first_attempt_at), else_=None),
)


class SqlDeliveries:
    """See `ports.Deliveries`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def enqueue(self, delivery: NewDelivery, now: datetime) -> bool:
        """See `ports.Deliveries.enqueue`."""
        values = {
            "dedupe_key": delivery.dedupe_key,
            "kind": delivery.kind.value,
            "programme_id": delivery.programme_id,
            "period_id": delivery.period_id,
            "person_id": delivery.person_id,
            "edition": delivery.edition,
            "part": delivery.part,
            "status": DeliveryStatus.PENDING.value,
            "next_attempt_at": delivery.not_before,
            "expires_at": delivery.expires_at,
            "attempts": 0,
            "token": 0,
            "was_unknown": False,
            "reason": "",
            "created_at": now,
        }
        return self._connection.execute(_ENQUEUE, values).rowcount == 1

    def claim(
        self,
        now: datetime,
        lease: timedelta,
        lanes: Collection[Lane] = tuple(Lane),
        rest: timedelta = timedelta(),
    ) -> Delivery | None:
        """See `ports.Deliveries.claim`."""
        values = {
            "now": now,
            "lease_end": now + lease,
            "rested": now - rest,
            "rests_until": now + rest,
            **dict.fromkeys(_LANES, ""),
            **dict(zip(_LANES, [lane.value for lane in lanes], strict=False)),
        }
        row = _CLAIM.first(self._connection, values)
        return None if row is None else _delivery(row)

    def next_attempt_at(self) -> datetime | None:
        """See `ports.Deliveries.next_attempt_at`."""
        found: datetime | None = self._connection.execute(_NEXT).scalar_one()
        return found

    def has_stale(self, now: datetime, lease: timedelta) -> bool:
        """See `ports.Deliveries.has_stale`."""
        values = _bounds(now, lease)
        return bool(
            self._connection.execute(_HAS_LAPSED, values).scalar_one()
            or self._connection.execute(_IS_STRANDED, values).scalar_one()
        )

    def free_stale(self, now: datetime, lease: timedelta) -> int:
        """See `ports.Deliveries.free_stale`."""
        values = _bounds(now, lease)
        lapsed = self._connection.execute(_LAPSE, values).rowcount
        return lapsed + self._connection.execute(_FREE_STRANDED, values).rowcount

    def finish(
        self,
        delivery: Delivery,
        status: DeliveryStatus,
        now: datetime,
        *,
        ref: MessageRef | None = None,
        reason: str = "",
    ) -> bool:
        """See `ports.Deliveries.finish`."""
        values = {
            **_fence(delivery),
            "status": status.value,
            "finished_at": now,
            "conversation": ref.conversation if ref else None,
            "message": ref.message if ref else None,
            "was_unknown": delivery.was_unknown,
            "reason": reason,
        }
        return _FINISH.run(self._connection, values) == 1

    def put_back(self, delivery: Delivery, until: datetime, *, unknown: bool, reason: str) -> bool:
        """See `ports.Deliveries.put_back`."""
        status = DeliveryStatus.UNKNOWN if unknown else DeliveryStatus.PENDING
        values = {
            **_fence(delivery),
            "status": status.value,
            "next_attempt_at": until,
            "was_unknown": unknown,
            "reason": reason,
        }
        return self._connection.execute(_PUT_BACK, values).rowcount == 1

    def hand_back(self, delivery: Delivery, until: datetime, *, reason: str) -> bool:
        """See `ports.Deliveries.hand_back`."""
        values = {
            **_fence(delivery),
            "status": DeliveryStatus.PENDING.value,
            "next_attempt_at": until,
            "was_unknown": False,
            "reason": reason,
        }
        return self._connection.execute(_HAND_BACK, values).rowcount == 1


def _bounds(now: datetime, lease: timedelta) -> dict[str, datetime]:
    return {
        "now": now,
        # Another machine's clock may be ahead, or its claim younger than this ``now``.
        "lease_end": now + lease + GRACE,
        "longest": now + LONGEST_CLOSURE + GRACE,
        "look_at": now + GRACE,
    }


def _fence(delivery: Delivery) -> dict[str, int]:
    return {"held_id": delivery.id, "held_token": delivery.token}


def _delivery(row: AnyRow) -> Delivery:
    return Delivery(
        id=row.id,
        key=row.dedupe_key,
        kind=DeliveryKind(row.kind),
        programme_id=row.programme_id,
        period_id=row.period_id,
        person_id=row.person_id,
        edition=row.edition,
        part=row.part,
        attempts=row.attempts,
        token=row.token,
        was_unknown=row.was_unknown,
        due_at=row.due_at,
        expires_at=row.expires_at,
        created_at=row.created_at,
        first_attempt_at=row.first_attempt_at,
    )
