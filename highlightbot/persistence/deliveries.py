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
    LONGEST_WAIT,
    Backlog,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    Lane,
    LedgerRow,
    MessageRef,
    NewDelivery,
)
from highlightbot.persistence.columns import UtcInstant
from highlightbot.persistence.prepared import Prepared
from highlightbot.persistence.rows import AnyRow, insert_missing
from highlightbot.persistence.tables import (
    CLAIMED,
    SENT,
    UNFINISHED,
    UNTOLD_DEATH,
    deliveries,
)

_ENQUEUE = insert_missing(deliveries)


# Messages to one person, or to one programme's channel.
_place = func.coalesce(
    literal("person ") + cast(deliveries.c.person_id, String),
    literal("programme ") + cast(deliveries.c.programme_id, String),
)
_is_no_alarm = and_(*(deliveries.c.kind != alarm.value for alarm in sorted(ALARMS)))
# As `core.deliveries.Delivery.lane` has it.
_lane = case(
    (deliveries.c.status == DeliveryStatus.UNKNOWN.value, Lane.LOOK.value),
    (
        (deliveries.c.part == 0)
        & _is_no_alarm
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
    select(_place).where(SENT, deliveries.c.finished_at > bindparam("rested")),
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
        .order_by(deliveries.c.next_attempt_at, deliveries.c.id)
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
    deliveries.c.attempts > 0,
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
        reason=bindparam("reason"),
    )
)
_PUT_BACK = _HELD.values(
    status=bindparam("status"),
    next_attempt_at=bindparam("next_attempt_at"),
    was_unknown=bindparam("was_unknown"),
    reason=bindparam("reason"),
)
_HAND_BACK = _PUT_BACK.values(attempts=0, first_attempt_at=None)
_UNTOLD = select(deliveries).where(UNTOLD_DEATH, _is_no_alarm)
_TELL = (
    update(deliveries)
    .where(UNTOLD_DEATH, deliveries.c.id.in_(bindparam("ids", expanding=True)))
    .values(told_in=bindparam("batch"))
)
_TOLD_IN = (
    select(deliveries)
    .where(
        deliveries.c.told_in == bindparam("batch"),
        deliveries.c.status == DeliveryStatus.DEAD.value,
    )
    .order_by(deliveries.c.id)
)
_LEDGER = select(deliveries).order_by(deliveries.c.id.desc()).limit(bindparam("most"))
_ROW = select(deliveries).where(deliveries.c.id == bindparam("row_id"))
_REQUEUE = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("row_id"),
        deliveries.c.status == DeliveryStatus.DEAD.value,
    )
    .values(
        status=bindparam("status"),
        was_unknown=bindparam("was_unknown"),
        next_attempt_at=bindparam("now"),
        finished_at=None,
        told_in=None,
        attempts=0,
        token=deliveries.c.token + 1,
        first_attempt_at=case(
            (bindparam("was_unknown"), deliveries.c.first_attempt_at), else_=None
        ),
    )
)
_CANCEL = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("row_id"),
        deliveries.c.status.in_(
            [
                DeliveryStatus.PENDING.value,
                DeliveryStatus.UNKNOWN.value,
                DeliveryStatus.DEAD.value,
            ]
        ),
    )
    .values(
        status=DeliveryStatus.NOT_NEEDED.value,
        finished_at=bindparam("now"),
        token=deliveries.c.token + 1,
        reason="cancelled",
    )
)
_first_due_at = func.coalesce(deliveries.c.first_attempt_at, deliveries.c.next_attempt_at)
_BACKLOG = (
    select(
        deliveries.c.status,
        func.count().label("rows"),
        func.min(case((_first_due_at <= bindparam("now", type_=UtcInstant), _first_due_at))).label(
            "oldest_at"
        ),
    )
    .where(UNFINISHED)
    .group_by(deliveries.c.status)
)
_WAITS_BECAUSE = (
    select(deliveries.c.reason)
    .where(
        deliveries.c.period_id == bindparam("period_id"),
        deliveries.c.kind == DeliveryKind.SUMMARY.value,
        deliveries.c.edition == bindparam("edition"),
        UNFINISHED,
    )
    .order_by(deliveries.c.part)
    .limit(1)
)
_COUNT_UNFINISHED = select(func.count()).where(
    deliveries.c.period_id == bindparam("period_id"),
    deliveries.c.kind == DeliveryKind.SUMMARY.value,
    deliveries.c.edition == bindparam("edition"),
    UNFINISHED,
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

    def waits_because(self, period_id: int, edition: int) -> str | None:
        """See `ports.Deliveries.waits_because`."""
        wanted = {"period_id": period_id, "edition": edition}
        found: str | None = self._connection.execute(_WAITS_BECAUSE, wanted).scalar_one_or_none()
        return found

    def untold_dead(self) -> list[LedgerRow]:
        """See `ports.Deliveries.untold_dead`."""
        return [_ledger_row(row) for row in self._connection.execute(_UNTOLD)]

    def tell(self, ids: Collection[int], batch: int) -> int:
        """See `ports.Deliveries.tell`."""
        return self._connection.execute(_TELL, {"ids": list(ids), "batch": batch}).rowcount

    def told_in(self, batch: int) -> list[LedgerRow]:
        """See `ports.Deliveries.told_in`."""
        return [_ledger_row(row) for row in self._connection.execute(_TOLD_IN, {"batch": batch})]

    def ledger(self, states: Collection[DeliveryStatus], most: int) -> list[LedgerRow]:
        """See `ports.Deliveries.ledger`."""
        wanted = _LEDGER.where(deliveries.c.status.in_([state.value for state in states]))
        return [_ledger_row(row) for row in self._connection.execute(wanted, {"most": most})]

    def row(self, row_id: int) -> LedgerRow | None:
        """See `ports.Deliveries.row`."""
        row = self._connection.execute(_ROW, {"row_id": row_id}).one_or_none()
        return None if row is None else _ledger_row(row)

    def requeue(self, row_id: int, now: datetime, *, unknown: bool) -> bool:
        """See `ports.Deliveries.requeue`."""
        status = DeliveryStatus.UNKNOWN if unknown else DeliveryStatus.PENDING
        values = {"row_id": row_id, "now": now, "status": status.value, "was_unknown": unknown}
        return self._connection.execute(_REQUEUE, values).rowcount == 1

    def cancel(self, row_id: int, now: datetime) -> bool:
        """See `ports.Deliveries.cancel`."""
        return self._connection.execute(_CANCEL, {"row_id": row_id, "now": now}).rowcount == 1

    def backlog(self, now: datetime) -> Backlog:
        """See `ports.Deliveries.backlog`."""
        rows = self._connection.execute(_BACKLOG, {"now": now}).all()
        return Backlog(
            {DeliveryStatus(row.status): row.rows for row in rows},
            min((row.oldest_at for row in rows if row.oldest_at is not None), default=None),
        )

    def unfinished(self, period_id: int, edition: int) -> int:
        """See `ports.Deliveries.unfinished`."""
        wanted = {"period_id": period_id, "edition": edition}
        return self._connection.execute(_COUNT_UNFINISHED, wanted).scalar_one()


def _bounds(now: datetime, lease: timedelta) -> dict[str, datetime]:
    return {
        "now": now,
        "lease_end": now + lease,
        "longest": now + LONGEST_WAIT + GRACE,
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
        first_attempt_at=row.first_attempt_at,
    )


def _ledger_row(row: AnyRow) -> LedgerRow:
    return LedgerRow(
        id=row.id,
        key=row.dedupe_key,
        kind=DeliveryKind(row.kind),
        programme_id=row.programme_id,
        period_id=row.period_id,
        person_id=row.person_id,
        edition=row.edition,
        part=row.part,
        status=DeliveryStatus(row.status),
        attempts=row.attempts,
        was_unknown=row.was_unknown,
        next_attempt_at=row.next_attempt_at,
        created_at=row.created_at,
        finished_at=row.finished_at,
        reason=row.reason,
    )
