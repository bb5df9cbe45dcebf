"""The rules between the fields of one element. The wordings are ours, in Slack's style."""

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from highlightbot.playground.rules.dialect import text_length
from highlightbot.playground.rules.placed import Placed, elements_of
from highlightbot.playground.rules.violation import Violation

ELEMENTS_PAGE = "https://docs.slack.dev/reference/block-kit/block-elements"
OPTION_PAGE = "https://docs.slack.dev/reference/block-kit/composition-objects/option-object"


def element_rules(blocks: Sequence[Placed]) -> Iterator[Violation]:
    """What is wrong inside the elements of `blocks`."""
    for block in blocks:
        for pointer, element in elements_of(block):
            yield from _options_differ(pointer, element)
            yield from _initial_options_exist(pointer, element)
            yield from _bounds_in_order(pointer, element)
            yield from _initial_values_in_bounds(pointer, element)


def _options_differ(pointer: str, element: Mapping[str, Any]) -> Iterator[Violation]:
    """Each option of a list has a value of its own."""
    for place, options in _lists_of_options(element):
        seen = set()
        for index, option in enumerate(options):
            if option["value"] in seen:
                yield Violation(
                    f"{pointer}/{place}/{index}/value",
                    f'`value` "{option["value"]}" already exists',
                    OPTION_PAGE,
                )
            seen.add(option["value"])


def _initial_options_exist(pointer: str, element: Mapping[str, Any]) -> Iterator[Violation]:
    """An option that is selected at first must exactly match one that can be chosen."""
    options = [option for _, listed in _lists_of_options(element) for option in listed]
    if not options:
        return
    if "initial_option" in element and element["initial_option"] not in options:
        yield Violation(f"{pointer}/initial_option", "must match one of the options", OPTION_PAGE)
    for index, option in enumerate(element.get("initial_options", ())):
        if option not in options:
            yield Violation(
                f"{pointer}/initial_options/{index}", "must match one of the options", OPTION_PAGE
            )


def _bounds_in_order(pointer: str, element: Mapping[str, Any]) -> Iterator[Violation]:
    for subject, page in (
        ("value", "number-input-element"),
        ("length", "plain-text-input-element"),
        ("lines", "rich-text-input-element"),
    ):
        low, high = f"min_{subject}", f"max_{subject}"
        if low in element and high in element and Decimal(element[low]) > Decimal(element[high]):
            yield Violation(
                f"{pointer}/{low}", f"must not be greater than `{high}`", f"{ELEMENTS_PAGE}/{page}"
            )


def _initial_values_in_bounds(pointer: str, element: Mapping[str, Any]) -> Iterator[Violation]:
    """What is entered or chosen at first is within bounds, but that a text may be a beginning."""
    most = element.get("max_selected_items")
    for name, chosen in element.items():
        if most is not None and name.startswith("initial_") and len(chosen) > most:
            yield Violation(
                f"{pointer}/{name}",
                f"no more than {most} items allowed",
                f"{ELEMENTS_PAGE}/multi-select-menu-element",
            )
    value = element.get("initial_value")
    if value is not None and element["type"] == "plain_text_input":
        if text_length(value) > element.get("max_length", math.inf):
            yield Violation(
                f"{pointer}/initial_value",
                "must not be longer than `max_length`",
                f"{ELEMENTS_PAGE}/plain-text-input-element",
            )
    elif value is not None and element["type"] == "number_input":
        for problem in _number_problems(Decimal(value), element):
            yield Violation(
                f"{pointer}/initial_value", problem, f"{ELEMENTS_PAGE}/number-input-element"
            )


def _number_problems(number: Decimal, element: Mapping[str, Any]) -> Iterator[str]:
    if number < Decimal(element.get("min_value", number)):
        yield "must not be less than `min_value`"
    if number > Decimal(element.get("max_value", number)):
        yield "must not be greater than `max_value`"
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        yield "must be a whole number"


def _lists_of_options(
    element: Mapping[str, Any],
) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    """The options that can be chosen, those of each group apart, with the way to them."""
    yield "options", element.get("options", ())
    for number, group in enumerate(element.get("option_groups", ())):
        yield f"option_groups/{number}/options", group["options"]
