"""Where things stand in a TOML file, for those who have to mend it."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of tables, and places in lists from 0."""

Note: TypeAlias = Callable[[KeyPath, str], None]
"""Takes down what is wrong with the value at a path, in words that follow its place."""

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = re.compile(
    rf"[ \t]*(?:\[(?P<list>\[)?[ \t]*(?P<table>{_DOTTED})[ \t]*\]\]?|(?P<key>{_DOTTED})[ \t]*=)?"
)
_PIECE = re.compile(
    r'"{3}(?:\\.|[^\\])*?"{3,5}|\'{3}.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
    r"|[\[{]|[\]}]|\n|[^\"'#\[\]{}\n]+|.",
    re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, from 1, of every table and of every key with a value, in a valid TOML text.

    A list of tables has the line of its first. Keys inside of a value (of an inline table, say)
    have none of their own.
    """
    lines: dict[KeyPath, int] = {}
    lengths: dict[KeyPath, int] = {}
    table: KeyPath = ()
    position, line = 0, 1
    while position < len(text):
        statement = _STATEMENT.match(text, position)
        if statement and statement["table"]:
            table = _table_path(_parts(statement["table"]), lengths, new=bool(statement["list"]))
            lines.setdefault(table, line)
            if statement["list"]:
                lines.setdefault(table[:-1], line)
        elif statement and statement["key"]:
            lines[table + _parts(statement["key"])] = line
        end = _end_of_statement(text, statement.end() if statement else position)
        line += text.count("\n", position, end)
        position = end
    return lines


def line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int | None:
    """The line of the value, or of the nearest table around it; None for the whole file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def written(path: KeyPath) -> str:
    """A path in words, places in lists counted from 1: "areas[3].lead"."""
    names = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(names).removeprefix(".")


def _table_path(parts: tuple[str, ...], lengths: dict[KeyPath, int], *, new: bool) -> KeyPath:
    """The path of a table header; a header of a list's element leads to the newest element."""
    path: KeyPath = ()
    for number, part in enumerate(parts, start=1):
        path = (*path, part)
        if new and number == len(parts):
            lengths[path] = lengths.get(path, 0) + 1
        if path in lengths:
            path = (*path, lengths[path] - 1)
    return path


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))


def _end_of_statement(text: str, position: int) -> int:
    """Where the next line begins that is not inside of brackets or of a longer text."""
    depth = 0
    for piece in _PIECE.finditer(text, position):
        if piece[0] == "\n" and depth == 0:
            return piece.end()
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(piece[0], 0)
    return len(text)
