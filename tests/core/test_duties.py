from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from highlightbot.core.duties import duties, next_return
from highlightbot.core.people import Author, Person, Role
from highlightbot.core.programmes import Pause, Programme, ServiceArea
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reminders import DueReport
from highlightbot.core.reports import HandOver, Report
from highlightbot.core.stages import Duty
from tests.builders import person, report

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
LEAD, SECOND_LEAD, DEPUTY, OTHER_DEPUTY, COORDINATOR = (person(number) for number in range(1, 6))
AWAITED = report({}, keys=("activity",))
BACK_ON_FRIDAY = date(2026, 11, 26)


def programme(*authors: Author, coordinator: Person = COORDINATOR, **changes: object) -> Programme:
    """A programme of one area with these authors."""
    area = ServiceArea(1, 1, "libraries", "Libraries", authors)
    built = Programme(1, 1, "p", "P", 1, None, "C-1", (area,), (coordinator,))
    return replace(built, **changes)  # type: ignore[arg-type]  # names are checked there


def lead(who: Person = LEAD) -> Author:
    return Author(who, Role.LEAD)


def deputy(who: Person = DEPUTY) -> Author:
    return Author(who, Role.DEPUTY)


def away(who: Person) -> Person:
    return replace(who, away_until=BACK_ON_FRIDAY)


def authors_of(of: Programme, one: Report = AWAITED) -> list[int]:
    """Who is to write it."""
    return [who.id for who, duty in duties(of, one, NOW) if duty is Duty.AUTHOR]


def handed(to: Person) -> Report:
    return replace(AWAITED, handed=HandOver(to.id, to.name, LEAD.id, LEAD.name, NOW))


def test_leads_write_deputies_and_coordinators_have_their_turns() -> None:
    of = programme(lead(), lead(SECOND_LEAD), deputy())
    assert list(duties(of, AWAITED, NOW)) == [
        (LEAD, Duty.AUTHOR),
        (SECOND_LEAD, Duty.AUTHOR),
        (DEPUTY, Duty.DEPUTY),
        (COORDINATOR, Duty.COORDINATOR),
    ]


def test_nobody_has_to_do_with_a_report_that_is_in_or_excused_or_of_a_retired_area() -> None:
    of = programme(lead(), deputy())
    for settled in (
        replace(AWAITED, revision=1),
        replace(AWAITED, excused_at=NOW),
        replace(AWAITED, area_retired=True),
    ):
        assert list(duties(of, settled, NOW)) == []


def test_nobody_is_reminded_while_the_programme_is_paused() -> None:
    today = NOW.date()
    assert authors_of(programme(lead(), pause=Pause(today, date(2026, 12, 1)))) == []
    assert authors_of(programme(lead(), pause=Pause(date(2026, 11, 1), today))) == [LEAD.id]


def test_a_deputy_stands_in_while_every_lead_is_away() -> None:
    one_away = programme(lead(away(LEAD)), lead(SECOND_LEAD), deputy())
    assert authors_of(one_away) == [SECOND_LEAD.id]
    assert authors_of(programme(lead(away(LEAD)), deputy())) == [DEPUTY.id]
    assert authors_of(programme(lead(away(LEAD)), deputy(away(DEPUTY)))) == []


def test_who_stands_in_is_not_told_as_a_deputy_besides() -> None:
    of = programme(lead(away(LEAD)), deputy())
    assert list(duties(of, AWAITED, NOW)) == [
        (DEPUTY, Duty.AUTHOR),
        (COORDINATOR, Duty.COORDINATOR),
    ]


def test_who_has_left_is_away_for_good() -> None:
    gone = replace(LEAD, has_left=True, away_until=date(2026, 11, 20))
    assert authors_of(programme(lead(gone), deputy())) == [DEPUTY.id]
    assert next_return(programme(lead(gone)), AWAITED, NOW) is None


def test_a_report_that_was_handed_over_is_the_deputys() -> None:
    of = programme(lead(), deputy(), deputy(OTHER_DEPUTY))
    assert authors_of(of, handed(OTHER_DEPUTY)) == [OTHER_DEPUTY.id]


def test_a_report_comes_back_where_the_deputy_is_away_or_none_any_more() -> None:
    assert authors_of(programme(lead(), deputy(away(DEPUTY))), handed(DEPUTY)) == [LEAD.id]
    of = programme(lead(), deputy(away(DEPUTY)), deputy(OTHER_DEPUTY))
    assert authors_of(of, handed(DEPUTY)) == [OTHER_DEPUTY.id]
    assert authors_of(programme(lead(), deputy(OTHER_DEPUTY)), handed(DEPUTY)) == [LEAD.id]


def test_the_day_of_an_absence_is_that_of_the_persons_own_clock() -> None:
    """At 9:00 UTC it is the 24th here and in Auckland; twelve hours later only here."""
    there = replace(LEAD, zone=ZoneInfo("Pacific/Auckland"), away_until=date(2026, 11, 24))
    of = programme(lead(there))
    assert authors_of(of) == []
    back_at = datetime(2026, 11, 24, 11, tzinfo=UTC)
    assert next_return(of, AWAITED, NOW) == back_at
    assert [who.id for who, _ in duties(of, AWAITED, back_at)][:1] == [LEAD.id]


def test_a_report_is_with_another_once_it_is_handed_on_or_taken_back() -> None:
    def with_another(one: Report, kind: ReminderKind, reader: Person) -> bool:
        return DueReport(one, kind).is_with_another(reader)

    overdue = ReminderKind.OVERDUE
    assert not with_another(AWAITED, overdue, LEAD)
    assert with_another(handed(DEPUTY), overdue, LEAD)
    assert not with_another(handed(DEPUTY), overdue, DEPUTY)
    assert not with_another(handed(DEPUTY), ReminderKind.HANDED, DEPUTY)
    assert with_another(AWAITED, ReminderKind.HANDED, DEPUTY)
    assert not with_another(handed(DEPUTY), ReminderKind.COORDINATOR, COORDINATOR)
