"""Reads single values of a table, and notes what is wrong with them."""

from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

from highlightbot.core.naming import key_from
from highlightbot.declaring.places import KeyPath, Note

Table: TypeAlias = Mapping[str, object]
_Value = TypeVar("_Value")
_LONGEST_TEXT = 150


def table_at(document: Table, key: str, note: Note) -> Table | None:
    """The table of that key, empty where it is missing; None where it is something else."""
    value = document.get(key, {})
    if isinstance(value, dict):
        return value
    note((key,), f"This is a table: write a line [{key}] and its values below it")
    return None


def text_at(table: Table, key: str, at: KeyPath, note: Note, *, example: str | None) -> str:
    """The text of that key, of one line; empty where there is none that can be used.

    Without an ``example`` the key may be left out.
    """
    path = (*at, key)
    value = table.get(key)
    advice = f'write for example {key} = "{example}"' if example else "write it or take it out"
    if value is None:
        if example:
            note(path, f'"{key}" is missing: {advice}')
    elif not isinstance(value, str):
        note(path, f"This must be text in quotation marks: {advice}")
    elif not value.strip():
        note(path, f"This is empty: {advice}")
    elif not value.isprintable():
        note(
            path,
            "This must be one line of text, without tabs, no-break spaces or invisible characters",
        )
    elif len(value) > _LONGEST_TEXT:
        note(path, f"This has {len(value)} characters: write at most {_LONGEST_TEXT}")
    else:
        return value.strip()
    return ""


def parsed_at(
    table: Table,
    key: str,
    at: KeyPath,
    note: Note,
    parse: Callable[[str], _Value],
    *,
    example: str | None,
) -> _Value | None:
    """The text of that key as ``parse`` reads it; what its ValueError says is noted."""
    text = text_at(table, key, at, note, example=example)
    if not text:
        return None
    try:
        return parse(text)
    except ValueError as error:
        note((*at, key), str(error))
        return None


def key_at(table: Table, name: str, at: KeyPath, note: Note) -> str:
    """The key that is written there or else made from the name; empty where there is neither."""
    key = text_at(table, "key", at, note, example=None)
    made = key_from(key or name)
    if key and key != made:
        note((*at, "key"), f'"{key}" is no key: write small letters, digits and hyphens')
        return ""
    if name and not made:
        note((*at, "name"), f'"{name}" has no letter or digit: write a name, or add a key')
    return made
