"""Payloads whose fault lies between their parts, or at their top."""

from collections.abc import Iterator
from typing import Any

from tests.playground.rules.battery.row import Row
from tests.playground.rules.samples import (
    BLOCKS,
    ELEMENTS,
    MISSING,
    changed,
    chart,
    home,
    hosted,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    rich_text,
    section,
)

EMOJI = "\N{GRINNING FACE}"


def button(action_id: str) -> Any:
    return {**ELEMENTS["button"], "action_id": action_id}


def focused(kind: str) -> Any:
    return hosted({**ELEMENTS[kind], "focus_on_load": True})


WHOLE: dict[str, tuple[Any, list[str]]] = {
    "51 blocks in a message": (
        message(*[section()] * 51),
        ["no more than 50 items allowed [json-pointer:/blocks]"],
    ),
    "101 blocks in a modal": (
        modal(*[section()] * 101),
        ["no more than 100 items allowed [json-pointer:/blocks]"],
    ),
    "101 blocks in a Home tab": (
        home(*[section()] * 101),
        ["no more than 100 items allowed [json-pointer:/blocks]"],
    ),
    "51 blocks in an attachment": (
        message(attachments=[{"blocks": [section()] * 51}]),
        ["no more than 50 items allowed [json-pointer:/attachments/0/blocks]"],
    ),
    "a modal without blocks": (modal(), ["must provide at least 1 items [json-pointer:/blocks]"]),
    "blocks in a string": (
        {"blocks": "[]"},
        ["must provide an array [json-pointer:/blocks]"],
    ),
    "text that is no string": ({"text": 1}, ["must provide a string [json-pointer:/text]"]),
    "a block that is no object": (
        message("section"),
        ["must provide an object [json-pointer:/blocks/0]"],
    ),
    "several faults": (
        message(section() | {"x": 1}, {"type": "y"}),
        [
            "invalid additional property: x [json-pointer:/blocks/0]",
            "unsupported type: y [json-pointer:/blocks/1/type]",
        ],
    ),
    "a section with nothing in it": (
        message({"type": "section"}),
        ["must define either `text` or `fields` [json-pointer:/blocks/0]"],
    ),
    "a card with nothing in it": (
        message({"type": "card", "subtitle": plain()}),
        ["must define either `hero_image`, `title`, `actions` or `body` [json-pointer:/blocks/0]"],
    ),
    "an unknown field of an attachment": (
        message(attachments=[{"colour": "red"}]),
        ["invalid additional property: colour [json-pointer:/attachments/0]"],
    ),
    "a block_id twice in a message": (
        message(section(block_id="a"), section(block_id="b"), section(block_id="a")),
        ['`block_id` "a" already exists [json-pointer:/blocks/2/block_id]'],
    ),
    "a block_id twice in a view": (
        modal(section(block_id="a"), section(block_id="a")),
        ['`block_id` "a" already exists [json-pointer:/blocks/1/block_id]'],
    ),
    "a block_id inside a container and outside": (
        message(BLOCKS["container"] | {"child_blocks": [section(block_id="a")], "block_id": "a"}),
        ['`block_id` "a" already exists [json-pointer:/blocks/0/child_blocks/0/block_id]'],
    ),
    "an action_id twice in a block": (
        message({"type": "actions", "elements": [button("go"), button("go")]}),
        ['`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]'],
    ),
    "an action_id twice in a card": (
        message(BLOCKS["card"] | {"actions": [button("go"), button("go")]}),
        ['`action_id` "go" already exists [json-pointer:/blocks/0/actions/1/action_id]'],
    ),
    "an initial option that no group has": (
        modal(
            hosted(
                {
                    "type": "static_select",
                    "option_groups": [{"label": plain(), "options": [option("a")]}],
                    "initial_option": option("b"),
                }
            )
        ),
        ["must match one of the options [json-pointer:/blocks/0/element/initial_option]"],
    ),
    "an initial option that lacks a description": (
        modal(
            hosted(
                {
                    "type": "static_select",
                    "options": [option("a", description=plain("Why"))],
                    "initial_option": option("a"),
                }
            )
        ),
        ["must match one of the options [json-pointer:/blocks/0/element/initial_option]"],
    ),
    "an option twice in a group": (
        modal(
            hosted(
                {
                    "type": "static_select",
                    "option_groups": [{"label": plain(), "options": [option("a")] * 2}],
                }
            )
        ),
        [
            '`value` "a" already exists '
            "[json-pointer:/blocks/0/element/option_groups/0/options/1/value]"
        ],
    ),
    "bounds in the wrong order": (
        modal(
            hosted(
                {
                    "type": "number_input",
                    "is_decimal_allowed": False,
                    "min_value": "-1",
                    "max_value": "-2",
                }
            )
        ),
        ["must not be greater than `max_value` [json-pointer:/blocks/0/element/min_value]"],
    ),
    "a text to begin with that is too long": (
        modal(hosted({"type": "plain_text_input", "initial_value": EMOJI * 2, "max_length": 3})),
        ["must not be longer than `max_length` [json-pointer:/blocks/0/element/initial_value]"],
    ),
    "an image without a source": (
        message({"type": "image", "alt_text": "A", "slack_file": {}}),
        ["must define either `id` or `url` [json-pointer:/blocks/0/slack_file]"],
    ),
    "an image with two sources": (
        message(
            {
                "type": "image",
                "alt_text": "A",
                "slack_file": {"id": "F1", "url": "https://example.org"},
            }
        ),
        ["must define only one of `id` or `url` [json-pointer:/blocks/0/slack_file]"],
    ),
    "a container on a Home tab that starts collapsed and cannot open": (
        home(BLOCKS["container"] | {"is_collapsible": False}),
        ["requires `is_collapsible` to be true [json-pointer:/blocks/0/default_collapsed]"],
    ),
    "a chart with a series twice": (
        message(changed(chart("bar"), "/chart/series", chart("bar")["chart"]["series"] * 2)),
        ['`name` "Late" already exists [json-pointer:/blocks/0/chart/series/1/name]'],
    ),
    "a chart with too few points": (
        message(changed(chart("bar"), "/chart/axis_config/categories", ["May", "June", "July"])),
        [
            "must provide one point for each of the `categories` "
            "[json-pointer:/blocks/0/chart/series/0/data]"
        ],
    ),
    "a chart with a point of no category": (
        message(changed(chart("area"), "/chart/series/0/data/1/label", "July")),
        [
            "must provide one point for each of the `categories` "
            "[json-pointer:/blocks/0/chart/series/0/data]"
        ],
    ),
    "text that Slack was seen to refuse": (
        message(*[section("a" * 253)] * 45),
        ["msg_blocks_too_long [json-pointer:/blocks]"],
    ),
    "text just over the limit": (
        message(*[section("a" * 2980)] * 3, section("a" * 2981)),
        ["msg_blocks_too_long [json-pointer:/blocks]"],
    ),
    "long text in rich text": (
        message(*[rich_text({"type": "text", "text": "a" * 2000})] * 6),
        ["msg_blocks_too_long [json-pointer:/blocks]"],
    ),
    "long text in an attachment": (
        message(attachments=[{"blocks": [section("a" * 3000)] * 4}]),
        ["msg_blocks_too_long [json-pointer:/attachments/0/blocks]"],
    ),
    "markdown blocks that are too long together": (
        message({"type": "markdown", "text": "a" * 6000}, {"type": "markdown", "text": "b" * 6001}),
        ["msg_blocks_too_long [json-pointer:/blocks]"],
    ),
    "markdown and sections that are too long together": (
        message({"type": "markdown", "text": "a" * 9000}, section("a" * 2981)),
        ["msg_blocks_too_long [json-pointer:/blocks]"],
    ),
    "blocks and attachments that are too long together": (
        message(
            *[section("a" * 2900)] * 3,
            attachments=[
                {"blocks": [section()]},
                {"blocks": [section("a" * 2900), section("a" * 600)]},
            ],
        ),
        ["msg_blocks_too_long [json-pointer:/attachments/1/blocks]"],
    ),
    "two tables": (
        message(BLOCKS["table"], section(), BLOCKS["table"]),
        ["only_one_table_allowed [json-pointer:/blocks/2]"],
    ),
    "a table and a data table": (
        message(BLOCKS["table"], BLOCKS["data_table"]),
        ["only_one_table_allowed [json-pointer:/blocks/1]"],
    ),
    "a table in a container and one outside": (
        message(BLOCKS["container"] | {"child_blocks": [BLOCKS["table"]]}, BLOCKS["table"]),
        ["only_one_table_allowed [json-pointer:/blocks/1]"],
    ),
    "three charts": (
        message(*[BLOCKS["data_visualization"]] * 3),
        ["too many data_visualization blocks [json-pointer:/blocks/2]"],
    ),
    "two elements with focus": (
        modal(focused("plain_text_input"), section(), focused("datepicker")),
        [
            "only one element can be set to focus on load "
            "[json-pointer:/blocks/2/element/focus_on_load]"
        ],
    ),
    "inputs in a modal without submit": (
        changed(modal(section(), BLOCKS["input"]), "/submit", MISSING),
        ["must define `submit` to use an `input` block in modals [json-pointer:/blocks/1/input]"],
    ),
    "a view of more than 250 KB": (
        modal(*[section("\N{EURO SIGN}" * 900)] * 95),
        ["view_too_large [json-pointer:]"],
    ),
    "a modal without a title": (
        changed(modal(section()), "/title", MISSING),
        ["missing required field: title [json-pointer:]"],
    ),
    "a title of 25 characters": (
        modal(section(), title=plain("a" * 25)),
        ["must be less than 25 characters [json-pointer:/title/text]"],
    ),
    "a title of 13 emoji": (
        modal(section(), title=plain(EMOJI * 13)),
        ["must be less than 25 characters [json-pointer:/title/text]"],
    ),
    "a submit of 25 characters": (
        modal(section(), submit=plain("a" * 25)),
        ["must be less than 25 characters [json-pointer:/submit/text]"],
    ),
    "a close of 25 characters": (
        modal(section(), close=plain("a" * 25)),
        ["must be less than 25 characters [json-pointer:/close/text]"],
    ),
    "a title in mrkdwn": (
        modal(section(), title=mrkdwn()),
        ["unsupported type: mrkdwn [json-pointer:/title/type]"],
    ),
    "private_metadata of 3001 characters": (
        modal(section(), private_metadata="a" * 3001),
        ["must be less than 3001 characters [json-pointer:/private_metadata]"],
    ),
    "private_metadata that is an object": (
        modal(section(), private_metadata={}),
        ["must provide a string [json-pointer:/private_metadata]"],
    ),
    "callback_id of 256 characters": (
        modal(section(), callback_id="a" * 256),
        ["must be less than 256 characters [json-pointer:/callback_id]"],
    ),
    "external_id of 256 characters": (
        home(section(), external_id="a" * 256),
        ["must be less than 256 characters [json-pointer:/external_id]"],
    ),
    "a modal with submit_disabled": (
        modal(section(), submit_disabled=True),
        ["invalid additional property: submit_disabled [json-pointer:]"],
    ),
    "a Home tab with submit": (
        home(section(), submit=plain()),
        ["invalid additional property: submit [json-pointer:]"],
    ),
    "a Home tab with a title": (
        home(section(), title=plain()),
        ["invalid additional property: title [json-pointer:]"],
    ),
    "an unknown view": (
        {"type": "dialog", "blocks": [section()]},
        ["unsupported type: dialog [json-pointer:/type]"],
    ),
    "bare blocks": (
        [section(), {"type": "section", "text": mrkdwn("a" * 3001)}],
        ["must be less than 3001 characters [json-pointer:/1/text/text]"],
    ),
    "bare blocks that are too long": (
        [section("a" * 3000)] * 4,
        ["msg_blocks_too_long [json-pointer:]"],
    ),
}


def rows() -> Iterator[Row]:
    """Each of them with its faults."""
    for name, (payload, faults) in WHOLE.items():
        yield Row(name, payload, faults)
