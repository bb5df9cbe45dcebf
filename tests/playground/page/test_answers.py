"""Raw values of controls as Slack's state elements. https://docs.slack.dev/reference/views"""

from typing import Any

import pytest

from highlightbot.playground.page.answers import as_composed, find_element, state_element, state_of
from tests.playground.page.office import seen_by_asha

ONE, TWO = ({"text": {"type": "plain_text", "text": name}, "value": name} for name in ("1", "2"))


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    sections = [{"type": "rich_text_section", "elements": list(elements)}]
    return {"type": "rich_text", "elements": sections}


def text(words: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


@pytest.mark.parametrize(
    ("element", "raw", "state"),
    [
        ({"type": "plain_text_input"}, " a\n", {"value": " a\n"}),
        ({"type": "plain_text_input"}, "", {"value": None}),
        ({"type": "number_input"}, "3", {"value": "3"}),
        ({"type": "datepicker"}, "2020-06-19", {"selected_date": "2020-06-19"}),
        ({"type": "timepicker"}, "", {"selected_time": None}),
        ({"type": "datetimepicker"}, "2020-06-19T09:00", {"selected_date_time": 1592553600}),
        ({"type": "static_select", "options": [ONE, TWO]}, "2", {"selected_option": TWO}),
        ({"type": "static_select", "option_groups": [{"options": [ONE]}]}, "1",
         {"selected_option": ONE}),
        ({"type": "radio_buttons", "options": [ONE]}, "", {"selected_option": None}),
        ({"type": "checkboxes", "options": [ONE, TWO]}, ["1", "2"],
         {"selected_options": [ONE, TWO]}),
        ({"type": "multi_static_select", "options": [ONE]}, [], {"selected_options": []}),
        ({"type": "users_select"}, "U0BEN", {"selected_user": "U0BEN"}),
        ({"type": "users_select"}, "U0NOBODY", {"selected_user": None}),
        ({"type": "multi_channels_select"}, ["C0TEA", "C0ELSE"], {"selected_channels": ["C0TEA"]}),
        ({"type": "overflow", "options": [ONE]}, "1", {"selected_option": ONE}),
        ({"type": "rich_text_input"}, None, {"rich_text_value": None}),
        ({"type": "rich_text_input"}, section(text("a")), {"rich_text_value": section(text("a"))}),
    ],
)  # fmt: skip
def test_state_element(element: dict[str, Any], raw: Any, state: dict[str, Any]) -> None:
    assert state_element(element, raw, seen_by_asha()) == {"type": element["type"], **state}


def test_state_element_of_an_option_that_is_not_offered_is_refused() -> None:
    with pytest.raises(LookupError):
        state_element({"type": "static_select", "options": [ONE]}, "3", seen_by_asha())


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("plain_text_input", 5),
        ("checkboxes", "1"),
        ("rich_text_input", "a"),
        ("rich_text_input", {"type": "rich_text", "elements": 5}),
        ("rich_text_input", {"type": 5}),
        ("rich_text_input", {"type": "divider"}),
        ("external_select", '{"value": "\\ud800"}'),
    ],
)
def test_state_element_of_the_wrong_kind_is_refused(kind: str, raw: Any) -> None:
    with pytest.raises(ValueError, match=r"is no (value of|option)"):
        state_element({"type": kind, "options": [ONE]}, raw, seen_by_asha())


def test_typed_emoji_and_addresses_become_elements() -> None:
    typed = section(text("go 🎉! https://example.com/a, ok", bold=True), text("🎉", code=True))
    assert as_composed(typed) == section(
        text("go ", bold=True),
        {"type": "emoji", "name": "tada", "unicode": "1f389", "style": {"bold": True}},
        text("! ", bold=True),
        {"type": "link", "url": "https://example.com/a", "style": {"bold": True}},
        text(", ok", bold=True),
        text("🎉", code=True),
    )


@pytest.mark.parametrize("words", ["👋🏽 👩‍👩‍👧", "خطوة ١", "a\u200db", "x\x00\x1f"])
def test_other_text_stays_as_typed(words: str) -> None:
    assert as_composed(section(text(words))) == section(text(words))


def test_preformatted_text_stays_as_typed() -> None:
    block = {"type": "rich_text", "elements": [
        {"type": "rich_text_preformatted", "elements": [text("🎉 https://example.com")]}
    ]}  # fmt: skip
    assert as_composed(block) == block


def test_state_of_takes_every_kind_of_block_and_only_what_was_sent() -> None:
    entry = {"type": "plain_text_input", "action_id": "a"}
    menu = {"type": "static_select", "action_id": "m", "options": [ONE]}
    go = {"type": "button", "action_id": "go"}
    blocks = [
        {"type": "input", "block_id": "i", "element": entry},
        {"type": "input", "block_id": "left-out", "element": entry},
        {"type": "section", "block_id": "s", "accessory": menu},
        {"type": "actions", "block_id": "x", "elements": [go]},
        {"type": "container", "block_id": "o", "child_blocks": [
            {"type": "actions", "block_id": "c", "elements": [menu]}]},
    ]  # fmt: skip
    raw = {"i": {"a": "t"}, "s": {"m": "1"}, "x": {"go": ""}, "c": {"m": ""}, "gone": {"a": "t"}}
    assert state_of(blocks, raw, seen_by_asha()) == {
        "i": {"a": {"type": "plain_text_input", "value": "t"}},
        "s": {"m": {"type": "static_select", "selected_option": ONE}},
        "c": {"m": {"type": "static_select", "selected_option": None}},
    }
    assert find_element(blocks, "c", "m") == menu
    with pytest.raises(LookupError):
        find_element(blocks, "c", "a")
