"""The Messenger port on a platform, and over a network, that cannot be relied on."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from highlightbot.core.deliveries import MessageRef
from highlightbot.core.errors import NotDelivered, OutcomeUnknown, RateLimited
from highlightbot.core.reminders import Reminder
from highlightbot.workflows.ports import Clock
from tests.fakes.messenger import FakeMessenger, Sent

LONGEST_LATENESS = timedelta(seconds=45)
"""How long after the sender has given up a message may still arrive."""

RETRY_AFTER = 30.0


class Fate(StrEnum):
    """What becomes of a call."""

    ARRIVES = "arrives"
    REFUSED = "refused"
    LIMITED = "429"
    LOST = "lost on the way"
    ANSWER_LOST = "arrives, its answer is lost"
    LATE = "arrives after the sender has given up"
    KILLED_BEFORE = "the sender is killed before"
    KILLED_AFTER = "arrives, then the sender is killed"


class Killed(BaseException):
    """The process is no more: nothing that it had in hand goes on."""


_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class UnsteadySlack(FakeMessenger):
    """Asks ``fate`` about every call.

    ``trespasses`` counts the calls inside of Retry-After, ``pointless`` holds the reminders in
    which every area was submitted, ``reminded`` who was reminded how often on a day.
    """

    clock: Clock = field(kw_only=True)
    fate: Callable[[], Fate] = field(kw_only=True)
    trespasses: int = 0
    pointless: list[str] = field(default_factory=list)
    reminded: Counter[tuple[str, date]] = field(default_factory=Counter)
    is_submitted: Callable[[str], bool] = lambda area: False
    lateness: Callable[[], timedelta] = lambda: LONGEST_LATENESS
    _closed_until: datetime = _LONG_AGO
    _on_their_way: list[tuple[datetime, Sent]] = field(default_factory=list)
    _arrivals: Counter[str] = field(default_factory=Counter)

    @property
    def arrivals(self) -> Counter[str]:
        """How often each key has arrived by now."""
        self._land()
        return self._arrivals

    def remind(self, to: Reminder, key: str) -> MessageRef:
        """Also sees whether there was any need."""
        if all(self.is_submitted(due.report.area_name) for due in to.due):
            self.pointless.append(key)
        before = self.arrivals[key]
        try:
            return super().remind(to, key)
        finally:
            if self.arrivals[key] > before:
                day = self.clock.now().astimezone(to.zone).date()
                self.reminded[to.person.name, day] += 1

    def find(self, key: str, *places: object, **more: object) -> MessageRef | None:
        """As it stands there now."""
        if key not in self.arrivals:
            return None
        return super().find(key, *places, **more)  # type: ignore[arg-type]  # passed on as given

    def _accept(self, conversation: str, what: str, key: str) -> MessageRef:
        message = Sent(conversation, what, key)
        fate = self._meet()
        if fate is Fate.LATE:
            self._on_their_way.append((self.clock.now() + self.lateness(), message))
            raise OutcomeUnknown("no answer in time")
        if fate is Fate.LOST:
            raise OutcomeUnknown("no answer in time")
        self._arrive(message)
        self._end(fate)
        return MessageRef(conversation, str(len(self.sent) - 1))

    def _fail(self) -> None:
        """A change of a message, which may be made as often as one likes."""
        fate = self._meet()
        if fate in (Fate.LATE, Fate.LOST):
            raise OutcomeUnknown("no answer in time")
        self._end(fate)

    def _meet(self) -> Fate:
        self._land()
        if self.clock.now() < self._closed_until:
            self.trespasses += 1
        fate = self.fate()
        if fate is Fate.REFUSED:
            raise NotDelivered("not_in_channel")
        if fate is Fate.LIMITED:
            self._closed_until = self.clock.now() + timedelta(seconds=RETRY_AFTER)
            raise RateLimited(RETRY_AFTER)
        if fate is Fate.KILLED_BEFORE:
            raise Killed
        return fate

    def _end(self, fate: Fate) -> None:
        if fate is Fate.ANSWER_LOST:
            raise OutcomeUnknown("no answer in time")
        if fate is Fate.KILLED_AFTER:
            raise Killed

    def _land(self) -> None:
        now = self.clock.now()
        for land_at, message in list(self._on_their_way):
            if land_at <= now:
                self._on_their_way.remove((land_at, message))
                self._arrive(message)

    def _arrive(self, message: Sent) -> None:
        self.sent.append(message)
        self._arrivals[message.key] += 1
