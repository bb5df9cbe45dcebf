import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import QueueHandler
from queue import Empty, SimpleQueue

import pytest

from highlightbot.monitoring.dead_mans_switch import DeadMansSwitch
from tests.monitoring.addresses import Address, address

A_WHILE = 10


@contextmanager
def switch(shown: Address, *, at_most_every: float = 0.0) -> Iterator[DeadMansSwitch]:
    held = DeadMansSwitch(shown.url, at_most_every=at_most_every)
    held.start()
    yield held
    held.stop()
    for thread in threading.enumerate():
        if thread.name == "switch":  # what it still has to log would go astray
            thread.join(A_WHILE)


@pytest.fixture
def shown() -> Iterator[Address]:
    with address() as one:
        yield one


def test_address_is_fetched_when_all_is_well(shown: Address) -> None:
    with switch(shown) as held:
        held.hold()
        assert shown.fetched.get(timeout=A_WHILE) == "/secret-of-the-switch"
        with pytest.raises(Empty):
            shown.fetched.get_nowait()
        held.hold()
        assert shown.fetched.get(timeout=A_WHILE)


def test_address_is_fetched_once_however_often_all_is_well_within_the_interval(
    shown: Address,
) -> None:
    with switch(shown, at_most_every=60) as held:
        held.hold()
        assert shown.fetched.get(timeout=A_WHILE)
        for _ in range(100):
            held.hold()
        with pytest.raises(Empty):
            shown.fetched.get(timeout=0.3)


def test_address_that_does_not_answer_delays_nobody(shown: Address) -> None:
    shown.silent = threading.Event()
    with switch(shown) as held:
        held.hold()
        assert shown.fetched.get(timeout=A_WHILE)
        held.hold()  # returns, although the first is not answered
        shown.silent.set()
        assert shown.fetched.get(timeout=A_WHILE)


def test_failures_are_logged_once_without_the_address(
    shown: Address, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    shown.status = 500
    with switch(shown) as held:
        for _ in range(3):
            held.hold()
            assert shown.fetched.get(timeout=A_WHILE)
        shown.status = 200
        for _ in range(2):  # the second is fetched when the first has been dealt with
            held.hold()
            assert shown.fetched.get(timeout=A_WHILE)
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "the address in PING_URL cannot be fetched: HTTP Error 500: Internal Server Error",
        "the address in PING_URL can be fetched again",
    ]
    assert "secret" not in caplog.text


def test_nobody_at_the_address_disturbs_nothing() -> None:
    with address() as gone:
        pass
    said: SimpleQueue[logging.LogRecord] = SimpleQueue()
    listener = QueueHandler(said)
    logger = logging.getLogger("highlightbot.monitoring")
    logger.addHandler(listener)
    try:
        with switch(gone) as held:
            held.hold()
            assert "Connection refused" in said.get(timeout=A_WHILE).getMessage()
    finally:
        logger.removeHandler(listener)
