"""Blocks and elements of a payload, each with the JSON pointer to it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Placed = tuple[str, Mapping[str, Any]]
"""A pointer and the block or element that it points to."""

ELEMENTS_WITHIN = {"actions": "elements", "card": "actions", "context_actions": "elements"}
"""Block type -> the field with its list of interactive elements."""
_BLOCKS_WITHIN = {
    "auth_provider": "fallback",
    "carousel": "elements",
    "container": "child_blocks",
    "plan": "tasks",
}


def blocks_of(pointer: str, blocks: Sequence[Mapping[str, Any]]) -> Iterator[Placed]:
    """Every block in the list at `pointer`, those inside other blocks after the one they are in."""
    for index, block in enumerate(blocks):
        place = f"{pointer}/{index}"
        yield place, block
        field = _BLOCKS_WITHIN.get(block["type"])
        if field is not None:
            yield from blocks_of(f"{place}/{field}", block.get(field, ()))


def elements_of(block: Placed) -> Iterator[Placed]:
    """The interactive elements of one block, not those of blocks inside it."""
    place, content = block
    for field in ("accessory", "element"):
        if field in content:
            yield f"{place}/{field}", content[field]
    many = ELEMENTS_WITHIN.get(content["type"])
    if many is not None:
        for index, element in enumerate(content.get(many, ())):
            yield f"{place}/{many}/{index}", element
    if content["type"] == "data_table":
        for row, cells in enumerate(content["rows"]):
            for column, cell in enumerate(cells):
                if cell["type"] == "action":
                    yield f"{place}/rows/{row}/{column}/element", cell["element"]
