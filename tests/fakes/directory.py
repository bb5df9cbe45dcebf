"""The Directory port, over a dictionary."""

from collections.abc import Mapping

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.errors import DeliveryFailure
from highlightbot.core.people import Profile


class FakeDirectory:
    """Knows the profiles by e-mail address or id; unreachable while ``failure`` is set."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self.profiles = dict(profiles)
        self.failure: DeliveryFailure | None = None

    def profile(self, person: DeclaredPerson) -> Profile | None:
        if self.failure is not None:
            raise self.failure
        return self.profiles.get(str(person))
