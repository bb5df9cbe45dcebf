"""Faults on demand: what the network and Slack do on a bad day, seeded and repeatable."""

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from highlightbot.playground.payloads import without_unchanged
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


class OrderedFaults:
    """Faults as they were ordered, and how often each has struck.

    The first that strikes is the one that happens. Each draws from its own random numbers for
    each call that it names and that none before it has struck, so that a seed strikes the same of
    these, whatever else is called.
    """

    def __init__(
        self,
        faults: Sequence[Fault] = (),
        seed: int = 0,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self.seed = seed
        self._ordered: list[_Ordered] = []
        self._number = 0
        self._rate_limits = RateLimits(stopwatch)
        self._lock = threading.Lock()
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> None:
        """One more fault. Those that are used up make room for it; the others go on as they do."""
        with self._lock:
            chance = random.Random(f"{self.seed} {self._number}")
            left = [one for one in self._ordered if not one.is_used_up]
            self._ordered = [*left, _Ordered(fault, chance)]
            self._number += 1

    @property
    def counted(self) -> tuple[tuple[Fault, int], ...]:
        """Each of the faults, and how often it has struck."""
        with self._lock:
            return tuple((one.fault, one.struck) for one in self._ordered)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults, as they were ordered."""
        return tuple(fault for fault, _ in self.counted)

    @property
    def struck(self) -> tuple[int, ...]:
        """How often each of the faults has struck."""
        return tuple(struck for _, struck in self.counted)

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
            for one in self._ordered:
                fault = one.fault
                if fault.kind not in kinds or (fault.names and name not in fault.names):
                    continue
                if not _concerns(fault, arguments):
                    continue
                struck = self._struck_by(one, name, arguments)
                if struck is not None:
                    one.struck += 1
                    return struck
            return None

    def _struck_by(self, one: "_Ordered", name: str, arguments: Mapping[str, Any]) -> Fault | None:
        fault = one.fault
        if one.is_used_up or one.chance.random() >= fault.share:
            return None
        if fault.kind != "rate_limits":
            return fault
        wait = self._rate_limits.take(name, arguments)
        return replace(fault, kind="rate_limited", retry_after=wait) if wait else None


def _concerns(fault: Fault, payload: Mapping[str, Any]) -> bool:
    """Whether the fault could do anything to it."""
    if fault.kind in {"duplicate", "reorder"}:
        return payload.get("type") == "event_callback"
    return fault.kind != "missing_initial_values" or without_unchanged(payload) != payload


@dataclass(slots=True)
class _Ordered:
    fault: Fault
    chance: random.Random
    struck: int = 0

    @property
    def is_used_up(self) -> bool:
        return self.fault.times is not None and self.struck >= self.fault.times
