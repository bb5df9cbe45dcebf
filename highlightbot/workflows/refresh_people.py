"""Learn from the platform what has become of the people it knows."""

import logging
from datetime import datetime, timedelta

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.errors import (
    DeliveryFailure,
    OutcomeUnknown,
    RateLimited,
    SenderRefused,
)
from highlightbot.workflows.ports import Database, Directory

log = logging.getLogger(__name__)

_AT_MOST_EVERY = timedelta(days=1)
_AT_A_TIME = 20


def refresh_people(
    database: Database, directory: Directory, workspace_id: int, now: datetime
) -> int:
    """Ask about those who were not asked about for a day, a few at a time; gives how many.

    Who has moved is reminded by the clock of their new zone, who has left not at all. Where the
    platform cannot be asked, nothing changes and the next run asks again.
    """
    with database.reading() as unit:
        people = unit.people.to_ask_about(workspace_id, now - _AT_MOST_EVERY, _AT_A_TIME)
    asked = 0
    for person in people:
        try:
            profile = directory.profile(DeclaredPerson(external_id=person.external_id))
        except (RateLimited, SenderRefused, OutcomeUnknown) as failure:
            log.warning("cannot ask about person %s: %s", person.id, failure)
            break
        except DeliveryFailure as failure:
            log.warning("cannot ask about person %s: %s", person.id, failure)
            continue
        if profile is None and not person.has_left:
            log.warning("person %s has left the workspace: nobody reminds them", person.id)
        with database.writing() as unit:
            unit.people.asked_about(person.id, now, profile)
        asked += 1
    return asked
