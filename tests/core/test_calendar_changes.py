from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from highlightbot.core.cadences import Cadence, MonthDay
from highlightbot.core.calendar_changes import (
    differences,
    end_period,
    merge_with_next,
    move_cut_off,
    pause,
    resume,
)
from highlightbot.core.calendars import Calendar
from highlightbot.core.errors import Refusal
from highlightbot.core.periods import CutOff, Period
from highlightbot.core.programmes import Timetable
from highlightbot.core.reminder_plan import STANDARD_PLAN
from highlightbot.scheduling.holidays import calendar_of
from tests.core.calendars import (
    FIRST,
    FORTNIGHTLY,
    LONDON,
    MONDAY,
    ONE,
    SECOND,
    TWO,
    WEDNESDAY,
    bounds,
)


def test_a_period_ended_early_gives_its_days_to_the_next_one() -> None:
    after = end_period(ONE, date(2026, 11, 18), WEDNESDAY)
    assert after.periods == (
        replace(
            FIRST,
            ends_on=date(2026, 11, 18),
            due_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
            closes_at=datetime(2026, 12, 8, 12, tzinfo=UTC),
        ),
    )
    assert bounds(after, 2) == [
        (date(2026, 11, 19), date(2026, 12, 6)),  # four days alone would be no period
        (date(2026, 12, 7), date(2026, 12, 20)),
    ]
    assert differences(ONE, after, WEDNESDAY) == (
        "The period 9–22 November 2026 becomes 9–18 November 2026: its last day is"
        " Wednesday 18 November 2026.",
        "Reports for 9–18 November 2026 are due on Friday 20 November 2026, 12:00, instead of"
        " Tuesday 24 November 2026, 12:00.",
        "The next period is 19 November – 6 December 2026, due on Tuesday 8 December 2026, 12:00.",
    )


def test_a_period_ended_late_takes_its_days_from_the_next_one() -> None:
    after = end_period(ONE, date(2026, 11, 25), WEDNESDAY)
    assert after.periods[0].due_at == datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert bounds(after, 1) == [(date(2026, 11, 26), date(2026, 12, 6))]


def test_two_periods_merge_into_one() -> None:
    after = merge_with_next(ONE, WEDNESDAY)
    assert (after.newest.number, after.newest.starts_on) == (1, FIRST.starts_on)
    assert (after.newest.ends_on, after.newest.due_at) == (SECOND.ends_on, SECOND.due_at)
    assert after.newest.closes_at == SECOND.closes_at
    assert bounds(after, 1) == [(date(2026, 12, 7), date(2026, 12, 20))]


def test_a_cut_off_moves_and_with_it_until_when_the_one_before_takes_late_reports() -> None:
    now = datetime(2026, 12, 7, 10, tzinfo=UTC)
    published = replace(TWO, published=frozenset({1}))
    after = move_cut_off(published, date(2026, 12, 11), None, now)
    moved = datetime(2026, 12, 11, 12, tzinfo=UTC)
    assert after.periods == (replace(FIRST, closes_at=moved), replace(SECOND, due_at=moved))
    assert differences(published, after, now) == (
        "Reports for 23 November – 6 December 2026 are due on Friday 11 December 2026, 12:00,"
        " instead of Tuesday 8 December 2026, 12:00.",
        "Late reports for 9–22 November 2026 are taken until Friday 11 December 2026, 12:00.",
    )


def test_a_cut_off_is_moved_of_the_period_that_is_due_next() -> None:
    after = move_cut_off(TWO, date(2026, 11, 25), time(17, 30), MONDAY)
    assert [period.due_at for period in after.periods] == [
        datetime(2026, 11, 25, 17, 30, tzinfo=UTC),
        SECOND.due_at,
    ]


@pytest.mark.parametrize(
    ("day", "at", "sentence"),
    [
        (date(2026, 11, 24), None, "That is its cut-off already"),
        (date(2026, 11, 23), time(9), "which has passed: choose a later one"),
        (date(2026, 12, 8), None, "choose a time before that, or merge the two periods"),
        (date(2027, 12, 8), None, "The next period's reports are due on Tuesday 8 December 2026"),
    ],
)
def test_a_cut_off_stays_between_now_and_the_next_one(
    day: date, at: time | None, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        move_cut_off(TWO, day, at, MONDAY)


def test_a_cut_off_never_comes_before_the_last_day() -> None:
    with pytest.raises(Refusal, match="before the period's last day, Sunday 22 November 2026"):
        move_cut_off(ONE, date(2026, 11, 21), None, WEDNESDAY)


def test_who_moves_a_cut_off_just_after_it_has_passed_is_told_so() -> None:
    with pytest.raises(Refusal) as refusal:
        move_cut_off(TWO, date(2026, 11, 27), None, FIRST.due_at + timedelta(minutes=5))
    assert str(refusal.value) == (
        "The reports of 23 November – 6 December 2026 would be due on Friday 27 November 2026,"
        " 12:00, before the period's last day, Sunday 6 December 2026: choose a later cut-off, or"
        " end the period earlier. The cut-off of 9–22 November 2026 has passed."
    )


def test_a_cut_off_that_has_passed_is_not_moved() -> None:
    with pytest.raises(Refusal, match="No open reporting period has its cut-off ahead"):
        move_cut_off(ONE, date(2026, 12, 1), None, FIRST.due_at)
    with pytest.raises(Refusal, match="No open reporting period has its cut-off ahead"):
        move_cut_off(replace(ONE, published=frozenset({1})), date(2026, 11, 25), None, WEDNESDAY)


@pytest.mark.parametrize(
    ("calendar", "on", "now", "sentence"),
    [
        (ONE, date(2026, 11, 8), WEDNESDAY, "would end before it starts"),
        (ONE, date(2026, 11, 17), WEDNESDAY, "Tuesday 17 November 2026 has passed"),
        (ONE, date(2026, 11, 22), WEDNESDAY, "ends on that day already"),
        (ONE, date(2028, 1, 1), WEDNESDAY, "more than a year"),
        (ONE, date(2026, 11, 30), MONDAY, "has ended: you can still move its cut-off"),
        (ONE, date(2026, 11, 30), FIRST.due_at, "The cut-off of 9–22 November 2026 has passed"),
        (TWO, date(2026, 11, 23), datetime(2026, 11, 23, 10, tzinfo=UTC), None),
        (
            replace(TWO, published=frozenset({2})),
            date(2026, 12, 1),
            MONDAY,
            "The cut-off of 23 November – 6 December 2026 has passed",
        ),
    ],
)
def test_a_period_ends_only_where_that_makes_sense(
    calendar: Calendar, on: date, now: datetime, sentence: str | None
) -> None:
    if sentence is None:
        assert end_period(calendar, on, now).newest.ends_on == on
        return
    with pytest.raises(Refusal, match=sentence):
        end_period(calendar, on, now)


def test_a_period_does_not_end_so_that_it_is_due_with_the_one_before() -> None:
    extended = move_cut_off(TWO, date(2026, 11, 26), None, MONDAY)
    refusal = (
        "^The reports of 23 November 2026 would be due on Wednesday 25 November 2026, 12:00, not"
        " after those of 9–22 November 2026, which are due on"
    )
    with pytest.raises(Refusal, match=refusal):
        end_period(extended, date(2026, 11, 23), MONDAY)


def test_nothing_can_be_changed_before_the_first_period() -> None:
    with pytest.raises(Refusal, match="No reporting period is open yet"):
        merge_with_next(Calendar(FORTNIGHTLY, ()), WEDNESDAY)


cadences = st.one_of(
    st.builds(Cadence, st.integers(1, 6), st.just("weeks"), st.just(date(2026, 11, 9))),
    st.builds(Cadence, st.integers(3, 45), st.just("days"), st.just(date(2026, 11, 9))),
    st.builds(Cadence, st.integers(1, 3), st.just("months"), st.just(date(2026, 10, 31))),
    st.builds(
        Cadence,
        st.integers(1, 3),
        st.just("months"),
        st.just(date(2026, 11, 9)),
        st.sampled_from([MonthDay(15), MonthDay(-1, "Friday"), MonthDay(-1, "working day")]),
        st.just(calendar_of("GB-ENG")),
    ),
)


timetables = st.builds(
    Timetable,
    cadences,
    st.sampled_from([CutOff(0, time(17), False), CutOff(2, time(12)), CutOff(2, time(9), False)]),
    st.sampled_from(
        [LONDON, ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Santiago"), ZoneInfo("UTC")]
    ),
    st.just(STANDARD_PLAN),
    st.just("GB-ENG"),
    st.just(calendar_of("GB-ENG")),
)


changes = st.one_of(
    st.tuples(st.just("extend"), st.integers(-20, 40), st.sampled_from([None, time(9), time(2)])),
    st.tuples(st.just("end"), st.integers(-5, 60)),
    st.tuples(st.just("merge")),
    st.tuples(st.just("pause"), st.integers(0, 20), st.integers(1, 40) | st.none()),
    st.tuples(st.just("resume")),
    st.tuples(st.just("cadence"), cadences),
)


@given(
    timetables,
    st.lists(st.tuples(st.timedeltas(timedelta(0), timedelta(days=20)), changes), max_size=25),
)
def test_whatever_is_changed_periods_follow_each_other(
    timetable: Timetable, lived: list[tuple[timedelta, tuple[object, ...]]]
) -> None:
    """Nothing overlaps; nothing is left out but what was paused; every cut-off has its order."""
    now = datetime(2026, 11, 9, 12, tzinfo=UTC)
    calendar = opened(Calendar(timetable, ()), now)
    rested: set[date] = set()
    for span, change in lived:
        for _ in range(span.days + 1):
            now += span / (span.days + 1)
            if calendar.pause and calendar.pause.covers(local := today(calendar, now)):
                rested.add(local)
            calendar = opened(calendar, now)
        try:
            calendar = changed(calendar, change, now)
        except Refusal:
            continue
        calendar = opened(calendar, now)
    periods = calendar.periods
    assert [period.number for period in periods] == list(range(1, len(periods) + 1))
    for period in periods:
        zone = timetable.zone
        assert period.starts_on <= period.ends_on
        assert period.ends_on <= period.due_at.astimezone(zone).date()
        assert period.due_at < period.closes_at
    for before, after in pairwise(periods):
        assert before.ends_on < after.starts_on
        assert before.due_at <= after.due_at
        left_out = {
            before.ends_on + timedelta(days=one)
            for one in range(1, (after.starts_on - before.ends_on).days)
        }
        assert left_out <= rested


def opened(calendar: Calendar, now: datetime) -> Calendar:
    """With the periods that open by now, as `workflows.open_periods` does it."""
    for coming in calendar.coming(today(calendar, now)):
        if coming.opens_at > now:
            break
        number = calendar.periods[-1].id + 1 if calendar.periods else 1
        period = Period(
            number, 1, number, coming.starts_on, coming.ends_on, coming.due_at, coming.closes_at
        )
        calendar = replace(calendar, periods=(*calendar.periods, period))
    published = {period.id for period in calendar.periods if period.due_at <= now}
    return replace(calendar, published=frozenset(published)).settled(now)


def today(calendar: Calendar, now: datetime) -> date:
    return now.astimezone(calendar.timetable.zone).date()


def changed(calendar: Calendar, change: tuple[object, ...], now: datetime) -> Calendar:
    day = today(calendar, now)
    match change:
        case ("extend", int(days), at):
            assert at is None or isinstance(at, time)
            return move_cut_off(calendar, day + timedelta(days=days), at, now)
        case ("end", int(days)):
            return end_period(calendar, day + timedelta(days=days), now)
        case ("merge",):
            return merge_with_next(calendar, now)
        case ("pause", int(days), length):
            starts_on = day + timedelta(days=days)
            ends_on = starts_on + timedelta(days=length) if isinstance(length, int) else None
            return pause(calendar, starts_on, ends_on, now)
        case ("resume",):
            return resume(calendar, now)
        case ("cadence", Cadence() as cadence):
            return replace(calendar, timetable=replace(calendar.timetable, cadence=cadence))
    raise AssertionError(change)
