"""The movable clock, message timestamps and the bounded log."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from highlightbot.playground.call_log import CallLog
from highlightbot.playground.clock import MessageTimestamps, MovableClock

START = datetime(2020, 6, 19, 9, 0, tzinfo=UTC)


class RealTime:
    def __init__(self) -> None:
        self.seconds = START.timestamp()

    def __call__(self) -> float:
        return self.seconds


def test_the_clock_runs_on_after_a_move() -> None:
    real = RealTime()
    clock = MovableClock(real)
    assert clock.now() == START
    later = datetime(2020, 6, 23, 13, 0, tzinfo=timezone(timedelta(hours=1)))
    clock.move_to(later)
    real.seconds += 90
    assert clock.now() == datetime(2020, 6, 23, 12, 1, 30, tzinfo=UTC)
    clock.move_to(START)
    assert clock.now() == START
    with pytest.raises(ValueError, match="aware"):
        clock.move_to(datetime(2020, 6, 23))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize("year", [1, 1999, 2286, 9999])
def test_the_clock_stays_where_timestamps_are_ordered_as_texts(year: int) -> None:
    clock = MovableClock(RealTime())
    with pytest.raises(ValueError, match="2002 to 2285"):
        clock.move_to(datetime(year, 6, 19, tzinfo=UTC))
    assert clock.now() == START


def test_timestamps_rise_whatever_the_clock_does() -> None:
    clock = MovableClock(RealTime())
    timestamps = MessageTimestamps(clock)
    issued = [timestamps.issue() for _ in range(3)]
    clock.move_to(START - timedelta(days=30))
    issued.append(timestamps.issue())
    clock.move_to(START + timedelta(days=1))
    issued.append(timestamps.issue())
    seconds = int(START.timestamp())
    assert issued == [f"{seconds}.00000{number}" for number in range(4)] + [
        f"{seconds + 86_400}.000000"
    ]


def log(**bounds: int) -> CallLog:
    return CallLog(lambda: START, **bounds)  # type: ignore[arg-type]


def test_the_log_forgets_the_oldest() -> None:
    kept = log(most_entries=2)
    for number in range(4):
        kept.add("call", f"m{number}", {}, {"ok": True}, 0.0)
    assert [(one.number, one.name) for one in kept.entries()] == [(3, "m2"), (4, "m3")]
    assert [one.number for one in kept.entries(since=3)] == [4]
    assert [one.number for one in kept.calls("m2")] == [3]
    kept.clear()
    assert kept.add("call", "m4", {}, None, 0.0).number == 5


def test_the_log_is_bounded_by_size() -> None:
    kept = log(most_characters=1_000)
    for _ in range(5):
        kept.add("call", "m", {"text": "x" * 400}, None, 0.0)
    assert [one.number for one in kept.entries()] == [4, 5]
    kept.add("call", "m", {"text": "x" * 4000}, None, 0.0)
    assert [one.number for one in kept.entries()] == [6]
