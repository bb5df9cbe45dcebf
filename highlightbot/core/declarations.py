"""A programme as its file declares it, before it meets the database."""

from dataclasses import dataclass

from highlightbot.core.people import Role
from highlightbot.core.programmes import Timetable
from highlightbot.core.templates import Template


@dataclass(frozen=True, slots=True)
class DeclaredPerson:
    """Somebody named by e-mail address or by platform id; exactly one is given."""

    email: str | None = None
    external_id: str | None = None

    def __str__(self) -> str:
        return self.email or self.external_id or ""


@dataclass(frozen=True, slots=True)
class DeclaredAuthor:
    """An author of a declared service area."""

    person: DeclaredPerson
    role: Role


@dataclass(frozen=True, slots=True)
class DeclaredArea:
    """A declared service area."""

    key: str
    name: str
    authors: tuple[DeclaredAuthor, ...]


@dataclass(frozen=True, slots=True)
class DeclaredProgramme:
    """A whole programme file."""

    key: str
    name: str
    template: Template
    timetable: Timetable
    channel: str
    coordinators: tuple[DeclaredPerson, ...]
    areas: tuple[DeclaredArea, ...]

    @property
    def people(self) -> frozenset[DeclaredPerson]:
        """Everybody named in it."""
        authors = (author.person for area in self.areas for author in area.authors)
        return frozenset((*self.coordinators, *authors))
