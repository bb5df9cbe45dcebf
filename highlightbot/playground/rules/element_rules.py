"""The rules between the fields of one element. The wordings are ours, in Slack's style."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from highlightbot.playground.rules.placed import Placed, elements_of
from highlightbot.playground.rules.violation import Violation

ELEMENTS_PAGE = "https://docs.slack.dev/reference/block-kit/block-elements"
OPTION_PAGE = "https://docs.slack.dev/reference/block-kit/composition-objects/option-object"


def element_rules(blocks: Sequence[Placed]) -> Iterator[Violation]:
    """What is wrong inside the elements of `blocks`."""
    for block in blocks:
        for pointer, element in elements_of(block):
            yield from _initial_options_exist(pointer, element)
            yield from _bounds_in_order(pointer, element)


def _initial_options_exist(pointer: str, element: Mapping[str, Any]) -> Iterator[Violation]:
    """An option that is selected at first must exactly match one that can be chosen."""
    options = list(element.get("options", ()))
    for group in element.get("option_groups", ()):
        options.extend(group["options"])
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
