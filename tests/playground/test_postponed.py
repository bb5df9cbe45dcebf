"""Calls that are due later."""

import threading
from functools import partial

import pytest

from highlightbot.playground.postponed import MOST_WAITING, Postponed


def test_calls_come_in_the_order_in_which_they_are_due() -> None:
    postponed, called, done = Postponed(), [], threading.Event()
    postponed.call(0.05, lambda: (called.append("late"), done.set()))
    postponed.call(0.0, lambda: called.append("early"))
    assert done.wait(30)
    assert called == ["early", "late"]
    postponed.stop()


def test_a_call_that_fails_stops_no_later_one(caplog: pytest.LogCaptureFixture) -> None:
    postponed, done = Postponed(), threading.Event()
    postponed.call(0, lambda: 1 // 0)
    postponed.call(0, done.set)
    assert done.wait(30)
    postponed.stop()
    assert [one.message for one in caplog.records] == ["a postponed call failed"]


def test_nothing_is_called_after_the_stop() -> None:
    postponed, called = Postponed(), []
    postponed.call(3600, lambda: called.append("before"))
    postponed.stop()
    postponed.call(0, lambda: called.append("after"))
    assert called == []


def test_only_so_many_calls_wait() -> None:
    postponed, called = Postponed(), []
    started, hold, done = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        started.set()
        hold.wait(5)

    def note(number: int) -> None:
        called.append(number)
        if number >= MOST_WAITING - 1:
            done.set()

    postponed.call(0, first)
    assert started.wait(30)
    for number in range(MOST_WAITING + 10):
        postponed.call(0, partial(note, number))
    hold.set()
    assert done.wait(30)
    postponed.stop()
    assert called == list(range(MOST_WAITING))
