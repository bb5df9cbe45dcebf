"""What a summary's row means: the message in the channel, or one in its thread."""

from dataclasses import dataclass, replace
from datetime import datetime

from highlightbot.core.deliveries import Delivery, MessageRef, NewDelivery
from highlightbot.core.periods import Period
from highlightbot.core.programmes import Programme
from highlightbot.core.summaries import Edition, is_posted_late
from highlightbot.workflows.message import GivenUp, NotNeeded, Prepared
from highlightbot.workflows.ports import Messenger, UnitOfWork
from highlightbot.workflows.publish_summaries import edition_of, summary_message


def prepare_summary(unit: UnitOfWork, delivery: Delivery, now: datetime) -> Prepared:
    """The edition's message as it was frozen."""
    period = unit.periods.get(delivery.period_id)
    posted, came_with = unit.summaries.posted(period.id) or (None, delivery.edition)
    if delivery.part and posted is None:
        return NotNeeded("the summary that this belongs to was never posted")
    if now >= delivery.expires_at:
        return GivenUp("the period closed before it could be posted")
    programme = unit.programmes.get(delivery.programme_id)
    edition = replace(
        edition_of(unit, period, delivery.edition),
        posted_late=is_posted_late(period, unit.summaries.first_posted_at(period.id) or now),
        anew=delivery.edition > 1 and delivery.edition == came_with,
    )
    return SummaryMessage(programme, period, edition, posted)


@dataclass(frozen=True, slots=True)
class SummaryMessage:
    """One message of an edition: part 0 stands in the channel, the others in its thread.

    ``posted`` is the summary as it stands in the channel, None where it does not: before its first
    edition, and where somebody took it away.
    """

    programme: Programme
    period: Period
    edition: Edition
    posted: MessageRef | None

    def find(self, messenger: Messenger, delivery: Delivery) -> MessageRef | None:
        """See `Message.find`. A change of the posted summary is simply made again."""
        since = delivery.first_attempt_at
        if delivery.part:
            return messenger.find(delivery.key, since, thread=self.posted)
        if self.posted is not None:
            return None
        return messenger.find(delivery.key, since, channel=self.programme.channel)

    def transmit(self, messenger: Messenger, delivery: Delivery) -> MessageRef:
        """See `Message.transmit`."""
        if self.posted is None:
            return messenger.post_summary(self.programme, self.edition, delivery.key)
        if delivery.part:
            return messenger.post_to_thread(
                self.posted, self.programme, self.edition, delivery.part, delivery.key
            )
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
