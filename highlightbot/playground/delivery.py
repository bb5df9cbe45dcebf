"""Delivering to the app: one attempt with its ack, and the retries of events."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, Protocol

from highlightbot.playground.call_log import CallLog, EntryKind
from highlightbot.playground.faults import Fault, Faults, no_faults
from highlightbot.playground.payloads import without_unchanged
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
    """Makes attempts over the transport in use and notes each in the log.

    `faults` is asked before each attempt; `drop` cuts the sockets.
    """

    def __init__(
        self,
        transport: Callable[[], Transport],
        log: CallLog,
        retry_after: Sequence[float] = RETRY_AFTER,
        *,
        faults: Faults = no_faults,
        drop: Callable[[], None] = lambda: None,
    ) -> None:
        self._transport = transport
        self._log = log
        self._retry_after = retry_after
        self._faults = faults
        self._drop = drop
        self._retries = Postponed()
        self._held: list[Mapping[str, Any]] = []
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
        fault = self._faults(payload["event"]["type"], payload)
        if fault is not None and fault.kind == "reorder" and not attempt:
            self._hold(payload, fault.seconds)
            return Ack()
        ack = self._deliver_event(payload, attempt, reason, fault)
        self._release(None)
        return ack

    def event_in_background(self, payload: Mapping[str, Any]) -> None:
        """Deliver an event that nobody waits for, such as one about the app's own message."""
        self._in_background(partial(self.event, payload))

    def stop(self) -> None:
        """Drop the retries that are due later; nothing is delivered in the background any more."""
        self._retries.stop()
        with self._lock:
            self._stopped = True
        self._background.shutdown(wait=False, cancel_futures=True)

    def _deliver_event(
        self, payload: Mapping[str, Any], attempt: int, reason: str, fault: Fault | None
    ) -> Ack:
        name = payload["event"]["type"]
        retry = Retry(attempt, reason) if attempt else None
        ack = self._attempt("events_api", "event", name, payload, retry, fault)
        if fault is not None and fault.kind == "duplicate":
            self._attempt("events_api", "event", name, payload, retry, fault)
        if ack.reason is not None and not ack.retry_refused:
            self._retry_later(payload, attempt + 1, ack.reason)
        return ack

    def _retry_later(self, payload: Mapping[str, Any], attempt: int, reason: str) -> None:
        if attempt <= len(self._retry_after):
            again = partial(self._in_background, partial(self.event, payload, attempt, reason))
            self._retries.call(self._retry_after[attempt - 1], again)

    def _hold(self, payload: Mapping[str, Any], seconds: float) -> None:
        with self._lock:
            self._held.append(payload)
        self._retries.call(seconds, partial(self._release, payload))

    def _release(self, payload: Mapping[str, Any] | None) -> None:
        """Deliver the events held back, or the one if it still is."""
        with self._lock:
            due = [one for one in self._held if payload is None or one is payload]
            self._held = [one for one in self._held if one not in due]
        for one in due:
            self._in_background(partial(self._deliver_event, one, 0, "", Fault("reorder")))

    def _in_background(self, deliver: Callable[[], object]) -> None:
        with self._lock:
            if not self._stopped:
                self._background.submit(deliver)

    def _attempt(
        self,
        envelope: EnvelopeType,
        kind: EntryKind,
        name: str,
        payload: Mapping[str, Any],
        retry: Retry | None = None,
        fault: Fault | None = None,
    ) -> Ack:
        if envelope != "events_api":
            fault = self._faults(name, payload)
        payload = self._struck(fault, payload)
        started = time.monotonic()
        ack = self._transport().deliver(envelope, payload, retry)
        ack = replace(ack, seconds=time.monotonic() - started)
        if fault is not None and fault.kind == "drop_socket" and fault.accepted:
            self._drop()
        problems = [
            f"retry {retry.number} after {retry.reason}" if retry else None,
            f"fault: {fault.kind}" if fault else None,
            f"no ack: {ack.reason}" if ack.reason else None,
        ]
        problem = "; ".join(one for one in problems if one) or None
        self._log.add(kind, name, payload, ack.body, ack.seconds, acked=ack.acked, problem=problem)
        return ack

    def _struck(self, fault: Fault | None, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """Let happen what a fault does before the delivery; the payload as it then goes out."""
        if fault is None:
            return payload
        if fault.kind == "drop_socket" and not fault.accepted:
            self._drop()
        if fault.kind == "slow":
            time.sleep(fault.seconds)
        return without_unchanged(payload) if fault.kind == "missing_initial_values" else payload
