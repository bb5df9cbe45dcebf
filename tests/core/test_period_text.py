"""Reporting periods as people type them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from highlightbot.core.period_text import TypedPeriod, read_period

APRIL = TypedPeriod(date(2020, 4, 10), date(2020, 4, 24))
JUNE = TypedPeriod(date(2020, 6, 6), date(2020, 6, 19))
TWO_MONTHS = TypedPeriod(date(2020, 6, 22), date(2020, 7, 5))
NEW_YEAR = TypedPeriod(date(2020, 12, 22), date(2021, 1, 4))

CERTAIN = [
    ("10 th April – 24 th April 2020", APRIL),
    ("10th April – 24th April 2020", APRIL),
    ("10th April - 24th April 2020", APRIL),
    ("10th April-24th April 2020", APRIL),
    ("10th April — 24th April 2020", APRIL),
    ("10th April ‒ 24th April 2020", APRIL),
    ("10th April ― 24th April 2020", APRIL),
    ("10th April − 24th April 2020", APRIL),
    ("10th April -- 24th April 2020", APRIL),
    ("10th April -> 24th April 2020", APRIL),
    ("10\u00a0April\u00a0–\u00a024\u00a0April\u00a02020", APRIL),
    ("\u200b10 April – 24 April 2020\u200e", APRIL),
    ("10thApril-24thApril2020", APRIL),
    ("10ᵗʰ April – 24ᵗʰ April 2020", APRIL),
    ("10 APRIL TO 24 APRIL 2020", APRIL),
    ("10 April to 24 April 2020.", APRIL),
    ("10 April 2020 to 24 April 2020", APRIL),
    ("10 April 2020 – 24 April", APRIL),
    ("10 April 2020 – 24", APRIL),
    ("10 – 24 April 2020", APRIL),
    ("10-24 April 2020", APRIL),
    ("10-24 April, 2020", APRIL),
    ("10 to 24 April (2020)", APRIL),
    ("10 Apr – 24 Apr 2020", APRIL),
    ("10 Apr. – 24 Apr. '20", APRIL),
    ("10 April – 24 April 20", APRIL),
    ("10 April – 24 April ’20", APRIL),
    ("10-Apr-20 to 24-Apr-20", APRIL),
    ("10-Apr-2020 - 24-Apr-2020", APRIL),
    ("from 10 April until 24 April 2020", APRIL),
    ("From 10th April till 24th April 2020", APRIL),
    ("10th April up to 24th April 2020", APRIL),
    ("10th April through 24th April 2020", APRIL),
    ("between 10 April and 24 April 2020", APRIL),
    ("the 10th of April to the 24th of April 2020", APRIL),
    ("Friday 10th April – Friday 24th April 2020", APRIL),
    ("Fri 10 April – Fri 24 April 2020", APRIL),
    ("Friday, 10 April 2020 to Friday, 24 April 2020", APRIL),
    ("10/04/20 to 24/04/20", APRIL),
    ("10/04/2020 to 24/04/2020", APRIL),
    ("10/4/20-24/4/20", APRIL),
    ("10/04 - 24/04/20", APRIL),
    ("10/04/2020 – 24/04", APRIL),
    ("10.04.2020 – 24.04.2020", APRIL),
    ("10.4 – 24.4.2020", APRIL),
    ("10-04-2020 - 24-04-2020", APRIL),
    ("10-04-2020-24-04-2020", APRIL),
    ("2020-04-10 – 2020-04-24", APRIL),
    ("2020-04-10 to 2020-04-24", APRIL),
    ("2020/04/10 - 2020/04/24", APRIL),
    ("April 10-24, 2020", APRIL),
    ("April 10 – April 24, 2020", APRIL),
    ("April 10, 2020 to April 24, 2020", APRIL),
    ("April 10th to 24th 2020", APRIL),
    ("Period: 10 – 24 April 2020", APRIL),
    ("Reporting period 10 – 24 April 2020", APRIL),
    ("Fortnight from 10 April to 24 April 2020", APRIL),
    ("10 – 24 April 2020 (inclusive)", APRIL),
    ("10 – 24 April 2020 incl.", APRIL),
    ("6-19 th June 2020", JUNE),
    ("6–19 June 2020", JUNE),
    ("6th-19th June 2020", JUNE),
    ("6th to 19th June 2020", JUNE),
    ("06/06/2020 – 19/06/2020", JUNE),
    ("6/6/20 to 19/6/20", JUNE),
    ("Sat 6 June – Fri 19 June 2020", JUNE),
    ("22 June – 5 July 2020", TWO_MONTHS),
    ("22nd June - 5th July 2020", TWO_MONTHS),
    ("22 June 2020 – 5 July 2020", TWO_MONTHS),
    ("Mon 22 June to Sun 5 July 2020", TWO_MONTHS),
    ("June 22 – July 5, 2020", TWO_MONTHS),
    ("22/6-5/7/2020", TWO_MONTHS),
    ("22 December – 4 January 2021", NEW_YEAR),
    ("22 December 2020 – 4 January", NEW_YEAR),
    ("22 December 2020 – 4 January 2021", NEW_YEAR),
    ("22 Dec '20 - 4 Jan '21", NEW_YEAR),
    ("22/12 – 04/01/2021", NEW_YEAR),
    ("1 Sept - 14 Sept 2020", TypedPeriod(date(2020, 9, 1), date(2020, 9, 14))),
    ("1 Sep - 14 Sep 2020", TypedPeriod(date(2020, 9, 1), date(2020, 9, 14))),
    ("15 – 29 February 2020", TypedPeriod(date(2020, 2, 15), date(2020, 2, 29))),
    ("1 – 1 May 2020", TypedPeriod(date(2020, 5, 1), date(2020, 5, 1))),
]

IN_DOUBT = [
    ("w/c 4th May 2020", date(2020, 5, 4), date(2020, 5, 10)),
    ("W/C 4 May 2020", date(2020, 5, 4), date(2020, 5, 10)),
    ("wc 04/05/20", date(2020, 5, 4), date(2020, 5, 10)),
    ("w/b Monday 4 May 2020", date(2020, 5, 4), date(2020, 5, 10)),
    ("week commencing 4 May 2020", date(2020, 5, 4), date(2020, 5, 10)),
    ("Week beginning: 4 May 2020", date(2020, 5, 4), date(2020, 5, 10)),
    ("fortnight commencing 4 May 2020", date(2020, 5, 4), date(2020, 5, 17)),
    ("w/c 4th May and w/c 11th May 2020", date(2020, 5, 4), date(2020, 5, 17)),
    ("w/c 4th May – w/c 11th May 2020", date(2020, 5, 4), date(2020, 5, 17)),
    ("weeks commencing 4 and 11 May 2020", date(2020, 5, 4), date(2020, 5, 17)),
    ("w/e 8 May 2020", date(2020, 5, 2), date(2020, 5, 8)),
    ("week ending Friday 8 May 2020", date(2020, 5, 2), date(2020, 5, 8)),
    ("fortnight ending 24 April 2020", date(2020, 4, 11), date(2020, 4, 24)),
    ("period ending 24 April 2020", None, date(2020, 4, 24)),
    ("up to 24 April 2020", None, date(2020, 4, 24)),
    ("as at 24/04/2020", None, date(2020, 4, 24)),
    ("from 10 April 2020", date(2020, 4, 10), None),
    ("period commencing 10 April 2020", date(2020, 4, 10), None),
    ("April 2020", date(2020, 4, 1), date(2020, 4, 30)),
    ("month of February 2020", date(2020, 2, 1), date(2020, 2, 29)),
    ("December 2020", date(2020, 12, 1), date(2020, 12, 31)),
    ("10 April 2020 – 24 April 2021", date(2020, 4, 10), date(2021, 4, 24)),
]

UNCLEAR = [
    ("10th April – 24th April", "no year is given"),
    ("10 – 24 April", "no year is given"),
    ("10/04 to 24/04", "no year is given"),
    ("w/c 4th May", "no year is given"),
    ("10 – 24", "no month is given for day 10"),
    ("6-19 2020", "no month is given for day 6"),
    ("24 April – 10 April 2020", "it ends before it starts"),
    ("24 April 2020 – 10 April 2020", "it ends before it starts"),
    ("22 – 5 July 2020", "it ends before it starts"),
    ("19-6 June 2020", "it ends before it starts"),
    ("June 22 - May 5 2020", "it ends before it starts"),
    ("31 June – 5 July 2020", "there is no day 31 in month 6 of 2020"),
    ("16 – 29 February 2021", "there is no day 29 in month 2 of 2021"),
    ("04/24/2020 to 05/08/2020", "there is no day 4 in month 24 of 2020"),
    ("0 – 14 April 2020", "there is no day 0 in month 4 of 2020"),
    ("2020-13-01 – 2020-13-14", "there is no day 1 in month 13 of 2020"),
    ("10 April 0020 – 24 April 0020", "20 can hardly be the year"),
    ("10 April 9999 – 24 April 9999", "9999 can hardly be the year"),
    ("w/c 31/12/9999", "9999 can hardly be the year"),
    ("Thursday 10th April – Friday 24th April 2020", "10 April 2020 is a Friday"),
    ("24 April 2020", "this is one date, and a period needs two"),
    ("24/04/2020", "this is one date, and a period needs two"),
]

UNREADABLE = [
    "tbc",
    "the last fortnight",
    "Easter",
    "10 Arpil – 24 Arpil 2020",
    "10 April 24 April 2020",
    "10 April – 24 April – 8 May 2020",
    "April – May 2020",
    "10 April – 24 April 2020 and 1 May 2020",
    "1234567890",
    "- 2020",
    "x" * 5_000,
    "1" * 5_000,
]


@pytest.mark.parametrize(("text", "period"), CERTAIN)
def test_read_period_as_typed(text: str, period: TypedPeriod) -> None:
    assert read_period(text) == period


@pytest.mark.parametrize(("text", "starts_on", "ends_on"), IN_DOUBT)
def test_read_period_with_something_assumed_or_missing(
    text: str, starts_on: date | None, ends_on: date | None
) -> None:
    period = read_period(text)

    assert (period.starts_on, period.ends_on) == (starts_on, ends_on)
    assert period.doubt


@pytest.mark.parametrize(("text", "reason"), UNCLEAR)
def test_read_period_that_is_no_period(text: str, reason: str) -> None:
    assert read_period(text) == TypedPeriod(doubt=f"“{text}”: {reason}.")


@pytest.mark.parametrize("text", UNREADABLE)
def test_read_period_that_is_not_understood(text: str) -> None:
    period = read_period(text)

    assert (period.starts_on, period.ends_on) == (None, None)
    assert period.doubt.endswith("cannot be read as a reporting period.")


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "."])
def test_read_period_of_blank_text(text: str) -> None:
    assert read_period(text) == TypedPeriod(doubt="The reporting period is empty.")


def _ordinal(day: date) -> str:
    if day.day in (11, 12, 13):
        return f"{day.day}th"
    return f"{day.day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day.day % 10, 'th') }"


STYLES: list[Callable[[date], str]] = [
    lambda day: f"{day.day} {day:%B %Y}",
    lambda day: f"{_ordinal(day)} {day:%B %Y}",
    lambda day: f"{day.day} {_ordinal(day)[-2:]} {day:%B %Y}",
    lambda day: f"{_ordinal(day)} of {day:%B}, {day.year}",
    lambda day: f"{day.day} {day:%b %Y}",
    lambda day: f"{day:%A} {_ordinal(day)} {day:%B %Y}",
    lambda day: f"{day:%a} {day.day} {day:%b} '{day:%y}",
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}/{day.month}/{day:%y}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d-%m-%y}",
    lambda day: f"{day:%d-%b-%Y}",
    lambda day: f"{day.isoformat()}",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%b} {_ordinal(day)} {day.year}",
]
JOINS = [" – ", "-", " to ", " until ", "—", " - "]
# Two digits of a year mean this century: the end of a period must not lie in the next.
DAYS = st.dates(date(2000, 1, 1), date(2098, 12, 31))
LENGTHS = st.integers(0, 99).map(timedelta)


@given(DAYS, LENGTHS, st.sampled_from(STYLES), st.sampled_from(STYLES), st.sampled_from(JOINS))
def test_read_period_of_any_two_dates_in_any_style(
    start: date,
    length: timedelta,
    style: Callable[[date], str],
    other_style: Callable[[date], str],
    join: str,
) -> None:
    end = start + length

    assert read_period(f"{style(start)}{join}{other_style(end)}") == TypedPeriod(start, end)


@given(DAYS, st.integers(1, 60).map(timedelta))
def test_read_period_where_the_year_is_written_once(start: date, length: timedelta) -> None:
    end = start + length
    first, last = f"{start.day} {start:%B}", f"{end.day} {end:%B}"

    if start.year == end.year or (start.month >= 10 and end.month <= 3):
        expected = TypedPeriod(start, end)
        assert read_period(f"{first} – {last} {end.year}") == expected
        assert read_period(f"{first} {start.year} – {last}") == expected


@given(st.text(max_size=200))
def test_read_period_takes_any_text(text: str) -> None:
    period = read_period(text)

    assert period.doubt or (period.starts_on and period.ends_on)


@given(st.text("0123456789 -–/.'’stndrhtoApril MayFriw/c2020", max_size=60))
def test_read_period_never_ends_before_it_starts(text: str) -> None:
    period = read_period(text)

    if period.starts_on and period.ends_on:
        assert period.starts_on <= period.ends_on
