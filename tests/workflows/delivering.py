"""An office of which reminders are sent, and what the ledger says of them."""

from datetime import timedelta

from highlightbot.core.deliveries import DeliveryStatus, LedgerRow
from highlightbot.workflows.do_what_is_due import do_what_is_due
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import LAST_DAY, Office

SECOND = timedelta(seconds=1)
LIBRARIES = ["period_ended: Libraries"]


def ledger(office: Office) -> list[LedgerRow]:
    with office.database.reading() as unit:
        return list(unit.ledger.rows(tuple(DeliveryStatus), 1000))


def status(office: Office) -> set[DeliveryStatus]:
    return {row.status for row in ledger(office)}


def only_libraries(office: Office) -> FakeMessenger:
    """A messenger for an office in which one reminder is due."""
    office.submit("Parks", "bo", LAST_DAY)
    office.submit("Housing", "casey", LAST_DAY)
    return FakeMessenger()


def run(office: Office, messenger: FakeMessenger, clock: FakeClock) -> list[str]:
    do_what_is_due(office.database, messenger, clock)
    return messenger.whats
