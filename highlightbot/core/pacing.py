"""How fast a platform may be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from highlightbot.core.deliveries import Lane


@dataclass(frozen=True, slots=True)
class Rate:
    """One call in each ``interval`` in the long run, ``burst`` of them at once after a rest."""

    interval: timedelta
    burst: int = 1

    @property
    def tolerance(self) -> timedelta:
        """How far ahead of the long run a burst may get."""
        return self.interval * (self.burst - 1)


@dataclass(frozen=True, slots=True)
class Pace:
    """The rates of a platform, over all that send there; a lane without one is not paced.

    ``a_place`` is the time between two messages to one person or channel.
    """

    rates: Mapping[Lane, Rate] = field(default_factory=dict)
    a_place: timedelta = timedelta()


UNPACED = Pace()
"""For a platform that is never asked too fast."""


@dataclass(frozen=True, slots=True)
class Openings:
    """When each lane can be used again, the present instant where it can.

    Nothing at all is sent before ``closed_until``. ``refused_since`` says since when the platform
    has refused the bot itself, None if it does not.
    """

    free_at: Mapping[Lane, datetime]
    closed_until: datetime
    refused_since: datetime | None


LONGEST_CLOSURE = timedelta(hours=1)
"""For how long a platform that refuses is left alone at most."""
