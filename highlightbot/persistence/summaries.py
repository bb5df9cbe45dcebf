"""Published editions of summaries."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from highlightbot.core.deliveries import DeliveryKind, DeliveryStatus, MessageRef
from highlightbot.core.reports import Revision
from highlightbot.persistence.revisions import REVISIONS, load_revisions
from highlightbot.persistence.rows import insert_missing
from highlightbot.persistence.tables import (
    deliveries,
    edition_revisions,
    editions,
    periods,
    reports,
    revisions,
)
from highlightbot.persistence.templates import SqlTemplates

_NEWEST = select(periods.c.edition).where(periods.c.id == bindparam("period_id"))
# Not named as columns are: SQLAlchemy keeps those names for what an update sets.
_HELD = select(edition_revisions.c.revision_id).where(
    edition_revisions.c.period_id == bindparam("of_period"),
    edition_revisions.c.edition == bindparam("of_edition"),
)
_REVISIONS_HELD = REVISIONS.where(revisions.c.id.in_(_HELD))
_ADD = insert_missing(editions)
_ADD_REVISIONS = insert(edition_revisions)
_COUNT = (
    update(periods)
    .where(periods.c.id == bindparam("published_period"))
    .values(edition=bindparam("edition"))
)
_MARK_PUBLISHED = (
    update(reports)
    .where(reports.c.period_id == bindparam("of_period"))
    .values(
        published=func.coalesce(
            select(func.max(revisions.c.number))
            .where(revisions.c.report_id == reports.c.id, revisions.c.id.in_(_HELD))
            .scalar_subquery(),
            0,
        )
    )
)
_IN_CHANNEL = (
    deliveries.c.period_id == bindparam("of_period"),
    deliveries.c.kind == DeliveryKind.SUMMARY.value,
    deliveries.c.part == 0,
    deliveries.c.status == DeliveryStatus.SENT.value,
)
_POSTED = (
    select(deliveries.c.conversation, deliveries.c.message, deliveries.c.edition)
    .where(*_IN_CHANNEL, deliveries.c.message.is_not(None))
    .order_by(deliveries.c.edition)
    .limit(1)
)
_FIRST_POSTED_AT = select(func.min(deliveries.c.finished_at)).where(*_IN_CHANNEL)
_FORGET = (
    update(deliveries)
    .where(
        *_IN_CHANNEL,
        deliveries.c.conversation == bindparam("there"),
        deliveries.c.message == bindparam("gone"),
    )
    .values(conversation=None, message=None)
)


class SqlSummaries:
    """See `ports.Summaries`."""

    __slots__ = ("_connection", "_templates")

    def __init__(self, connection: Connection, templates: SqlTemplates) -> None:
        self._connection = connection
        self._templates = templates

    def newest_edition(self, period_id: int) -> tuple[int, frozenset[int]]:
        """See `ports.Summaries.newest_edition`."""
        number = self._connection.scalar(_NEWEST, {"period_id": period_id})
        if not number:
            return 0, frozenset()
        held = self._connection.scalars(_HELD, {"of_period": period_id, "of_edition": number})
        return number, frozenset(held)

    def add_edition(
        self, period_id: int, edition: int, revision_ids: Collection[int], now: datetime
    ) -> bool:
        """See `ports.Summaries.add_edition`."""
        place = {"period_id": period_id, "edition": edition}
        if self._connection.execute(_ADD, {**place, "made_at": now}).rowcount == 0:
            return False
        held = [{**place, "revision_id": revision_id} for revision_id in revision_ids]
        if held:
            self._connection.execute(_ADD_REVISIONS, held)
        self._connection.execute(_COUNT, {"published_period": period_id, "edition": edition})
        self._connection.execute(_MARK_PUBLISHED, {"of_period": period_id, "of_edition": edition})
        return True

    def edition(self, period_id: int, edition: int) -> list[Revision]:
        """See `ports.Summaries.edition`."""
        wanted = {"of_period": period_id, "of_edition": edition}
        return load_revisions(self._connection, self._templates, _REVISIONS_HELD, wanted)

    def posted(self, period_id: int) -> tuple[MessageRef, int] | None:
        """See `ports.Summaries.posted`."""
        row = self._connection.execute(_POSTED, {"of_period": period_id}).one_or_none()
        return None if row is None else (MessageRef(row.conversation, row.message), row.edition)

    def first_posted_at(self, period_id: int) -> datetime | None:
        """See `ports.Summaries.first_posted_at`."""
        found: datetime | None = self._connection.scalar(_FIRST_POSTED_AT, {"of_period": period_id})
        return found

    def forget(self, period_id: int, posted: MessageRef) -> None:
        """See `ports.Summaries.forget`."""
        gone = {"of_period": period_id, "there": posted.conversation, "gone": posted.message}
        self._connection.execute(_FORGET, gone)
