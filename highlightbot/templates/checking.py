"""Turns the data of a template file into a template, or tells all that is wrong with it."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from rapidfuzz import process

from highlightbot.core.errors import Problems
from highlightbot.core.templates import Section, Template

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_MOST_SECTIONS = 20
_LONGEST = {
    "key": 50,
    "version": 30,
    "title": 150,
    "heading": 150,
    # Slack's options hold 75 characters, and labels are offered as options.
    "label": 75,
    "theme": 50,
    # Slack's input hints hold 2,000.
    "guidance": 2000,
}
_TEMPLATE_KEYS = ("key", "version", "title", "sections")
_SECTION_KEYS = ("key", "heading", "label", "theme", "guidance", "nil_allowed")


def check_template(data: Mapping[str, Any], name: str) -> Template:
    """The template that the data describes; Problems that all begin with ``name`` otherwise."""
    table = _Table(data, name, _TEMPLATE_KEYS)
    key, version, title = table.slug("key"), table.version("version"), table.line("title")
    tables = [
        _Table(section, f"{name}, section {number}", _SECTION_KEYS)
        for number, section in enumerate(table.tables("sections"), start=1)
    ]
    sections = tuple(_section(section) for section in tables)
    problems = [problem for each in (table, *tables) for problem in each.problems]
    for field in ("key", "heading", "label"):
        problems += _repeated(field, [getattr(section, field) for section in sections], name)
    if problems:
        raise Problems(problems)
    return Template(key, version, title, sections)


class _Table:
    """Reads one TOML table and gathers what is wrong with it."""

    def __init__(self, data: Any, place: str, known: Collection[str]) -> None:
        self._data = data if isinstance(data, dict) else {}
        self._place = place
        self.problems: list[str] = []
        if not isinstance(data, dict):
            self._problem("this must be a table of keys and values")
        for key in self._data:
            if key not in known:
                self._problem(f"{key}: there is no such key{_did_you_mean(key, known)}")

    def slug(self, key: str) -> str:
        """A name made of small letters, digits and hyphens."""
        value = self.line(key)
        if value and not _SLUG.fullmatch(value):
            self._problem(f'{key}: "{value}" may only hold small letters, digits and hyphens')
        return value

    def version(self, key: str) -> str:
        """Letters and digits with dots or hyphens between them."""
        value = self.line(key)
        if value and not _VERSION.fullmatch(value):
            self._problem(f'{key}: write "{value}" as for example "1" or "2020-06"')
        return value

    def line(self, key: str) -> str:
        """Text in one line that must be there."""
        value = self.text(key)
        if key in self._data and isinstance(self._data[key], str) and not value:
            self._problem(f"{key}: this is empty")
        if key not in self._data:
            self._problem(f"{key}: this is missing")
        if any(ord(character) < 32 or character in "\x85\u2028\u2029" for character in value):
            self._problem(f"{key}: this must be one line")
        return value

    def text(self, key: str) -> str:
        """Text that may be left out, without the white space around it."""
        value = self._data.get(key, "")
        if not isinstance(value, str):
            self._problem(f'{key}: this must be text in quotation marks, like {key} = "…"')
            return ""
        value = value.strip()
        if len(value) > _LONGEST[key]:
            self._problem(f"{key}: {len(value)} characters; at most {_LONGEST[key]} fit")
        return value

    def truth(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._data.get(key, default)
        if not isinstance(value, bool):
            self._problem(f"{key}: write true or false, without quotation marks")
            return default
        return value

    def tables(self, key: str) -> list[Any]:
        """From one to twenty tables."""
        value = self._data.get(key, [])
        if not isinstance(value, list):
            self._problem(f"{key}: begin each section with a line [[{key}]]")
            return []
        if not value:
            self._problem(f"{key}: there are none; begin each with a line [[{key}]]")
        if len(value) > _MOST_SECTIONS:
            self._problem(f"{key}: there are {len(value)}; at most {_MOST_SECTIONS} are possible")
        return value

    def _problem(self, sentence: str) -> None:
        self.problems.append(f"{self._place}: {sentence}.")


def _section(table: _Table) -> Section:
    return Section(
        key=table.slug("key"),
        heading=table.line("heading"),
        label=table.line("label"),
        theme=table.slug("theme"),
        guidance=table.text("guidance"),
        nil_allowed=table.truth("nil_allowed", default=True),
    )


def _repeated(field: str, values: Iterable[str], name: str) -> list[str]:
    problems, first_seen = [], dict[str, int]()
    for number, value in enumerate(values, start=1):
        first = first_seen.setdefault(value.casefold(), number)
        if value and first != number:
            problems.append(
                f'{name}, section {number}: {field}: "{value}" is also that of section {first}.'
            )
    return problems


def _did_you_mean(key: str, known: Collection[str]) -> str:
    nearest = process.extractOne(key, known, score_cutoff=70)
    return f'; write "{nearest[0]}"' if nearest else ""
