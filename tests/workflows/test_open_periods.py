from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from highlightbot.core.cadences import Cadence, MonthDay, parse_cadence
from highlightbot.core.templates import Section
from highlightbot.workflows.open_periods import open_periods
from tests.workflows.office import (
    CLOSED,
    CUT_OFF,
    DECLARED,
    LAST_DAY,
    MONDAY,
    TEMPLATE,
    TIMETABLE,
    Office,
    area,
)


def bounds(office: Office) -> list[tuple[int | None, date, date]]:
    with office.database.reading() as unit:
        periods = unit.periods.opened(office.programme_id)
    return [(period.number, period.starts_on, period.ends_on) for period in periods]


FIRST = (1, date(2026, 11, 7), date(2026, 11, 20))
SECOND = (2, date(2026, 11, 21), date(2026, 12, 4))
THIRD = (3, date(2026, 12, 5), date(2026, 12, 18))


def test_a_new_programme_begins_with_the_present_period(office: Office) -> None:
    assert bounds(office) == [FIRST]
    period = office.period(MONDAY)
    assert (period.due_at, period.closes_at) == (CUT_OFF, CLOSED)


def test_the_next_period_opens_on_its_first_day_and_once(office: Office) -> None:
    for hours in (0, 0, 15, 16):  # midnight in London is 15 hours after the last day's 09:00
        open_periods(office.database, LAST_DAY + timedelta(hours=hours))
    assert bounds(office) == [SECOND, FIRST]


def test_after_a_long_outage_only_periods_that_still_take_reports_are_opened(
    office: Office,
) -> None:
    open_periods(office.database, CLOSED + timedelta(days=1))
    assert bounds(office) == [THIRD, SECOND, FIRST]
    open_periods(office.database, CLOSED + timedelta(days=365))
    numbers = [number for number, _, _ in bounds(office)]  # they go on where they were
    assert numbers == [5, 4, 3, 2, 1]


def test_a_template_changed_in_mid_period_takes_effect_at_the_next(office: Office) -> None:
    extra = Section("money", "MONEY", "Money", "finance")
    changed = replace(TEMPLATE, version="2", sections=(*TEMPLATE.sections, extra))
    office.declare(LAST_DAY, template=changed)
    assert office.report("Libraries", LAST_DAY).template == TEMPLATE
    later = CLOSED + timedelta(hours=1)
    open_periods(office.database, later)
    assert office.report("Libraries", later).template == changed


def test_an_area_added_in_mid_period_joins_the_next(office: Office) -> None:
    office.declare(LAST_DAY, areas=(*DECLARED.areas, area("Museums", "dana")))
    period = office.period(LAST_DAY)
    with office.database.reading() as unit:
        names = [report.area_name for report in unit.reports.of_period(period.id)]
    assert names == ["Libraries", "Parks", "Housing"]


@pytest.mark.parametrize(
    ("every", "anchor", "second", "third"),
    [
        ("4 weeks", date(2026, 11, 7), date(2026, 12, 4), date(2027, 1, 1)),
        # Ten days until the month's end would be too short for a period of a month.
        ("1 month", date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 31)),
        ("1 week", date(2026, 11, 2), date(2026, 11, 29), date(2026, 12, 6)),
    ],
)
def test_another_cadence_takes_effect_with_the_next_period_and_skips_no_day(
    office: Office, every: str, anchor: date, second: date, third: date
) -> None:
    timetable = replace(TIMETABLE, cadence=parse_cadence(every, anchor))
    office.declare(LAST_DAY, timetable=timetable)
    for days in range(50):
        open_periods(office.database, LAST_DAY + timedelta(days=days))
    after = [(2, date(2026, 11, 21), second), (3, second + timedelta(days=1), third)]
    assert bounds(office)[::-1][:3] == [FIRST, *after]


def test_a_step_down_from_weekly_to_monthly_keeps_every_report(office: Office) -> None:
    weekly = replace(TIMETABLE, cadence=parse_cadence("1 week", date(2026, 11, 7)))
    office.declare(MONDAY, timetable=weekly)
    for days in range(30):
        open_periods(office.database, LAST_DAY + timedelta(days=days))
    told = bounds(office)
    monthly = Cadence(1, "months", date(2026, 12, 1), MonthDay(-1, "Friday"))
    office.declare(LAST_DAY + timedelta(days=30), timetable=replace(TIMETABLE, cadence=monthly))
    for days in range(30, 120):
        open_periods(office.database, LAST_DAY + timedelta(days=days))
    periods = bounds(office)[::-1]
    assert periods[: len(told)] == told[::-1]
    assert [number for number, _, _ in periods] == list(range(1, len(periods) + 1))
    for (_, _, last_day), (_, first_day, _) in pairwise(periods):
        assert first_day == last_day + timedelta(days=1)
    assert [last_day for _, _, last_day in periods[-2:]] == [date(2027, 2, 26), date(2027, 3, 26)]


def test_a_tick_without_a_period_to_open_reads_no_programme(office: Office) -> None:
    with office.database.reading() as unit:
        assert unit.programmes.with_periods_to_open(LAST_DAY) == []
        midnight = LAST_DAY + timedelta(hours=15)
        assert unit.programmes.with_periods_to_open(midnight - timedelta(seconds=1)) == []
        assert unit.programmes.with_periods_to_open(midnight) == [office.programme_id]
