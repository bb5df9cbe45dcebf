"""A programme of three areas in a real database, for the tests of workflows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from highlightbot.core.cadences import Cadence
from highlightbot.core.declarations import (
    DeclaredArea,
    DeclaredAuthor,
    DeclaredPerson,
    DeclaredProgramme,
)
from highlightbot.core.people import Account, Profile, Role
from highlightbot.core.periods import Period, parse_cut_off
from highlightbot.core.programmes import Programme, Timetable
from highlightbot.core.reminder_plan import STANDARD_PLAN
from highlightbot.core.reports import Report, Revision
from highlightbot.core.rich_text import RichText
from highlightbot.core.templates import Section, Template
from highlightbot.persistence import SqlDatabase
from highlightbot.workflows.set_up_programme import set_up_programme
from highlightbot.workflows.write_report import Submitted, save_section, submit_report

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 9, 9, tzinfo=UTC)
"""In the first period, which runs from 7 to 20 November 2026."""

TEMPLATE = Template(
    "form",
    "1",
    "Form",
    (
        Section("activity", "ACTIVITY", "Activity", "activity"),
        Section("staff", "WORKFORCE UPDATE", "Workforce update", "workforce"),
    ),
)
TIMETABLE = Timetable(
    # Saturday to Friday: periods end on working days.
    Cadence(2, "weeks", date(2026, 11, 7)),
    parse_cut_off("2 working days after the end, at 12:00"),
    LONDON,
    STANDARD_PLAN,
)
LAST_DAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
NUDGE = datetime(2026, 11, 23, 14, tzinfo=UTC)
CUT_OFF = datetime(2026, 11, 24, 12, tzinfo=UTC)
OVERDUE = datetime(2026, 11, 25, 9, tzinfo=UTC)
DEPUTIES_TURN = datetime(2026, 11, 26, 9, tzinfo=UTC)
COORDINATORS_TURN = datetime(2026, 11, 27, 9, tzinfo=UTC)
CLOSED = datetime(2026, 12, 8, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def known(name: str) -> DeclaredPerson:
    """Somebody declared by the id U-NAME."""
    return DeclaredPerson(external_id=f"U-{name.upper()}")


def area(name: str, lead: str, *deputies: str) -> DeclaredArea:
    """An area of that name, its key the name in small letters."""
    authors = (
        DeclaredAuthor(known(lead), Role.LEAD),
        *(DeclaredAuthor(known(deputy), Role.DEPUTY) for deputy in deputies),
    )
    return DeclaredArea(name.lower(), name, authors)


DECLARED = DeclaredProgramme(
    key="highlights",
    name="Highlights",
    template=TEMPLATE,
    timetable=TIMETABLE,
    channel="C-COORDINATION",
    coordinators=(known("kim"),),
    areas=(
        area("Libraries", "alex", "bo"),
        area("Parks", "bo"),
        area("Housing", "casey"),
    ),
)


def profiles_of(declared: DeclaredProgramme) -> Mapping[DeclaredPerson, Profile]:
    """Profiles by which everybody is called after their id."""
    return {
        person: Profile(person.external_id or "", (person.external_id or "")[2:].capitalize())
        for person in declared.people
    }


def account(name: str) -> Account:
    """The account of U-NAME."""
    return Account("slack", "T-TEST", f"U-{name.upper()}")


@dataclass
class Office:
    """The database with the programme in it, and short ways to act and look."""

    database: SqlDatabase
    workspace_id: int
    programme_id: int

    def declare(self, now: datetime, **changes: object) -> None:
        """Set the programme up again with changes."""
        declared = replace(DECLARED, **changes)  # type: ignore[arg-type]  # names are checked there
        set_up_programme(self.database, self.workspace_id, declared, profiles_of(declared), now)

    @property
    def programme(self) -> Programme:
        with self.database.reading() as unit:
            return unit.programmes.get(self.programme_id)

    def period(self, now: datetime) -> Period:
        """The oldest period that still takes reports."""
        with self.database.reading() as unit:
            return unit.periods.collecting(now)[0]

    def report(self, area_name: str, now: datetime) -> Report:
        """The area's report for that period."""
        period = self.period(now)
        with self.database.reading() as unit:
            reports = unit.reports.of_period(period.id)
        return next(report for report in reports if report.area_name == area_name)

    def newest(self, area_name: str) -> Revision | None:
        """The area's newest revision."""
        area_id = next(one.id for one in self.programme.areas if one.name == area_name)
        with self.database.reading() as unit:
            return unit.reports.newest_revision(area_id)

    def write(self, area_name: str, author: str, now: datetime, **answers: str) -> None:
        """Save answers as a draft, the others as nil."""
        report = self.report(area_name, now)
        for section in report.template.sections:
            text = answers.get(section.key, "")
            save_section(
                self.database,
                account(author),
                report.id,
                section.key,
                RichText.from_plain(text),
                nil=not text,
                expected_version=None,
                may_be_blank=False,
                now=now,
            )

    def submit(
        self, area_name: str, author: str, now: datetime, *, key: str = "", **answers: str
    ) -> Submitted:
        """Write and submit."""
        self.write(area_name, author, now, **answers)
        return submit_report(
            self.database,
            account(author),
            self.report(area_name, now).id,
            headline="",
            submission_key=key or f"{area_name} {now}",
            now=now,
        )


def set_up_office(database: SqlDatabase, now: datetime = MONDAY) -> Office:
    """The programme, set up in that database, its first period open."""
    with database.writing() as unit:
        workspace_id = unit.people.workspace("slack", "T-TEST")
    programme_id = set_up_programme(database, workspace_id, DECLARED, profiles_of(DECLARED), now)
    return Office(database, workspace_id, programme_id)
