"""A programme: one reporting arrangement."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from highlightbot.core.cadences import Cadence
from highlightbot.core.people import Author, Person, Role
from highlightbot.core.periods import CutOff, WorkingCalendar, instant
from highlightbot.core.reminder_plan import ReminderPlan


@dataclass(frozen=True, slots=True)
class ServiceArea:
    """Who reports. ``retired`` areas owe no more reports and keep their past ones."""

    id: int
    programme_id: int
    key: str
    name: str
    authors: tuple[Author, ...] = ()
    retired: bool = False

    @property
    def leads(self) -> tuple[Person, ...]:
        """Who is reminded."""
        return tuple(author.person for author in self.authors if author.role is Role.LEAD)

    @property
    def deputies(self) -> tuple[Person, ...]:
        """Who can write in a lead's stead."""
        return tuple(author.person for author in self.authors if author.role is Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days, the first included, on which no period opens and nobody is reminded.

    ``resumes_on`` is the day on which the programme goes on, None until somebody resumes it.
    """

    starts_on: date
    resumes_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the programme rests on that day."""
        return self.starts_on <= day and (self.resumes_on is None or day < self.resumes_on)


@dataclass(frozen=True, slots=True)
class Timetable:
    """When periods begin and end, when their reports are due, when people may be reminded.

    ``region`` names the public holidays, as "GB" or "GB-ENG"; ``calendar`` holds them.
    """

    cadence: Cadence
    cut_off: CutOff
    zone: ZoneInfo
    reminders: ReminderPlan
    region: str | None = None
    calendar: WorkingCalendar = WorkingCalendar()

    def due_at(self, ends_on: date) -> datetime:
        """The cut-off of a period that ends on that day."""
        return self.cut_off.instant(ends_on, self.zone, self.calendar)

    def opens_at(self, starts_on: date) -> datetime:
        """The first instant of a period's first day."""
        return instant(starts_on, _MIDNIGHT, self.zone)


_MIDNIGHT = datetime.min.time()


@dataclass(frozen=True, slots=True)
class Programme:
    """One reporting arrangement of a workspace.

    ``channel`` is the coordination channel as the platform names it (an id). ``timetable`` is
    None for a programme that only keeps imported documents. ``pause`` is the last one that a
    coordinator asked for, be it ahead, under way or over.
    """

    id: int
    workspace_id: int
    key: str
    name: str
    template_id: int | None
    timetable: Timetable | None
    channel: str | None
    areas: tuple[ServiceArea, ...] = ()
    coordinators: tuple[Person, ...] = ()
    pause: Pause | None = None

    def area(self, area_id: int) -> ServiceArea:
        """The service area of that id; KeyError where there is none."""
        for area in self.areas:
            if area.id == area_id:
                return area
        raise KeyError(area_id)

    @property
    def people(self) -> frozenset[Person]:
        """Everybody whom it names."""
        authors = (author.person for area in self.areas for author in area.authors)
        return frozenset((*self.coordinators, *authors))

    def is_paused(self, now: datetime) -> bool:
        """Whether it rests at that instant: nobody is to be reminded."""
        return self.pause is not None and self.pause.covers(now.astimezone(self.zone).date())

    @property
    def zone(self) -> ZoneInfo:
        """Whose local time its dates are told in."""
        return self.timetable.zone if self.timetable else ZoneInfo("UTC")
