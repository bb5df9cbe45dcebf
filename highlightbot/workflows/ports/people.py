"""Workspaces and the people in them."""

from datetime import date, datetime
from typing import Protocol

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.people import Account, Person, Profile, Reader


class People(Protocol):
    """Workspaces and the people in them."""

    def workspace(self, platform: str, external_id: str | None = None) -> int:
        """The workspace's id; made or named on first use, which needs a writing unit.

        Without an ``external_id``: the only workspace of the platform, or one yet to be named.
        The first external id that is given names that one. Refusal where there are several.
        """
        ...

    def known_workspace(self, platform: str, external_id: str | None = None) -> int | None:
        """The workspace that `workspace` would give, None where it would make one."""
        ...

    def person(self, account: Account) -> Person | None:
        """Whose account it is, among the people whom a programme declares or has declared."""
        ...

    def get(self, person_id: int) -> Person:
        """One person."""
        ...

    def be_away(self, person_id: int, until: date | None) -> None:
        """Have the person away until the end of that day; None has them back."""
        ...

    def to_ask_about(self, workspace_id: int, before: datetime, limit: int) -> list[Person]:
        """Those with an account about whom the platform was not asked since then."""
        ...

    def asked_about(self, person_id: int, now: datetime, profile: Profile | None) -> None:
        """Take over what the platform tells of an account; None has the person left."""
        ...

    def reader_of(self, person_id: int) -> Reader:
        """What the person may read."""
        ...

    def writer(self, account: Account, area_id: int) -> Person | None:
        """Whose account it is, if they write for the area as lead or deputy."""
        ...

    def declare(self, workspace_id: int, person: DeclaredPerson, profile: Profile | None) -> int:
        """The id of the declared person, made or completed with what the platform tells."""
        ...

    def unresolved(self, workspace_id: int) -> list[Person]:
        """Those whom the platform has told nothing about yet: known by address or id alone."""
        ...

    def update_profile(self, person_id: int, profile: Profile) -> None:
        """Take over name, zone and platform id as the platform tells them."""
        ...

    def reader(self, account: Account) -> Reader:
        """What the account's holder may read; nothing for a stranger.

        Areas are those that they write for now, retired ones too.
        """
        ...
