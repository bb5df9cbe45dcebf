"""One valid payload for each kind of object, with every field that can stand beside the others."""

from typing import Any

from tests.playground.rules.battery.surfaces import shown
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
    mrkdwn,
    options,
    plain,
    rich_text,
    section,
)

_GROUP = {"label": plain(), "options": options(2)}

_NUMBER = {"type": "raw_number", "value": 2.5, "text": "2.5"}
_TEXTS = (
    "author_icon author_link author_name author_subname callback_id color fallback footer"
    " footer_icon image_url pretext text thumb_url title title_link"
)
_ATTACHMENT = {
    "id": 1,
    "attachment_type": "default",
    "ts": "1592568000.000100",
    "mrkdwn_in": ["text"],
    "fields": [{"title": "a", "value": "b", "short": True}],
    "actions": [{"type": "button"}],
    "blocks": [],
    **dict.fromkeys(_TEXTS.split(), "a"),
}


def _with_choice(kind: str) -> Any:
    element = ELEMENTS[kind]
    return hosted({**element, "initial_option": element["options"][0]})


def _with_choices(kind: str) -> Any:
    element = ELEMENTS[kind]
    return hosted({**element, "initial_options": element["options"][:1]})


PARTS = {
    **{
        f"{kind} block": shown({**block, "block_id": "b"})
        for kind, block in BLOCKS.items()
        if kind != "file"
    },
    **{kind: shown(hosted(element)) for kind, element in ELEMENTS.items()},
    **{kind: message(rich_text(part)) for kind, part in RICH_TEXT_PARTS.items()},
    **{
        kind: message({"type": "rich_text", "elements": [element]})
        for kind, element in RICH_TEXT_ELEMENTS.items()
    },
    **{f"{kind} chart": message(chart(kind)) for kind in ("area", "bar", "line")},
    **{
        f"{kind} with a choice": modal(_with_choice(kind))
        for kind in ("radio_buttons", "static_select")
    },
    **{
        f"{kind} with choices": modal(_with_choices(kind))
        for kind in ("checkboxes", "multi_static_select")
    },
    "plain text": message(section() | {"text": {**plain(), "emoji": True}}),
    "marked text": message(section() | {"text": {**mrkdwn(), "verbatim": True}}),
    "Slack image": message(
        section(accessory={"type": "image", "alt_text": "A", "slack_file": {"id": "F1"}})
    ),
    "number to fall back on": message(
        BLOCKS["data_table"]
        | {
            "rows": [
                [_NUMBER],
                [{"type": "action", "element": ELEMENTS["button"], "fallback": _NUMBER}],
            ]
        }
    ),
    "whole attachment": message(attachments=[_ATTACHMENT]),
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
        section(),
        close=plain(),
        callback_id="a",
        external_id="b",
        private_metadata="c",
        clear_on_close=True,
        notify_on_close=False,
    ),
    "home": SURFACES["home"](section(), callback_id="a", external_id="b", private_metadata="c"),
}
# Where the block, the element of an input block and the first of several elements are.
B, E, L = "/blocks/0", "/blocks/0/element", "/blocks/0/elements/0"
CHART = f"{B}/chart"
