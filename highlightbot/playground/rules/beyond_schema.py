"""The rules that a schema cannot say, because they compare one part of a payload with another.

They are given payloads whose shape is already known to be right.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from highlightbot.playground.rules.block_rules import block_rules
from highlightbot.playground.rules.dialect import text_length
from highlightbot.playground.rules.element_rules import element_rules
from highlightbot.playground.rules.placed import Placed, blocks_of, elements_of
from highlightbot.playground.rules.violation import Violation

DOCS = "https://docs.slack.dev/reference"
BLOCKS_PAGE = f"{DOCS}/block-kit/blocks"
ELEMENTS_PAGE = f"{DOCS}/block-kit/block-elements"

MESSAGE_TEXT_LIMIT = 12_000
"""Text characters in the blocks of one message, its attachments' included.

Documented for markdown blocks alone. https://docs.slack.dev/reference/block-kit/blocks/markdown-block
"""

BLOCK_ALLOWANCE = 20
"""What one block counts against the limit beside its text.

Slack speaks of "12,000 text characters with a buffer for block containers". With this value the
sum agrees with what was seen: 9,597 characters in 50 blocks accepted, 11,341 in 45 refused.
https://github.com/slackapi/bolt-js/issues/2867
"""

TABLE_TEXT_LIMITS = {"table": 10_000, "data_table": 20_000}
"""Text characters in the cells of a table, by its type; tables do not count against the message's.

https://docs.slack.dev/reference/block-kit/blocks/data-table-block
"""

CHARTS_IN_A_MESSAGE = 2
VIEW_BYTES_LIMIT = 250_000


def message_rules(message: Mapping[str, Any]) -> Iterator[Violation]:
    """What is wrong between the parts of a message."""
    lists = [("/blocks", message.get("blocks", ()))]
    for index, attachment in enumerate(message.get("attachments", ())):
        lists.append((f"/attachments/{index}/blocks", attachment.get("blocks", ())))
    blocks = [placed for pointer, items in lists for placed in blocks_of(pointer, items)]
    yield from _unique_identifiers(blocks)
    yield from block_rules(blocks)
    yield from element_rules(blocks)
    yield from _text_within_limit(lists)
    yield from _tables_and_charts(blocks)


def view_rules(view: Mapping[str, Any]) -> Iterator[Violation]:
    """What is wrong between the parts of a modal or a Home tab."""
    blocks = list(blocks_of("/blocks", view["blocks"]))
    yield from _unique_identifiers(blocks)
    yield from block_rules(blocks)
    yield from element_rules(blocks)
    yield from _one_focus(blocks)
    if view["type"] == "modal" and "submit" not in view:
        yield from _submit_for_inputs(blocks)
    text = json.dumps(view, ensure_ascii=False, separators=(",", ":"))
    if len(text.encode(errors="surrogatepass")) > VIEW_BYTES_LIMIT:
        yield Violation("", "view_too_large", f"{DOCS}/methods/views.open")


def _unique_identifiers(blocks: Sequence[Placed]) -> Iterator[Violation]:
    yield from _unique("block_id", blocks, BLOCKS_PAGE)
    for block in blocks:
        yield from _unique("action_id", list(elements_of(block)), ELEMENTS_PAGE)


def _unique(name: str, places: Sequence[Placed], source: str) -> Iterator[Violation]:
    seen = set()
    for pointer, content in places:
        identifier = content.get(name)
        if identifier is not None and identifier in seen:
            yield Violation(f"{pointer}/{name}", f'`{name}` "{identifier}" already exists', source)
        seen.add(identifier)


def _one_focus(blocks: Sequence[Placed]) -> Iterator[Violation]:
    focused = [
        pointer
        for block in blocks
        for pointer, element in elements_of(block)
        if element.get("focus_on_load")
    ]
    for pointer in focused[1:]:
        yield Violation(
            f"{pointer}/focus_on_load",
            "only one element can be set to focus on load",
            f"{DOCS}/views/modal-views",
        )


def _submit_for_inputs(blocks: Sequence[Placed]) -> Iterator[Violation]:
    for pointer, block in blocks:
        if block["type"] == "input":
            # Slack's own pointer: it names a field that the block does not have.
            yield Violation(
                f"{pointer}/input",
                "must define `submit` to use an `input` block in modals",
                f"{DOCS}/views/modal-views",
            )


def _text_within_limit(lists: Sequence[tuple[str, Sequence[Any]]]) -> Iterator[Violation]:
    """The blocks of the message and of its attachments count together."""
    left = MESSAGE_TEXT_LIMIT
    for pointer, blocks in lists:
        left -= sum(map(_weight, blocks))
        if left < 0:
            yield Violation(pointer, "msg_blocks_too_long", f"{DOCS}/methods/chat.postMessage")
            return


def _weight(block: Mapping[str, Any]) -> int:
    """What a block counts against the limit; a markdown block its text alone, as documented."""
    return _text_in(block) + (0 if block["type"] == "markdown" else BLOCK_ALLOWANCE)


def _tables_and_charts(blocks: Sequence[Placed]) -> Iterator[Violation]:
    tables = [placed for placed in blocks if placed[1]["type"] in TABLE_TEXT_LIMITS]
    for pointer, _ in tables[1:]:
        yield Violation(pointer, "only_one_table_allowed", f"{BLOCKS_PAGE}/table-block")
    for pointer, table in tables:
        limit = TABLE_TEXT_LIMITS[table["type"]]
        if _text_in(table["rows"]) > limit:
            yield Violation(
                f"{pointer}/rows",
                f"must be less than {limit + 1} characters",
                f"{BLOCKS_PAGE}/table-block",
            )
    charts = [pointer for pointer, block in blocks if block["type"] == "data_visualization"]
    for pointer in charts[CHARTS_IN_A_MESSAGE:]:
        yield Violation(
            pointer,
            "too many data_visualization blocks",
            f"{BLOCKS_PAGE}/data-visualization-block",
        )


def _text_in(value: Any) -> int:
    """The characters in every string under a `text` key, those of tables left out."""
    if isinstance(value, Mapping):
        # In what no schema describes, as the call of a call block, a type may be a list.
        if value.get("type") in tuple(TABLE_TEXT_LIMITS):
            return 0
        return sum(
            text_length(part) if name == "text" and isinstance(part, str) else _text_in(part)
            for name, part in value.items()
        )
    return sum(map(_text_in, value)) if isinstance(value, list | tuple) else 0
