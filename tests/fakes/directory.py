"""The Directory port, over a dictionary."""

from collections.abc import Mapping

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.errors import DeliveryFailure
from highlightbot.core.people import Profile


class FakeDirectory:
    """Knows the profiles by e-mail address or id; unreachable while ``failure`` is set.

    ``failures`` are those of the questions about one person, by the same names.
    """

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self.profiles = dict(profiles)
        self.failure: DeliveryFailure | None = None
        self.failures: dict[str, DeliveryFailure] = {}
        self.asked: list[str] = []

    def profile(self, person: DeclaredPerson) -> Profile | None:
        self.asked.append(str(person))
        failure = self.failure or self.failures.get(str(person))
        if failure is not None:
            raise failure
        return self.profiles.get(str(person))
