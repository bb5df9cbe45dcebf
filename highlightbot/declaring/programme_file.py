"""From a programme's TOML file to the programme that it declares."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from highlightbot.core.declarations import DeclaredProgramme
from highlightbot.core.errors import Problems
from highlightbot.core.summaries import shorten
from highlightbot.core.templates import Template
from highlightbot.declaring.people import read_areas, read_coordinators
from highlightbot.declaring.places import KeyPath, Note, key_lines, line_of, written
from highlightbot.declaring.spelling import put_right
from highlightbot.declaring.timetable import CalendarOf, read_timetable
from highlightbot.declaring.values import Table, key_at, parsed_at, text_at

FindTemplate = Callable[[str, Path], Template]
_LARGEST = 1_000_000
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{5,20}")
_ERROR_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


def read_programme_file(
    path: Path, *, find_template: FindTemplate, calendar_of: CalendarOf
) -> DeclaredProgramme:
    """The programme that the file declares. Problems, all at once, each with its place.

    ``find_template`` is given the reference as written and the file's directory, and raises
    Problems; ``calendar_of`` is given the region of public holidays and raises ValueError.
    """
    text = _text_of(path)
    document = _parse(text, path.name)
    lines = key_lines(text)
    found: list[tuple[int, str]] = []

    def note(at: KeyPath, sentence: str) -> None:
        line = line_of(at, lines)
        place = [path.name, f"line {line}" if line else "", written(at)]
        stop = "" if sentence.endswith((".", "?")) else "."
        found.append((line or 0, f"{', '.join(filter(None, place))}: {sentence}{stop}"))

    put_right(document, lines, note)
    name = text_at(document, "name", (), note, example="Highlight report")
    key = key_at(document, name, (), note)
    template = _template(document, path.parent, find_template, note)
    channel = parsed_at(document, "channel", (), note, _channel, example="C0123456789")
    timetable = read_timetable(document, calendar_of, note)
    coordinators = read_coordinators(document, note)
    areas = read_areas(document, note)
    if found or template is None or timetable is None or channel is None:
        raise Problems([sentence for _, sentence in sorted(found, key=lambda pair: pair[0])])
    return DeclaredProgramme(key, name, template, timetable, channel, coordinators, areas)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise Problems([f"{path} is not there: check the name and the folder."]) from None
    except IsADirectoryError:
        raise Problems([f"{path} is a folder: name the programme's file in it."]) from None
    except OSError as error:
        raise Problems([f"{path} cannot be read ({error.strerror}): check who may."]) from error
    if len(data) > _LARGEST:
        raise Problems([f"{path} is over {_LARGEST // 1_000_000} MB: it is no programme's file."])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Problems(
            [f"{path.name}, line {line}: This is not in UTF-8: save the file as UTF-8 text."]
        ) from error


def _parse(text: str, name: str) -> dict[str, Any]:
    """The document; a slip in TOML itself is told alone, as nothing after it can be read."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Problems([f"{name}: This has too many brackets inside of each other."]) from None
    except ValueError as error:
        reason = str(error)
        place = _ERROR_PLACE.search(reason)
        lines = text.split("\n")
        number = int(place["line"]) if place and place["line"] else len(lines)
        reason = _ERROR_PLACE.sub("", reason)
        raise Problems(
            [
                f"{name}, line {number}: This cannot be read as TOML"
                f" ({reason[:1].lower()}{reason[1:]}): {shorten(lines[number - 1], 60)}\n"
                'Write texts between straight quotation marks ("…"), lists between brackets'
                ' (["…", "…"]), and each key once. The rest of the file was not checked.'
            ]
        ) from error


def _template(
    document: Table, folder: Path, find_template: FindTemplate, note: Note
) -> Template | None:
    reference = text_at(document, "template", (), note, example="highlight-report")
    if not reference:
        return None
    try:
        return find_template(reference, folder)
    except Problems as problems:
        for sentence in problems.sentences:
            note(("template",), sentence)
        return None


def _channel(text: str) -> str:
    """A Slack channel's id; ValueError otherwise. Names change and hide, ids do neither."""
    if _CHANNEL_ID.fullmatch(text):
        return text
    kind = "is a channel's name, which can change" if text.startswith("#") else "is no channel's id"
    raise ValueError(
        f'"{text}" {kind}: open the channel\'s details in Slack and copy the channel ID,'
        ' for example "C0123456789"'
    )
