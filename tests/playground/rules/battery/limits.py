"""Every limit at its edge: what Slack's pages allow is taken, one more is refused."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.playground.rules.battery.parts import CHART, PARTS, B, E, L
from tests.playground.rules.battery.row import Row
from tests.playground.rules.samples import (
    BLOCKS,
    ELEMENTS,
    changed,
    option,
    options,
    plain,
    section,
)

# (sample, the string or strings that go together, its least and its greatest length)
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
    ("bar chart", f"{CHART}/series/0/data/0/label {CHART}/axis_config/categories/0", 1, 20),
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


def buttons(count: int) -> list[Any]:
    return [{**ELEMENTS["button"], "action_id": f"go {number}"} for number in range(count)]


def strings(count: int) -> list[str]:
    return [f"U{number}" for number in range(count)]


def cells(count: int) -> list[Any]:
    return [{"type": "raw_text", "text": "a"}] * count


def groups(count: int) -> list[Any]:
    return [{"label": plain(), "options": options(1)}] * count


def points(count: int) -> list[Any]:
    return [{"label": f"U{number}", "value": 1} for number in range(count)]


POINTS = PARTS["bar chart"]["blocks"][0]["chart"]["series"][0]["data"]


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
    ("data_table block", f"{B}/rows", 2, 201, lambda n: [cells(1)] * n),
    ("data_visualization block", f"{CHART}/segments", 1, 12, points),
    (
        "bar chart",
        f"{CHART}/series",
        1,
        12,
        lambda n: [{"name": f"a{i}", "data": POINTS} for i in range(n)],
    ),
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

# (sample, lists that must be equally long and how to make them, least and greatest number)
LISTS_TOGETHER = [
    (
        "bar chart",
        {f"{CHART}/series/0/data": points, f"{CHART}/axis_config/categories": strings},
        1,
        20,
    ),
    ("data_table block", {f"{B}/rows/0": cells, f"{B}/rows/1": cells}, 1, 20),
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

URL = "https://example.org/"


def rows() -> Iterator[Row]:
    """Each edge, from both of its sides."""
    for sample, pointers, least, greatest in LENGTHS:
        yield from _edges(
            sample, dict.fromkeys(pointers.split(), lambda n: "a" * n), least, greatest, LENGTH
        )
    for sample, pointer, least, greatest, make in NUMBERS_OF_ITEMS:
        yield from _edges(sample, {pointer: make}, least, greatest, ITEMS)
    for sample, together, least, greatest in LISTS_TOGETHER:
        yield from _edges(sample, together, least, greatest, ITEMS)
    for sample, pointer, least, greatest in NUMBERS:
        yield from _edges(sample, {pointer: int}, least, greatest, NUMBER)
    for sample, pointer in (("image block", "image_url"), ("auth_provider block", "auth_url")):
        yield from _edges(sample, {f"{B}/{pointer}": lambda n: URL.ljust(n, "a")}, 0, 3000, LENGTH)


LENGTH = ("must be more than {under} characters", "must be less than {over} characters")
ITEMS = ("must provide at least {least} items", "no more than {greatest} items allowed")
NUMBER = (
    "must be greater than or equal to {least}",
    "must be less than or equal to {greatest}",
)


def _edges(
    sample: str,
    makers: Mapping[str, Callable[[int], Any]],
    least: int,
    greatest: int | None,
    wordings: tuple[str, str],
) -> Iterator[Row]:
    def row(size: int, words: str | None = None) -> Row:
        payload = PARTS[sample]
        for pointer, make in makers.items():
            payload = changed(payload, pointer, make(size))
        faults = [f"{words} [json-pointer:{pointer}]" for pointer in makers] if words else []
        return Row(f"{sample}{' and '.join(makers)} of {size}", payload, faults)

    too_little, too_much = wordings
    yield row(least)
    if least > 0 or wordings is NUMBER:
        yield row(least - 1, too_little.format(least=least, under=least - 1))
    if greatest is not None:
        yield row(greatest)
        yield row(greatest + 1, too_much.format(greatest=greatest, over=greatest + 1))
