"""What became of a coordinator's instruction."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from highlightbot.core.calendars import Calendar
from highlightbot.core.instructions import Instruction
from highlightbot.core.programmes import Programme


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an instruction would do now: sentences, in the programme's local time."""

    programme: Programme
    asked: Instruction
    told: tuple[str, ...]

    @property
    def mark(self) -> str:
        """Names exactly this: another one as soon as the instruction would do anything else."""
        return sha256("\n".join((str(self.asked), *self.told)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What a coordinator changed, as it was confirmed. ``asked`` is what can be typed for it."""

    by: str
    made_at: datetime
    asked: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Managed:
    """A programme as its coordinator manages it; ``changes`` are the newest, newest first."""

    programme: Programme
    calendar: Calendar
    changes: tuple[CalendarChange, ...] = ()
