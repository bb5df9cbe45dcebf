"""What each block takes in its places: the kinds that its page lists, and no other."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.playground.rules.battery.row import Row
from tests.playground.rules.battery.surfaces import EVERYWHERE, SURFACES_OF_ELEMENTS
from tests.playground.rules.samples import (
    BLOCKS,
    ELEMENTS,
    RICH_TEXT_ELEMENTS,
    RICH_TEXT_PARTS,
    SURFACES,
    message,
    plain,
    section,
)

SELECTS = (
    "channels_select conversations_select external_select static_select users_select"
    " multi_channels_select multi_conversations_select multi_external_select multi_static_select"
    " multi_users_select"
)
CHOICES = f"{SELECTS} checkboxes datepicker radio_buttons timepicker"

# (the place, its pointer, a block with the element in it, the kinds of element that it takes)
FOR_ELEMENTS: list[tuple[str, str, Callable[[Any], Any], str]] = [
    (
        "accessory of a section",
        "/blocks/0/accessory",
        lambda element: section(accessory=element),
        f"{CHOICES} button image overflow workflow_button",
    ),
    (
        "actions block",
        "/blocks/0/elements/0",
        lambda element: {"type": "actions", "elements": [element]},
        f"{CHOICES} button datetimepicker overflow rich_text_input workflow_button",
    ),
    (
        "input block",
        "/blocks/0/element",
        lambda element: {"type": "input", "label": plain(), "element": element},
        f"{CHOICES} datetimepicker email_text_input file_input number_input plain_text_input"
        " rich_text_input url_text_input",
    ),
    (
        "context block",
        "/blocks/0/elements/0",
        lambda element: {"type": "context", "elements": [element]},
        "image",
    ),
    (
        "context actions",
        "/blocks/0/elements/0",
        lambda element: {"type": "context_actions", "elements": [element]},
        "feedback_buttons icon_button",
    ),
    (
        "actions of a card",
        "/blocks/0/actions/0",
        lambda element: {"type": "card", "actions": [element]},
        "button",
    ),
    (
        "icon of a card",
        "/blocks/0/icon",
        lambda element: BLOCKS["card"] | {"icon": element},
        "image",
    ),
    (
        "icon of a container",
        "/blocks/0/icon",
        lambda element: BLOCKS["container"] | {"icon": element},
        "image",
    ),
    (
        "accessory of an auth provider",
        "/blocks/0/accessory",
        lambda element: BLOCKS["auth_provider"] | {"accessory": element},
        "overflow",
    ),
    (
        "sources of a task",
        "/blocks/0/sources/0",
        lambda element: BLOCKS["task_card"] | {"sources": [element]},
        "url",
    ),
]

CONTAINED = "actions context divider header image input rich_text section table video"

# The same for blocks inside blocks.
FOR_BLOCKS: list[tuple[str, str, Callable[[Any], Any], str]] = [
    (
        "container",
        "/blocks/0/child_blocks/0",
        lambda block: {"type": "container", "title": plain(), "child_blocks": [block]},
        CONTAINED,
    ),
    (
        "fallback of an auth provider",
        "/blocks/0/fallback/0",
        lambda block: BLOCKS["auth_provider"] | {"fallback": [block]},
        CONTAINED,
    ),
    (
        "carousel",
        "/blocks/0/elements/0",
        lambda block: {"type": "carousel", "elements": [block]},
        "card",
    ),
    (
        "plan",
        "/blocks/0/tasks/0",
        lambda block: {"type": "plan", "title": "Plan", "tasks": [block]},
        "task_card",
    ),
    (
        "cell of a table",
        "/blocks/0/rows/0/0",
        lambda block: {"type": "table", "rows": [[block]]},
        "rich_text",
    ),
    (
        "cell of a data table",
        "/blocks/0/rows/1/0",
        lambda block: (
            BLOCKS["data_table"] | {"rows": [[{"type": "raw_text", "text": "a"}], [block]]}
        ),
        "rich_text",
    ),
    (
        "details of a task",
        "/blocks/0/details",
        lambda block: BLOCKS["task_card"] | {"details": block},
        "rich_text",
    ),
]


# And for what rich text is made of.
FOR_INLINE: list[tuple[str, str, Callable[[Any], Any], str]] = [
    (
        f"rich text {kind}",
        "/blocks/0/elements/0/elements/0",
        lambda part, kind=kind: {
            "type": "rich_text",
            "elements": [RICH_TEXT_ELEMENTS[kind] | {"elements": [part]}],
        },
        kinds,
    )
    for kind, kinds in (
        ("rich_text_section", " ".join(RICH_TEXT_PARTS)),
        ("rich_text_quote", " ".join(RICH_TEXT_PARTS)),
        ("rich_text_preformatted", "text link"),
    )
]


def rows() -> Iterator[Row]:
    """Each kind in each place as it is, each that is taken also with a field too many."""
    for places, samples in (
        (FOR_ELEMENTS, ELEMENTS),
        (FOR_BLOCKS, BLOCKS),
        (FOR_INLINE, RICH_TEXT_PARTS),
    ):
        for place, pointer, block_with, kinds in places:
            for kind, sample in samples.items():
                surface = _surface(place, kind)
                name = f"{kind} in the {place}"
                if kind not in kinds.split():
                    faults = [f"unsupported type: {kind} [json-pointer:{pointer}/type]"]
                    yield Row(name, surface(block_with(sample)), faults)
                    continue
                yield Row(name, surface(block_with(sample)), [])
                yield Row(
                    f"{name} with an unknown field",
                    surface(block_with({**sample, "unknown": 1})),
                    [f"invalid additional property: unknown [json-pointer:{pointer}]"],
                )


def _surface(place: str, kind: str) -> Any:
    """The first surface that takes the kind; a message for what is refused anyhow."""
    if place in {"accessory of a section", "actions block", "input block"}:
        return SURFACES[SURFACES_OF_ELEMENTS.get(kind, EVERYWHERE)[0]]
    return message
