"""What listeners work with, and who is speaking to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from highlightbot.core.people import Account
from highlightbot.slack.open_homes import OpenHomes
from highlightbot.workflows.ports import Clock, Database, RingBell

PLATFORM = "slack"


@dataclass(frozen=True, slots=True)
class Context:
    """One workspace's bot. ``ring`` has what is newly due done at once.

    ``homes`` are the Home tabs that are drawn anew when something changes.
    """

    database: Database
    workspace_id: int
    team_id: str
    clock: Clock
    ring: RingBell
    homes: OpenHomes

    def account(self, body: Mapping[str, Any]) -> Account:
        """Who sent the payload, whichever kind it is."""
        return Account(PLATFORM, self.team_id, user_id(body))

    def name_of(self, external_id: str) -> str:
        """What somebody is called who is mentioned in a text; their id if nobody knows."""
        with self.database.reading() as unit:
            person = unit.people.person(Account(PLATFORM, self.team_id, external_id))
        return person.name if person else external_id


def user_id(body: Mapping[str, Any]) -> str:
    """The id of the person behind an interaction, a command or an event."""
    user = body.get("user") or body.get("user_id") or body.get("event", {}).get("user", "")
    return str(user["id"] if isinstance(user, Mapping) else user)
