"""The delivery ledger."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from highlightbot.core.deliveries import (
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    MessageRef,
    NewDelivery,
)
from highlightbot.persistence.rows import AnyRow
from highlightbot.persistence.tables import CLAIMED, UNFINISHED, deliveries

_NEW = (
    deliveries.c.dedupe_key,
    deliveries.c.kind,
    deliveries.c.programme_id,
    deliveries.c.period_id,
    deliveries.c.person_id,
    deliveries.c.edition,
    deliveries.c.part,
    deliveries.c.status,
    deliveries.c.next_attempt_at,
    deliveries.c.expires_at,
    deliveries.c.attempts,
    deliveries.c.token,
    deliveries.c.was_unknown,
    deliveries.c.reason,
    deliveries.c.created_at,
)
_ENQUEUE = insert(deliveries).from_select(
    [column.name for column in _NEW],
    select(*(bindparam(column.name, type_=column.type) for column in _NEW)).where(
        ~exists().where(deliveries.c.dedupe_key == bindparam("dedupe_key"))
    ),
)


def _first(*conditions: ColumnElement[bool] | Any) -> ScalarSelect[int]:
    """The row of these that waits longest and that nobody else is claiming."""
    return (
        select(deliveries.c.id)
        .where(*conditions)
        .order_by(deliveries.c.next_attempt_at, deliveries.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )


# The conditions are written as those of the tables' partial indexes, which serve only then.
_CLAIM = (
    update(deliveries)
    .where(
        deliveries.c.id
        == func.coalesce(
            _first(UNFINISHED, deliveries.c.next_attempt_at <= bindparam("now")),
            # No lease lasts longer than this: the clock was set back since it was taken.
            _first(CLAIMED, deliveries.c.next_attempt_at > bindparam("lease_end")),
        )
    )
    .values(
        status=DeliveryStatus.CLAIMED.value,
        was_unknown=or_(
            deliveries.c.was_unknown, deliveries.c.status != DeliveryStatus.PENDING.value
        ),
        attempts=deliveries.c.attempts + 1,
        token=deliveries.c.token + 1,
        first_attempt_at=func.coalesce(deliveries.c.first_attempt_at, bindparam("now")),
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
        deliveries.c.expires_at,
        deliveries.c.first_attempt_at,
    )
)
_HELD = update(deliveries).where(
    deliveries.c.id == bindparam("held_id"),
    deliveries.c.token == bindparam("held_token"),
    deliveries.c.status == DeliveryStatus.CLAIMED.value,
)
_FINISH = _HELD.values(
    status=bindparam("status"),
    finished_at=bindparam("finished_at"),
    conversation=bindparam("conversation"),
    message=bindparam("message"),
    reason=bindparam("reason"),
)
_PUT_BACK = _HELD.values(
    status=bindparam("status"),
    next_attempt_at=bindparam("next_attempt_at"),
    was_unknown=bindparam("was_unknown"),
    reason=bindparam("reason"),
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

    def claim(self, now: datetime, lease: timedelta) -> Delivery | None:
        """See `ports.Deliveries.claim`."""
        instants = {"now": now, "lease_end": now + lease}
        row = self._connection.execute(_CLAIM, instants).one_or_none()
        return None if row is None else _delivery(row)

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
        return self._connection.execute(_FINISH, values).rowcount == 1

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

    def unfinished(self, period_id: int, edition: int) -> int:
        """See `ports.Deliveries.unfinished`."""
        wanted = {"period_id": period_id, "edition": edition}
        return self._connection.execute(_COUNT_UNFINISHED, wanted).scalar_one()


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
        expires_at=row.expires_at,
        first_attempt_at=row.first_attempt_at,
    )
