"""Programme files to read in tests, and what they are read as."""

from datetime import date
from pathlib import Path

import pytest

from highlightbot.core.declarations import DeclaredProgramme
from highlightbot.core.errors import Problems
from highlightbot.core.periods import WorkingCalendar
from highlightbot.core.templates import Template
from highlightbot.declaring.programme_file import read_programme_file
from tests.builders import template

FORM = template("activity", "finance")
ENGLAND = WorkingCalendar(frozenset({date(2026, 12, 25), date(2026, 12, 28)}))
MINIMAL = """\
name = "People & Places"
template = "form"
channel = "C0123456789"
zone = "Europe/London"
coordinators = ["rowan.example@example.org"]
[calendar]
every = "2 weeks"
anchor = 2026-11-09
cut_off = "2 working days after the end, at 12:00"
[[areas]]
name = "Libraries"
lead = "lee.example@example.org"
"""
"""All that a file must have."""


def find_form(reference: str, base: Path) -> Template:
    """One template; a reference that begins with "broken" is to a file with two problems."""
    if reference == "form":
        return FORM
    if reference.startswith("broken"):
        raise Problems([f"{base.name}/{reference}: one thing.", f"{base.name}/{reference}: two."])
    raise Problems([f'There is no template "{reference}".'])


def calendar_of(region: str | None) -> WorkingCalendar:
    """England's calendar, or none."""
    if region not in (None, "GB-ENG"):
        raise ValueError(f'"{region}" is no region: write for example "GB-ENG"')
    return ENGLAND if region else WorkingCalendar()


def read(text: str | bytes, folder: Path) -> DeclaredProgramme:
    """What a file with that text in the folder declares."""
    path = folder / "programme.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_programme_file(path, find_template=find_form, calendar_of=calendar_of)


def told(text: str | bytes, folder: Path) -> tuple[str, ...]:
    """What is wrong with the text, as it is told."""
    with pytest.raises(Problems) as raised:
        read(text, folder)
    return raised.value.sentences


def problems(text: str | bytes, folder: Path) -> list[str]:
    """What is wrong with the text, each without the file's name and with its place in it."""
    sentences = told(text, folder)
    assert all(sentence.startswith("programme.toml, ") for sentence in sentences)
    return [sentence.removeprefix("programme.toml, ") for sentence in sentences]
