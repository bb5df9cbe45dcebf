"""Learn from the platform who the declared people are."""

import logging
import time
from collections.abc import Callable, Iterable

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.errors import (
    DeliveryFailure,
    OutcomeUnknown,
    RateLimited,
    SenderRefused,
)
from highlightbot.core.people import Profile
from highlightbot.workflows.ports import Database, Directory

log = logging.getLogger(__name__)


def look_up(
    directory: Directory,
    people: Iterable[DeclaredPerson],
    wait: Callable[[float], object] = time.sleep,
) -> dict[DeclaredPerson, Profile | None]:
    """What the platform tells of each; None where it knows nobody of that address or id.

    Where it limits how often it is asked, this waits for as many seconds as it says.
    """
    told: dict[DeclaredPerson, Profile | None] = {}
    for person in sorted(people, key=str):
        while person not in told:
            try:
                told[person] = directory.profile(person)
            except RateLimited as limit:
                log.warning("waiting to look up the next of them: %s", limit)
                wait(limit.retry_after)
    return told


def resolve_people(database: Database, directory: Directory, workspace_id: int) -> int:
    """Find the accounts of people known by e-mail address alone; gives how many are still open.

    Where the platform cannot be asked, nothing changes and the next run asks again.
    """
    with database.reading() as unit:
        unresolved = unit.people.unresolved(workspace_id)
    found: dict[int, Profile] = {}
    for person in unresolved:
        try:
            profile = directory.profile(
                DeclaredPerson(email=person.email)
                if person.external_id is None
                else DeclaredPerson(external_id=person.external_id)
            )
        except (RateLimited, SenderRefused, OutcomeUnknown) as failure:
            log.warning("cannot ask who person %s is: %s", person.id, failure)
            break
        except DeliveryFailure as failure:
            log.warning("cannot ask who person %s is: %s", person.id, failure)
            continue
        if profile is None:
            log.warning(
                "nobody in the workspace has the address of person %s: setup says which", person.id
            )
        else:
            found[person.id] = profile
    if found:
        with database.writing() as unit:
            for person_id, profile in found.items():
                unit.people.update_profile(person_id, profile)
    return len(unresolved) - len(found)
