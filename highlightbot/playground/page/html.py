"""HTML elements as escaped markup."""

from collections.abc import Iterable

from markupsafe import Markup, escape

Child = str | Markup | None
Attribute = str | int | bool | None

_VOID = frozenset({"br", "hr", "img", "input"})


def tag(element: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """An element with its children; whatever is not already markup is escaped.

    Attribute names are written with underscores (`aria_label`, `data_action`, `class_`). True
    gives a bare attribute; None and False leave it out.
    """
    opening = f"<{element}{_attributes(attributes)}>"
    if element in _VOID:
        return Markup(opening)
    return Markup(f"{opening}{join(children)}</{element}>")


def join(children: Iterable[Child]) -> Markup:
    """The children one after the other, without those that are None."""
    return Markup("".join(str(escape(child)) for child in children if child is not None))


def _attributes(attributes: dict[str, Attribute]) -> str:
    written = ""
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        written += " " + name.rstrip("_").replace("_", "-")
        if value is not True:
            written += f'="{escape(value)}"'
    return written
