"""What an alarm's row means: the message that tells a coordinator what does not arrive.

The row's edition is the batch of dead rows that it is about, or the summary's edition.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from highlightbot.core.alarms import Alarm, MessagesUndelivered, SummaryWaiting, Undelivered
from highlightbot.core.deliveries import Delivery, DeliveryKind, LedgerRow, MessageRef
from highlightbot.core.errors import Undeliverable
from highlightbot.core.people import Person
from highlightbot.core.programmes import Programme
from highlightbot.workflows.alarm_coordinators import told_by
from highlightbot.workflows.message import NOT_ON_PLATFORM, NotNeeded, NotYet, Prepared
from highlightbot.workflows.ports import Database, Messenger, UnitOfWork

_RECHECK = timedelta(minutes=15)


def prepare_alarm(unit: UnitOfWork, delivery: Delivery, now: datetime) -> Prepared:
    """The alarm, unless what it is about has come right."""
    programme = unit.programmes.get(delivery.programme_id)
    person = next((one for one in programme.coordinators if one.id == delivery.person_id), None)
    if person is None or now >= delivery.expires_at:
        return NotNeeded("its time has passed")
    alarm: Alarm | None
    if delivery.kind is DeliveryKind.CHANNEL_LOST:
        alarm = _summary_waiting(unit, programme, delivery)
    else:
        alarm = _undelivered(unit, programme, delivery)
    if alarm is None:
        return NotNeeded("it has come right")
    if person.external_id is None:
        return NotYet(now + _RECHECK, NOT_ON_PLATFORM)
    return AlarmMessage(person, alarm)


@dataclass(frozen=True, slots=True)
class AlarmMessage:
    """A message to a coordinator."""

    person: Person
    alarm: Alarm

    def find(self, messenger: Messenger, delivery: Delivery) -> MessageRef | None:
        """See `Message.find`."""
        try:
            return messenger.find(delivery.key, delivery.may_be_there_since, person=self.person)
        except Undeliverable:
            return None  # told twice is better than not at all

    def begin(self, database: Database, delivery: Delivery) -> None:
        """The ledger has it."""

    def transmit(self, messenger: Messenger, delivery: Delivery) -> MessageRef:
        """See `Message.transmit`."""
        return messenger.alarm(self.person, self.alarm, delivery.key)

    def following(
        self, messenger: Messenger, delivery: Delivery, now: datetime, *, sent: bool
    ) -> None:
        """Nothing follows an alarm, not even another."""

    def begin_anew(self, unit: UnitOfWork) -> bool:
        """It changes nothing."""
        return False

    def record(self, unit: UnitOfWork, delivery: Delivery) -> None:
        """The ledger has it."""


def _summary_waiting(
    unit: UnitOfWork, programme: Programme, delivery: Delivery
) -> SummaryWaiting | None:
    reason = unit.ledger.waits_because(delivery.period_id, delivery.edition)
    if reason is None:
        return None
    period = unit.periods.get(delivery.period_id)
    return SummaryWaiting(
        programme.name, programme.channel, period, period.due_at, programme.zone, reason
    )


def _undelivered(
    unit: UnitOfWork, programme: Programme, delivery: Delivery
) -> MessagesUndelivered | None:
    told = [(row, told_by(unit, row)) for row in unit.ledger.told_in(delivery.edition)]
    dead = [(row, of[programme.id]) for row, of in told if programme.id in of]
    if not dead:
        return None
    people = {person.id: person.name for named in unit.programmes.all() for person in named.people}
    return MessagesUndelivered(
        programme.name,
        tuple(_one(unit, row, about, people.get(row.person_id or 0)) for row, about in dead),
    )


def _one(unit: UnitOfWork, row: LedgerRow, period_id: int, name: str | None) -> Undelivered:
    return Undelivered(
        row.id,
        row.kind,
        (name or "somebody who writes no more") if row.person_id else None,
        unit.periods.get(period_id),
        row.reason,
        row.was_unknown,
        row.edition,
    )
