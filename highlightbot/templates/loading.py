"""Finds and reads template files.

A template file is TOML: `key`, `version` and `title`, then one `[[sections]]` table a section, in
the order of the form, with `key`, `heading`, `label`, `theme` and, where wanted, `guidance` and
`nil_allowed` (true unless said otherwise).
"""

import re
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

from highlightbot.core.errors import Problems
from highlightbot.core.templates import Template
from highlightbot.templates.checking import check_template

_LARGEST_FILE = 256 * 1024


def read_template(text: str, name: str) -> Template:
    """The template in a TOML text; ``name`` is what its file is called in problems.

    Raises Problems with everything that is wrong, each with its place.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problems([f"{name}: this is not valid TOML: {error}."]) from error
    except RecursionError:
        raise Problems([f"{name}: this is nested too deeply to be a template."]) from None
    return check_template(data, name)


def shipped_templates() -> list[Template]:
    """Every template that ships with the program, versions of one key from oldest to newest."""
    return list(_shipped())


def find_template(reference: str, base: Path) -> Template:
    """The template that a programme file names.

    ``reference`` is the key of a shipped template (its newest version is meant), a key and a
    version with a space between them, or the path of a ``.toml`` file, relative to ``base``.
    Raises Problems if there is no such template, or if its file is wrong.
    """
    if reference.casefold().endswith(".toml"):
        return _read_file(base / reference)
    key, _, version = reference.strip().partition(" ")
    version = version.strip()
    for template in reversed(_shipped()):
        if template.key == key and version in ("", template.version):
            return template
    raise Problems([_unknown(reference)])


def age_of(version: str) -> tuple[tuple[int, ...], str]:
    """What sorts versions as people count them: 2 before 10, 2020-04 before 2020-06."""
    return tuple(int(number) for number in re.findall(r"\d+", version)), version


@cache
def _shipped() -> tuple[Template, ...]:
    templates = (
        read_template(file.read_text(encoding="utf-8"), file.name)
        for file in resources.files("highlightbot.templates").iterdir()
        if file.name.endswith(".toml")
    )
    return tuple(sorted(templates, key=lambda template: (template.key, age_of(template.version))))


def _read_file(path: Path) -> Template:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        raise Problems([f"{path}: there is no such template file."]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problems([f"{path}: this template file cannot be read: {reason}."]) from error
    except ValueError:
        raise Problems([f"{str(path)!r}: no file can have this name."]) from None
    if len(content) > _LARGEST_FILE:
        raise Problems([f"{path}: this is over 256 KB, which no template needs."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problems([f"{path}: this is not UTF-8 text; save it as UTF-8."]) from None
    return read_template(text, path.name)


def _unknown(reference: str) -> str:
    choices = ", ".join(f'"{template.key} {template.version}"' for template in _shipped())
    return (
        f'There is no template "{reference}". Name one that ships ({choices})'
        " or the path of a .toml file."
    )
