"""The rules between the fields of one block. The wordings are ours, in Slack's style."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from highlightbot.playground.rules.placed import Placed
from highlightbot.playground.rules.violation import Violation

BLOCKS_PAGE = "https://docs.slack.dev/reference/block-kit/blocks"
CHARTS_PAGE = f"{BLOCKS_PAGE}/data-visualization-block"
CONTAINER_PAGE = f"{BLOCKS_PAGE}/container-block"
DATA_TABLE_PAGE = f"{BLOCKS_PAGE}/data-table-block"


def block_rules(blocks: Sequence[Placed]) -> Iterator[Violation]:
    """What is wrong inside each of `blocks`, their elements left aside."""
    for pointer, block in blocks:
        match block["type"]:
            case "container":
                yield from _collapsing(pointer, block)
            case "data_table":
                yield from _data_table(f"{pointer}/rows", block["rows"])
            case "data_visualization" if "series" in block["chart"]:
                yield from _series(f"{pointer}/chart/series", block["chart"])


def _collapsing(pointer: str, container: Mapping[str, Any]) -> Iterator[Violation]:
    collapsible = container.get("is_collapsible", False)
    if container.get("default_collapsed") and not collapsible:
        yield Violation(
            f"{pointer}/default_collapsed", "requires `is_collapsible` to be true", CONTAINER_PAGE
        )
    if container.get("has_header_divider") and collapsible:
        yield Violation(
            f"{pointer}/has_header_divider",
            "cannot be set when `is_collapsible` is true",
            CONTAINER_PAGE,
        )


def _data_table(pointer: str, rows: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[Violation]:
    """All rows have as many cells as the first, which is the header and holds no rich text."""
    for column, cell in enumerate(rows[0]):
        if cell["type"] == "rich_text":
            yield Violation(
                f"{pointer}/0/{column}/type", "unsupported type: rich_text", DATA_TABLE_PAGE
            )
    for number, row in enumerate(rows):
        if len(row) != len(rows[0]):
            yield Violation(
                f"{pointer}/{number}", f"must provide {len(rows[0])} cells", DATA_TABLE_PAGE
            )


def _series(pointer: str, chart: Mapping[str, Any]) -> Iterator[Violation]:
    """Each series has a name of its own, and one point for each category of the axis."""
    categories = chart["axis_config"]["categories"]
    names = set()
    for number, series in enumerate(chart["series"]):
        if series["name"] in names:
            yield Violation(
                f"{pointer}/{number}/name", f'`name` "{series["name"]}" already exists', CHARTS_PAGE
            )
        names.add(series["name"])
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            yield Violation(
                f"{pointer}/{number}/data",
                "must provide one point for each of the `categories`",
                CHARTS_PAGE,
            )
