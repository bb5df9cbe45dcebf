import json
from typing import Any

import pytest

from highlightbot.playground.rules import Violation, check_message, check_payload, check_view
from tests.playground.rules.samples import (
    BLOCKS,
    ELEMENTS,
    MISSING,
    SURFACES,
    changed,
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

EMOJI = "\N{GRINNING FACE}"
SPAN = "/elements/0/elements/0"

# (block, where it is changed, the new value, where the fault is shown, what is said)
BLOCK_FAULTS: list[tuple[str, str, Any, str, str]] = [
    ("section", "/type", "sectoin", "/type", "unsupported type: sectoin"),
    ("section", "/type", 3, "/type", "must provide a string"),
    ("section", "/type", None, "/type", "must provide a string"),
    ("section", "/text", "Text", "/text", "must provide an object"),
    ("section", "/text", None, "/text", "must provide an object"),
    ("section", "/text/type", "markdown", "/text/type", "unsupported type: markdown"),
    ("section", "/text/text", "", "/text/text", "must be more than 0 characters"),
    ("section", "/text/text", 7, "/text/text", "must provide a string"),
    ("section", "/text/text", EMOJI * 1501, "/text/text", "must be less than 3001 characters"),
    ("section", "/text/emoji", True, "/text", "invalid additional property: emoji"),
    ("section", "/text/verbatim", 1, "/text/verbatim", "must provide a boolean"),
    ("section", "/fields", plain(), "/fields", "must provide an array"),
    ("section", "/fields/0", "Text", "/fields/0", "must provide an object"),
    ("section", "/accessory/type", "butto", "/accessory/type", "unsupported type: butto"),
    (
        "section",
        "/accessory",
        ELEMENTS["plain_text_input"],
        "/accessory/type",
        "unsupported type: plain_text_input",
    ),
    ("section", "/expand", "yes", "/expand", "must provide a boolean"),
    ("section", "/colour", "red", "", "invalid additional property: colour"),
    ("section", "/block_id", "", "/block_id", "must be more than 0 characters"),
    ("section", "/block_id", None, "/block_id", "must provide a string"),
    ("divider", "/text", plain(), "", "invalid additional property: text"),
    ("header", "/text", mrkdwn(), "/text/type", "unsupported type: mrkdwn"),
    ("header", "/text/verbatim", True, "/text", "invalid additional property: verbatim"),
    (
        "context",
        "/elements/0",
        ELEMENTS["button"],
        "/elements/0/type",
        "unsupported type: button",
    ),
    ("actions", "/elements/0", plain(), "/elements/0/type", "unsupported type: plain_text"),
    ("actions", "/elements/0", None, "/elements/0", "must provide an object"),
    (
        "actions",
        "/elements/0",
        ELEMENTS["plain_text_input"],
        "/elements/0/type",
        "unsupported type: plain_text_input",
    ),
    ("image", "/image_url", MISSING, "", "must define either `image_url` or `slack_file`"),
    (
        "image",
        "/slack_file",
        {"id": "F1"},
        "",
        "must define only one of `image_url` or `slack_file`",
    ),
    ("image", "/image_url", "a.png", "/image_url", "must be a valid URL"),
    ("image", "/title", "Title", "/title", "must provide an object"),
    ("input", "/label", mrkdwn(), "/label/type", "unsupported type: mrkdwn"),
    ("input", "/element", ELEMENTS["button"], "/element/type", "unsupported type: button"),
    ("input", "/optional", "no", "/optional", "must provide a boolean"),
    ("input", "/dispatch_action", 1, "/dispatch_action", "must provide a boolean"),
    ("markdown", "/text", plain(), "/text", "must provide a string"),
    ("rich_text", "/elements/0/type", "text", "/elements/0/type", "unsupported type: text"),
    ("rich_text", f"{SPAN}/type", "txt", f"{SPAN}/type", "unsupported type: txt"),
    ("rich_text", f"{SPAN}/style", "bold", f"{SPAN}/style", "must provide an object"),
    ("rich_text", f"{SPAN}/style", {"bold": 1}, f"{SPAN}/style/bold", "must provide a boolean"),
    (
        "rich_text",
        f"{SPAN}/style",
        {"blink": True},
        f"{SPAN}/style",
        "invalid additional property: blink",
    ),
    (
        "rich_text",
        SPAN,
        {"type": "broadcast", "range": "all"},
        f"{SPAN}/range",
        "must be one of: here, channel, everyone",
    ),
    (
        "rich_text",
        SPAN,
        {"type": "date", "timestamp": "now", "format": "{date}"},
        f"{SPAN}/timestamp",
        "must provide an integer",
    ),
    (
        "rich_text",
        "/elements/0",
        {"type": "rich_text_list", "style": "dashed", "elements": []},
        "/elements/0/style",
        "must be one of: bullet, ordered",
    ),
    (
        "rich_text",
        "/elements/0",
        {"type": "rich_text_list", "style": "bullet", "elements": [{"type": "text", "text": "a"}]},
        "/elements/0/elements/0/type",
        "unsupported type: text",
    ),
    (
        "rich_text",
        "/elements/0",
        {"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]},
        "/elements/0/elements/0/type",
        "unsupported type: user",
    ),
    (
        "rich_text",
        "/elements/0",
        {"type": "rich_text_quote", "elements": [], "border": 2},
        "/elements/0/border",
        "must be one of: 0, 1",
    ),
    ("video", "/video_url", "http://example.org", "/video_url", "must be an https URL"),
    ("table", "/rows/0/0", plain(), "/rows/0/0/type", "unsupported type: plain_text"),
    (
        "table",
        "/column_settings/1/align",
        "centre",
        "/column_settings/1/align",
        "must be one of: left, center, right",
    ),
    (
        "table",
        "/rows/0/0/text",
        "a" * 10_001,
        "/rows",
        "must be less than 10001 characters",
    ),
    ("data_visualization", "/chart/type", "radar", "/chart/type", "unsupported type: radar"),
    (
        "data_visualization",
        "/chart/segments/0/value",
        0,
        "/chart/segments/0/value",
        "must be greater than 0",
    ),
    ("card", "/title", "Title", "/title", "must provide an object"),
    (
        "alert",
        "/level",
        "fatal",
        "/level",
        "must be one of: default, info, warning, error, success",
    ),
    ("card", "/slack_icon/type", "image", "/slack_icon/type", "must be one of: icon"),
    ("carousel", "/elements/0/type", "section", "/elements/0/type", "unsupported type: section"),
    (
        "container",
        "/title",
        MISSING,
        "",
        "must define either `title` or `rich_text_title`",
    ),
    (
        "container",
        "/child_blocks/0",
        BLOCKS["container"],
        "/child_blocks/0/type",
        "unsupported type: container",
    ),
    ("container", "/width", "huge", "/width", "must be one of: narrow, standard, wide, full"),
    ("plan", "/tasks/0/type", "section", "/tasks/0/type", "unsupported type: section"),
    (
        "task_card",
        "/status",
        "done",
        "/status",
        "must be one of: pending, in_progress, complete, error",
    ),
    ("task_card", "/details", plain(), "/details/type", "unsupported type: plain_text"),
    (
        "auth_provider",
        "/accessory",
        ELEMENTS["button"],
        "/accessory/type",
        "unsupported type: button",
    ),
    (
        "context_actions",
        "/elements/0",
        ELEMENTS["button"],
        "/elements/0/type",
        "unsupported type: button",
    ),
]

ELEMENT_FAULTS: list[tuple[str, str, Any, str, str]] = [
    ("button", "/text", "Go", "/text", "must provide an object"),
    ("button", "/text", mrkdwn(), "/text/type", "unsupported type: mrkdwn"),
    ("button", "/value", 7, "/value", "must provide a string"),
    ("button", "/style", "default", "/style", "must be one of: primary, danger"),
    ("button", "/style", None, "/style", "must provide a string"),
    ("button", "/block_id", "a", "", "invalid additional property: block_id"),
    (
        "checkboxes",
        "/initial_options",
        [option("c")],
        "/initial_options/0",
        "must match one of the options",
    ),
    ("radio_buttons", "/placeholder", plain(), "", "invalid additional property: placeholder"),
    (
        "radio_buttons",
        "/initial_option",
        option("c"),
        "/initial_option",
        "must match one of the options",
    ),
    (
        "static_select",
        "/options",
        MISSING,
        "",
        "must define either `options` or `option_groups`",
    ),
    (
        "static_select",
        "/option_groups",
        [{"label": plain(), "options": options(1)}],
        "",
        "must define only one of `options` or `option_groups`",
    ),
    (
        "static_select",
        "/options/0/url",
        "https://example.org",
        "/options/0",
        "invalid additional property: url",
    ),
    (
        "static_select",
        "/options/0/text",
        mrkdwn(),
        "/options/0/text/type",
        "unsupported type: mrkdwn",
    ),
    (
        "static_select",
        "/initial_option",
        option("b", description=plain()),
        "/initial_option",
        "must match one of the options",
    ),
    (
        "static_select",
        "/max_selected_items",
        2,
        "",
        "invalid additional property: max_selected_items",
    ),
    (
        "multi_users_select",
        "/initial_users",
        "U1",
        "/initial_users",
        "must provide an array",
    ),
    (
        "conversations_select",
        "/filter",
        {},
        "/filter",
        "must define either `include`, `exclude_external_shared_channels` or `exclude_bot_users`",
    ),
    (
        "conversations_select",
        "/filter/include/0",
        "dm",
        "/filter/include/0",
        "must be one of: im, mpim, private, public",
    ),
    (
        "datepicker",
        "/initial_date",
        "19/06/2020",
        "/initial_date",
        "must be a date in the form YYYY-MM-DD",
    ),
    (
        "timepicker",
        "/initial_time",
        "9:00",
        "/initial_time",
        "must be a time in the form HH:mm",
    ),
    ("plain_text_input", "/max_length", 2.5, "/max_length", "must provide an integer"),
    ("plain_text_input", "/max_length", True, "/max_length", "must provide an integer"),
    (
        "plain_text_input",
        "/dispatch_action_config",
        {"trigger_actions_on": ["on_blur"]},
        "/dispatch_action_config/trigger_actions_on/0",
        "must be one of: on_enter_pressed, on_character_entered",
    ),
    ("plain_text_input", "/confirm", {}, "", "invalid additional property: confirm"),
    ("rich_text_input", "/initial_value", "a", "/initial_value", "must provide an object"),
    (
        "rich_text_input",
        "/initial_value/elements/0/style",
        "bullet",
        "/initial_value/elements/0",
        "invalid additional property: style",
    ),
    ("number_input", "/min_value", 1, "/min_value", "must provide a string"),
    ("number_input", "/min_value", "one", "/min_value", "must be a number in a string"),
    ("number_input", "/max_value", "-2", "/min_value", "must not be greater than `max_value`"),
    ("number_input", "/max_value", "1,5", "/max_value", "must be a number in a string"),
    ("number_input", "/initial_value", "", "/initial_value", "must be a number in a string"),
    (
        "multi_static_select",
        "/option_groups",
        [{"label": plain(), "options": options(1)}],
        "",
        "must define only one of `options` or `option_groups`",
    ),
    ("image", "/title", plain(), "", "invalid additional property: title"),
    ("image", "/image_url", MISSING, "", "must define either `image_url` or `slack_file`"),
    (
        "feedback_buttons",
        "/positive_button/type",
        "button",
        "/positive_button",
        "invalid additional property: type",
    ),
]


def surface_for(payload_of: Any) -> Any:
    """Puts a block on the first surface that takes it as it is."""
    for surface in SURFACES.values():
        if check_payload(surface(payload_of)) == []:
            return surface
    raise AssertionError(f"no surface takes {payload_of}")


@pytest.mark.parametrize(("kind", "at", "value", "pointer", "words"), BLOCK_FAULTS)
def test_wrong_block_is_refused_where_it_is_wrong(
    kind: str, at: str, value: Any, pointer: str, words: str
) -> None:
    surface = surface_for(BLOCKS[kind])

    violations = check_payload(surface(changed(BLOCKS[kind], at, value)))

    assert [str(fault) for fault in violations] == [f"{words} [json-pointer:/blocks/0{pointer}]"]


@pytest.mark.parametrize(("kind", "at", "value", "pointer", "words"), ELEMENT_FAULTS)
def test_wrong_element_is_refused_where_it_is_wrong(
    kind: str, at: str, value: Any, pointer: str, words: str
) -> None:
    block = hosted(ELEMENTS[kind])
    surface = surface_for(block)
    field = next(f for f in ("/element", "/elements/0", "/sources/0") if f.split("/")[1] in block)

    violations = check_payload(surface(changed(block, field + at, value)))

    assert [str(fault) for fault in violations] == [
        f"{words} [json-pointer:/blocks/0{field}{pointer}]"
    ]


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


@pytest.mark.parametrize(("payload", "messages"), WHOLE.values(), ids=WHOLE)
def test_payload_that_is_wrong_as_a_whole_is_refused(payload: Any, messages: list[str]) -> None:
    assert [str(fault) for fault in check_payload(payload)] == messages


def test_violation_has_the_page_that_states_its_rule() -> None:
    blocks = "https://docs.slack.dev/reference/block-kit/blocks"
    text_object = "https://docs.slack.dev/reference/block-kit/composition-objects/text-object"

    violations = check_message(message(section("a" * 3001), section(""), *[section()] * 49))

    assert violations == [
        Violation("/blocks", "no more than 50 items allowed", blocks),
        Violation(
            "/blocks/0/text/text", "must be less than 3001 characters", f"{blocks}/section-block"
        ),
        Violation("/blocks/1/text/text", "must be more than 0 characters", text_object),
    ]


@pytest.mark.parametrize("view", [None, [], "modal", 3])
def test_view_that_is_no_object_is_refused(view: Any) -> None:
    assert [str(fault) for fault in check_view(view)] == ["must provide an object [json-pointer:]"]


def test_view_without_a_type_is_refused() -> None:
    assert [str(fault) for fault in check_view({"blocks": []})] == [
        "missing required field: type [json-pointer:]"
    ]


@pytest.mark.parametrize("payload", [None, 3, "text"])
def test_message_that_is_no_object_is_refused(payload: Any) -> None:
    assert [str(fault) for fault in check_message(payload)] == [
        "must provide an object [json-pointer:]"
    ]


def test_view_is_too_large_from_one_byte_over_250_kilobytes() -> None:
    def size(view: Any) -> int:
        return len(json.dumps(view, separators=(",", ":")))

    view = modal(*[section("a" * 2900)] * 84, private_metadata="")
    at_limit = view | {"private_metadata": "a" * (250_000 - size(view))}
    over = at_limit | {"private_metadata": at_limit["private_metadata"] + "a"}

    assert (size(at_limit), check_view(at_limit)) == (250_000, [])
    assert [fault.message for fault in check_view(over)] == ["view_too_large"]
