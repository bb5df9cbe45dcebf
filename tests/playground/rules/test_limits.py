"""Every limit at its edge: what Slack's pages allow passes, one more is refused."""

from typing import Any

import pytest

from highlightbot.playground.rules import check_payload
from tests.playground.rules.parts import CHART, PARTS, B, E, L
from tests.playground.rules.samples import (
    BLOCKS,
    ELEMENTS,
    changed,
    option,
    options,
    plain,
    section,
)

# (sample, the string, its least and its greatest length)
LENGTHS = [
    ("section block", f"{B}/text/text", 1, 3000),
    ("section block", f"{B}/fields/0/text", 1, 2000),
    ("section block", f"{B}/block_id", 1, 255),
    ("header block", f"{B}/text/text", 1, 150),
    ("context block", f"{B}/elements/0/text", 1, 3000),
    ("context block", f"{B}/elements/1/text", 1, 3000),
    ("context block", f"{B}/elements/2/alt_text", 1, 2000),
    ("image block", f"{B}/alt_text", 1, 2000),
    ("image block", f"{B}/title/text", 1, 2000),
    ("input block", f"{B}/label/text", 1, 2000),
    ("input block", f"{B}/hint/text", 1, 2000),
    ("markdown block", f"{B}/text", 1, 12_000),
    ("alert block", f"{B}/text/text", 1, 200),
    ("auth_provider block", f"{B}/value", 1, 150),
    ("auth_provider block", f"{B}/name/text", 1, 75),
    ("auth_provider block", f"{B}/description/text", 1, 150),
    ("auth_provider block", f"{B}/connected_identity/text", 1, 75),
    ("auth_provider block", f"{B}/connected_context/text", 1, 75),
    ("call block", f"{B}/call_id", 1, None),
    ("card block", f"{B}/title/text", 1, 150),
    ("card block", f"{B}/subtitle/text", 1, 150),
    ("card block", f"{B}/body/text", 1, 200),
    ("card block", f"{B}/subtext/text", 1, 200),
    ("card block", f"{B}/slack_icon/name", 1, None),
    ("container block", f"{B}/title/text", 1, 150),
    ("container block", f"{B}/subtitle/text", 1, 150),
    ("plan block", f"{B}/title", 1, None),
    ("task_card block", f"{B}/task_id", 1, None),
    ("task_card block", f"{B}/title", 1, None),
    ("video block", f"{B}/alt_text", 1, None),
    ("video block", f"{B}/title/text", 1, 199),
    ("video block", f"{B}/description/text", 1, 3000),
    ("video block", f"{B}/author_name", 0, 49),
    ("table block", f"{B}/rows/0/0/text", 1, None),
    ("table block", f"{B}/rows/0/1/text", 1, None),
    ("data_table block", f"{B}/caption", 1, None),
    ("data_visualization block", f"{B}/title", 1, 50),
    ("data_visualization block", f"{CHART}/segments/0/label", 1, 20),
    ("bar chart", f"{CHART}/series/0/name", 1, 20),
    ("bar chart", f"{CHART}/series/0/data/0/label", 1, 20),
    ("bar chart", f"{CHART}/axis_config/categories/0", 1, 20),
    ("bar chart", f"{CHART}/axis_config/x_label", 0, 50),
    ("bar chart", f"{CHART}/axis_config/y_label", 0, 50),
    ("button", f"{L}/action_id", 1, 255),
    ("button", f"{L}/text/text", 1, 75),
    ("button", f"{L}/value", 0, 2000),
    ("button", f"{L}/url", 0, 3000),
    ("button", f"{L}/accessibility_label", 0, 75),
    ("button", f"{L}/agent_prompt", 0, 4000),
    ("button", f"{L}/confirm/title/text", 1, 100),
    ("button", f"{L}/confirm/text/text", 1, 300),
    ("button", f"{L}/confirm/confirm/text", 1, 30),
    ("button", f"{L}/confirm/deny/text", 1, 30),
    ("button", f"{L}/visible_to_user_ids/0", 1, None),
    ("icon_button", f"{L}/icon", 1, None),
    ("icon_button", f"{L}/text/text", 1, 75),
    ("icon_button", f"{L}/value", 0, 2000),
    ("icon_button", f"{L}/accessibility_label", 0, 75),
    ("icon_button", f"{L}/visible_to_user_ids/0", 1, None),
    ("feedback_buttons", f"{L}/positive_button/text/text", 1, 75),
    ("feedback_buttons", f"{L}/positive_button/value", 0, 2000),
    ("feedback_buttons", f"{L}/positive_button/accessibility_label", 0, 75),
    ("workflow_button", f"{L}/text/text", 1, 75),
    ("workflow_button", f"{L}/accessibility_label", 0, 75),
    ("overflow", f"{L}/options/0/text/text", 1, 75),
    ("overflow", f"{L}/options/0/value", 0, 150),
    ("overflow", f"{L}/options/0/description/text", 1, 75),
    ("overflow", f"{L}/options/0/url", 0, 3000),
    ("static_select", f"{E}/placeholder/text", 1, 150),
    ("static_select", f"{E}/options/0/text/text", 1, 75),
    ("static_select", f"{E}/options/0/value", 0, 150),
    ("static_select", f"{E}/options/0/description/text", 1, 75),
    ("option groups", f"{E}/option_groups/0/label/text", 1, 75),
    ("checkboxes", f"{E}/options/0/text/text", 1, 75),
    ("checkboxes", f"{E}/options/0/value", 0, 150),
    ("checkboxes", f"{E}/options/0/description/text", 1, 75),
    ("channels_select", f"{E}/initial_channel", 1, None),
    ("conversations_select", f"{E}/initial_conversation", 1, None),
    ("users_select", f"{E}/initial_user", 1, None),
    ("multi_users_select", f"{E}/initial_users/0", 1, None),
    ("multi_channels_select", f"{E}/initial_channels/0", 1, None),
    ("multi_conversations_select", f"{E}/initial_conversations/0", 1, None),
    ("plain_text_input", f"{E}/initial_value", 0, 3000),
    ("plain_text_input", f"{E}/placeholder/text", 1, 150),
    ("rich_text_input", f"{E}/placeholder/text", 1, 150),
    ("file_input", f"{E}/filetypes/0", 1, None),
    ("timepicker", f"{E}/timezone", 1, None),
    ("url", f"{B}/sources/0/text", 1, None),
    ("Slack file id", f"{B}/slack_file/id", 1, None),
    ("text", f"{L}/elements/0/text", 1, None),
    ("link", f"{L}/elements/0/url", 1, None),
    ("emoji", f"{L}/elements/0/name", 1, None),
    ("user", f"{L}/elements/0/user_id", 1, None),
    ("usergroup", f"{L}/elements/0/usergroup_id", 1, None),
    ("channel", f"{L}/elements/0/channel_id", 1, None),
    ("team", f"{L}/elements/0/team_id", 1, None),
    ("color", f"{L}/elements/0/value", 1, None),
    ("date", f"{L}/elements/0/format", 1, None),
    ("date", f"{L}/elements/0/url", 1, None),
    ("attachment", "/attachments/0/footer", 0, 300),
    ("modal", "/title/text", 1, 24),
    ("modal", "/submit/text", 1, 24),
    ("modal", "/close/text", 1, 24),
    ("modal", "/private_metadata", 0, 3000),
    ("modal", "/callback_id", 0, 255),
    ("modal", "/external_id", 0, 255),
    ("home", "/private_metadata", 0, 3000),
    ("home", "/callback_id", 0, 255),
    ("home", "/external_id", 0, 255),
]


@pytest.mark.parametrize(("sample", "pointer", "least", "greatest"), LENGTHS)
def test_text_is_taken_up_to_its_limit_and_refused_beyond(
    sample: str, pointer: str, least: int, greatest: int | None
) -> None:
    def faults(length: int) -> list[str]:
        return [
            str(fault) for fault in check_payload(changed(PARTS[sample], pointer, "a" * length))
        ]

    assert faults(least) == []
    if least:
        assert faults(0) == [f"must be more than 0 characters [json-pointer:{pointer}]"]
    if greatest is not None:
        assert faults(greatest) == []
        assert faults(greatest + 1) == [
            f"must be less than {greatest + 1} characters [json-pointer:{pointer}]"
        ]


def buttons(count: int) -> list[Any]:
    return [{**ELEMENTS["button"], "action_id": f"go {number}"} for number in range(count)]


def strings(count: int) -> list[str]:
    return [f"U{number}" for number in range(count)]


def cells(count: int) -> list[Any]:
    return [{"type": "raw_text", "text": "a"}] * count


def groups(count: int) -> list[Any]:
    return [{"label": plain(), "options": options(1)}] * count


def points(count: int) -> list[Any]:
    return [{"label": "a", "value": 1}] * count


# (sample, the list, its least and its greatest number of items, how to make them)
NUMBERS_OF_ITEMS = [
    ("section block", f"{B}/fields", 1, 10, lambda n: [plain()] * n),
    ("actions block", f"{B}/elements", 1, 25, buttons),
    ("context block", f"{B}/elements", 1, 10, lambda n: [plain()] * n),
    (
        "context_actions block",
        f"{B}/elements",
        1,
        5,
        lambda n: [{**ELEMENTS["icon_button"], "action_id": f"a{i}"} for i in range(n)],
    ),
    ("card block", f"{B}/actions", 1, 3, buttons),
    ("carousel block", f"{B}/elements", 1, 10, lambda n: [BLOCKS["card"]] * n),
    ("container block", f"{B}/child_blocks", 1, 10, lambda n: [section()] * n),
    ("table block", f"{B}/rows", 1, 100, lambda n: [cells(1)] * n),
    ("table block", f"{B}/rows/0", 1, 20, cells),
    ("table block", f"{B}/column_settings", 0, 20, lambda n: [None] * n),
    ("data_table block", f"{B}/rows", 2, 101, lambda n: [cells(1)] * n),
    ("data_table block", f"{B}/rows/0", 1, 20, cells),
    ("data_visualization block", f"{CHART}/segments", 1, 12, points),
    ("bar chart", f"{CHART}/series", 1, 12, lambda n: [{"name": "a", "data": points(1)}] * n),
    ("bar chart", f"{CHART}/series/0/data", 1, 20, points),
    ("bar chart", f"{CHART}/axis_config/categories", 1, 20, strings),
    ("static_select", f"{E}/options", 1, 100, options),
    ("multi_static_select", f"{E}/options", 1, 100, options),
    ("option groups", f"{E}/option_groups", 1, 100, groups),
    ("option groups", f"{E}/option_groups/0/options", 1, 100, options),
    ("multi_external_select", f"{E}/initial_options", 1, 100, options),
    ("checkboxes", f"{E}/options", 1, 10, options),
    ("checkboxes", f"{E}/initial_options", 1, 10, lambda n: [option("b")] * n),
    ("multi_static_select", f"{E}/initial_options", 1, 100, lambda n: [option("b")] * n),
    ("static option groups", f"{E}/option_groups", 1, 100, groups),
    ("radio_buttons", f"{E}/options", 1, 10, options),
    ("overflow", f"{L}/options", 1, 5, options),
    ("button", f"{L}/visible_to_user_ids", 0, 10, strings),
    ("icon_button", f"{L}/visible_to_user_ids", 0, 10, strings),
    ("multi_users_select", f"{E}/initial_users", 1, None, strings),
    ("multi_channels_select", f"{E}/initial_channels", 1, None, strings),
    ("multi_conversations_select", f"{E}/initial_conversations", 1, None, strings),
    ("file_input", f"{E}/filetypes", 1, None, strings),
    ("conversations_select", f"{E}/filter/include", 1, None, lambda n: ["im"] * n),
    (
        "plain_text_input",
        f"{E}/dispatch_action_config/trigger_actions_on",
        1,
        None,
        lambda n: ["on_enter_pressed"] * n,
    ),
    ("attachment", "/attachments/0/actions", 0, 5, lambda n: [{"type": "button"}] * n),
    ("attachment", "/attachments", 0, 100, lambda n: [{"text": "a"}] * n),
    ("modal", "/blocks", 1, 100, lambda n: [section()] * n),
    ("home", "/blocks", 1, 100, lambda n: [section()] * n),
    ("section block", "/blocks", 0, 50, lambda n: [section()] * n),
]


@pytest.mark.parametrize(("sample", "pointer", "least", "greatest", "make"), NUMBERS_OF_ITEMS)
def test_list_is_taken_up_to_its_limit_and_refused_beyond(
    sample: str, pointer: str, least: int, greatest: int | None, make: Any
) -> None:
    def faults(count: int) -> list[str]:
        return [str(fault) for fault in check_payload(changed(PARTS[sample], pointer, make(count)))]

    assert faults(least) == []
    if least:
        assert faults(least - 1) == [
            f"must provide at least {least} items [json-pointer:{pointer}]"
        ]
    if greatest is not None:
        assert faults(greatest) == []
        assert faults(greatest + 1) == [
            f"no more than {greatest} items allowed [json-pointer:{pointer}]"
        ]


# (sample, the number, its least and its greatest value)
NUMBERS = [
    ("datetimepicker", f"{E}/initial_date_time", 1_000_000_000, 9_999_999_999),
    ("plain_text_input", f"{E}/min_length", 0, 3000),
    ("plain_text_input", f"{E}/max_length", 1, 3000),
    ("rich_text_input", f"{E}/min_lines", 1, 100),
    ("rich_text_input", f"{E}/max_lines", 1, 100),
    ("file_input", f"{E}/max_files", 1, 10),
    ("multi_static_select", f"{E}/max_selected_items", 1, None),
    ("multi_external_select", f"{E}/max_selected_items", 1, None),
    ("multi_users_select", f"{E}/max_selected_items", 1, None),
    ("multi_conversations_select", f"{E}/max_selected_items", 1, None),
    ("multi_channels_select", f"{E}/max_selected_items", 1, None),
    ("external_select", f"{E}/min_query_length", 0, None),
    ("multi_external_select", f"{E}/min_query_length", 0, None),
    ("data_table block", f"{B}/page_size", 1, 100),
    ("data_table block", f"{B}/row_header_column_index", 0, None),
    ("rich_text_list", f"{L}/indent", 0, 8),
    ("rich_text_list", f"{L}/offset", 0, None),
    ("emoji", f"{L}/elements/0/skin_tone", 1, 6),
]


@pytest.mark.parametrize(("sample", "pointer", "least", "greatest"), NUMBERS)
def test_number_is_taken_within_its_limits_and_refused_outside(
    sample: str, pointer: str, least: int, greatest: int | None
) -> None:
    def faults(number: int) -> list[str]:
        return [str(fault) for fault in check_payload(changed(PARTS[sample], pointer, number))]

    assert faults(least) == []
    assert faults(least - 1) == [
        f"must be greater than or equal to {least} [json-pointer:{pointer}]"
    ]
    if greatest is not None:
        assert faults(greatest) == []
        assert faults(greatest + 1) == [
            f"must be less than or equal to {greatest} [json-pointer:{pointer}]"
        ]


@pytest.mark.parametrize(
    ("sample", "pointer"),
    [("image block", f"{B}/image_url"), ("auth_provider block", f"{B}/auth_url")],
)
def test_url_is_taken_up_to_3000_characters(sample: str, pointer: str) -> None:
    url = "https://example.org/".ljust(3000, "a")

    assert check_payload(changed(PARTS[sample], pointer, url)) == []
    assert [str(fault) for fault in check_payload(changed(PARTS[sample], pointer, url + "a"))] == [
        f"must be less than 3001 characters [json-pointer:{pointer}]"
    ]
