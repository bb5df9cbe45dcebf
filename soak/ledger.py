"""A ledger with many rows, and how they stand."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from highlightbot.core.deliveries import DeliveryKind, NewDelivery
from highlightbot.persistence import migrate, open_database
from highlightbot.persistence.backends import backend_of
from highlightbot.persistence.tables import deliveries
from highlightbot.scheduling.holidays import calendar_of
from tests.workflows.office import MONDAY, set_up_office


def fill_ledger(url: str, rows: int) -> None:
    """Make the database with so many rows that are due now."""
    migrate(url)
    now = datetime.now(UTC)
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        office = set_up_office(database)
        period = office.period(MONDAY)
        with database.writing() as unit:
            for number in range(rows):
                row = NewDelivery(
                    dedupe_key=f"soak:{number}",
                    kind=DeliveryKind.SUMMARY,
                    programme_id=office.programme_id,
                    period_id=period.id,
                    not_before=now,
                    expires_at=now + timedelta(days=1),
                    part=number,
                )
                unit.deliveries.enqueue(row, now)


def statuses(url: str) -> dict[str, int]:
    """How many rows there are of each status."""
    counted = select(deliveries.c.status, func.count().label("rows")).group_by(deliveries.c.status)
    with closing(backend_of(url).connect(url)) as connections, connections.reading() as connection:
        return {row.status: row.rows for row in connection.execute(counted)}
