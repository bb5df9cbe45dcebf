"""What a summary's row means: the message in the channel, or one in its thread."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from highlightbot.core.deliveries import (
    GRACE,
    Delivery,
    DeliveryStatus,
    LedgerRow,
    MessageRef,
    NewDelivery,
)
from highlightbot.core.periods import Period
from highlightbot.core.programmes import Programme
from highlightbot.core.summaries import Edition, is_posted_late
from highlightbot.workflows.message import GivenUp, NotNeeded, NotYet, Prepared
from highlightbot.workflows.ports import Database, Messenger, UnitOfWork
from highlightbot.workflows.publish_summaries import edition_of, summary_message


def prepare_summary(unit: UnitOfWork, delivery: Delivery, now: datetime) -> Prepared:
    """The edition's message as it was frozen."""
    period = unit.periods.get(delivery.period_id)
    posted, came_with = unit.summaries.posted(period.id) or (None, delivery.edition)
    if delivery.part and posted is None:
        return NotNeeded("the summary that this belongs to was never posted")
    heads = unit.ledger.heads(period.id)
    newest = max((row.edition for row in heads if row.status is DeliveryStatus.SENT), default=0)
    if delivery.edition < (came_with if posted else newest):
        return NotNeeded("a later edition was posted with all that it holds")
    if now >= delivery.expires_at:
        return GivenUp("it could not be posted in time")
    if not delivery.part and not delivery.was_unknown:
        others = [row for row in heads if row.edition != delivery.edition]
        unfinished = unit.ledger.unfinished_editions(period.id)
        if obstacle := _obstacle(delivery, others, unfinished, now, is_first=posted is None):
            return obstacle
    programme = unit.programmes.get(delivery.programme_id)
    edition = replace(
        edition_of(unit, period, delivery.edition),
        posted_late=is_posted_late(period, unit.summaries.first_posted_at(period.id) or now),
        anew=delivery.edition > 1 and delivery.edition == came_with,
    )
    return SummaryMessage(programme, period, edition, posted, newest > delivery.edition)


def _obstacle(
    delivery: Delivery,
    others: Sequence[LedgerRow],
    unfinished: frozenset[int],
    now: datetime,
    *,
    is_first: bool,
) -> GivenUp | NotYet | None:
    """Why an edition cannot come now; ``is_first``: no other is known to be in the channel."""
    for row in others:
        if is_first and row.is_in_doubt:
            return GivenUp(f"edition {row.edition} may be there, and could not be looked up")
        goes_first = row.edition < delivery.edition or (is_first and row.was_unknown)
        if goes_first and row.edition in unfinished:
            return NotYet(now + GRACE, f"edition {row.edition} goes first")
    return None


@dataclass(frozen=True, slots=True)
class SummaryMessage:
    """One message of an edition: part 0 stands in the channel, the others in its thread.

    ``posted`` is the summary as it stands in the channel, None where it does not: before its first
    edition, and where somebody took it away. One that was ``overtaken`` has a later one shown there
    already: only its thread is still wanted.
    """

    programme: Programme
    period: Period
    edition: Edition
    posted: MessageRef | None
    overtaken: bool

    def find(self, messenger: Messenger, delivery: Delivery) -> MessageRef | None:
        """See `Message.find`. A change of the posted summary is simply made again."""
        since = delivery.may_be_there_since
        if delivery.part:
            return messenger.find(delivery.key, since, thread=self.posted)
        if self.posted is not None:
            return None
        return messenger.find(delivery.key, since, channel=self.programme.channel)

    def begin(self, database: Database, delivery: Delivery) -> None:
        """What an edition holds is kept since it was made."""

    def transmit(self, messenger: Messenger, delivery: Delivery) -> MessageRef:
        """See `Message.transmit`."""
        if self.posted is None:
            return messenger.post_summary(self.programme, self.edition, delivery.key)
        if delivery.part > messenger.thread_length(self.programme, self.edition):
            return self.posted  # the thread's last message was called off: nothing is left
        if delivery.part:
            return messenger.post_to_thread(
                self.posted, self.programme, self.edition, delivery.part, delivery.key
            )
        if not self.overtaken:
            messenger.update_summary(self.posted, self.programme, self.edition)
        return self.posted

    def following(
        self, messenger: Messenger, delivery: Delivery, now: datetime, *, sent: bool
    ) -> NewDelivery | None:
        """The thread's next message; it comes even if the one before was refused."""
        if not sent and not delivery.part:
            return None
        if delivery.part >= messenger.thread_length(self.programme, self.edition):
            return None
        return summary_message(self.period, delivery.edition, delivery.part + 1, now)

    def begin_anew(self, unit: UnitOfWork) -> bool:
        """See `Message.begin_anew`."""
        if self.posted is None:
            return False
        unit.summaries.forget(self.period.id, self.posted)
        return True

    def record(self, unit: UnitOfWork, delivery: Delivery) -> None:
        """What an edition holds is kept since it was made."""
