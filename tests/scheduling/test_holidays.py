from datetime import date

import pytest

from highlightbot.core.periods import WorkingCalendar
from highlightbot.scheduling.holidays import calendar_of

BOXING_DAY_OBSERVED = date(2026, 12, 28)
SCOTTISH_NEW_YEAR = date(2027, 1, 4)
"""2 January 2027 is a Saturday; only Scotland makes up for it."""


def test_no_region_has_no_holidays() -> None:
    assert calendar_of(None) == WorkingCalendar()


def test_region_of_a_country() -> None:
    assert not calendar_of("GB").is_working_day(BOXING_DAY_OBSERVED)
    assert calendar_of("GB").is_working_day(date(2026, 12, 29))


def test_holidays_differ_by_subdivision() -> None:
    assert not calendar_of("GB-SCT").is_working_day(SCOTTISH_NEW_YEAR)
    assert calendar_of("GB-ENG").is_working_day(SCOTTISH_NEW_YEAR)


def test_case_does_not_matter() -> None:
    assert calendar_of("gb-eng") == calendar_of("GB-ENG")
    assert calendar_of("GB-ENG") != calendar_of("GB-SCT")


def test_any_year_is_known() -> None:
    assert [calendar_of("GB").is_working_day(date(year, 12, 25)) for year in (2020, 2035)] == [
        False,
        False,
    ]


@pytest.mark.parametrize("region", ["Atlantis", "GB-XYZ", "", "-ENG", "public"])
def test_unknown_region_is_refused(region: str) -> None:
    with pytest.raises(ValueError, match="is no region whose public holidays are known"):
        calendar_of(region)
