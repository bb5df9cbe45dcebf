"""What a reminder says: all that is due to somebody on a day."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from highlightbot.core.later import Later
from highlightbot.core.people import Person
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reports import Report


@dataclass(frozen=True, slots=True)
class Told:
    """That somebody was reminded of a report, on that day."""

    person: str
    on: date


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report in somebody's reminder, and why it is there.

    ``deputies`` are those to whom the reader can hand it. For a coordinator, ``authors`` are those
    who are to write it and ``told`` is who was reminded when.
    """

    report: Report
    kind: ReminderKind
    deputies: tuple[Person, ...] = ()
    authors: tuple[Person, ...] = ()
    told: tuple[Told, ...] = ()

    def is_with_another(self, reader: Person) -> bool:
        """Whether somebody else is to write it: it was handed on, or was taken back."""
        handed = self.report.handed
        if self.kind is ReminderKind.HANDED:
            return handed is None or handed.to_id != reader.id
        return (
            handed is not None
            and handed.to_id != reader.id
            and self.kind not in (ReminderKind.DEPUTY, ReminderKind.COORDINATOR)
        )


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is told on a day: all that is due to them, in one message.

    Times are told in ``zone``. ``later`` are the times at which they can be reminded again.
    """

    person: Person
    zone: ZoneInfo
    due: tuple[DueReport, ...]
    later: tuple[Later, ...] = ()
