"""A table block as an HTML table; its first row is the header.

https://docs.slack.dev/reference/block-kit/blocks/table-block
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from highlightbot.playground.page.html import tag
from highlightbot.playground.page.place import Json
from highlightbot.playground.page.rich_text import rich_text
from highlightbot.playground.page.viewpoint import Viewpoint


def table(block: Json, seen: Viewpoint) -> Markup:
    """The table in a region of its own, so that it can be scrolled by keyboard."""
    settings: Sequence[Json | None] = block.get("column_settings") or ()
    head, *body = block["rows"]
    return tag(
        "div",
        tag(
            "table",
            tag("thead", _row("th", head, settings, seen)),
            tag("tbody", *(_row("td", row, settings, seen) for row in body)) if body else None,
        ),
        class_="table-box",
        role="region",
        aria_label="Table",
        tabindex="0",
    )


def _row(
    name: str, cells: Sequence[Json], settings: Sequence[Json | None], seen: Viewpoint
) -> Markup:
    written = []
    for column, cell in enumerate(cells):
        setting = (settings[column] if column < len(settings) else None) or {}
        align = setting.get("align", "left")
        written.append(
            tag(
                name,
                _cell(cell, seen),
                scope="col" if name == "th" else None,
                class_=f"{align}{'' if setting.get('is_wrapped') else ' unwrapped'}",
            )
        )
    return tag("tr", *written)


def _cell(cell: Json, seen: Viewpoint) -> Markup:
    if cell["type"] == "rich_text":
        return rich_text(cell, seen)
    return escape(cell.get("text", cell.get("value", "")))
