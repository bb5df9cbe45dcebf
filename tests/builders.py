"""Small domain values for tests: what a test does not name is plausible and does not matter."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from highlightbot.core.people import Author, Person, Role
from highlightbot.core.periods import Period
from highlightbot.core.programmes import ServiceArea
from highlightbot.core.reports import Answer, AnsweredSection, DraftAnswer, Report, Revision
from highlightbot.core.rich_text import RichText
from highlightbot.core.templates import Section, Template

PERIOD = Period(
    id=1,
    programme_id=1,
    number=1,
    starts_on=date(2026, 11, 9),
    ends_on=date(2026, 11, 22),
    due_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    closes_at=datetime(2026, 12, 8, 12, tzinfo=UTC),
)
"""A fortnight from a Monday to a Sunday, due two working days later, in London's winter."""


def section(key: str, *, nil_allowed: bool = True) -> Section:
    """A section whose heading, label and theme follow from its key."""
    return Section(key, key.upper(), key.capitalize(), key, nil_allowed=nil_allowed)


def template(*keys: str) -> Template:
    """A form with these sections."""
    return Template("form", "1", "Form", tuple(section(key) for key in keys))


def report(draft: Mapping[str, Answer], *, keys: tuple[str, ...], revision: int = 0) -> Report:
    """The report of "Libraries" with that draft."""
    saved = {
        key: DraftAnswer(answer, 1, "Lee Example", datetime(2026, 11, 20, 9, tzinfo=UTC))
        for key, answer in draft.items()
    }
    return Report(
        id=1,
        period=PERIOD,
        programme_id=1,
        programme_name="Highlights",
        zone=ZoneInfo("Europe/London"),
        area_id=1,
        area_name="Libraries",
        area_retired=False,
        template=template(*keys),
        revision=revision,
        headline="",
        draft=saved,
    )


def revision(
    area: str,
    answers: Mapping[str, str | None],
    *,
    id: int = 1,  # noqa: A002 - as the field is called
    headline: str = "",
    after_cut_off: timedelta = timedelta(hours=-1),
) -> Revision:
    """A submitted report. An answer of None is nil; the sections are in the mapping's order."""
    sections = tuple(
        AnsweredSection(section(key), RichText.from_plain(text or ""), nil=text is None)
        for key, text in answers.items()
    )
    return Revision(
        id=id,
        report_id=id,
        number=1,
        area_id=area_id(area),
        area_name=area,
        author="Lee Example",
        submitted_at=PERIOD.due_at + after_cut_off,
        first_submitted_at=PERIOD.due_at + after_cut_off,
        period=PERIOD,
        headline=headline,
        sections=sections,
    )


def area_id(name: str) -> int:
    """The id that the area of that name has in every test of values."""
    return crc32(ascii(name).encode())


def roster(*names: str) -> dict[int, str]:
    """Areas by their ids, in that order."""
    return {area_id(name): name for name in names}


def person(number: int) -> Person:
    """Somebody whom the platform has told us about."""
    return Person(
        id=number, name=f"Person {number}", email=None, external_id=f"U{number}", zone=None
    )


def service_area(*, lead: Person, deputy: Person) -> ServiceArea:
    """An area with a lead author and a deputy."""
    return ServiceArea(
        id=1,
        programme_id=1,
        key="libraries",
        name="Libraries",
        authors=(Author(lead, Role.LEAD), Author(deputy, Role.DEPUTY)),
    )
