import json
from typing import Any

import pytest

from highlightbot.playground.rules import Violation, check_message, check_payload, check_view
from tests.playground.rules.battery import PARTS_OF_THE_BATTERY, ROWS
from tests.playground.rules.samples import message, modal, section


@pytest.mark.parametrize("part", PARTS_OF_THE_BATTERY)
def test_every_payload_of_the_battery_is_judged_right(part: str) -> None:
    rows = PARTS_OF_THE_BATTERY[part]
    judged = {row.name: [str(fault) for fault in check_payload(row.payload)] for row in rows}

    assert judged == {row.name: row.faults for row in rows}


def test_no_two_payloads_of_the_battery_share_a_name() -> None:
    for rows in PARTS_OF_THE_BATTERY.values():
        assert len({row.name for row in rows}) == len(rows)


def test_battery_is_as_large_as_promised() -> None:
    different = {json.dumps(row.payload, sort_keys=True): bool(row.faults) for row in ROWS}
    refused = sum(different.values())

    assert len(different) - refused >= 150
    assert refused >= 300


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
