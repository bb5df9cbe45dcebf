"""What Slack's own client refuses before it sends a submission."""

from typing import Any

import pytest

from highlightbot.playground.fields import REQUIRED, refused_fields


def problem(element: dict[str, Any], value: Any, *, optional: bool = False) -> str | None:
    block = {
        "type": "input", "block_id": "b", "optional": optional,
        "element": {"action_id": "a", **element},
    }  # fmt: skip
    state = {"b": {"a": {"type": element["type"], "value": value}}}
    return refused_fields([block], state).get("b")


def rich(*texts: str) -> dict[str, Any]:
    elements = [{"type": "text", "text": text} for text in texts]
    sections = [{"type": "rich_text_section", "elements": elements}]
    return {"type": "rich_text", "elements": sections}


@pytest.mark.parametrize(
    ("element", "value", "expected"),
    [
        ({"type": "plain_text_input"}, None, REQUIRED),
        ({"type": "plain_text_input"}, " ", None),
        ({"type": "plain_text_input", "max_length": 3}, "abcd",
         "Please use at most 3 characters (it has 4)."),
        ({"type": "plain_text_input"}, "a" * 3_001,
         "Please use at most 3000 characters (it has 3001)."),
        ({"type": "plain_text_input"}, "😀" * 1_501,
         "Please use at most 3000 characters (it has 3002)."),
        ({"type": "plain_text_input", "min_length": 3}, "ab", "Please use at least 3 characters."),
        ({"type": "rich_text_input"}, rich(), REQUIRED),
        ({"type": "rich_text_input"}, rich("\n", "\n\n"), REQUIRED),
        ({"type": "rich_text_input"}, rich("a"), None),
        ({"type": "checkboxes"}, [], REQUIRED),
        ({"type": "multi_users_select", "max_selected_items": 1}, ["U1", "U2"],
         "Please choose 1 at most."),
        ({"type": "email_text_input"}, "a@b", "Please enter a valid email address."),
        ({"type": "email_text_input"}, "a@example.com", None),
        ({"type": "url_text_input"}, "example.com", "Please enter a valid URL."),
        ({"type": "url_text_input"}, "https://[", "Please enter a valid URL."),
        ({"type": "url_text_input"}, "https://example.com", None),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5",
         "Please enter a whole number."),
        ({"type": "number_input", "is_decimal_allowed": True}, "1.5", None),
        ({"type": "number_input", "is_decimal_allowed": False}, "9" * 300, None),
        ({"type": "number_input", "is_decimal_allowed": True}, "nan",
         "Please enter a valid number."),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1",
         "Please enter a number of at least 2."),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "3",
         "Please enter a number of at most 2."),
    ],
)  # fmt: skip
def test_problem(element: dict[str, Any], value: Any, expected: str | None) -> None:
    assert problem(element, value) == expected


def test_optional_input_may_be_blank() -> None:
    assert problem({"type": "plain_text_input"}, None, optional=True) is None


def test_input_that_is_missing_from_the_state_counts_as_blank() -> None:
    block = {"type": "input", "block_id": "b", "element": {"type": "datepicker", "action_id": "a"}}
    assert refused_fields([block, {"type": "divider", "block_id": "d"}], {}) == {"b": REQUIRED}
