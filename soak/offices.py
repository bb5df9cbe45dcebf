"""Programmes with many authors, to all of whom something is due at the same time."""

from collections.abc import Callable
from datetime import UTC, date, datetime
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
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import STANDARD_PLAN
from highlightbot.core.reports import Report
from highlightbot.core.rich_text import RichText
from highlightbot.core.templates import Section, Template
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.ports import Database
from highlightbot.workflows.write_report import save_section, submit_report

OPENS = datetime(2026, 11, 9, 9, tzinfo=UTC)
LAST_DAY = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
"""In London's working hours, when every author's first reminder is due."""

_FORM = Template("form", "1", "Form", (Section("news", "NEWS", "News", "activity"),))
STANDARD = Timetable(
    Cadence(2, "weeks", date(2026, 11, 7)),
    parse_cut_off("2 working days after the end, at 12:00"),
    ZoneInfo("Europe/London"),
    STANDARD_PLAN,
)
_WORKSPACE = "T0SOAK"


def set_up(
    database: Database,
    programmes: int,
    areas: int,
    *,
    zone_of: Callable[[int], ZoneInfo | None] = lambda number: None,
    timetable: Timetable = STANDARD,
    now: datetime = OPENS,
) -> list[str]:
    """So many programmes, each of so many areas with an author each; gives the authors' ids.

    Their first period is open ``now``. ``zone_of`` gives an author's zone by their number, from 0.
    """
    authors = [[f"U{programme}A{area}" for area in range(areas)] for programme in range(programmes)]
    with database.writing() as unit:
        workspace_id = unit.people.workspace("slack", _WORKSPACE)
        for number, ids in enumerate(authors):
            declared = _programme(number, ids, timetable)
            people = {
                author.person: unit.people.declare(
                    workspace_id,
                    author.person,
                    Profile(author.person.external_id or "", "Author", None, zone),
                )
                for place, area in enumerate(declared.areas)
                for author, zone in [(area.authors[0], zone_of(number * areas + place))]
            }
            unit.programmes.save(workspace_id, declared, people)
    open_periods(database, now)
    return [author for ids in authors for author in ids]


def _programme(number: int, authors: list[str], timetable: Timetable) -> DeclaredProgramme:
    return DeclaredProgramme(
        key=f"p{number}",
        name=f"Programme {number}",
        template=_FORM,
        timetable=timetable,
        channel=f"C{number}",
        coordinators=(),
        areas=tuple(
            DeclaredArea(
                f"a{place}",
                f"Area {place}",
                (DeclaredAuthor(DeclaredPerson(external_id=author), Role.LEAD),),
            )
            for place, author in enumerate(authors)
        ),
    )


def submit(database: Database, report: Report, author: str, text: str, now: datetime) -> None:
    """Hand in that text in every section."""
    account = Account("slack", _WORKSPACE, author)
    for section in report.template.sections:
        save_section(
            database,
            account,
            report.id,
            section.key,
            RichText.from_plain(text),
            nil=False,
            expected_version=None,
            may_be_blank=False,
            now=now,
        )
    submit_report(database, account, report.id, headline="", submission_key=text, now=now)


def collecting(database: Database, now: datetime) -> Period:
    """The period whose cut-off comes next."""
    with database.reading() as unit:
        return next(one for one in unit.periods.collecting(now) if one.due_at > now)
