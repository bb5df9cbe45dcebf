"""A bot under development sends anything: it is judged, and never breaks the checker."""

from collections.abc import Iterator
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from highlightbot.playground.rules import check_message, check_payload, check_view
from tests.playground.rules.battery.parts import PARTS
from tests.playground.rules.samples import BLOCKS, ELEMENTS, changed

NAMES = sorted({"type", "text", "elements", "blocks", "options", "rows", "submit", "unknown"})
TYPES = sorted({"modal", "home", "plain_text", "mrkdwn", *BLOCKS, *ELEMENTS})
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(TYPES) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=6,
)


def pointers_in(payload: Any, pointer: str = "") -> Iterator[str]:
    parts: Any = ()
    if isinstance(payload, dict):
        parts = payload.items()
    elif isinstance(payload, list):
        parts = enumerate(payload)
    for name, part in parts:
        yield f"{pointer}/{name}"
        yield from pointers_in(part, f"{pointer}/{name}")


PLACES = [(payload, pointer) for payload in PARTS.values() for pointer in pointers_in(payload)]


@settings(deadline=None, max_examples=50)
@given(anything)
def test_any_json_is_judged_as_message_view_or_blocks(payload: Any) -> None:
    judged = [*check_message(payload), *check_view(payload), *check_payload(payload)]

    assert all(fault.message and fault.source for fault in judged)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(PLACES), anything)
@example(next(place for place in PLACES if place[1] == "/blocks/0/call"), {"type": []})
def test_valid_payload_with_anything_somewhere_is_judged(place: Any, value: Any) -> None:
    payload, pointer = place

    judged = check_payload(changed(payload, pointer, value))

    assert all(fault.message and fault.source for fault in judged)
