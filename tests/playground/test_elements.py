"""Ids made up, states, actions and Slack's own field checks."""

from typing import Any

import pytest

from highlightbot.playground.elements import (
    action_payload,
    find_element,
    initial_state,
    merged_state,
    refuse_impossible,
    with_ids,
)
from tests.playground.payloads import actions, button, plain, section, text_input, typed


def input_block(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    named = {"action_id": "a", **element}
    return {"type": "input", "block_id": "b", "label": plain("L"), "element": named, **more}


OPTION = {"text": plain("One"), "value": "one"}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
}


@pytest.mark.parametrize(
    ("element", "held"),
    [
        ({"type": "plain_text_input"}, {"value": None}),
        ({"type": "plain_text_input", "initial_value": "x"}, {"value": "x"}),
        ({"type": "rich_text_input", "initial_value": RICH}, {"rich_text_value": RICH}),
        ({"type": "static_select", "initial_option": OPTION}, {"selected_option": OPTION}),
        ({"type": "radio_buttons"}, {"selected_option": None}),
        ({"type": "checkboxes"}, {"selected_options": []}),
        (
            {"type": "multi_static_select", "initial_options": [OPTION]},
            {"selected_options": [OPTION]},
        ),
        ({"type": "datepicker", "initial_date": "2020-06-19"}, {"selected_date": "2020-06-19"}),
        ({"type": "timepicker"}, {"selected_time": None}),
        ({"type": "datetimepicker", "initial_date_time": 7}, {"selected_date_time": 7}),
        ({"type": "users_select"}, {"selected_user": None}),
        ({"type": "multi_users_select"}, {"selected_users": []}),
        ({"type": "conversations_select"}, {"selected_conversation": None}),
        ({"type": "multi_channels_select"}, {"selected_channels": []}),
        ({"type": "number_input", "initial_value": "3"}, {"value": "3"}),
        ({"type": "file_input"}, {"files": []}),
    ],
)
def test_initial_state(element: dict[str, Any], held: dict[str, Any]) -> None:
    assert initial_state([input_block(element)]) == {"b": {"a": {"type": element["type"], **held}}}


def test_buttons_have_no_state() -> None:
    assert initial_state([actions(button()), section("x", block_id="s", accessory=button())]) == {}


def test_merged_state_keeps_the_latest_of_the_same_type() -> None:
    blocks = [text_input("one"), text_input("two"), text_input("three", initial_value="x")]
    early = {"one": {"text": typed("1")}, "two": {"text": typed("2")}, "gone": {"text": typed("")}}
    late = {"two": {"text": typed(None)}, "three": {"text": {"type": "datepicker"}}}
    assert merged_state(blocks, early, late) == {
        "one": {"text": typed("1")},
        "two": {"text": typed(None)},
        "three": {"text": typed("x")},
    }


def test_ids_are_made_up_in_nested_blocks() -> None:
    bare = {"type": "button", "text": plain("Go")}
    card = {"type": "card", "actions": [bare]}
    blocks = with_ids(
        [
            {"type": "container", "child_blocks": [{"type": "actions", "elements": [bare]}]},
            {"type": "carousel", "elements": [card]},
            section("x", accessory=bare),
        ]
    )
    inner = blocks[0]["child_blocks"][0]
    found = find_element(blocks, inner["block_id"], inner["elements"][0]["action_id"])
    assert found == (inner, inner["elements"][0])
    in_card = blocks[1]["elements"][0]
    assert find_element(blocks, in_card["block_id"], in_card["actions"][0]["action_id"])
    assert blocks[2]["accessory"]["action_id"]
    assert find_element(blocks, blocks[2]["block_id"], "other") is None


def test_ids_are_made_up_in_the_cells_of_a_data_table() -> None:
    plain_cell = {"type": "raw_text", "text": "Libraries"}
    cell = {"type": "action", "element": {"type": "button", "text": plain("Go")}}
    (table,) = with_ids([{"type": "data_table", "caption": "c", "rows": [[plain_cell, cell]]}])
    ((kept, named),) = table["rows"]
    assert kept == plain_cell
    element = named["element"]
    assert find_element([table], table["block_id"], element["action_id"]) == (table, element)


def test_an_overflow_tells_its_choice() -> None:
    element = {"type": "overflow", "action_id": "o", "options": [OPTION]}
    block = actions(element)
    chosen = {"type": "overflow", "selected_option": OPTION}
    assert action_payload(block, element, chosen, "1.0") == {
        "type": "overflow",
        "block_id": "doing",
        "action_id": "o",
        "selected_option": OPTION,
        "action_ts": "1.0",
    }


USERS = {"type": "multi_users_select"}
SELECT = {"type": "static_select", "options": [OPTION]}


@pytest.mark.parametrize(
    ("element", "held"),
    [
        ({"type": "number_input"}, {"value": 5}),
        (SELECT, {"selected_option": "one"}),
        (SELECT, {"selected_option": {"text": plain("Two"), "value": "two"}}),
        (SELECT, {"selected_option": {"text": plain("Other"), "value": "one"}}),
        ({"type": "checkboxes", "options": [OPTION]}, {"selected_options": ["one"]}),
        (USERS, {"selected_users": "U1"}),
        (USERS, {"selected_users": [1]}),
        ({"type": "datepicker"}, {"selected_date": "yesterday"}),
        ({"type": "datepicker"}, {"selected_date": "2020-02-31"}),
        ({"type": "timepicker"}, {"selected_time": "9 am"}),
        ({"type": "datetimepicker"}, {"selected_date_time": "7"}),
        ({"type": "rich_text_input"}, {"rich_text_value": "x"}),
        ({"type": "file_input"}, {"files": "x"}),
        ({"type": "file_input"}, {"files": ["F1"]}),
        ({"type": "datepicker"}, {"type": "timepicker"}),
    ],
)
def test_impossible_values_are_refused(element: dict[str, Any], held: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"cannot hold|is no"):
        refuse_impossible(element, {"type": element["type"], **held})
