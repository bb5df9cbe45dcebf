"""Every field with a value of another type than it has."""

from collections.abc import Iterator
from typing import Any

from tests.playground.rules.battery.fields import OPEN
from tests.playground.rules.battery.parts import PARTS
from tests.playground.rules.battery.row import Row
from tests.playground.rules.samples import BLOCKS, ELEMENTS, changed

WORDS = {str: "a string", bool: "a boolean", int: "an integer", float: "a number"}
WORDS |= {list: "an array", dict: "an object", type(None): "an object"}


def rows() -> Iterator[Row]:
    """One row for each field of each kind of object."""
    seen = set()
    for sample, payload in PARTS.items():
        for pointer, owner, value in _fields_in(payload, "", ("", "")):
            kind, path = owner
            if kind in BLOCKS and kind in ELEMENTS:
                kind = sample
            if (kind, path) in seen or any((sample, pointer[: len(p)]) == (s, p) for s, p in INNER):
                continue
            seen.add((kind, path))
            is_number = isinstance(value, int) and path.endswith(("/value", "/data/*/value"))
            words = WORDS[float if is_number and not isinstance(value, bool) else type(value)]
            wrong = [] if isinstance(value, str) else "wrong"
            yield Row(
                f"{sample}{pointer} that is not {words}",
                changed(payload, pointer, wrong),
                [f"must provide {words} [json-pointer:{pointer}]"],
            )


INNER = [(sample, f"{pointer}/") for sample, pointer in OPEN]


def _fields_in(
    value: Any, pointer: str, owner: tuple[str, str]
) -> Iterator[tuple[str, tuple[str, str], Any]]:
    """Each field: its pointer, the type of object above it with the path from there, its value."""
    if pointer:
        yield pointer, owner, value
    if isinstance(value, dict):
        kind, path = (value["type"], "") if "type" in value else owner
        for name, part in value.items():
            yield from _fields_in(part, f"{pointer}/{name}", (kind, f"{path}/{name}"))
    elif isinstance(value, list):
        kind, path = owner
        for index, part in enumerate(value):
            yield from _fields_in(part, f"{pointer}/{index}", (kind, f"{path}/*"))
