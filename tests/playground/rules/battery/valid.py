"""Payloads that Slack's pages allow."""

from collections.abc import Iterator
from typing import Any

from tests.playground.rules.battery.row import Row
from tests.playground.rules.samples import (
    BLOCKS,
    ELEMENTS,
    RICH_TEXT_ELEMENTS,
    changed,
    chart,
    home,
    hosted,
    message,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    rich_text,
    section,
)


def inline(**fields: Any) -> Any:
    return rich_text(fields)


def element(kind: str, **fields: Any) -> Any:
    return hosted({**ELEMENTS[kind], **fields})


VALID = {
    "message without blocks": {"text": "Hello"},
    "message with no blocks": message(),
    "arguments of the method are not looked at": message(channel="C1", unfurl_links=False),
    "50 blocks in a message": message(*[BLOCKS["divider"]] * 50),
    "100 blocks in a modal": modal(*[BLOCKS["divider"]] * 100),
    "100 blocks in a Home tab": home(*[BLOCKS["divider"]] * 100),
    "an attachment": message(attachments=[{"color": "#ff0000", "text": "a", "footer": "b" * 300}]),
    "blocks in an attachment": message(attachments=[{"blocks": [section()]}]),
    "bare blocks": [section()],
    "a tuple of blocks": (section(),),
    "section of 3000 characters": message(section("a" * 3000)),
    "section of 1500 emoji": message(section("\N{GRINNING FACE}" * 1500)),
    "section with 10 fields of 2000": message(
        {"type": "section", "fields": [plain("a" * 500)] * 9 + [plain("b" * 2000)]}
    ),
    "text with emoji field": message(section() | {"text": {**plain(), "emoji": True}}),
    "text with verbatim": message(section() | {"text": {**mrkdwn(), "verbatim": True}}),
    "section with an image": message(section(accessory=ELEMENTS["image"])),
    "section with a date picker": message(section(accessory=ELEMENTS["datepicker"])),
    "section with a select": message(section(accessory=ELEMENTS["users_select"])),
    "header of 150 characters": message(changed(BLOCKS["header"], "/text/text", "a" * 150)),
    "context with 10 elements": message({"type": "context", "elements": [mrkdwn()] * 10}),
    "actions with 25 elements": message(
        {
            "type": "actions",
            "elements": [{**ELEMENTS["button"], "action_id": f"go {n}"} for n in range(25)],
        }
    ),
    "actions with a select": message({"type": "actions", "elements": [ELEMENTS["static_select"]]}),
    "the same action_id in two blocks": message(
        hosted({**ELEMENTS["button"], "action_id": "go"}),
        hosted({**ELEMENTS["button"], "action_id": "go"}),
    ),
    "block_id of 255 characters": message(section(block_id="a" * 255)),
    "markdown of 12000 characters": message({"type": "markdown", "text": "a" * 12000}),
    "text that Slack was seen to accept": message(*[section("a" * 192)] * 50),
    "text at the limit": message(*[section("a" * 2980)] * 4),
    "table text at the limit": message(
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a" * 10_000}]]}
    ),
    "image from a Slack file": message(
        {"type": "image", "alt_text": "A", "slack_file": {"id": "F1"}},
        {"type": "image", "alt_text": "A", "slack_file": {"url": "https://example.org/f"}},
    ),
    "data table text at the limit, beside other text at its own": message(
        BLOCKS["data_table"] | {"rows": [[{"type": "raw_text", "text": "a" * 10_000}]] * 2},
        *[section("a" * 2_900)] * 4,
    ),
    "table of the most text in a container, beside other text": message(
        BLOCKS["container"]
        | {
            "child_blocks": [
                {"type": "table", "rows": [[{"type": "raw_text", "text": "a" * 10_000}]]}
            ]
        },
        section("a" * 2_900),
    ),
    "table of 100 rows and 20 columns": message(
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * 20] * 100}
    ),
    "table with rich text": message({"type": "table", "rows": [[rich_text()]]}),
    "line chart": message(chart("line")),
    "bar chart": message(chart("bar")),
    "area chart": message(chart("area")),
    "two charts": message(chart("bar"), chart("line")),
    "rich text of every kind": message(
        {"type": "rich_text", "elements": list(RICH_TEXT_ELEMENTS.values())}
    ),
    "rich text with nothing in it": message(
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}
    ),
    "styled text": message(inline(type="text", text="a", style={"bold": True, "code": False})),
    "link": message(inline(type="link", url="https://example.org", text="a", unsafe=False)),
    "emoji": message(inline(type="emoji", name="wave", unicode="1f44b", skin_tone=3)),
    "user": message(inline(type="user", user_id="U1", style={"italic": True})),
    "user group": message(inline(type="usergroup", usergroup_id="S1")),
    "channel": message(inline(type="channel", channel_id="C1")),
    "team": message(inline(type="team", team_id="T1")),
    "broadcast": message(inline(type="broadcast", range="here")),
    "date": message(inline(type="date", timestamp=1592568000, format="{date}", fallback="June")),
    "color": message(inline(type="color", value="#ff0000")),
    "smallest modal": {"type": "modal", "title": plain("T"), "blocks": [section()]},
    "modal with everything": modal(
        section(),
        title=plain("a" * 24),
        submit=plain("b" * 24),
        close=plain("c" * 24),
        private_metadata="d" * 3000,
        callback_id="e" * 255,
        external_id="f" * 255,
        clear_on_close=True,
        notify_on_close=False,
    ),
    "home with metadata": home(section(), private_metadata="a", callback_id="b", external_id="c"),
    "input in a Home tab": home(BLOCKS["input"]),
    "input in a message": message(BLOCKS["input"]),
    "input with everything": modal(
        BLOCKS["input"] | {"hint": plain("a" * 2000), "optional": True, "dispatch_action": True}
    ),
    "input that reports each character": modal(
        element(
            "plain_text_input",
            action_id="answer",
            placeholder=plain("a" * 150),
            initial_value="b" * 3000,
            min_length=0,
            focus_on_load=True,
            dispatch_action_config={"trigger_actions_on": ["on_character_entered"]},
        )
    ),
    "rich text input with lines": modal(element("rich_text_input", min_lines=1, max_lines=100)),
    "number between bounds": modal(
        element("number_input", min_value="1.5", max_value="10", initial_value="2")
    ),
    "select with 100 options": modal(element("static_select", options=options(100))),
    "select with an initial option": modal(element("static_select", initial_option=option("b"))),
    "select with groups": modal(
        hosted(
            {
                "type": "static_select",
                "option_groups": [{"label": plain("Areas"), "options": options(100)}],
                "initial_option": option("option 7"),
            }
        )
    ),
    "options with long texts": modal(
        element(
            "static_select",
            options=[{"text": plain("a" * 75), "value": "b" * 150, "description": plain("c" * 75)}],
        )
    ),
    "choices in mrkdwn": modal(
        element("checkboxes", options=[{"text": mrkdwn(), "value": "a", "description": mrkdwn()}])
    ),
    "radio buttons with 10 options": modal(element("radio_buttons", options=options(10))),
    "checkboxes chosen at first": modal(element("checkboxes", initial_options=[option("b")])),
    "radio button chosen at first": modal(element("radio_buttons", initial_option=option("b"))),
    "several chosen at first": modal(element("multi_static_select", initial_options=[option("b")])),
    "external select with an initial option": modal(
        element("external_select", initial_option=option("elsewhere"))
    ),
    "button with everything": message(
        element(
            "button",
            action_id="a" * 255,
            text=plain("b" * 75),
            value="c" * 2000,
            url="https://example.org/",
            style="danger",
            accessibility_label="d" * 75,
            visible_to_user_ids=["U1"],
            confirm={
                "title": plain("a" * 100),
                "text": plain("b" * 300),
                "confirm": plain("c" * 30),
                "deny": plain("d" * 30),
                "style": "primary",
            },
        )
    ),
    "card with everything": message(
        BLOCKS["card"]
        | {
            "hero_image": ELEMENTS["image"],
            "slack_icon": {"type": "icon", "name": "star"},
            "subtitle": plain("a" * 150),
            "body": mrkdwn("b" * 200),
            "subtext": mrkdwn("c"),
        }
    ),
    "container with everything": home(
        BLOCKS["container"]
        | {
            "rich_text_title": rich_text(),
            "subtitle": mrkdwn(),
            "width": "full",
            "icon": ELEMENTS["image"],
            "is_collapsible": True,
            "default_collapsed": True,
        }
    ),
    "bounds that are equal": modal(element("number_input", min_value="0", max_value="0")),
    "bounds that are ordered as numbers only": modal(
        element("number_input", min_value="9", initial_value="9", max_value="10")
    ),
    "data table with rich text below its header": message(
        BLOCKS["data_table"] | {"rows": [[{"type": "raw_text", "text": "a"}], [rich_text()]]}
    ),
    "chart with two series in any order of points": message(
        changed(
            chart("line"),
            "/chart/series",
            [
                {
                    "name": "In",
                    "data": [{"label": "June", "value": 1}, {"label": "May", "value": 0}],
                },
                *chart("line")["chart"]["series"],
            ],
        )
    ),
    "container with a divider that cannot collapse": message(
        {
            "type": "container",
            "title": plain(),
            "child_blocks": [section()],
            "has_header_divider": True,
            "default_collapsed": False,
        }
    ),
    "task card with rich text": message(
        BLOCKS["task_card"]
        | {"details": rich_text(), "output": rich_text(), "sources": [ELEMENTS["url"]]}
    ),
}


def rows() -> Iterator[Row]:
    """Each of them, without a fault."""
    for name, payload in VALID.items():
        yield Row(name, payload, [])
