from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from highlightbot.core.calendar_changes import differences, merge_with_next, pause, resume
from highlightbot.core.calendars import Calendar
from highlightbot.core.errors import Refusal
from highlightbot.core.programmes import Pause
from tests.core.calendars import ONE, WEDNESDAY, bounds

RESTING = replace(ONE, pause=Pause(date(2026, 11, 23), date(2026, 12, 14)))
THURSDAY = datetime(2026, 12, 10, 10, tzinfo=UTC)


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
