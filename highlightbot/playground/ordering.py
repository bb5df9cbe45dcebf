"""Faults as they are written in JSON: what the control API takes and tells."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from highlightbot.playground.faults import KINDS, Fault, OrderedFaults

MOST_FAULTS = 100
MOST_SECONDS = 3600.0
STATUSES = (500, 502, 503, 504)
_KEYS = tuple(field.name for field in fields(Fault))


def read_order(body: object) -> tuple[list[Fault], int]:
    """The faults and the seed of `{"seed": 7, "faults": [{"kind": "reset", …}, …]}`.

    Raises ValueError with a sentence that says what is wrong with it, and where.
    """
    if not isinstance(body, dict) or set(body) - {"seed", "faults"}:
        raise ValueError('send an object with "faults", a list, and perhaps "seed"')
    listed, seed = body.get("faults"), body.get("seed", 0)
    if not isinstance(listed, list) or len(listed) > MOST_FAULTS:
        raise ValueError(f'"faults" is a list of at most {MOST_FAULTS}')
    if not _is_whole(seed):
        raise ValueError('"seed" is a whole number')
    return [_read_fault(one, f"/faults/{number}") for number, one in enumerate(listed)], seed


def tell_order(ordered: OrderedFaults) -> dict[str, Any]:
    """The faults as they were ordered, each with how often it has `struck`."""
    told = [
        {**asdict(fault), "names": sorted(fault.names), "struck": struck}
        for fault, struck in ordered.counted
    ]
    return {"seed": ordered.seed, "faults": told}


def _read_fault(body: object, where: str) -> Fault:
    if not isinstance(body, dict):
        raise ValueError(f"{where} is an object")
    unknown = sorted(set(body) - set(_KEYS))
    if unknown:
        raise ValueError(f"{where}/{unknown[0]} is not one of {', '.join(_KEYS)}")
    for key, value in body.items():
        if (wanted := _problem(key, value)) is not None:
            raise ValueError(f"{where}/{key} is {wanted}")
    if "kind" not in body:
        raise ValueError(f"{where} has no kind")
    return Fault(**{**body, "names": frozenset(body.get("names", ()))})


def _problem(key: str, value: Any) -> str | None:
    """What the value ought to be, or None if it is that."""
    allowed: Mapping[str, tuple[bool, str]] = {
        "kind": (isinstance(value, str) and value in KINDS, f"one of {', '.join(sorted(KINDS))}"),
        "accepted": (isinstance(value, bool), "true or false"),
        "retry_after": (_is_whole(value) and 0 < value <= MOST_SECONDS, "a number of seconds"),
        "seconds": (_is_number(value) and 0 <= value <= MOST_SECONDS, "a number of seconds"),
        "status": (_is_whole(value) and value in STATUSES, "500, 502, 503 or 504"),
        "share": (_is_number(value) and 0 <= value <= 1, "a number from 0 to 1"),
        "times": (value is None or (_is_whole(value) and value > 0), "a number from 1 up, or null"),
        "names": (
            isinstance(value, list) and all(isinstance(one, str) for one in value),
            "a list of methods, event types, interaction types or commands",
        ),
    }
    fits, wanted = allowed[key]
    return None if fits else wanted


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
