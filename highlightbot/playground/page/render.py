"""The page and its parts as HTML, from the templates."""

import json
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from highlightbot.playground.call_log import EntryKind
from highlightbot.playground.local_slack import LogEntry
from highlightbot.playground.page.bad_days import OFFERED, OFTEN
from highlightbot.playground.page.screen import HOME, Screen

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals.update(HOME=HOME, OFFERED=OFFERED, OFTEN=OFTEN, KINDS=get_args(EntryKind))

_PARTS = ("clock", "faulty", "sidebar", "tabs", "messages", "thread", "home", "faults")


def page(screen: Screen) -> str:
    """The whole page."""
    return _TEMPLATES.get_template("page.html").render(screen=screen, title=title(screen))


def title(screen: Screen) -> str:
    """The window's title, with the number of unread messages in front."""
    unread = sum(screen.unread.values())
    return (f"({unread}) " if unread else "") + f"{screen.name} – {screen.team.name}"


def parts(screen: Screen) -> Mapping[str, Any]:
    """What the script replaces when something has changed.

    `parts` are by name the inner HTML of the elements `part-<name>`; `modal` is None or the
    modal on top with its id and hash.
    """
    modal = screen.modal
    return {
        "version": screen.version,
        "title": title(screen),
        "parts": {
            name: _TEMPLATES.get_template(f"{name}.html").render(screen=screen) for name in _PARTS
        },
        "modal": modal
        and {
            "id": modal.id,
            "hash": modal.hash,
            "html": _TEMPLATES.get_template("modal.html").render(screen=screen, view=modal),
        },
    }


def log(entries: Sequence[LogEntry], zone: tzinfo) -> str:
    """The log's entries, newest first, with their payloads and their times in `zone`."""
    return _TEMPLATES.get_template("log.html").render(
        entries=reversed(entries), zone=zone, payload=_payload
    )


def _payload(value: Mapping[str, Any] | None) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False, default=str)
