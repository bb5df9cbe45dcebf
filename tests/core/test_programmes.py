from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highlightbot.core.cadences import Cadence
from highlightbot.core.periods import CutOff
from highlightbot.core.programmes import Pause, Programme, Timetable
from highlightbot.core.reminder_plan import STANDARD_PLAN
from tests.builders import person, service_area
from tests.clock_changes import zones_with_changes

LONDON = ZoneInfo("Europe/London")
FORTNIGHTLY = Timetable(
    Cadence(2, "weeks", date(2026, 11, 9)), CutOff(2, time(12)), LONDON, STANDARD_PLAN
)


def programme(timetable: Timetable | None) -> Programme:
    area = service_area(lead=person(1), deputy=person(2))
    return Programme(1, 1, "highlights", "Highlights", 1, timetable, "C1", (area,))


def test_a_period_opens_at_local_midnight_and_is_due_two_working_days_after_its_end() -> None:
    assert FORTNIGHTLY.opens_at(date(2026, 11, 9)) == datetime(2026, 11, 9, tzinfo=UTC)
    assert FORTNIGHTLY.due_at(date(2026, 11, 22)) == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_period_that_opens_in_summer_opens_an_hour_earlier_in_utc() -> None:
    assert FORTNIGHTLY.opens_at(date(2027, 4, 26)) == datetime(2027, 4, 25, 23, tzinfo=UTC)


@settings(deadline=None)
@given(
    st.sampled_from(["Europe/London", "Africa/Cairo", "America/Santiago", "Pacific/Auckland"]),
    st.dates(date(2021, 1, 1), date(2030, 1, 1)),
)
def test_the_first_instant_of_a_day_is_the_first_that_counts_to_it(zone: str, day: date) -> None:
    """Some days begin at a midnight that the clocks skip."""
    cadence = Cadence(1, "days", date(2022, 1, 1))
    daily = Timetable(cadence, CutOff(0, time(12)), ZoneInfo(zone), STANDARD_PLAN)
    opens_at = daily.opens_at(day)
    assert opens_at.astimezone(daily.zone).date() == day
    assert (opens_at - timedelta(seconds=1)).astimezone(daily.zone).date() < day


def test_a_cut_off_at_every_clock_change_of_every_zone_comes_once_and_in_order() -> None:
    """Cut-offs come daily, in the middle of what the clocks skip or repeat.

    A local time that the clocks skip is due at the first instant after; of one that comes twice,
    the first counts. Either way each day has one cut-off, later than that of the day before.
    """
    for name, changes in zones_with_changes().items():
        zone = ZoneInfo(name)
        for change in changes:
            middle = change.at + (change.before + change.after) / 2
            day, at = middle.date(), middle.time()
            timetable = Timetable(
                Cadence(1, "days", day), CutOff(0, at, working=False), zone, STANDARD_PLAN
            )
            days = [day + timedelta(days=one) for one in (-1, 0, 1)]
            due = [timetable.due_at(one) for one in days]
            assert due[0] < due[1] < due[2], (name, day, at)
            local = due[1].astimezone(zone)
            skipped = local.replace(tzinfo=None) != datetime.combine(day, at)
            if skipped:
                before = (due[1] - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
                assert before < datetime.combine(day, at) < local.replace(tzinfo=None)
            else:
                assert local.fold == 0


@pytest.mark.parametrize(
    ("pause", "paused"),
    [
        (None, False),
        (Pause(date(2026, 11, 10)), False),
        (Pause(date(2026, 11, 9)), True),
        (Pause(date(2026, 11, 1), date(2026, 11, 10)), True),
        (Pause(date(2026, 11, 1), date(2026, 11, 9)), False),
    ],
)
def test_a_programme_rests_from_the_first_day_of_a_pause_to_the_last(
    pause: Pause | None, paused: bool
) -> None:
    now = datetime(2026, 11, 9, 23, 59, tzinfo=UTC)
    assert replace(programme(FORTNIGHTLY), pause=pause).is_paused(now) is paused


def test_area_by_id() -> None:
    highlights = programme(FORTNIGHTLY)
    assert highlights.area(1) == highlights.areas[0]
    with pytest.raises(KeyError):
        highlights.area(2)


def test_dates_of_a_programme_without_a_timetable_are_told_in_utc() -> None:
    assert programme(FORTNIGHTLY).zone == LONDON
    assert programme(None).zone == ZoneInfo("UTC")
