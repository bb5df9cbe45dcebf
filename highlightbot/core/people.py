"""Who takes part, and what each may read."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Account:
    """Who somebody is on a chat platform: ids as the platform gives them."""

    platform: str
    workspace: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform tells about an account. ``zone`` is None where it does not say."""

    external_id: str
    name: str
    email: str | None = None
    zone: ZoneInfo | None = None


class Role(StrEnum):
    """How an author stands to a service area: the lead is reminded, a deputy can write too."""

    LEAD = "lead"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody declared in a programme.

    ``external_id`` is None until the platform has been asked who has that ``email``.
    ``zone`` is None where neither the platform nor the file says: the programme's holds then.
    ``away_until`` is the last day of an absence, by their own clock; who ``has_left`` is nobody's
    member on the platform any more.
    """

    id: int
    name: str
    email: str | None
    external_id: str | None
    zone: ZoneInfo | None
    away_until: date | None = None
    has_left: bool = False

    def is_away(self, day: date) -> bool:
        """Whether they cannot write on that day."""
        return self.has_left or (self.away_until is not None and day <= self.away_until)


@dataclass(frozen=True, slots=True)
class Author:
    """A person who writes for a service area."""

    person: Person
    role: Role


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may read: whole programmes as coordinator, service areas as author."""

    person_id: int | None
    programmes: frozenset[int] = frozenset()
    areas: frozenset[int] = frozenset()
    reads_all: bool = False

    def may_read_programme(self, programme_id: int) -> bool:
        """Whether every report of the programme is theirs to read."""
        return self.reads_all or programme_id in self.programmes

    def may_read_area(self, programme_id: int, area_id: int) -> bool:
        """Whether the service area's reports are theirs to read."""
        return self.may_read_programme(programme_id) or area_id in self.areas


OPERATOR = Reader(person_id=None, reads_all=True)
"""Who has the database at hand, at the command line."""
