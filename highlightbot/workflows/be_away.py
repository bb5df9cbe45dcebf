"""Say that one is away, and that one is back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from highlightbot.core.duties import present
from highlightbot.core.errors import Refusal
from highlightbot.core.people import Account, Person
from highlightbot.workflows.ports import Database, UnitOfWork

_LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Absence:
    """Until when somebody is away, and who stands in for which area that they lead.

    An area without deputies who are there has nobody.
    """

    until: date
    stand_ins: tuple[tuple[str, tuple[Person, ...]], ...]


def be_away(database: Database, account: Account, until: date, now: datetime) -> Absence:
    """Have nobody remind the account's holder until the end of that day, by their own clock.

    Refusal of a day that is over or more than a year away.
    """
    with database.writing() as unit:
        person, zone = _known(unit, account)
        today = now.astimezone(zone).date()
        if until < today:
            raise Refusal("That day is over. Choose today or a later one.")
        if until - today > _LONGEST:
            raise Refusal("Choose a day within a year.")
        unit.people.be_away(person.id, until)
        stand_ins = tuple(
            (area.name, present(area.deputies, programme, now))
            for programme in unit.programmes.of_person(person.id)
            for area in programme.areas
            if not area.retired and any(lead.id == person.id for lead in area.leads)
        )
        return Absence(until, stand_ins)


def be_back(database: Database, account: Account) -> None:
    """Have the account's holder reminded again."""
    with database.writing() as unit:
        person, _ = _known(unit, account)
        unit.people.be_away(person.id, None)


def absence_of(person: Person, zone: ZoneInfo, now: datetime) -> date | None:
    """Until when the person is away, None if they are not."""
    if person.away_until is None or person.away_until < now.astimezone(zone).date():
        return None
    return person.away_until


def own_zone(unit: UnitOfWork, person: Person) -> ZoneInfo:
    """The zone that the person lives in, else that of a programme they take part in."""
    programmes = [] if person.zone else unit.programmes.of_person(person.id)
    return person.zone or (programmes[0].zone if programmes else ZoneInfo("UTC"))


def _known(unit: UnitOfWork, account: Account) -> tuple[Person, ZoneInfo]:
    person = unit.people.person(account)
    if person is None:
        raise Refusal("You take part in no programme here, so there is nothing to be away from.")
    return person, own_zone(unit, person)
