"""Which surfaces take each block and each element, as their pages list them."""

from collections.abc import Iterator
from typing import Any

from tests.playground.rules.battery.row import Row
from tests.playground.rules.samples import BLOCKS, ELEMENTS, SURFACES, hosted

EVERYWHERE = ("message", "modal", "home")
SURFACES_OF_BLOCKS = {
    "alert": ("modal",),
    "call": ("message",),
    "card": ("message", "home"),
    "carousel": ("message", "home"),
    "container": ("message", "home"),
    "context_actions": ("message",),
    "data_table": ("message",),
    "data_visualization": ("message",),
    "file": (),
    "markdown": ("message",),
    "plan": ("message",),
    "table": ("message",),
    "task_card": ("message",),
}
SURFACES_OF_ELEMENTS = {
    "datetimepicker": ("message", "modal"),
    "email_text_input": ("modal",),
    "feedback_buttons": ("message",),
    "file_input": ("modal",),
    "icon_button": ("message",),
    "number_input": ("modal",),
    "rich_text_input": ("modal", "home"),
    "url": ("message",),
    "url_text_input": ("modal",),
    "workflow_button": ("message",),
}


def surfaces_of(block: Any) -> list[str]:
    """The names of the surfaces that take the block with the elements that it holds."""
    held = [block["element"]] if "element" in block else block.get("elements", [])
    lists = [SURFACES_OF_BLOCKS.get(block["type"], EVERYWHERE)]
    lists += [SURFACES_OF_ELEMENTS.get(element["type"], EVERYWHERE) for element in held]
    return [name for name in EVERYWHERE if all(name in names for names in lists)]


def shown(block: Any) -> Any:
    """The block on the first surface that takes it."""
    return SURFACES[surfaces_of(block)[0]](block)


def rows() -> Iterator[Row]:
    """Every block and element on every surface."""
    for name, surface in SURFACES.items():
        for kind, block in BLOCKS.items():
            refused = name not in SURFACES_OF_BLOCKS.get(kind, EVERYWHERE)
            faults = [f"unsupported type: {kind} [json-pointer:/blocks/0/type]"] if refused else []
            yield Row(f"{kind} block in a {name}", surface(block), faults)
        for kind, element in ELEMENTS.items():
            yield Row(f"{kind} in a {name}", surface(hosted(element)), _faults(kind, name))


def _faults(kind: str, surface: str) -> list[str]:
    block = hosted(ELEMENTS[kind])
    if surface not in SURFACES_OF_BLOCKS.get(block["type"], EVERYWHERE):
        return [f"unsupported type: {block['type']} [json-pointer:/blocks/0/type]"]
    if surface not in SURFACES_OF_ELEMENTS.get(kind, EVERYWHERE):
        place = "element" if "element" in block else "elements/0"
        return [f"unsupported type: {kind} [json-pointer:/blocks/0/{place}/type]"]
    return []
