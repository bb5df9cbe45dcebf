"""Delivering to the app: one attempt with its ack, and the retries of events."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, Protocol

from highlightbot.playground.call_log import CallLog, EntryKind
from highlightbot.playground.postponed import Postponed

ACK_WITHIN = 3.0
"""Seconds. https://docs.slack.dev/interactivity/handling-user-interaction"""

RETRY_AFTER = (0.0, 60.0, 300.0)
"""Seconds before each retry of an event. https://docs.slack.dev/apis/events-api"""

EnvelopeType = Literal["events_api", "interactive", "slash_commands"]
Reason = Literal["timeout", "connection_failed", "http_error", "not_connected"]


@dataclass(frozen=True, slots=True)
class Ack:
    """What came of one attempt.

    `reason` says why there was no ack (None: there was one); `body` is what the app answered
    with, if anything; `seconds` how long it took; `retry_refused` that it asked for no retry.
    """

    reason: Reason | None = None
    body: Mapping[str, Any] | None = None
    seconds: float = 0.0
    retry_refused: bool = False

    @property
    def acked(self) -> bool:
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Retry:
    """Which retry an attempt is (1 to 3), and why there had to be one."""

    number: int
    reason: str


class Transport(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    def deliver(
        self, kind: EnvelopeType, payload: Mapping[str, Any], retry: Retry | None = None
    ) -> Ack:
        """Make one attempt; it ends when the time for an ack is over."""
        ...


class Delivery:
    """Makes attempts over the transport in use and notes each in the log."""

    def __init__(
        self,
        transport: Callable[[], Transport],
        log: CallLog,
        retry_after: Sequence[float] = RETRY_AFTER,
    ) -> None:
        self._transport = transport
        self._log = log
        self._retry_after = retry_after
        self._retries = Postponed()
        self._stopped = False
        self._lock = threading.Lock()
        self._background = ThreadPoolExecutor(2, "playground-events")

    def interaction(self, name: str, payload: Mapping[str, Any]) -> Ack:
        """Deliver an interaction, once: Slack does not retry them."""
        return self._attempt("interactive", "interaction", name, payload)

    def command(self, name: str, payload: Mapping[str, Any]) -> Ack:
        """Deliver a slash command, once."""
        return self._attempt("slash_commands", "command", name, payload)

    def event(self, payload: Mapping[str, Any], attempt: int = 0, reason: str = "") -> Ack:
        """Deliver an event; without an ack it is tried three times more, in the background."""
        retry = Retry(attempt, reason) if attempt else None
        name = payload["event"]["type"]
        ack = self._attempt("events_api", "event", name, payload, retry)
        if ack.reason is not None and not ack.retry_refused:
            self._retry_later(payload, attempt + 1, ack.reason)
        return ack

    def event_in_background(self, payload: Mapping[str, Any]) -> None:
        """Deliver an event that nobody waits for, such as one about the app's own message."""
        self._in_background(payload, 0, "")

    def stop(self) -> None:
        """Drop the retries that are due later; nothing is delivered in the background any more."""
        self._retries.stop()
        with self._lock:
            self._stopped = True
        self._background.shutdown(wait=False, cancel_futures=True)

    def _retry_later(self, payload: Mapping[str, Any], attempt: int, reason: str) -> None:
        if attempt <= len(self._retry_after):
            again = partial(self._in_background, payload, attempt, reason)
            self._retries.call(self._retry_after[attempt - 1], again)

    def _in_background(self, payload: Mapping[str, Any], attempt: int, reason: str) -> None:
        with self._lock:
            if not self._stopped:
                self._background.submit(self.event, payload, attempt, reason)

    def _attempt(
        self,
        envelope: EnvelopeType,
        kind: EntryKind,
        name: str,
        payload: Mapping[str, Any],
        retry: Retry | None = None,
    ) -> Ack:
        started = time.monotonic()
        ack = self._transport().deliver(envelope, payload, retry)
        ack = replace(ack, seconds=time.monotonic() - started)
        problem = None if ack.reason is None else f"no ack: {ack.reason}"
        if retry is not None:
            problem = f"retry {retry.number} after {retry.reason}" + (
                f"; {problem}" if problem else ""
            )
        self._log.add(kind, name, payload, ack.body, ack.seconds, acked=ack.acked, problem=problem)
        return ack
