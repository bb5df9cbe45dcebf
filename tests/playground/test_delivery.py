"""The waits that the playground ships with, which other tests shorten."""

import inspect
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from highlightbot.playground import delivery
from highlightbot.playground.call_log import CallLog
from highlightbot.playground.delivery import Ack, Delivery, EnvelopeType, Retry
from highlightbot.playground.local_slack import create_slack


class Deaf:
    """A transport that no ack comes over."""

    def __init__(self) -> None:
        self.retries: list[Retry | None] = []
        self.fourth = threading.Event()

    def deliver(
        self, kind: EnvelopeType, payload: Mapping[str, Any], retry: Retry | None = None
    ) -> Ack:
        self.retries.append(retry)
        if len(self.retries) == 4:
            self.fourth.set()
        return Ack("timeout")


class AtOnce:
    """Makes postponed calls at once, and keeps for how long they were postponed."""

    waits: list[float]

    def __init__(self) -> None:
        AtOnce.waits = []

    def call(self, seconds: float, function: Callable[[], object]) -> None:
        self.waits.append(seconds)
        function()

    def stop(self) -> None:
        pass


def test_an_event_is_tried_again_at_once_and_after_one_and_five_minutes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "Postponed", AtOnce)
    deaf = Deaf()
    delivering = Delivery(lambda: deaf, CallLog(lambda: datetime(2020, 6, 19, tzinfo=UTC)))
    delivering.event({"type": "event_callback", "event": {"type": "app_mention"}})
    assert deaf.fourth.wait(30)
    delivering.stop()
    assert deaf.retries == [None, *(Retry(number, "timeout") for number in (1, 2, 3))]
    assert AtOnce.waits == [0, 60, 300]


def test_an_ack_is_waited_for_three_seconds() -> None:
    assert inspect.signature(create_slack).parameters["ack_within"].default == 3
