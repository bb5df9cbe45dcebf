"""Faults of the Web API on demand: what the network and Slack do on a bad day."""

import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

FaultKind = Literal["rate_limited", "server_error", "reset", "hang"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call.

    `rate_limited` answers 429 with `Retry-After: retry_after`; `server_error` answers 500;
    `reset` closes the connection without an answer; `hang` answers only after `seconds`.
    `accepted` says whether Slack carries the call out all the same; a rate-limited call never is.
    """

    kind: FaultKind
    accepted: bool = False
    retry_after: int = 1
    seconds: float = 60.0


Faults = Callable[[str, Mapping[str, Any]], Fault | None]
"""Asked with method and arguments before each call; None lets the call be."""


def no_faults(method: str, arguments: Mapping[str, Any]) -> Fault | None:
    """Let every call be."""
    return None


def seeded_faults(
    seed: int, share: float, *faults: Fault, methods: frozenset[str] | None = None
) -> Faults:
    """Strike about `share` (0 to 1) of the calls with one of `faults`, the same for each seed.

    With `methods`, only calls of these are struck or counted.
    """
    chance = random.Random(seed)
    lock = threading.Lock()

    def strike(method: str, arguments: Mapping[str, Any]) -> Fault | None:
        if methods is not None and method not in methods:
            return None
        with lock:
            return chance.choice(faults) if chance.random() < share else None

    return strike
