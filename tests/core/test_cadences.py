from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highlightbot.core.cadences import Cadence, MonthDay, parse_cadence, parse_month_day
from highlightbot.core.periods import WorkingCalendar
from highlightbot.scheduling.holidays import calendar_of

days = st.dates(date(1999, 1, 1), date(2060, 12, 31))
plain = st.builds(
    Cadence,
    every=st.integers(1, 40),
    unit=st.sampled_from(["days", "weeks", "months"]),
    anchor=days,
)
month_days = st.builds(MonthDay, st.integers(1, 31)) | st.builds(
    MonthDay,
    st.sampled_from([1, 2, 3, 4, -1]),
    st.sampled_from(["Monday", "Friday", "Sunday", "working day"]),
)
cadences = plain | st.builds(
    Cadence,
    every=st.integers(1, 6),
    unit=st.just("months"),
    anchor=days,
    ends=month_days,
)


@pytest.mark.parametrize(
    ("text", "every", "unit"),
    [
        ("2 weeks", 2, "weeks"),
        ("every 2 weeks", 2, "weeks"),
        ("Every two weeks", 2, "weeks"),
        ("every other week", 2, "weeks"),
        ("fortnight", 2, "weeks"),
        ("every fortnight", 2, "weeks"),
        ("fortnightly", 2, "weeks"),
        ("2 fortnights", 4, "weeks"),
        ("week", 1, "weeks"),
        ("weekly", 1, "weeks"),
        (" 1  week ", 1, "weeks"),
        ("a month", 1, "months"),
        ("monthly", 1, "months"),
        ("each month", 1, "months"),
        ("3 months", 3, "months"),
        ("quarterly", 3, "months"),
        ("every quarter", 3, "months"),
        ("every day", 1, "days"),
        ("daily", 1, "days"),
        ("10 days", 10, "days"),
        ("14 DAYS", 14, "days"),
    ],
)
def test_parse_cadence_as_people_write_it(text: str, every: int, unit: str) -> None:
    anchor = date(2026, 11, 9)
    assert parse_cadence(text, anchor) == Cadence(every, unit, anchor)


@pytest.mark.parametrize(
    "text",
    ["", "0 weeks", "000 weeks", "-1 weeks", "2.5 weeks", "weeks 2", "1000 days", "now", "2 years"],
)
def test_parse_cadence_refuses_what_it_cannot_read(text: str) -> None:
    with pytest.raises(ValueError, match=r'is no cadence: write for example "2 weeks"'):
        parse_cadence(text, date(2026, 11, 9))


@settings(deadline=None)
@given(plain)
def test_cadence_in_words_is_read_as_the_same_cadence(cadence: Cadence) -> None:
    assert parse_cadence(str(cadence), cadence.anchor) == cadence


def test_fortnightly_periods_follow_each_other() -> None:
    cadence = Cadence(2, "weeks", date(2020, 6, 6))
    assert [cadence.bounds(number) for number in (0, 1, 2, 27)] == [
        (date(2020, 5, 23), date(2020, 6, 5)),
        (date(2020, 6, 6), date(2020, 6, 19)),
        (date(2020, 6, 20), date(2020, 7, 3)),
        (date(2021, 6, 5), date(2021, 6, 18)),
    ]


def test_monthly_periods_anchored_on_the_31st_begin_on_the_last_day_of_shorter_months() -> None:
    cadence = Cadence(1, "months", date(2023, 10, 31))
    assert [cadence.bounds(number)[0] for number in range(1, 15)] == [
        date(2023, 10, 31),
        date(2023, 11, 30),
        date(2023, 12, 31),
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
        date(2024, 5, 31),
        date(2024, 6, 30),
        date(2024, 7, 31),
        date(2024, 8, 31),
        date(2024, 9, 30),
        date(2024, 10, 31),
        date(2024, 11, 30),
    ]


def test_quarterly_periods_anchored_on_the_31st_meet_a_short_february() -> None:
    cadence = Cadence(3, "months", date(2024, 8, 31))
    assert [cadence.bounds(number) for number in (2, 3, 4)] == [
        (date(2024, 11, 30), date(2025, 2, 27)),
        (date(2025, 2, 28), date(2025, 5, 30)),
        (date(2025, 5, 31), date(2025, 8, 30)),
    ]


@settings(deadline=None)
@given(cadences, days)
def test_number_on_is_the_inverse_of_bounds(cadence: Cadence, day: date) -> None:
    number = cadence.number_on(day)
    starts_on, ends_on = cadence.bounds(number)
    assert starts_on <= day <= ends_on
    assert [cadence.number_on(bound) for bound in (starts_on, ends_on)] == [number, number]


@settings(deadline=None)
@given(cadences, st.integers(-200, 200))
def test_periods_leave_no_day_out_and_share_none(cadence: Cadence, number: int) -> None:
    _, ends_on = cadence.bounds(number)
    assert cadence.bounds(number + 1)[0] == ends_on + timedelta(days=1)


ENGLAND = calendar_of("GB-ENG")
MONTH_DAYS = {
    "the 15th": MonthDay(15),
    "on the 1st": MonthDay(1),
    "22nd": MonthDay(22),
    "the 3rd of each month": MonthDay(3),
    "31": MonthDay(31),
    "day 28": MonthDay(28),
    "last Friday": MonthDay(-1, "Friday"),
    "On the last friday of the month": MonthDay(-1, "Friday"),
    "first Monday": MonthDay(1, "Monday"),
    "2nd wednesday": MonthDay(2, "Wednesday"),
    "the fourth Sunday": MonthDay(4, "Sunday"),
    "last working day": MonthDay(-1, "working day"),
    "first weekday": MonthDay(1, "working day"),
    "the last day of the month": MonthDay(-1),
}


@pytest.mark.parametrize(("text", "day"), MONTH_DAYS.items())
def test_parse_month_day_as_people_write_it(text: str, day: MonthDay) -> None:
    assert parse_month_day(text) == day
    assert parse_month_day(str(day)) == day


@pytest.mark.parametrize(
    "text", ["", "the 32nd", "0", "fifth Friday", "Friday", "last Fri", "last workingday", "middle"]
)
def test_parse_month_day_refuses_what_not_every_month_has(text: str) -> None:
    with pytest.raises(ValueError, match=r'write for example "the 15th", "last Friday" or'):
        parse_month_day(text)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ("the 15th", [date(2026, 11, 15), date(2026, 12, 15), date(2027, 1, 15)]),
        ("the 31st", [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)]),
        ("last day", [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)]),
        ("last Friday", [date(2026, 11, 27), date(2026, 12, 25), date(2027, 1, 29)]),
        ("first Monday", [date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1)]),
        # 29 January is a Friday; Christmas Day, Boxing Day's substitute and New Year are off.
        ("last working day", [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 29)]),
        ("first working day", [date(2026, 12, 1), date(2027, 1, 4), date(2027, 2, 1)]),
    ],
)
def test_monthly_periods_end_on_the_day_that_is_named(ends: str, expected: list[date]) -> None:
    cadence = Cadence(1, "months", date(2026, 11, 9), parse_month_day(ends), ENGLAND)
    assert [cadence.bounds(number)[1] for number in (1, 2, 3)] == expected
    assert cadence.number_on(cadence.anchor) == 1


def test_quarters_end_in_the_third_month_from_the_anchor() -> None:
    cadence = Cadence(3, "months", date(2026, 10, 1), MonthDay(-1, "Friday"))
    assert [cadence.bounds(number) for number in (1, 2)] == [
        (date(2026, 9, 26), date(2026, 12, 25)),
        (date(2026, 12, 26), date(2027, 3, 26)),
    ]


@pytest.mark.parametrize("every", [1, 2, 3])
@pytest.mark.parametrize("ends", sorted(set(map(str, MONTH_DAYS.values()))))
def test_monthly_periods_tile_the_calendar_from_2020_to_2035(ends: str, every: int) -> None:
    """Each period begins where the one before it ends, and `number_on` names it from the first day
    to the last: asked for both and for the first and last day of every month between.
    """
    cadence = Cadence(every, "months", date(2026, 11, 9), parse_month_day(ends), ENGLAND)
    starts_on, last_day = date(2020, 1, 1), date(2035, 12, 31)
    number = cadence.number_on(starts_on)
    starts_on = cadence.bounds(number)[0]
    while starts_on <= last_day:
        first, ends_on = cadence.bounds(number)
        assert first == starts_on
        asked = {starts_on, ends_on, *month_ends_between(starts_on, ends_on)}
        assert {cadence.number_on(day) for day in asked} == {number}
        starts_on = ends_on + timedelta(days=1)
        number += 1


def month_ends_between(first: date, last: date) -> list[date]:
    """The last day of each month that ends between two days, and the day after."""
    firsts = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first < date(year, month, 1) <= last
    ]
    return [day for begins in firsts for day in (begins - timedelta(days=1), begins)]


@given(cadences, days)
def test_a_period_that_begins_anywhere_ends_with_the_cadence(cadence: Cadence, day: date) -> None:
    """It is from half to one and a half times as long as those that it touches."""
    ends_on = cadence.end_of(day)
    number = cadence.number_on(ends_on)
    starts_on, same_end = cadence.bounds(number)
    assert ends_on == same_end
    length, usual = (ends_on - day).days + 1, (same_end - starts_on).days + 1
    before = (starts_on - cadence.bounds(number - 1)[0]).days
    assert 2 * length >= usual
    assert 2 * (length - usual) < before


@given(cadences, st.integers(-50, 50))
def test_a_period_that_begins_with_the_cadence_is_one_of_it(cadence: Cadence, number: int) -> None:
    starts_on, ends_on = cadence.bounds(number)
    assert cadence.end_of(starts_on) == ends_on


def test_a_month_without_a_working_day_has_a_last_one_all_the_same() -> None:
    closed = WorkingCalendar(frozenset(date(2026, 11, day) for day in range(1, 31)))
    assert MonthDay(-1, "working day").on(2026, 11, closed) == date(2026, 11, 30)
