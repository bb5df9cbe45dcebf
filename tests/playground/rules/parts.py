"""One valid payload for each kind of object, with every field that can stand beside the others."""

from typing import Any

from highlightbot.playground.rules import check_payload
from tests.playground.rules.samples import (
    BLOCKS,
    ELEMENTS,
    RICH_TEXT_ELEMENTS,
    RICH_TEXT_PARTS,
    SURFACES,
    chart,
    hosted,
    message,
    modal,
    options,
    plain,
    rich_text,
    section,
)


def taken(block: Any) -> Any:
    """The block on the first surface that takes it."""
    payloads = [surface(block) for surface in SURFACES.values()]
    return next(payload for payload in payloads if check_payload(payload) == [])


_GROUP = {"label": plain(), "options": options(2)}

PARTS = {
    **{f"{kind} block": taken(block) for kind, block in BLOCKS.items() if kind != "file"},
    **{kind: taken(hosted(element)) for kind, element in ELEMENTS.items()},
    **{kind: message(rich_text(part)) for kind, part in RICH_TEXT_PARTS.items()},
    **{
        kind: message({"type": "rich_text", "elements": [element]})
        for kind, element in RICH_TEXT_ELEMENTS.items()
    },
    "bar chart": message(chart("bar")),
    "option groups": modal(hosted({"type": "multi_static_select", "option_groups": [_GROUP]})),
    "static option groups": modal(hosted({"type": "static_select", "option_groups": [_GROUP]})),
    "Slack file": message(
        {"type": "image", "alt_text": "A", "slack_file": {"url": "https://example.org"}}
    ),
    "Slack file id": message({"type": "image", "alt_text": "A", "slack_file": {"id": "F1"}}),
    "attachment": message(attachments=[{"footer": "a", "fields": [{"title": "a"}]}]),
    "rich text title": message(
        {"type": "container", "rich_text_title": rich_text(), "child_blocks": [section()]}
    ),
    "modal": modal(
        section(), close=plain(), callback_id="a", external_id="b", private_metadata="c"
    ),
    "home": SURFACES["home"](section(), callback_id="a", external_id="b", private_metadata="c"),
}
# Where the block, the element of an input block and the first of several elements are.
B, E, L = "/blocks/0", "/blocks/0/element", "/blocks/0/elements/0"
CHART = f"{B}/chart"
