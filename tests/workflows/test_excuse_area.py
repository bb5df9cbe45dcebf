"""Areas that are excused from a report, and whose excuse is taken back."""

import pytest

from highlightbot.core.errors import Refusal
from highlightbot.core.summaries import AreaState
from highlightbot.workflows.missing_reports import missing_reports
from highlightbot.workflows.publish_summaries import edition_of
from tests.fakes.messenger import FakeMessenger
from tests.workflows.bureau import Bureau
from tests.workflows.office import CUT_OFF, DECLARED, HOUR, LAST_DAY, MONDAY, area


def test_an_excused_area_is_neither_reminded_nor_missing(bureau: Bureau) -> None:
    messenger = FakeMessenger()
    bureau.do("excuse Libraries", MONDAY)
    reminded = {where for where, _ in bureau.tick(messenger, LAST_DAY)}
    assert reminded == {"D-U-BO", "D-U-CASEY"}
    with bureau.database.reading() as unit:
        missing = missing_reports(unit, bureau.programme, LAST_DAY)
    assert missing is not None
    assert [one.area for one in missing.missing] == ["Parks", "Housing"]
    assert (missing.excused, missing.received) == (("Libraries",), 0)
    bureau.tick(messenger, CUT_OFF)
    with bureau.database.reading() as unit:
        summary = edition_of(unit, bureau.period(CUT_OFF), 1).summary
    assert [line.state for line in summary.lines] == [
        AreaState.EXCUSED,
        AreaState.MISSING,
        AreaState.MISSING,
    ]
    assert (summary.expected, summary.excused) == (2, ("Libraries",))


def test_an_excuse_that_is_taken_back_has_the_area_reminded(bureau: Bureau) -> None:
    messenger = FakeMessenger()
    bureau.do("excuse Libraries", MONDAY)
    bureau.do("unexcuse Libraries", MONDAY)
    assert {where for where, _ in bureau.tick(messenger, LAST_DAY)} == {
        "D-U-ALEX",
        "D-U-BO",
        "D-U-CASEY",
    }


def test_an_excuse_that_is_taken_back_on_the_day_has_the_area_reminded_at_once(
    bureau: Bureau,
) -> None:
    messenger = FakeMessenger()
    bureau.do("excuse Libraries", MONDAY)
    bureau.tick(messenger, LAST_DAY)
    bureau.do("unexcuse Libraries", LAST_DAY + HOUR)
    assert bureau.tick(messenger, LAST_DAY + HOUR) == [("D-U-ALEX", "period_ended")]


def test_a_report_that_comes_although_it_is_excused_is_in(bureau: Bureau) -> None:
    bureau.do("excuse Libraries", MONDAY)
    bureau.submit("Libraries", "alex", MONDAY, activity="All the same.")
    with bureau.database.reading() as unit:
        missing = missing_reports(unit, bureau.programme, MONDAY)
    assert missing is not None
    assert (missing.received, missing.excused) == (1, ())


def test_an_area_that_has_reported_is_neither_excused_nor_chased(bureau: Bureau) -> None:
    bureau.submit("Parks", "bo", MONDAY, activity="In.")
    for words in ("excuse Parks", "chase Parks"):
        with pytest.raises(Refusal, match="Parks has reported for 7–20 November 2026 already"):
            bureau.foresee(words, MONDAY)


def test_an_excused_area_is_not_excused_twice_nor_chased(bureau: Bureau) -> None:
    bureau.do("excuse Parks", MONDAY)
    with pytest.raises(Refusal, match="is excused for 7–20 November 2026 already"):
        bureau.foresee("excuse Parks", MONDAY)
    with pytest.raises(Refusal, match="unexcuse it first"):
        bureau.foresee("chase Parks", MONDAY)


def test_an_author_is_told_of_no_report_that_is_not_theirs(bureau: Bureau) -> None:
    bureau.submit("Libraries", "alex", MONDAY, activity="In.")
    bureau.do("excuse Housing", MONDAY)
    with bureau.database.reading() as unit:
        (housing,) = (one.id for one in bureau.programme.areas if one.name == "Housing")
        missing = missing_reports(unit, bureau.programme, MONDAY, {housing})
        assert missing is not None
        assert (missing.missing, missing.received, missing.excused) == ((), 0, ("Housing",))
        assert missing_reports(unit, bureau.programme, MONDAY, set()) is None


def test_an_area_that_begins_with_the_next_period_is_taken_for_no_other(bureau: Bureau) -> None:
    bureau.declare(MONDAY, areas=(*DECLARED.areas, area("Libraries North", "drew")))
    with pytest.raises(Refusal, match="Libraries North owes no report for 7–20 November 2026"):
        bureau.foresee("excuse Libraries North", MONDAY)
