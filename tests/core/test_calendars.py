from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
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
from highlightbot.core.programmes import Pause, Timetable
from highlightbot.core.reminder_plan import STANDARD_PLAN
from highlightbot.scheduling.holidays import calendar_of

LONDON = ZoneInfo("Europe/London")
FORTNIGHTLY = Timetable(
    Cadence(2, "weeks", date(2026, 11, 9)), CutOff(2, time(12)), LONDON, STANDARD_PLAN
)
FIRST = Period(
    id=1,
    programme_id=1,
    number=1,
    starts_on=date(2026, 11, 9),
    ends_on=date(2026, 11, 22),
    due_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    closes_at=datetime(2026, 12, 8, 12, tzinfo=UTC),
)
SECOND = Period(
    id=2,
    programme_id=1,
    number=2,
    starts_on=date(2026, 11, 23),
    ends_on=date(2026, 12, 6),
    due_at=datetime(2026, 12, 8, 12, tzinfo=UTC),
    closes_at=datetime(2026, 12, 22, 12, tzinfo=UTC),
)
ONE = Calendar(FORTNIGHTLY, (FIRST,))
TWO = Calendar(FORTNIGHTLY, (FIRST, SECOND))
WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=UTC)
"""In the first period."""
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
"""The second period runs; the first is due the next day."""


def bounds(calendar: Calendar, count: int = 3) -> list[tuple[date, date]]:
    """Of the periods that come."""
    coming = islice(calendar.coming(date(2026, 11, 18)), count)
    return [(period.starts_on, period.ends_on) for period in coming]


def test_periods_to_come_follow_the_newest_one() -> None:
    coming = next(ONE.coming(date(2026, 11, 18)))
    assert (coming.starts_on, coming.ends_on) == (SECOND.starts_on, SECOND.ends_on)
    assert (coming.due_at, coming.closes_at) == (SECOND.due_at, SECOND.closes_at)
    assert coming.opens_at == datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "starts_on"),
    [
        (date(2026, 10, 1), date(2026, 11, 9)),
        (date(2026, 11, 9), date(2026, 11, 9)),
        (date(2026, 12, 8), date(2026, 12, 7)),
    ],
)
def test_a_new_calendar_begins_with_the_present_period_or_the_first(
    today: date, starts_on: date
) -> None:
    assert next(Calendar(FORTNIGHTLY, ()).coming(today)).starts_on == starts_on


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


def test_a_pause_leaves_out_its_days_and_a_new_period_begins_after_it() -> None:
    after = pause(ONE, date(2026, 11, 20), date(2027, 1, 4), WEDNESDAY)
    assert after.periods == ONE.periods
    assert bounds(after, 2) == [
        (date(2027, 1, 4), date(2027, 1, 17)),
        (date(2027, 1, 18), date(2027, 1, 31)),
    ]
    assert differences(ONE, after, WEDNESDAY) == (
        "The programme is paused from Friday 20 November 2026 until Sunday 3 January 2027, that"
        " day included: no period opens, and nobody is reminded.",
        "Reports for 9–22 November 2026 stay due on Tuesday 24 November 2026, 12:00, and their"
        " summary is posted then.",
        "The next period is 4–17 January 2027, due on Tuesday 19 January 2027, 12:00.",
    )


def test_a_period_that_begins_before_a_pause_opens() -> None:
    after = pause(ONE, date(2026, 12, 1), date(2026, 12, 20), WEDNESDAY)
    assert bounds(after, 2) == [
        (date(2026, 11, 23), date(2026, 12, 6)),
        (date(2026, 12, 20), date(2027, 1, 3)),  # a day of the period before is too few
    ]


def test_a_pause_without_an_end_has_no_periods_until_it_is_resumed() -> None:
    paused = pause(ONE, None, None, WEDNESDAY)
    assert bounds(paused) == []
    assert paused.settled(WEDNESDAY) == paused  # late reports are taken as long as without it
    later = datetime(2027, 2, 3, 10, tzinfo=UTC)
    resumed = resume(paused, later)
    assert bounds(resumed, 1) == [(date(2027, 2, 3), date(2027, 2, 14))]
    assert differences(paused, resumed, later) == (
        "There is no pause any more: reminders go out.",
        "The next period is 3–14 February 2027, due on Tuesday 16 February 2027, 12:00.",
    )


RESTING = replace(ONE, pause=Pause(date(2026, 11, 23), date(2026, 12, 14)))
THURSDAY = datetime(2026, 12, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize("starts_on", [None, date(2026, 12, 12), date(2026, 12, 14)])
def test_a_pause_that_goes_on_has_left_out_the_days_that_passed(starts_on: date | None) -> None:
    longer = pause(RESTING, starts_on, date(2027, 1, 4), THURSDAY)
    assert longer == replace(RESTING, pause=Pause(date(2026, 11, 23), date(2027, 1, 4)))
    assert differences(RESTING, longer, THURSDAY) == (
        "The programme is paused from Monday 23 November 2026 until Sunday 3 January 2027, that"
        " day included: no period opens, and nobody is reminded.",
        "The next period is 4–17 January 2027, due on Tuesday 19 January 2027, 12:00.",
    )


def test_a_pause_that_is_resumed_and_paused_again_has_left_out_the_days_that_passed() -> None:
    again = pause(resume(RESTING, THURSDAY), None, None, THURSDAY)
    assert again.pause == Pause(date(2026, 11, 23))


def test_a_pause_that_is_ahead_or_over_is_replaced() -> None:
    ahead = replace(ONE, pause=Pause(date(2026, 11, 20), date(2026, 12, 1)))
    wanted = Pause(date(2026, 11, 25), date(2026, 12, 1))
    assert pause(ahead, wanted.starts_on, wanted.resumes_on, WEDNESDAY).pause == wanted
    over = replace(ONE, pause=Pause(date(2026, 11, 1), date(2026, 11, 10)))
    assert pause(over, wanted.starts_on, wanted.resumes_on, WEDNESDAY).pause == wanted


def test_a_second_pause_is_refused_until_the_first_is_over() -> None:
    with pytest.raises(Refusal, match=r"paused until Sunday 13 December 2026.* make it longer"):
        pause(RESTING, date(2026, 12, 15), date(2027, 1, 4), THURSDAY)


def test_a_pause_that_is_resumed_before_it_begins_never_was() -> None:
    paused = pause(ONE, date(2026, 11, 20), None, WEDNESDAY)
    assert resume(paused, WEDNESDAY) == ONE


@pytest.mark.parametrize(
    ("calendar", "starts_on", "resumes_on", "sentence"),
    [
        (ONE, date(2026, 11, 17), None, "Tuesday 17 November 2026 has passed"),
        (ONE, None, date(2026, 11, 18), "A pause ends after it begins"),
        (ONE, date(2028, 1, 1), None, "more than a year ahead"),
        (ONE, None, date(2028, 1, 1), "more than a year ahead"),
        (
            replace(ONE, pause=Pause(date(2026, 11, 18))),
            None,
            None,
            "is paused like that already",
        ),
    ],
)
def test_a_pause_is_refused_where_it_makes_no_sense(
    calendar: Calendar, starts_on: date | None, resumes_on: date | None, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        pause(calendar, starts_on, resumes_on, WEDNESDAY)


@pytest.mark.parametrize(
    "present",
    [None, Pause(date(2026, 11, 1), date(2026, 11, 18)), Pause(date(2026, 1, 1), date(2026, 2, 1))],
)
def test_only_a_pause_can_be_resumed(present: Pause | None) -> None:
    with pytest.raises(Refusal, match="is not paused"):
        resume(replace(ONE, pause=present), WEDNESDAY)


def test_periods_on_either_side_of_a_pause_do_not_merge() -> None:
    for resumes_on in (None, date(2026, 12, 1)):
        paused = pause(ONE, None, resumes_on, WEDNESDAY)
        with pytest.raises(Refusal, match="resume the programme first"):
            merge_with_next(paused, WEDNESDAY)


def test_daily_periods_that_are_due_together_close_with_the_first_later_cut_off() -> None:
    daily = replace(FORTNIGHTLY, cadence=Cadence(1, "days", date(2026, 11, 9)))
    coming = islice(Calendar(daily, ()).coming(date(2026, 11, 20)), 3)  # Friday to Sunday
    tuesday, wednesday = (datetime(2026, 11, day, 12, tzinfo=UTC) for day in (24, 25))
    assert [(period.due_at, period.closes_at) for period in coming] == [
        (tuesday, wednesday),
        (tuesday, wednesday),
        (tuesday, wednesday),
    ]


def test_a_period_that_has_closed_stays_closed() -> None:
    later = replace(FORTNIGHTLY, cut_off=CutOff(5, time(17)))
    assert replace(ONE, timetable=later).settled(FIRST.closes_at) == replace(ONE, timetable=later)
    open_still = replace(ONE, timetable=later).settled(WEDNESDAY)
    assert open_still.newest.closes_at == datetime(2026, 12, 11, 17, tzinfo=UTC)


def test_no_period_is_due_before_one_whose_cut_off_was_moved_far() -> None:
    weekly = replace(FORTNIGHTLY, cadence=Cadence(1, "weeks", date(2026, 11, 9)))
    moved = move_cut_off(ONE, date(2026, 12, 7), None, WEDNESDAY)
    coming = next(replace(moved, timetable=weekly).coming(date(2026, 11, 23)))
    assert (coming.ends_on, coming.due_at) == (date(2026, 11, 29), moved.newest.due_at)
    assert coming.closes_at == datetime(2026, 12, 8, 12, tzinfo=UTC)


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
