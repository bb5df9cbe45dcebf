"""Tables and the figures of charts as HTML tables.

https://docs.slack.dev/reference/block-kit/blocks/table-block
https://docs.slack.dev/reference/block-kit/blocks/data-table-block
https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from highlightbot.playground.page.elements import acting
from highlightbot.playground.page.html import tag
from highlightbot.playground.page.place import Json, Place
from highlightbot.playground.page.rich_text import rich_text


def table(block: Json, place: Place) -> Markup:
    """A table block; its first row is the header."""
    settings: Sequence[Json | None] = block.get("column_settings") or ()
    classes = [_column_class(setting or {}) for setting in settings]
    return _boxed("Table", None, block["rows"], block, place, classes)


def data_table(block: Json, place: Place) -> Markup:
    """A data table block with its caption; numbers stand to the right."""
    return _boxed(block["caption"], block["caption"], block["rows"], block, place, ())


def chart(block: Json, place: Place) -> Markup:
    """A data visualization block as the table of its figures, under its title."""
    shown = block["chart"]
    if shown["type"] == "pie":
        head = ["", "Value"]
        body = [[segment["label"], segment["value"]] for segment in shown["segments"]]
    else:
        axes, series = shown["axis_config"], shown["series"]
        head = [axes.get("x_label", ""), *(one["name"] for one in series)]
        points = [{point["label"]: point["value"] for point in one["data"]} for one in series]
        body = [[name, *(one.get(name, "") for one in points)] for name in axes["categories"]]
    rows = [[_figure(value) for value in row] for row in (head, *body)]
    title = f"{block['title']} ({shown['type']} chart)"
    return _boxed(title, title, rows, {**block, "row_header_column_index": 0}, place, ())


def _boxed(
    label: str,
    caption: str | None,
    rows: Sequence[Sequence[Json]],
    block: Json,
    place: Place,
    classes: Sequence[str],
) -> Markup:
    """The table in a region of its own, so that it can be scrolled by keyboard."""
    head, *body = rows
    return tag(
        "div",
        tag(
            "table",
            tag("caption", caption) if caption else None,
            tag("thead", _row(head, block, place, classes, heading=True)),
            tag("tbody", *(_row(row, block, place, classes) for row in body)) if body else None,
        ),
        class_="table-box",
        role="region",
        aria_label=label,
        tabindex="0",
    )


def _row(
    cells: Sequence[Json],
    block: Json,
    place: Place,
    classes: Sequence[str],
    *,
    heading: bool = False,
) -> Markup:
    written = []
    for column, cell in enumerate(cells):
        names = block.get("row_header_column_index") == column
        scope = "col" if heading else "row" if names else None
        default = "right unwrapped" if cell["type"] == "raw_number" else _column_class({})
        written.append(
            tag(
                "th" if scope else "td",
                _cell(cell, block, place),
                scope=scope,
                class_=classes[column] if column < len(classes) else default,
            )
        )
    return tag("tr", *written)


def _column_class(setting: Json) -> str:
    return f"{setting.get('align', 'left')}{'' if setting.get('is_wrapped') else ' unwrapped'}"


def _cell(cell: Json, block: Json, place: Place) -> Markup:
    if cell["type"] == "rich_text":
        return rich_text(cell, place.seen)
    if cell["type"] == "action":
        return acting(cell["element"], block.get("block_id", ""), place, "Options")
    return escape(cell.get("text", cell.get("value", "")))


def _figure(value: str | float) -> Json:
    kind = "raw_text" if isinstance(value, str) else "raw_number"
    return {"type": kind, "text": str(value)}
