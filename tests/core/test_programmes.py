from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highlightbot.core.periods import Cadence, CutOff
from highlightbot.core.programmes import Programme, Timetable
from highlightbot.core.reminders import STANDARD_PLAN
from tests.builders import person, service_area

LONDON = ZoneInfo("Europe/London")
FORTNIGHTLY = Timetable(
    Cadence(2, "weeks", date(2026, 11, 9)), CutOff(2, time(12)), LONDON, STANDARD_PLAN
)


def programme(timetable: Timetable | None) -> Programme:
    area = service_area(lead=person(1), deputy=person(2))
    return Programme(1, 1, "highlights", "Highlights", 1, timetable, "C1", (area,))


def test_a_period_opens_at_local_midnight_and_closes_at_the_next_cut_off() -> None:
    assert FORTNIGHTLY.opens_at(1) == datetime(2026, 11, 9, tzinfo=UTC)
    assert FORTNIGHTLY.due_at(date(2026, 11, 22)) == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert FORTNIGHTLY.closes_at(1) == datetime(2026, 12, 8, 12, tzinfo=UTC)


def test_a_period_that_opens_in_summer_opens_an_hour_earlier_in_utc() -> None:
    opens_at = FORTNIGHTLY.opens_at(13)
    assert opens_at == datetime(2027, 4, 25, 23, tzinfo=UTC)
    assert FORTNIGHTLY.number_at(opens_at) == 13


@settings(deadline=None)
@given(
    st.sampled_from(["Europe/London", "Africa/Cairo", "America/Santiago", "Pacific/Auckland"]),
    st.integers(-100, 2000),
)
def test_the_first_instant_of_a_period_is_the_first_that_counts_to_it(
    zone: str, number: int
) -> None:
    """Daily periods, so that some begin at a midnight that the clocks skip."""
    cadence = Cadence(1, "days", date(2022, 1, 1))
    daily = Timetable(cadence, CutOff(0, time(12)), ZoneInfo(zone), STANDARD_PLAN)
    opens_at = daily.opens_at(number)
    assert daily.number_at(opens_at) == number
    assert daily.number_at(opens_at - timedelta(seconds=1)) == number - 1


def test_area_by_id() -> None:
    highlights = programme(FORTNIGHTLY)
    assert highlights.area(1) == highlights.areas[0]
    with pytest.raises(KeyError):
        highlights.area(2)


def test_dates_of_a_programme_without_a_timetable_are_told_in_utc() -> None:
    assert programme(FORTNIGHTLY).zone == LONDON
    assert programme(None).zone == ZoneInfo("UTC")
