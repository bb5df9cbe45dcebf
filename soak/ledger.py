"""A ledger with many rows, to as many people, and how they stand."""

from contextlib import closing
from datetime import datetime, timedelta

from sqlalchemy import func, select

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.deliveries import DeliveryKind, NewDelivery
from highlightbot.core.people import Profile
from highlightbot.persistence import open_database
from highlightbot.persistence.backends import backend_of
from highlightbot.persistence.tables import deliveries
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.ports import UnitOfWork
from tests.workflows.office import MONDAY, set_up_office

_PEOPLE = 100


def fill_ledger(url: str, rows: int, now: datetime, pace: timedelta) -> None:
    """Enqueue so many rows, the first due ``now`` and each a ``pace`` later, to 100 people in turn.

    To whom another message is on its way, none is claimed: of one person's rows only one process
    would ever hold one.
    """
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        office = set_up_office(database)
        period = office.period(MONDAY)
        with database.writing() as unit:
            people = [_person(unit, office.workspace_id, f"U{one}") for one in range(_PEOPLE)]
            for number in range(rows):
                row = NewDelivery(
                    dedupe_key=f"soak:{number}",
                    kind=DeliveryKind.REMINDER,
                    programme_id=office.programme_id,
                    period_id=period.id,
                    person_id=people[number % _PEOPLE],
                    not_before=now + number * pace,
                    expires_at=now + timedelta(days=1),
                )
                unit.deliveries.enqueue(row, now)


def _person(unit: UnitOfWork, workspace_id: int, external_id: str) -> int:
    person = DeclaredPerson(external_id=external_id)
    return unit.people.declare(workspace_id, person, Profile(external_id, external_id))


def statuses(url: str) -> dict[str, int]:
    """How many rows there are of each status."""
    counted = select(deliveries.c.status, func.count().label("rows")).group_by(deliveries.c.status)
    with closing(backend_of(url).connect(url)) as connections, connections.reading() as connection:
        return {row.status: row.rows for row in connection.execute(counted)}
