"""Faults on demand: what the network and Slack do on a bad day, seeded and repeatable."""

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from highlightbot.playground.rate_limits import RateLimits

CallFaultKind = Literal[
    "rate_limited", "rate_limits", "server_error", "reset", "hang", "late", "slow"
]
DeliveryFaultKind = Literal["drop_socket", "duplicate", "reorder", "slow", "missing_initial_values"]
FaultKind = CallFaultKind | DeliveryFaultKind

CALL_KINDS: frozenset[str] = frozenset(get_args(CallFaultKind))
DELIVERY_KINDS: frozenset[str] = frozenset(get_args(DeliveryFaultKind))
KINDS = CALL_KINDS | DELIVERY_KINDS


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong, and how often.

    For calls of the Web API: `rate_limited` answers 429 with `Retry-After: retry_after`;
    `rate_limits` does so only beyond Slack's documented rates; `server_error` answers `status`;
    `reset` closes the connection without an answer; `hang` answers only after `seconds`; `late`
    answers `status` and carries the call out after `seconds`; `slow` waits `seconds` first.
    `accepted` says whether a call that errs, is reset or hangs is carried out all the same.

    For deliveries to the app: `drop_socket` cuts every socket before the delivery, or after its
    ack where `accepted`; `duplicate` delivers an event twice; `reorder` holds an event until the
    next one has been delivered, at most `seconds`; `slow` waits `seconds` first;
    `missing_initial_values` leaves out of the state what the person did not change.

    Of the calls or deliveries called `names` (methods; event or interaction types; commands;
    empty: all), about `share` (0 to 1) are struck, at most `times` in all.
    """

    kind: FaultKind
    accepted: bool = False
    retry_after: int = 1
    seconds: float = 60.0
    status: int = 500
    share: float = 1.0
    times: int | None = None
    names: frozenset[str] = frozenset()


Faults = Callable[[str, Mapping[str, Any]], Fault | None]
"""Asked with the name and the arguments (or payload) before each call (or delivery); None lets
it be."""


def no_faults(name: str, arguments: Mapping[str, Any]) -> Fault | None:
    """Let everything be."""
    return None


def seeded_faults(
    seed: int, share: float, *faults: Fault, methods: frozenset[str] | None = None
) -> Faults:
    """Strike about `share` (0 to 1) of the calls with one of `faults`, the same for each seed.

    With `methods`, only calls of these are struck or counted. The faults' own `share`, `times`
    and `names` are not looked at.
    """
    chance = random.Random(seed)
    lock = threading.Lock()

    def strike(method: str, arguments: Mapping[str, Any]) -> Fault | None:
        if methods is not None and method not in methods:
            return None
        with lock:
            return chance.choice(faults) if chance.random() < share else None

    return strike


class OrderedFaults:
    """Faults as they were ordered, and how often each has struck.

    The first that strikes is the one that happens. Each draws from its own random numbers, so
    that a seed strikes the same of the calls that a fault names, whatever else is called.
    """

    def __init__(
        self,
        faults: Sequence[Fault] = (),
        seed: int = 0,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self.faults = tuple(faults)
        self.seed = seed
        self._struck = [0] * len(self.faults)
        self._chances = [random.Random(f"{seed} {number}") for number in range(len(self.faults))]
        self._rate_limits = RateLimits(stopwatch)
        self._lock = threading.Lock()

    @property
    def struck(self) -> tuple[int, ...]:
        """How often each of the faults has struck."""
        with self._lock:
            return tuple(self._struck)

    def of_call(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        """What happens to a call of the Web API."""
        return self._strike(CALL_KINDS, method, arguments)

    def of_delivery(self, name: str, payload: Mapping[str, Any]) -> Fault | None:
        """What happens to a delivery to the app."""
        return self._strike(DELIVERY_KINDS, name, payload)

    def _strike(
        self, kinds: frozenset[str], name: str, arguments: Mapping[str, Any]
    ) -> Fault | None:
        with self._lock:
            for number, fault in enumerate(self.faults):
                if fault.kind not in kinds or (fault.names and name not in fault.names):
                    continue
                struck = self._struck_by(number, fault, name, arguments)
                if struck is not None:
                    self._struck[number] += 1
                    return struck
            return None

    def _struck_by(
        self, number: int, fault: Fault, name: str, arguments: Mapping[str, Any]
    ) -> Fault | None:
        if fault.times is not None and self._struck[number] >= fault.times:
            return None
        if self._chances[number].random() >= fault.share:
            return None
        if fault.kind != "rate_limits":
            return fault
        wait = self._rate_limits.take(name, arguments)
        return replace(fault, kind="rate_limited", retry_after=wait) if wait else None
