"""Checks of a whole payload: first its shape, then what a schema cannot say."""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from jsonschema.protocols import Validator

from highlightbot.playground.rules.beyond_schema import message_rules, view_rules
from highlightbot.playground.rules.dialect import (
    resolve_references,
    source_of,
    validator_for_surface,
)
from highlightbot.playground.rules.violation import Violation


def check_message(payload: Mapping[str, Any]) -> list[Violation]:
    """What Slack would refuse in the `blocks` and `attachments` of a message.

    Other arguments of the method that sends it are not looked at.
    https://docs.slack.dev/reference/methods/chat.postMessage
    """
    return _shape("message", payload) or list(message_rules(payload))


def check_view(view: Mapping[str, Any]) -> list[Violation]:
    """What Slack would refuse in a modal or a Home tab, told apart by `type`.

    https://docs.slack.dev/reference/views
    """
    is_home = isinstance(view, Mapping) and view.get("type") == "home"
    return _shape("home" if is_home else "modal", view) or list(view_rules(view))


def check_payload(payload: Mapping[str, Any] | Sequence[Any]) -> list[Violation]:
    """The same for a message, a view (it has a `type`) or the bare blocks of a message.

    Pointers into bare blocks start at the block: "/0/text/text".
    https://docs.slack.dev/reference/methods/blocks.validate
    """
    if not isinstance(payload, Mapping):
        return [
            Violation(fault.pointer.removeprefix("/blocks"), fault.message, fault.source)
            for fault in check_message({"blocks": payload})
        ]
    return check_view(payload) if "type" in payload else check_message(payload)


def _shape(surface: str, payload: Any) -> list[Violation]:
    validator = VALIDATORS[surface]
    return [
        Violation(
            "".join(f"/{part}" for part in error.absolute_path),
            error.message,
            source_of(error, validator.schema),
        )
        for error in validator.iter_errors(payload)
    ]


def _definitions() -> Iterator[tuple[str, Any]]:
    for file in files(__package__).joinpath("schema").iterdir():
        yield from json.loads(file.read_text(encoding="utf-8"))["$defs"].items()


_SCHEMAS = resolve_references(dict(_definitions()))
VALIDATORS: dict[str, Validator] = {
    surface: validator_for_surface(surface, _SCHEMAS[root])
    for surface, root in (("message", "message"), ("modal", "view"), ("home", "view"))
}
"""By surface. All hold the same schemas, whose references are resolved."""
