import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue

import pytest

from highlightbot.core.errors import StorageFailure
from highlightbot.scheduling.ticker import Ticker

A_WHILE = 10


@contextmanager
def ticking(work: Callable[[], None], *, seconds: float = 3600) -> Iterator[Ticker]:
    ticker = Ticker(work, seconds=seconds)
    ticker.start()
    yield ticker
    ticker.stop()


def test_work_is_done_at_the_start_at_intervals_and_when_rung() -> None:
    done: SimpleQueue[None] = SimpleQueue()
    with ticking(lambda: done.put(None)) as ticker:
        done.get(timeout=A_WHILE)
        ticker.ring()
        done.get(timeout=A_WHILE)
    with ticking(lambda: done.put(None), seconds=0.05):
        for _ in range(3):
            done.get(timeout=A_WHILE)


@pytest.mark.parametrize("failure", [StorageFailure("away"), KeyError("a bug")])
def test_a_run_that_failed_is_not_the_last(
    failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    failures = [failure, failure]
    done = threading.Event()

    def work() -> None:
        if failures:
            raise failures.pop()
        done.set()

    with ticking(work, seconds=0.05):
        assert done.wait(A_WHILE)
    ours = [one for one in caplog.records if one.name == "highlightbot.scheduling.ticker"]
    assert [record.levelno for record in ours] == [logging.ERROR] * 2


def test_stopping_waits_for_the_run_that_is_under_way_and_no_longer_than_told() -> None:
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(A_WHILE)
        ended.set()

    with ticking(work) as ticker:
        assert begun.wait(A_WHILE)
        ticker.stop(0)
        assert ticker.stopping
        assert not ended.is_set()
        go_on.set()
        ticker.stop()
        assert ended.is_set()
