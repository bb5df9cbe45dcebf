"""Domain values for what the bot shows; what a test does not name does not matter to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from highlightbot.core.people import Person
from highlightbot.core.periods import Period
from highlightbot.core.reports import (
    Answer,
    AnsweredSection,
    DraftAnswer,
    HandOver,
    Report,
    Revision,
)
from highlightbot.core.rich_text import Listing, Passage, Preformatted, Quotation, RichText, Span
from highlightbot.core.templates import Section, Template
from highlightbot.workflows.write_report import WritingDesk
from tests.builders import area_id

LONDON = ZoneInfo("Europe/London")
PARIS = ZoneInfo("Europe/Paris")
NEW_YORK = ZoneInfo("America/New_York")

PERIOD = Period(
    id=1,
    programme_id=1,
    number=5,
    starts_on=date(2020, 6, 6),
    ends_on=date(2020, 6, 19),
    due_at=datetime(2020, 6, 23, 11, tzinfo=UTC),
    closes_at=datetime(2020, 7, 7, 11, tzinfo=UTC),
)
"""6–19 June 2020, due on Tuesday 23 June at 12:00 in London."""

READER = Person(1, "Lee Sample", None, "U1", None)
BO = Person(2, "Bo", None, "U2", None)

STYLED = RichText(
    (
        Passage((Span("Two branches "), Span("opened", bold=True), Span(" again.\n\nSee "))),
        Listing(((Span("Mill Lane"),), (Span("Station Road", italic=True),))),
        Quotation((Span("It is good to be back", link="https://example.org/back"),)),
        Preformatted((Span("a  b"),)),
    )
)

AWKWARD = {
    "40,000 characters": "Ten words of a paragraph that goes on and on. " * 870,
    "40,000 characters without a space": "x" * 40_000,
    "40,000 emoji": "\N{GRINNING FACE}" * 40_000,
    "right to left": "مرحبا بالعالم " * 3000,
    "control characters": "a\x00b\x07c\x1bd\u202e",
    "mentions": "<!channel> <@U123> @here <https://example.org|here> & :tada: *bold*",
    "a formula": "=cmd()",
    "only spaces": "   \n  ",
}


def section(key: str, *, nil_allowed: bool = True, guidance: str = "") -> Section:
    """A section whose heading, label and theme follow from its key."""
    label = key.replace("_", " ").capitalize()
    return Section(key, key.upper(), label, key, guidance, nil_allowed)


FORM = Template(
    "form", "1", "Form", (section("activity"), section("workforce"), section("finance"))
)


def report(
    draft: Mapping[str, Answer | str] | None = None,
    *,
    template: Template = FORM,
    area: str = "Libraries",
    revision: int = 0,
    number: int = 7,
) -> Report:
    """A report with that draft; a plain text stands for an answer of it."""
    answers = {
        key: answer if isinstance(answer, Answer) else text_answer(key, answer)
        for key, answer in (draft or {}).items()
    }
    saved_at = datetime(2020, 6, 20, 9, tzinfo=UTC)
    return Report(
        id=number,
        period=PERIOD,
        programme_id=1,
        programme_name="Emergency planning",
        zone=LONDON,
        area_id=number,
        area_name=area,
        area_retired=False,
        template=template,
        revision=revision,
        headline="",
        draft={key: DraftAnswer(said, 3, "Lee Example", saved_at) for key, said in answers.items()},
    )


def text_answer(key: str, text: str) -> Answer:
    """An answer of plain text."""
    return Answer(key, RichText.from_plain(text))


def desk(draft: Mapping[str, Answer | str] | None = None, **named: str | None) -> WritingDesk:
    """A report at hand, with what was said ``last_time`` on each theme; None is nothing."""
    previous = tuple(said(key, text) for key, text in named.items())
    return WritingDesk(report(draft), LONDON, previous)


def said(key: str, text: str | RichText | None) -> AnsweredSection:
    """A section with what was said in it; None is a nil answer."""
    if isinstance(text, str):
        text = RichText.from_plain(text)
    return AnsweredSection(section(key), text or RichText(), nil=text is None)


def revision(
    area: str,
    answers: Mapping[str, str | RichText | None],
    *,
    number: int = 1,
    id: int = 1,  # noqa: A002 - as the field is called
    headline: str = "",
    period: Period = PERIOD,
    after_cut_off: timedelta = timedelta(hours=-1),
) -> Revision:
    """A submitted report; an answer of None is nil."""
    return Revision(
        id=id,
        report_id=id,
        number=number,
        area_id=area_id(area),
        area_name=area,
        author="Lee Example",
        submitted_at=period.due_at + after_cut_off,
        first_submitted_at=period.due_at + after_cut_off,
        period=period,
        headline=headline,
        sections=tuple(said(key, text) for key, text in answers.items()),
    )


def handed(to: Person, *, area: str = "Libraries", number: int = 7) -> Report:
    """A report that was handed to somebody by Alex."""
    at = datetime(2020, 6, 20, 9, tzinfo=UTC)
    hand_over = HandOver(to.id, to.name, 3, "Alex <!here>", at)
    return replace(report(area=area, number=number), handed=hand_over)


def earlier(period: Period, fortnights: int) -> Period:
    """The period that many fortnights before."""
    step = timedelta(days=14 * fortnights)
    return replace(
        period,
        id=period.id + 100 * fortnights,
        starts_on=period.starts_on - step,
        ends_on=period.ends_on - step,
        due_at=period.due_at - step,
        closes_at=period.closes_at - step,
    )
