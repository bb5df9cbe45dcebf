"""Faults as they are offered and told on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from highlightbot.playground.faults import Fault, OrderedFaults

OFFERED: Mapping[str, Mapping[str, Fault]] = {
    "Calls of the Web API": {
        "429: too many requests": Fault("rate_limited"),
        "429 beyond Slack's documented rates": Fault("rate_limits"),
        "500 before the call is carried out": Fault("server_error"),
        "500 after it is carried out": Fault("server_error", accepted=True),
        "503 before the call is carried out": Fault("server_error", status=503),
        "503 after it is carried out": Fault("server_error", status=503, accepted=True),
        "Connection reset before the call": Fault("reset"),
        "Connection reset after the call": Fault("reset", accepted=True),
        "No answer": Fault("hang"),
        "No answer, but carried out": Fault("hang", accepted=True),
        "500, and carried out 5 seconds later": Fault("late", seconds=5),
    },
    "Deliveries to the app": {
        "Socket dropped before": Fault("drop_socket"),
        "Socket dropped after the answer": Fault("drop_socket", accepted=True),
        "Events twice": Fault("duplicate"),
        "Events in the wrong order": Fault("reorder", seconds=5),
        "Initial values missing from the state": Fault("missing_initial_values"),
    },
    "Both": {"Slow network: 2 seconds": Fault("slow", seconds=2)},
}
"""For each direction, faults by what the page calls them."""

OFTEN: Mapping[str, tuple[float, int | None]] = {
    "every time": (1.0, None),
    "half the time": (0.5, None),
    "one time in ten": (0.1, None),
    "the next time only": (1.0, 1),
}
"""How often a fault strikes: a Fault's `share` and `times`."""

_BY_NAME = {name: fault for group in OFFERED.values() for name, fault in group.items()}
_NAMES = {fault: name for name, fault in _BY_NAME.items()}


@dataclass(frozen=True, slots=True)
class ToldFault:
    """An ordered fault in words."""

    name: str
    often: str
    struck: int


def chosen(name: str, often: str) -> Fault:
    """The fault of that name, striking that often. Raises LookupError if it is not offered."""
    share, times = OFTEN[often]
    return replace(_BY_NAME[name], share=share, times=times)


def told(ordered: OrderedFaults) -> Sequence[ToldFault]:
    """The ordered faults, those of the control API included."""
    return [ToldFault(_name(fault), _often(fault), struck) for fault, struck in ordered.counted]


def _name(fault: Fault) -> str:
    plain = replace(fault, share=1.0, times=None, names=frozenset())
    return _NAMES.get(plain) or fault.kind.replace("_", " ")


def _often(fault: Fault) -> str:
    share = "every time" if fault.share >= 1 else f"{fault.share:.0%} of the times"
    limit = "" if fault.times is None else f", at most {fault.times}"
    only = f", only {', '.join(sorted(fault.names))}" if fault.names else ""
    return share + limit + only
