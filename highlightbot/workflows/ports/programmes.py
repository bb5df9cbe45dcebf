"""Programmes, their periods, and what coordinators changed of these."""

from datetime import date, datetime
from typing import Protocol

from highlightbot.core.coordination import CalendarChange
from highlightbot.core.declarations import DeclaredPerson, DeclaredProgramme
from highlightbot.core.periods import Period
from highlightbot.core.programmes import Pause, Programme, ServiceArea
from highlightbot.core.templates import Template


class Programmes(Protocol):
    """Programmes, their service areas and templates."""

    def all(self, workspace_id: int | None = None) -> list[Programme]:
        """Every programme with its areas (retired ones too) and people, in the order made."""
        ...

    def get(self, programme_id: int) -> Programme:
        """One programme."""
        ...

    def of_person(self, person_id: int) -> list[Programme]:
        """The programmes that the person writes for or coordinates.

        Each with the areas that they write for, or all of them if they coordinate it.
        """
        ...

    def hold(self, programme_id: int) -> Programme:
        """One programme, which nobody else holds or saves before this unit ends.

        Periods are opened, and documents imported, by who holds their programme.
        """
        ...

    def template(self, template_id: int) -> Template:
        """One template version."""
        ...

    def templates(self, workspace_id: int) -> list[Template]:
        """Every template version that the workspace has used."""
        ...

    def save_template(self, workspace_id: int, template: Template) -> int:
        """The template version's id; made on first use.

        Refusal if that key and version is stored with another title or other sections.
        """
        ...

    def save(
        self, workspace_id: int, declared: DeclaredProgramme, people: "dict[DeclaredPerson, int]"
    ) -> int:
        """Make the stored programme equal to the declared one; areas left out are retired."""
        ...

    def save_archive(self, workspace_id: int, key: str, name: str) -> int:
        """A programme without a timetable, to keep imported documents; made on first use."""
        ...

    def add_area(self, programme_id: int, key: str, name: str, *, retired: bool) -> ServiceArea:
        """A new service area."""
        ...

    def with_periods_to_open(self, now: datetime) -> list[int]:
        """The ids of the programmes in which a period may have to be opened by now."""
        ...

    def wait_for_period(self, programme_id: int, until: datetime | None) -> None:
        """No period is to be opened before that instant, or ever; until the programme changes."""
        ...

    def pause(self, programme_id: int, pause: Pause | None) -> None:
        """Keep when a programme that is held rests; with None it does not."""
        ...


class Periods(Protocol):
    """Reporting periods."""

    def get(self, period_id: int) -> Period:
        """One period."""
        ...

    def open(
        self,
        programme: Programme,
        number: int,
        starts_on: date,
        ends_on: date,
        due_at: datetime,
        closes_at: datetime,
        now: datetime,
    ) -> Period:
        """Open a period: its template version and one awaited report an active area freeze here.

        If it is open already, that one. An imported period with the same bounds becomes it.
        """
        ...

    def archived(
        self,
        programme: Programme,
        template_id: int,
        starts_on: date,
        ends_on: date,
        due_at: datetime,
    ) -> Period:
        """The period with these bounds, made without number if the bot did not run it."""
        ...

    def overlapping(self, period: Period) -> list[Period]:
        """Other periods of its programme that share a day with it, the oldest first.

        Those that were opened, or that any report came in for.
        """
        ...

    def last_number(self, programme_id: int) -> int | None:
        """The number of the newest period that was opened."""
        ...

    def collecting(self, now: datetime) -> list[Period]:
        """Opened periods that still take reports (``closes_at`` lies ahead), oldest first."""
        ...

    def awaiting_edition(self, now: datetime) -> list[Period]:
        """Opened periods past their cut-off that have news, oldest first.

        News is a newest revision of a report that the newest edition lacks, or that there is no
        edition yet.
        """
        ...

    def opened(self, programme_id: int) -> list[Period]:
        """The periods that the bot has run, newest first."""
        ...

    def calendar(self, programme_id: int, now: datetime) -> list[tuple[Period, bool]]:
        """The opened periods that still take reports and the newest one, oldest first.

        Each with whether its summary is out.
        """
        ...

    def reschedule(self, period: Period) -> bool:
        """Give an opened period of a held programme these dates and instants.

        False, and nothing written, where another period has exactly these dates.
        """
        ...

    def newest_with_reports(self, programme_id: int) -> Period | None:
        """The newest period for which any report was submitted or imported."""
        ...


class CalendarChanges(Protocol):
    """What coordinators changed: who, when and what."""

    def is_known(self, programme_id: int, change_key: str) -> bool:
        """Whether that confirmation was carried out already."""
        ...

    def record(
        self, programme_id: int, person_id: int, change: CalendarChange, change_key: str
    ) -> None:
        """Keep a change of a programme that is held."""
        ...

    def newest(self, programme_id: int, most: int) -> list[CalendarChange]:
        """The newest changes, newest first."""
        ...
