"""A programme: one reporting arrangement."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from highlightbot.core.people import Author, Person, Role
from highlightbot.core.periods import Cadence, CutOff, WorkingCalendar, instant
from highlightbot.core.reminders import ReminderPlan


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

    def is_written_by(self, person_id: int) -> bool:
        """Whether the person may write this area's report, as lead or as deputy."""
        return any(author.person.id == person_id for author in self.authors)


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

    def number_at(self, now: datetime) -> int:
        """The number of the period that is running at that instant."""
        return self.cadence.number_on(now.astimezone(self.zone).date())

    def due_at(self, ends_on: date) -> datetime:
        """The cut-off of a period that ends on that day."""
        return self.cut_off.instant(ends_on, self.zone, self.calendar)

    def opens_at(self, number: int) -> datetime:
        """The first instant of a period's first day."""
        starts_on, _ = self.cadence.bounds(number)
        return instant(starts_on, _MIDNIGHT, self.zone)

    def closes_at(self, number: int) -> datetime:
        """Until when late reports are taken: the next period's cut-off."""
        _, next_end = self.cadence.bounds(number + 1)
        return self.due_at(next_end)


_MIDNIGHT = datetime.min.time()


@dataclass(frozen=True, slots=True)
class Programme:
    """One reporting arrangement of a workspace.

    ``channel`` is the coordination channel as the platform names it (an id). ``timetable`` is
    None for a programme that only keeps imported documents.
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

    def area(self, area_id: int) -> ServiceArea:
        """The service area of that id; KeyError where there is none."""
        for area in self.areas:
            if area.id == area_id:
                return area
        raise KeyError(area_id)

    @property
    def zone(self) -> ZoneInfo:
        """Whose local time its dates are told in."""
        return self.timetable.zone if self.timetable else ZoneInfo("UTC")
