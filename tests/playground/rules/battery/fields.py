"""Which fields an object has: those that it must have, and no others."""

from collections.abc import Iterator
from typing import Any

from tests.playground.rules.battery.parts import CHART, PARTS, B, E, L
from tests.playground.rules.battery.row import Row
from tests.playground.rules.samples import MISSING, changed

# The call of a call block is whatever the Calls API gave; old actions are not looked into.
OPEN = {("call block", "/blocks/0/call"), ("whole attachment", "/attachments/0/actions/0")}

# (sample, the object, what it must have)
REQUIRED = [
    ("actions block", B, "type elements"),
    ("alert block", B, "type text"),
    ("auth_provider block", B, "type value name is_connected"),
    ("call block", B, "type call_id"),
    ("card block", B, "type"),
    ("card block", f"{B}/slack_icon", "type name"),
    ("carousel block", B, "type elements"),
    ("container block", B, "type child_blocks"),
    ("context block", B, "type elements"),
    ("context block", f"{B}/elements/0", "type text"),
    ("context block", f"{B}/elements/1", "type text"),
    ("context block", f"{B}/elements/2", "type alt_text"),
    ("context_actions block", B, "type elements"),
    ("data_table block", B, "type caption rows"),
    ("data_table block", f"{B}/rows/1/1", "type element"),
    ("data_visualization block", B, "type title chart"),
    ("data_visualization block", CHART, "type segments"),
    ("data_visualization block", f"{CHART}/segments/0", "label value"),
    ("bar chart", CHART, "type series axis_config"),
    ("bar chart", f"{CHART}/series/0", "name data"),
    ("bar chart", f"{CHART}/series/0/data/0", "label value"),
    ("bar chart", f"{CHART}/axis_config", "categories"),
    ("divider block", B, "type"),
    ("header block", B, "type text"),
    ("image block", B, "type alt_text"),
    ("input block", B, "type label element"),
    ("markdown block", B, "type text"),
    ("plan block", B, "type title"),
    ("plan block", f"{B}/tasks/0", "type task_id title status"),
    ("section block", B, "type"),
    ("table block", B, "type rows"),
    ("table block", f"{B}/rows/0/0", "type text"),
    ("table block", f"{B}/rows/0/1", "type value text"),
    ("video block", B, "type alt_text title video_url thumbnail_url"),
    ("rich_text block", B, "type elements"),
    ("rich_text_section", L, "type elements"),
    ("rich_text_list", L, "type style elements"),
    ("rich_text_quote", L, "type elements"),
    ("rich_text_preformatted", L, "type elements"),
    ("broadcast", f"{L}/elements/0", "type range"),
    ("channel", f"{L}/elements/0", "type channel_id"),
    ("color", f"{L}/elements/0", "type value"),
    ("date", f"{L}/elements/0", "type timestamp format"),
    ("emoji", f"{L}/elements/0", "type name"),
    ("link", f"{L}/elements/0", "type url"),
    ("team", f"{L}/elements/0", "type team_id"),
    ("text", f"{L}/elements/0", "type text"),
    ("user", f"{L}/elements/0", "type user_id"),
    ("usergroup", f"{L}/elements/0", "type usergroup_id"),
    ("button", L, "type text"),
    ("button", f"{L}/confirm", "title text confirm deny"),
    ("overflow", L, "type options"),
    ("overflow", f"{L}/options/0", "text value"),
    ("checkboxes", E, "type options"),
    ("checkboxes", f"{E}/options/0", "text value"),
    ("radio_buttons", E, "type options"),
    ("static_select", E, "type"),
    ("static_select", f"{E}/options/0", "text value"),
    ("option groups", f"{E}/option_groups/0", "label options"),
    ("number_input", E, "type is_decimal_allowed"),
    ("feedback_buttons", L, "type positive_button negative_button"),
    ("feedback_buttons", f"{L}/positive_button", "text value"),
    ("icon_button", L, "type icon text"),
    ("workflow_button", L, "type text workflow"),
    ("workflow_button", f"{L}/workflow", "trigger"),
    ("workflow_button", f"{L}/workflow/trigger", "url"),
    (
        "workflow_button",
        f"{L}/workflow/trigger/customizable_input_parameters/0",
        "name value",
    ),
    ("url", f"{B}/sources/0", "type url text"),
    ("modal", "", "title blocks"),
    ("modal", "/title", "type text"),
    ("home", "", "blocks"),
]


def rows() -> Iterator[Row]:
    """Each object with a field that it does not know, and without each that it must have."""
    for sample, payload in PARTS.items():
        for pointer in _objects_in(payload):
            if (sample, pointer) not in OPEN and (pointer or "type" in payload):
                yield Row(
                    f"{sample}{pointer} with an unknown field",
                    changed(payload, f"{pointer}/unknown", None),
                    [f"invalid additional property: unknown [json-pointer:{pointer}]"],
                )
    for sample, holder, names in REQUIRED:
        for name in names.split():
            yield Row(
                f"{sample}{holder} without {name}",
                changed(PARTS[sample], f"{holder}/{name}", MISSING),
                [f"missing required field: {name} [json-pointer:{holder}]"],
            )


def _objects_in(payload: Any, pointer: str = "") -> Iterator[str]:
    if isinstance(payload, dict):
        yield pointer
    parts = payload.items() if isinstance(payload, dict) else enumerate(payload)
    for name, part in parts:
        if isinstance(part, dict | list):
            yield from _objects_in(part, f"{pointer}/{name}")
