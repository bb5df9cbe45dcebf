"""Who was reminded of what."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from highlightbot.core.deliveries import (
    MessageRef,
    ReminderRow,
    SentReminder,
)


class Reminders(Protocol):
    """What reminders have told, and in which messages.

    A ``mark`` names a stage, as `core.stages.Stage` has it, or a request.
    """

    def told(self, period_id: int) -> Collection[tuple[int, int, str]]:
        """What was told, or is in a message to be sent: person, report, mark."""
        ...

    def told_to(self, person_id: int, report_ids: Collection[int]) -> Mapping[tuple[int, str], int]:
        """In which row which mark of which report was, or is to be, told to the person."""
        ...

    def shown_in(self, delivery_id: int) -> list[tuple[int, str]]:
        """The reports and marks that a row tells."""
        ...

    def record(
        self,
        delivery_id: int,
        person_id: int,
        marks: Collection[tuple[int, str]],
        revisions: Mapping[int, int],
    ) -> None:
        """Keep that a row tells the marks of these reports; each is told once.

        ``revisions`` are those of the reports that its message shows.
        """
        ...

    def take_back(self, delivery_id: int) -> None:
        """A row tells nothing after all of what the plan has; what it was asked to tell stays."""
        ...

    def row_of(self, person_id: int, since: datetime, before: datetime) -> ReminderRow | None:
        """The person's reminder of a day: sent or cancelled in it, or to be sent before its end."""
        ...

    def join(self, key: str, at: datetime) -> int | None:
        """The id of a row that nobody has begun to send, held, brought forward to that instant."""
        ...

    def reopen(self, key: str, at: datetime, expires_at: datetime) -> bool:
        """Have a row that was found not to be needed sent after all; False if there is none."""
        ...

    def asked_for(self, report_id: int, mark: str) -> list[int]:
        """The people whom a row that nobody has begun to send is to tell that mark."""
        ...

    def asked_in_vain(self, period_id: int) -> list[tuple[int, int, str]]:
        """What was asked for in a row that was found not to be needed: report, person, mark."""
        ...

    def forget(self, person_id: int, report_id: int, mark: str) -> None:
        """Have no row tell that mark any more."""
        ...

    def untold(self) -> list[tuple[int, int]]:
        """Reports with a revision that no message tells which shows them, and their periods."""
        ...

    def told_now(self, report_id: int) -> None:
        """Keep that the messages are being changed to tell of the report's newest revision."""
        ...

    def messages_about(self, report_id: int) -> list[SentReminder]:
        """The reminders that arrived and show the report."""
        ...

    def newest_change(self, person_id: int, key: str) -> int:
        """The number of the newest change of the message of that key; 0 where there is none."""
        ...

    def message(self, key: str) -> tuple[int, MessageRef] | None:
        """The row of that key and where its message arrived; None while it has not."""
        ...

    def is_listed(self, report_id: int) -> bool:
        """Whether a coordinator was told that the report is missing, and who was reminded of it."""
        ...

    def history(self, report_ids: Collection[int]) -> list[tuple[int, str, datetime]]:
        """Who was last reminded when of each report, coordinators left out: report, name, when."""
        ...
