"""Reads the service areas of a programme's file, and the people it names."""

import re
from collections.abc import Collection

from highlightbot.core.declarations import DeclaredArea, DeclaredAuthor, DeclaredPerson
from highlightbot.core.naming import is_same_name
from highlightbot.core.people import Role
from highlightbot.declaring.places import KeyPath, Note, written
from highlightbot.declaring.values import Table, key_at, text_at

_EMAIL = re.compile(r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\".]+(?:\.[^\s@<>(),;:\".]+)+")
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{5,20}")
_EXAMPLE = "lee.example@example.org"


def read_coordinators(document: Table, note: Note) -> tuple[DeclaredPerson, ...]:
    """Everybody who runs the programme; at least one."""
    return _people_at(document, "coordinators", (), note, required=True)


def read_areas(document: Table, note: Note) -> tuple[DeclaredArea, ...]:
    """The service areas in the file's order; at least one, no two with the same name or key."""
    value = document.get("areas", [])
    if not isinstance(value, list) or not all(isinstance(area, dict) for area in value):
        note(("areas",), "Each service area needs a line [[areas]] of its own, in double brackets")
        return ()
    if not value:
        note(
            ("areas",),
            "There is no service area: write a line [[areas]] for each, its name and lead below it",
        )
    areas: list[DeclaredArea] = []
    for number, table in enumerate(value):
        areas.append(_area(table, ("areas", number), areas, note))
    return tuple(areas)


def parse_person(text: str) -> DeclaredPerson:
    """Somebody by e-mail address (in any capitals) or Slack member id; ValueError otherwise."""
    if not text.isprintable():
        raise ValueError(f'"{repr(text)[1:-1]}" holds an invisible character: type it anew')
    if _EMAIL.fullmatch(text):
        return DeclaredPerson(email=text.lower())
    if _SLACK_ID.fullmatch(text):
        return DeclaredPerson(external_id=text)
    raise ValueError(
        f'"{text}" is no e-mail address and no Slack member id:'
        f' write for example "{_EXAMPLE}" or "U0123ABCD"'
    )


def _area(table: Table, at: KeyPath, before: Collection[DeclaredArea], note: Note) -> DeclaredArea:
    name = text_at(table, "name", at, note, example="Libraries")
    key = key_at(table, name, at, note)
    for number, other in enumerate(before):
        twin = written(("areas", number))
        if name and is_same_name(name, other.name):
            note((*at, "name"), f'"{name}" is the name of {twin} too: take one out, or rename it')
        elif key and key == other.key:
            note(
                (*at, "key" if "key" in table else "name"),
                f'{twin} has the same key, "{key}": give this one another name, or a key',
            )
    leads = _people_at(table, "lead", at, note, required=True)
    deputies = _people_at(table, "deputies", at, note, required=False)
    for person in deputies:
        if person in leads:
            note((*at, "deputies"), f'"{person}" leads this area already: take out one of the two')
    authors = (
        *(DeclaredAuthor(person, Role.LEAD) for person in leads),
        *(DeclaredAuthor(person, Role.DEPUTY) for person in deputies),
    )
    return DeclaredArea(key, name, authors)


def _people_at(
    table: Table, key: str, at: KeyPath, note: Note, *, required: bool
) -> tuple[DeclaredPerson, ...]:
    """The people of that key, one text or a list of texts; nobody twice."""
    path = (*at, key)
    value = table.get(key)
    entries = value if isinstance(value, list) else [] if value is None else [value]
    if required and not entries:
        note(path, f'Nobody is named: write for example {key} = ["{_EXAMPLE}"]')
    people: list[DeclaredPerson] = []
    for number, entry in enumerate(entries):
        place = (*path, number) if isinstance(value, list) else path
        if not isinstance(entry, str):
            note(place, f'This must be text in quotation marks: write for example "{_EXAMPLE}"')
            continue
        try:
            person = parse_person(entry.strip())
        except ValueError as error:
            note(place, str(error))
            continue
        if person in people:
            note(place, f'"{person}" is named twice: take one out')
        else:
            people.append(person)
    return tuple(people)
