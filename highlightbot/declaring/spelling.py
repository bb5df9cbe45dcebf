"""The keys of a programme's file, and what is meant by those that it does not know."""

from collections.abc import Collection
from typing import Any

from rapidfuzz import fuzz, process

from highlightbot.declaring.places import KeyPath, Note

_TOP = (
    "key",
    "name",
    "template",
    "channel",
    "zone",
    "holidays",
    "coordinators",
    "calendar",
    "reminders",
    "areas",
)
_TABLES = {
    "calendar": ("every", "ends", "anchor", "cut_off"),
    "reminders": (
        "period_ended",
        "due_soon",
        "overdue",
        "deputy",
        "coordinator",
        "working_hours",
    ),
}
_AREA = ("key", "name", "lead", "deputies")
_ALIKE = 60


def put_right(document: dict[str, Any], lines: dict[KeyPath, int], note: Note) -> None:
    """Note every key that means nothing where it stands.

    Its value is moved to where it was surely meant to be, in the document and in ``lines``, so
    that one slip is told once and what follows from it is not.
    """
    _put_right_in(document, (), _TOP, document, lines, note)
    for name, keys in _TABLES.items():
        if isinstance(document.get(name), dict):
            _put_right_in(document[name], (name,), keys, document, lines, note)
    areas = document.get("areas")
    for number, area in enumerate(areas if isinstance(areas, list) else ()):
        if isinstance(area, dict):
            _put_right_in(area, ("areas", number), _AREA, document, lines, note)


def _put_right_in(
    table: dict[str, Any],
    at: KeyPath,
    known: Collection[str],
    document: dict[str, Any],
    lines: dict[KeyPath, int],
    note: Note,
) -> None:
    for key in [key for key in table if key not in known]:
        path = (*at, key)
        meant = process.extractOne(key.casefold(), known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if key in _TOP:
            note(path, "This belongs at the top of the file, above the first line in brackets")
            _move(table, path, document, (key,), lines)
        elif home := next((name for name, keys in _TABLES.items() if key in keys), None):
            note(path, f"This belongs under the line [{home}]")
            if isinstance(document.setdefault(home, {}), dict):
                _move(table, path, document[home], (home, key), lines)
        elif key in _AREA:
            note(path, "This belongs under a line [[areas]]")
        elif meant:
            note(path, f'"{key}" is no key here: did you mean "{meant[0]}"?')
            _move(table, path, table, (*at, meant[0]), lines)
        else:
            note(path, f'"{key}" is no key here: take it out, or use one of {", ".join(known)}')


def _move(
    table: dict[str, Any],
    path: KeyPath,
    home: dict[str, Any],
    new_path: KeyPath,
    lines: dict[KeyPath, int],
) -> None:
    """Give the value its new place, unless that is taken."""
    old, new = str(path[-1]), str(new_path[-1])
    if new in home:
        return
    home[new] = table.pop(old)
    for known in [known for known in lines if known[: len(path)] == path]:
        lines[new_path + known[len(path) :]] = lines[known]
