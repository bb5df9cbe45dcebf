from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.periods import (
    CutOff,
    WorkingCalendar,
    format_bounds,
    format_instant,
    instant,
    parse_cut_off,
    parse_time,
)
from tests.clock_changes import zones_with_changes

LONDON = ZoneInfo("Europe/London")
ENGLAND = WorkingCalendar(
    frozenset(
        date(2026, month, day)
        for month, day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28))
    )
)


@pytest.mark.parametrize(
    ("text", "cut_off"),
    [
        ("2 working days after the end, at 12:00", CutOff(2, time(12))),
        ("1 working day after the end at 9:30", CutOff(1, time(9, 30))),
        ("3 days after the end, at 17:00", CutOff(3, time(17), working=False)),
        ("1 Day  after the End, at 00:00", CutOff(1, time(0), working=False)),
        ("on the last day, at 17:00", CutOff(0, time(17), working=False)),
        ("0 days after the end, at 17:00", CutOff(0, time(17), working=False)),
        ("0 working days after the end, at 17:00", CutOff(0, time(17), working=False)),
    ],
)
def test_parse_cut_off_as_people_write_it(text: str, cut_off: CutOff) -> None:
    assert parse_cut_off(text) == cut_off
    assert parse_cut_off(str(cut_off)) == cut_off


@pytest.mark.parametrize(
    "text",
    ["", "Tuesday", "2 working days before the end, at 12:00", "2 days after the end", "12:00"],
)
def test_parse_cut_off_refuses_what_it_cannot_read(text: str) -> None:
    with pytest.raises(ValueError, match=r'is no cut-off: write for example "2 working days'):
        parse_cut_off(text)


@pytest.mark.parametrize("text", ["24:00", "9", "12:60", "noon", "9:5", ""])
def test_parse_time_refuses_what_is_no_time_of_day(text: str) -> None:
    with pytest.raises(ValueError, match=r'is no time of day: write for example "09:00"'):
        parse_time(text)


@pytest.mark.parametrize(
    ("ends_on", "cut_off", "due_at"),
    [
        # An ordinary week, from a Friday and from a Sunday.
        (date(2026, 6, 19), CutOff(2, time(12)), datetime(2026, 6, 23, 11, tzinfo=UTC)),
        (date(2026, 6, 21), CutOff(2, time(12)), datetime(2026, 6, 23, 11, tzinfo=UTC)),
        # Good Friday and Easter Monday lie between.
        (date(2026, 4, 2), CutOff(1, time(12)), datetime(2026, 4, 7, 11, tzinfo=UTC)),
        # Christmas on a Friday, the day for Boxing Day on Monday.
        (date(2026, 12, 24), CutOff(2, time(12)), datetime(2026, 12, 30, 12, tzinfo=UTC)),
        # Over new year.
        (date(2025, 12, 31), CutOff(1, time(9)), datetime(2026, 1, 2, 9, tzinfo=UTC)),
        # Days that are not counted as working days fall where they fall.
        (
            date(2026, 12, 24),
            CutOff(2, time(12), working=False),
            datetime(2026, 12, 26, 12, tzinfo=UTC),
        ),
        (date(2026, 6, 21), CutOff(0, time(17)), datetime(2026, 6, 21, 16, tzinfo=UTC)),
    ],
)
def test_cut_off_counts_working_days_over_public_holidays(
    ends_on: date, cut_off: CutOff, due_at: datetime
) -> None:
    assert cut_off.instant(ends_on, LONDON, ENGLAND) == due_at


def test_shift_backwards_passes_over_days_off() -> None:
    assert ENGLAND.shift(date(2026, 12, 29), -1) == date(2026, 12, 24)
    assert ENGLAND.shift(date(2026, 12, 27), -1) == date(2026, 12, 24)
    assert ENGLAND.shift(date(2026, 12, 27), 0) == date(2026, 12, 27)


def test_on_or_after_keeps_a_working_day_and_puts_off_others() -> None:
    asked = [date(2026, 12, day) for day in (24, 25, 26, 29)]
    assert [ENGLAND.on_or_after(day).day for day in asked] == [24, 29, 29, 29]


def local_times_around(
    change: datetime, before: timedelta, after: timedelta
) -> dict[datetime, datetime]:
    """Local times at a clock change, with the instants that they are to mean."""
    minute, width = timedelta(minutes=1), abs(after - before)
    if after > before:
        skipped = {change + before + part: change for part in (0 * minute, width / 2)}
        return {
            change + before - minute: change - minute,
            **skipped,
            change + after - minute: change,
            change + after: change,
            change + after + minute: change + minute,
        }
    return {
        change + after - minute: change - width - minute,
        change + after: change - width,
        change + after + width / 2: change - width / 2,
        change + before - minute: change - minute,
        change + before: change + width,
    }


def test_instant_at_every_clock_change_of_every_zone() -> None:
    """A time in the gap becomes the change itself; of one that comes twice the first is taken."""
    for name, changes in zones_with_changes().items():
        for change in changes:
            wanted = local_times_around(change.at, change.before, change.after)
            zone = ZoneInfo(name)
            found = {local: instant(local.date(), local.time(), zone) for local in wanted}
            assert found == wanted, zone
    assert sum(map(len, zones_with_changes().values())) > 1000


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("Europe/London", date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (
            "Europe/London",
            date(2026, 10, 25),
            time(1, 30),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
        # Half an hour only.
        (
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            time(2, 15),
            datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
        ),
        # Midnight itself is skipped.
        ("Africa/Cairo", date(2026, 4, 24), time(0), datetime(2026, 4, 23, 22, tzinfo=UTC)),
        # Samoa crossed the date line: the 30th did not happen.
        ("Pacific/Apia", date(2011, 12, 30), time(9), datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)
def test_instant_of_times_that_clocks_skip_or_repeat(
    zone: str, day: date, at: time, moment: datetime
) -> None:
    assert instant(day, at, ZoneInfo(zone)) == moment


def test_instant_in_a_gap_with_fractions_of_a_second_is_the_whole_second_after_it() -> None:
    gap = time(1, 0, 0, 300_000)
    assert instant(date(2026, 3, 29), gap, LONDON) == datetime(2026, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (date(2020, 6, 6), date(2020, 6, 19), "6–19 June 2020"),
        (date(2020, 6, 22), date(2020, 7, 5), "22 June – 5 July 2020"),
        (date(2026, 12, 28), date(2027, 1, 10), "28 December 2026 – 10 January 2027"),
        (date(2020, 6, 6), date(2020, 6, 6), "6 June 2020"),
        (date(2020, 6, 6), date(2021, 6, 19), "6 June 2020 – 19 June 2021"),
    ],
)
def test_format_bounds_says_no_month_or_year_twice(
    starts_on: date, ends_on: date, words: str
) -> None:
    assert format_bounds(starts_on, ends_on) == words


def test_format_instant_is_told_in_the_zone() -> None:
    moment = datetime(2020, 6, 23, 23, 5, tzinfo=UTC)
    assert format_instant(moment, LONDON) == "Wednesday 24 June 2020, 00:05"
