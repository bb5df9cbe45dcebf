"""The platform, the clock, and whoever watches."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from highlightbot.core.alarms import Alarm
from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.deliveries import (
    Delivery,
    DeliveryStatus,
    MessageRef,
)
from highlightbot.core.errors import DeliveryFailure
from highlightbot.core.pacing import Pace
from highlightbot.core.people import Person, Profile
from highlightbot.core.programmes import Programme
from highlightbot.core.reminders import Reminder
from highlightbot.core.summaries import Edition


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class Directory(Protocol):
    """Who is who on the platform. Raises DeliveryFailure where it cannot be reached."""

    def profile(self, person: DeclaredPerson) -> Profile | None:
        """Who has that e-mail address or id; None where there is nobody."""
        ...


class Messenger(Protocol):
    """Sends the program's messages on one platform.

    ``key`` travels invisibly with a message and finds it again. Raises the kinds of
    DeliveryFailure. No call takes longer than ``timeout``, but a look-up makes one for each page
    that it has to turn. ``pace`` is how fast the platform may be asked.
    """

    pace: Pace
    timeout: timedelta

    def remind(self, to: Reminder, key: str) -> MessageRef:
        """A direct message about all that is due to a person."""
        ...

    def update_reminder(self, sent: MessageRef, to: Reminder) -> None:
        """Make a reminder that was sent show how its reports stand now."""
        ...

    def post_summary(self, programme: Programme, edition: Edition, key: str) -> MessageRef:
        """The one message in the coordination channel."""
        ...

    def update_summary(self, posted: MessageRef, programme: Programme, edition: Edition) -> None:
        """Make the posted message show a later edition."""
        ...

    def thread_length(self, programme: Programme, edition: Edition) -> int:
        """How many messages the edition's text takes in the thread."""
        ...

    def post_to_thread(
        self, posted: MessageRef, programme: Programme, edition: Edition, part: int, key: str
    ) -> MessageRef:
        """One of the thread's messages, from 1."""
        ...

    def alarm(self, person: Person, alarm: Alarm, key: str) -> MessageRef:
        """A direct message to a coordinator about what does not arrive."""
        ...

    def find(
        self,
        key: str,
        since: datetime,
        *,
        person: Person | None = None,
        channel: str | None = None,
        thread: MessageRef | None = None,
    ) -> MessageRef | None:
        """Where a message with that key arrived, if it did.

        Undeliverable where the platform does not let the bot look.
        """
        ...


class Watch(Protocol):
    """Is told what becomes of the ledger's rows, after it was stored. Quick, and never raises."""

    def claimed(self, delivery: Delivery, now: datetime) -> None:
        """The row was claimed, to be attempted now."""
        ...

    def ended(self, delivery: Delivery, status: DeliveryStatus) -> None:
        """The row came to its end."""
        ...

    def failed(self, delivery: Delivery, failure: DeliveryFailure) -> None:
        """An attempt failed; there will be another."""
        ...


RingBell = Callable[[], None]
"""Makes the next tick happen at once."""
