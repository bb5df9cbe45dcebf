"""Which reminders were told, in which message."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from highlightbot.core.deliveries import (
    DeliveryKind,
    DeliveryStatus,
    MessageRef,
    ReminderRow,
    SentReminder,
)
from highlightbot.core.reminder_plan import PLANNED
from highlightbot.persistence.rows import insert_missing
from highlightbot.persistence.tables import (
    UNFINISHED,
    UNTOLD_REPORT,
    deliveries,
    people,
    reminder_stages,
    reports,
)

_TOLD = (
    select(
        reminder_stages.c.person_id,
        reminder_stages.c.report_id,
        reminder_stages.c.stage,
    )
    .join_from(reminder_stages, reports)
    .where(reports.c.period_id == bindparam("period_id"))
)
_TOLD_TO = select(
    reminder_stages.c.report_id, reminder_stages.c.stage, reminder_stages.c.delivery_id
).where(
    reminder_stages.c.person_id == bindparam("person_id"),
    reminder_stages.c.report_id.in_(bindparam("report_ids", expanding=True)),
)
_SHOWN = (
    select(reminder_stages.c.report_id, reminder_stages.c.stage)
    .where(reminder_stages.c.delivery_id == bindparam("delivery_id"))
    .order_by(reminder_stages.c.report_id)
)
_RECORD = insert_missing(reminder_stages)
_TAKE_BACK = delete(reminder_stages).where(
    reminder_stages.c.delivery_id == bindparam("not_sent"),
    or_(*(reminder_stages.c.stage.startswith(f"{kind}:") for kind in PLANNED)),
)
_RECORD_REVISION = (
    update(reports)
    .where(
        reports.c.id == bindparam("told_report"),
        or_(reports.c.told.is_(None), reports.c.told > bindparam("shown_revision")),
    )
    .values(told=bindparam("shown_revision"))
)
_TOLD_NOW = (
    update(reports).where(reports.c.id == bindparam("told_report")).values(told=reports.c.revision)
)
_UNTOLD = select(reports.c.id, reports.c.period_id).where(UNTOLD_REPORT)
_A_DAYS = (
    deliveries.c.kind == DeliveryKind.REMINDER.value,
    deliveries.c.edition == 0,
    deliveries.c.part == 0,
)
_SLOT = (
    select(deliveries.c.dedupe_key, deliveries.c.status, deliveries.c.next_attempt_at)
    .where(
        deliveries.c.person_id == bindparam("person_id"),
        *_A_DAYS,
        or_(
            and_(UNFINISHED, deliveries.c.next_attempt_at < bindparam("before")),
            and_(
                deliveries.c.status == DeliveryStatus.SENT.value,
                deliveries.c.finished_at >= bindparam("since"),
                deliveries.c.finished_at < bindparam("before"),
            ),
            and_(
                deliveries.c.status == DeliveryStatus.CANCELLED.value,
                deliveries.c.next_attempt_at < bindparam("before"),
                or_(
                    deliveries.c.next_attempt_at >= bindparam("since"),
                    deliveries.c.finished_at >= bindparam("since"),
                ),
            ),
        ),
    )
    .order_by(
        deliveries.c.status == DeliveryStatus.CANCELLED.value, deliveries.c.finished_at.is_(None)
    )
    .limit(1)
)
_JOIN = (
    update(deliveries)
    .where(
        deliveries.c.id
        == select(deliveries.c.id)
        .where(
            deliveries.c.dedupe_key == bindparam("key"),
            deliveries.c.status == DeliveryStatus.PENDING.value,
        )
        # Who claims it just now does not tell of it any more.
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    .values(
        next_attempt_at=case(
            (deliveries.c.next_attempt_at > bindparam("at"), bindparam("at")),
            else_=deliveries.c.next_attempt_at,
        )
    )
    .returning(deliveries.c.id)
)
_REOPEN = (
    update(deliveries)
    .where(
        deliveries.c.dedupe_key == bindparam("key"),
        deliveries.c.status == DeliveryStatus.NOT_NEEDED.value,
        deliveries.c.was_unknown.is_(False),
    )
    .values(
        status=DeliveryStatus.PENDING.value,
        finished_at=None,
        next_attempt_at=bindparam("at"),
        expires_at=bindparam("expires"),
        due_at=None,
        first_attempt_at=None,
        attempts=0,
        reason="",
    )
)
_ASKED_FOR = (
    select(reminder_stages.c.person_id)
    .join_from(reminder_stages, deliveries, reminder_stages.c.delivery_id == deliveries.c.id)
    .where(
        reminder_stages.c.report_id == bindparam("report_id"),
        reminder_stages.c.stage == bindparam("mark"),
        deliveries.c.status == DeliveryStatus.PENDING.value,
    )
    .order_by(reminder_stages.c.person_id)
)
_ASKED_IN_VAIN = (
    select(reminder_stages.c.report_id, reminder_stages.c.person_id, reminder_stages.c.stage)
    .join_from(reminder_stages, reports, reminder_stages.c.report_id == reports.c.id)
    .join(deliveries, reminder_stages.c.delivery_id == deliveries.c.id)
    .where(
        reports.c.period_id == bindparam("period_id"),
        *(reminder_stages.c.stage.not_like(f"{kind}:%") for kind in PLANNED),
        deliveries.c.status == DeliveryStatus.NOT_NEEDED.value,
        deliveries.c.was_unknown.is_(False),
    )
    .order_by(reminder_stages.c.report_id, reminder_stages.c.person_id, reminder_stages.c.stage)
)
_FORGET = delete(reminder_stages).where(
    reminder_stages.c.person_id == bindparam("for_person"),
    reminder_stages.c.report_id == bindparam("for_report"),
    reminder_stages.c.stage == bindparam("forgotten"),
)
_HISTORY = (
    select(reminder_stages.c.report_id, people.c.name, func.max(deliveries.c.finished_at))
    .join_from(reminder_stages, deliveries, reminder_stages.c.delivery_id == deliveries.c.id)
    .join(people, people.c.id == reminder_stages.c.person_id)
    .where(
        reminder_stages.c.report_id.in_(bindparam("report_ids", expanding=True)),
        reminder_stages.c.stage.not_like("coordinator:%"),
        deliveries.c.status == DeliveryStatus.SENT.value,
    )
    .group_by(reminder_stages.c.report_id, people.c.name)
    .order_by(func.max(deliveries.c.finished_at))
)
_LISTED = select(
    exists().where(
        reminder_stages.c.report_id == bindparam("report_id"),
        reminder_stages.c.stage.like("coordinator:%"),
    )
)
_MESSAGES = (
    select(
        deliveries.c.id,
        deliveries.c.dedupe_key,
        deliveries.c.programme_id,
        deliveries.c.period_id,
        deliveries.c.person_id,
    )
    .distinct()
    .join_from(reminder_stages, deliveries, reminder_stages.c.delivery_id == deliveries.c.id)
    .where(
        reminder_stages.c.report_id == bindparam("report_id"),
        deliveries.c.status == DeliveryStatus.SENT.value,
    )
    .order_by(deliveries.c.id)
)
_NEWEST_CHANGE = select(func.max(deliveries.c.edition)).where(
    deliveries.c.person_id == bindparam("person_id"),
    deliveries.c.kind == DeliveryKind.REMINDER.value,
    func.substr(deliveries.c.dedupe_key, 1, bindparam("length")) == bindparam("beginning"),
)
_BY_KEY = select(deliveries.c.id, deliveries.c.conversation, deliveries.c.message).where(
    deliveries.c.dedupe_key == bindparam("key"),
    deliveries.c.status == DeliveryStatus.SENT.value,
)


class SqlReminders:
    """See `ports.Reminders`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def told(self, period_id: int) -> set[tuple[int, int, str]]:
        """See `ports.Reminders.told`."""
        rows = self._connection.execute(_TOLD, {"period_id": period_id})
        return {(row.person_id, row.report_id, row.stage) for row in rows}

    def told_to(self, person_id: int, report_ids: Collection[int]) -> dict[tuple[int, str], int]:
        """See `ports.Reminders.told_to`."""
        wanted = {"person_id": person_id, "report_ids": list(report_ids)}
        rows = self._connection.execute(_TOLD_TO, wanted)
        return {(row.report_id, row.stage): row.delivery_id for row in rows}

    def shown_in(self, delivery_id: int) -> list[tuple[int, str]]:
        """See `ports.Reminders.shown_in`."""
        rows = self._connection.execute(_SHOWN, {"delivery_id": delivery_id})
        return [(row.report_id, row.stage) for row in rows]

    def record(
        self,
        delivery_id: int,
        person_id: int,
        marks: Collection[tuple[int, str]],
        revisions: Mapping[int, int],
    ) -> None:
        """See `ports.Reminders.record`."""
        rows = [
            {
                "person_id": person_id,
                "report_id": report_id,
                "stage": mark,
                "delivery_id": delivery_id,
            }
            for report_id, mark in marks
        ]
        if rows:
            self._connection.execute(_RECORD, rows)
        for report_id, revision in revisions.items():
            told = {"told_report": report_id, "shown_revision": revision}
            self._connection.execute(_RECORD_REVISION, told)

    def take_back(self, delivery_id: int) -> None:
        """See `ports.Reminders.take_back`."""
        self._connection.execute(_TAKE_BACK, {"not_sent": delivery_id})

    def row_of(self, person_id: int, since: datetime, before: datetime) -> ReminderRow | None:
        """See `ports.Reminders.row_of`."""
        wanted = {"person_id": person_id, "since": since, "before": before}
        row = self._connection.execute(_SLOT, wanted).one_or_none()
        if row is None:
            return None
        status = DeliveryStatus(row.status)
        return ReminderRow(
            row.dedupe_key,
            row.next_attempt_at,
            sent=status is DeliveryStatus.SENT,
            cancelled=status is DeliveryStatus.CANCELLED,
        )

    def join(self, key: str, at: datetime) -> int | None:
        """See `ports.Reminders.join`."""
        found: int | None = self._connection.scalar(_JOIN, {"key": key, "at": at})
        return found

    def reopen(self, key: str, at: datetime, expires_at: datetime) -> bool:
        """See `ports.Reminders.reopen`."""
        wanted = {"key": key, "at": at, "expires": expires_at}
        return self._connection.execute(_REOPEN, wanted).rowcount == 1

    def asked_for(self, report_id: int, mark: str) -> list[int]:
        """See `ports.Reminders.asked_for`."""
        wanted = {"report_id": report_id, "mark": mark}
        return list(self._connection.scalars(_ASKED_FOR, wanted))

    def asked_in_vain(self, period_id: int) -> list[tuple[int, int, str]]:
        """See `ports.Reminders.asked_in_vain`."""
        rows = self._connection.execute(_ASKED_IN_VAIN, {"period_id": period_id})
        return [(row.report_id, row.person_id, row.stage) for row in rows]

    def forget(self, person_id: int, report_id: int, mark: str) -> None:
        """See `ports.Reminders.forget`."""
        wanted = {"for_person": person_id, "for_report": report_id, "forgotten": mark}
        self._connection.execute(_FORGET, wanted)

    def untold(self) -> list[tuple[int, int]]:
        """See `ports.Reminders.untold`."""
        return [(row.id, row.period_id) for row in self._connection.execute(_UNTOLD)]

    def told_now(self, report_id: int) -> None:
        """See `ports.Reminders.told_now`."""
        self._connection.execute(_TOLD_NOW, {"told_report": report_id})

    def messages_about(self, report_id: int) -> list[SentReminder]:
        """See `ports.Reminders.messages_about`."""
        rows = self._connection.execute(_MESSAGES, {"report_id": report_id})
        return [
            SentReminder(row.dedupe_key, row.programme_id, row.period_id, row.person_id)
            for row in rows
        ]

    def newest_change(self, person_id: int, key: str) -> int:
        """See `ports.Reminders.newest_change`."""
        beginning = f"{key}#"
        wanted = {"person_id": person_id, "beginning": beginning, "length": len(beginning)}
        return self._connection.scalar(_NEWEST_CHANGE, wanted) or 0

    def message(self, key: str) -> tuple[int, MessageRef] | None:
        """See `ports.Reminders.message`."""
        row = self._connection.execute(_BY_KEY, {"key": key}).one_or_none()
        return None if row is None else (row.id, MessageRef(row.conversation, row.message))

    def is_listed(self, report_id: int) -> bool:
        """See `ports.Reminders.is_listed`."""
        return bool(self._connection.scalar(_LISTED, {"report_id": report_id}))

    def history(self, report_ids: Collection[int]) -> list[tuple[int, str, datetime]]:
        """See `ports.Reminders.history`."""
        rows = self._connection.execute(_HISTORY, {"report_ids": list(report_ids)})
        return [(report_id, name, at) for report_id, name, at in rows]
