"""Declared values for tests of the stores: a programme of three areas, five people, two forms."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from highlightbot.core.cadences import Cadence
from highlightbot.core.declarations import (
    DeclaredArea,
    DeclaredAuthor,
    DeclaredPerson,
    DeclaredProgramme,
)
from highlightbot.core.deliveries import DeliveryKind, NewDelivery
from highlightbot.core.people import Account, Profile, Role
from highlightbot.core.periods import CutOff, Period
from highlightbot.core.programmes import Programme, Timetable
from highlightbot.core.reminder_plan import STANDARD_PLAN
from highlightbot.core.reports import Answer, AnsweredSection, Report
from highlightbot.core.rich_text import RichText
from highlightbot.core.templates import Section, Template
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.ports import Database

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""On the last day of period 1, which is due on 24 November and closes on 8 December at noon."""

FORM = Template(
    "form",
    "2026-11",
    "Highlight report",
    (
        Section("news", "NEWS", "News", "activity", "What happened?", nil_allowed=False),
        Section("staff", "Workforce update", "Workforce update", "workforce"),
        Section("risks", "Risks (and mitigation)", "Risks", "challenges"),
    ),
)
NEXT_FORM = Template(
    "form",
    "2027-01",
    "Highlight report",
    (
        Section("changes", "Workforce changes", "Workforce changes", "workforce"),
        Section("news", "NEWS", "News", "activity"),
    ),
)
TIMETABLE = Timetable(
    Cadence(2, "weeks", date(2026, 11, 7)),
    CutOff(2, time(12)),
    ZoneInfo("Europe/London"),
    STANDARD_PLAN,
    "GB-ENG",
    calendar_of("GB-ENG"),
)

ALEX, BO, CASEY, KIM = (DeclaredPerson(external_id=f"U-{one}") for one in ("A", "B", "C", "K"))
MAIL = DeclaredPerson(email="Lee@Example.org")
PROFILES = {
    ALEX: Profile("U-A", "Alex Sample", "alex@example.org", ZoneInfo("Europe/London")),
    BO: Profile("U-B", "Bo Sample", None, ZoneInfo("Asia/Kathmandu")),
    CASEY: Profile("U-C", "Casey Sample"),
    KIM: Profile("U-K", "Kim Sample"),
}
LIBRARIES = DeclaredArea(
    "libraries", "Libraries", (DeclaredAuthor(ALEX, Role.LEAD), DeclaredAuthor(BO, Role.DEPUTY))
)
PARKS = DeclaredArea("parks", "Parks & Gardens", (DeclaredAuthor(BO, Role.LEAD),))
HOUSING = DeclaredArea("housing", "Housing", (DeclaredAuthor(MAIL, Role.LEAD),))
PROGRAMME = DeclaredProgramme(
    "highlights", "Highlights", FORM, TIMETABLE, "C-1", (KIM,), (LIBRARIES, PARKS, HOUSING)
)


def account(person: DeclaredPerson, workspace: str = "T-1") -> Account:
    """The account of somebody who is declared by platform id."""
    return Account("slack", workspace, person.external_id or "")


def said(template: Template, *texts: str | None) -> list[AnsweredSection]:
    """The template's sections with these texts; None is nil."""
    return [
        AnsweredSection(section, RichText.from_plain(text or ""), nil=text is None)
        for section, text in zip(template.sections, texts, strict=True)
    ]


@dataclass(frozen=True)
class Stored:
    """A programme in a database, with what tests ask for over and over."""

    database: Database
    workspace_id: int
    programme_id: int
    people: dict[DeclaredPerson, int]

    @property
    def programme(self) -> Programme:
        with self.database.reading() as unit:
            return unit.programmes.get(self.programme_id)

    def area_id(self, name: str) -> int:
        return next(area.id for area in self.programme.areas if area.name == name)

    def open_period(self, number: int = 1, now: datetime = NOW) -> Period:
        """The period of that number, opened by its calendar."""
        starts_on, ends_on = TIMETABLE.cadence.bounds(number)
        with self.database.writing() as unit:
            return unit.periods.open(
                unit.programmes.hold(self.programme_id),
                number,
                starts_on,
                ends_on,
                TIMETABLE.due_at(ends_on),
                TIMETABLE.due_at(TIMETABLE.cadence.bounds(number + 1)[1]),
                now,
            )

    def report(self, period: Period, name: str) -> Report:
        with self.database.reading() as unit:
            reports = unit.reports.of_period(period.id)
        return next(report for report in reports if report.area_name == name)

    def save(
        self, report: Report, section_key: str, text: str | None, expected: int | None = None
    ) -> int:
        """Save an answer as Alex; None is nil."""
        answer = Answer(section_key, RichText.from_plain(text or ""), nil=text is None)
        with self.database.writing() as unit:
            unit.reports.hold(report.id)
            return unit.reports.save_answer(report.id, answer, expected, self.people[ALEX], NOW)

    def submit(self, report: Report, key: str, *, headline: str = "", now: datetime = NOW) -> int:
        """Submit as Alex."""
        with self.database.writing() as unit:
            unit.reports.hold(report.id)
            return unit.reports.submit(
                report.id,
                submission_key=key,
                person_id=self.people[ALEX],
                headline=headline,
                now=now,
            )

    def reminder(self, period: Period, key: str, *, after: timedelta = timedelta()) -> NewDelivery:
        """A reminder to Alex that may go out from NOW and that time after."""
        return NewDelivery(
            dedupe_key=key,
            kind=DeliveryKind.REMINDER,
            programme_id=self.programme_id,
            period_id=period.id,
            person_id=self.people[ALEX],
            not_before=NOW + after,
            expires_at=period.due_at,
        )


def store_programme(
    database: Database, declared: DeclaredProgramme = PROGRAMME, workspace: str = "T-1"
) -> Stored:
    """Declare the programme's people and save it."""
    with database.writing() as unit:
        workspace_id = unit.people.workspace("slack", workspace)
        people = {
            person: unit.people.declare(workspace_id, person, PROFILES.get(person))
            for person in sorted(declared.people | {CASEY}, key=str)
        }
        programme_id = unit.programmes.save(workspace_id, declared, people)
    return Stored(database, workspace_id, programme_id, people)
