"""What stands in the delivery ledger, for people to see and to mend."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, func, select, update

from highlightbot.core.deliveries import (
    GIVEN_UP_AFTER,
    Backlog,
    DeliveryKind,
    DeliveryStatus,
    LedgerRow,
)
from highlightbot.persistence.columns import UtcInstant
from highlightbot.persistence.deliveries import IS_NO_ALARM
from highlightbot.persistence.rows import AnyRow
from highlightbot.persistence.tables import UNFINISHED, UNTOLD_DEATH, deliveries

_UNTOLD = select(deliveries).where(UNTOLD_DEATH, IS_NO_ALARM)
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
_least = bindparam("expires_at_least", type_=UtcInstant)
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
        expires_at=case(
            (_least < deliveries.c.expires_at, deliveries.c.expires_at),
            else_=_least,
        ),
        finished_at=None,
        told_in=None,
        attempts=0,
        token=deliveries.c.token + 1,
        first_attempt_at=None,
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
        status=DeliveryStatus.CANCELLED.value,
        finished_at=bindparam("now"),
        token=deliveries.c.token + 1,
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
_HEADS = (
    select(deliveries)
    .where(
        deliveries.c.period_id == bindparam("period_id"),
        deliveries.c.kind == DeliveryKind.SUMMARY.value,
        deliveries.c.part == 0,
    )
    .order_by(deliveries.c.edition)
)
_UNFINISHED_EDITIONS = (
    select(deliveries.c.edition)
    .where(
        deliveries.c.period_id == bindparam("period_id"),
        deliveries.c.kind == DeliveryKind.SUMMARY.value,
        UNFINISHED,
    )
    .distinct()
)


class SqlLedger:
    """See `ports.Ledger`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waits_because(self, period_id: int, edition: int) -> str | None:
        """See `ports.Ledger.waits_because`."""
        wanted = {"period_id": period_id, "edition": edition}
        found: str | None = self._connection.execute(_WAITS_BECAUSE, wanted).scalar_one_or_none()
        return found

    def untold_dead(self) -> list[LedgerRow]:
        """See `ports.Ledger.untold_dead`."""
        return [_ledger_row(row) for row in self._connection.execute(_UNTOLD)]

    def tell(self, ids: Collection[int], batch: int) -> int:
        """See `ports.Ledger.tell`."""
        return self._connection.execute(_TELL, {"ids": list(ids), "batch": batch}).rowcount

    def told_in(self, batch: int) -> list[LedgerRow]:
        """See `ports.Ledger.told_in`."""
        return [_ledger_row(row) for row in self._connection.execute(_TOLD_IN, {"batch": batch})]

    def rows(self, states: Collection[DeliveryStatus], most: int) -> list[LedgerRow]:
        """See `ports.Ledger.rows`."""
        wanted = _LEDGER.where(deliveries.c.status.in_([state.value for state in states]))
        return [_ledger_row(row) for row in self._connection.execute(wanted, {"most": most})]

    def row(self, row_id: int) -> LedgerRow | None:
        """See `ports.Ledger.row`."""
        row = self._connection.execute(_ROW, {"row_id": row_id}).one_or_none()
        return None if row is None else _ledger_row(row)

    def requeue(self, row_id: int, now: datetime, *, unknown: bool) -> bool:
        """See `ports.Ledger.requeue`."""
        status = DeliveryStatus.UNKNOWN if unknown else DeliveryStatus.PENDING
        values = {
            "row_id": row_id,
            "now": now,
            "expires_at_least": now + GIVEN_UP_AFTER,
            "status": status.value,
            "was_unknown": unknown,
        }
        return self._connection.execute(_REQUEUE, values).rowcount == 1

    def cancel(self, row_id: int, now: datetime) -> bool:
        """See `ports.Ledger.cancel`."""
        return self._connection.execute(_CANCEL, {"row_id": row_id, "now": now}).rowcount == 1

    def backlog(self, now: datetime) -> Backlog:
        """See `ports.Ledger.backlog`."""
        rows = self._connection.execute(_BACKLOG, {"now": now}).all()
        return Backlog(
            {DeliveryStatus(row.status): row.rows for row in rows},
            min((row.oldest_at for row in rows if row.oldest_at is not None), default=None),
        )

    def heads(self, period_id: int) -> list[LedgerRow]:
        """See `ports.Ledger.heads`."""
        found = self._connection.execute(_HEADS, {"period_id": period_id})
        return [_ledger_row(row) for row in found]

    def unfinished_editions(self, period_id: int) -> frozenset[int]:
        """See `ports.Ledger.unfinished_editions`."""
        found = self._connection.execute(_UNFINISHED_EDITIONS, {"period_id": period_id})
        return frozenset(found.scalars())


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
        token=row.token,
        was_unknown=row.was_unknown,
        next_attempt_at=row.next_attempt_at,
        created_at=row.created_at,
        finished_at=row.finished_at,
        reason=row.reason,
    )
