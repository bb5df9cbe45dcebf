"""What a message says, read from a call's or an answer's arguments and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from highlightbot.playground.elements import with_ids
from highlightbot.playground.errors import ApiError
from highlightbot.playground.messages import Block, notified_by
from highlightbot.playground.rules import Violation, check_message

MOST_CHARACTERS = 40_000
"""In UTF-16 units; Slack cuts a longer text off.

https://docs.slack.dev/reference/methods/chat.postMessage
"""

_OWN_CODES = {"msg_blocks_too_long", "only_one_table_allowed"}


@dataclass(frozen=True, slots=True)
class MessageContent:
    """Text, blocks and attachments that passed the rules. None: the argument was not there."""

    text: str | None
    blocks: tuple[Block, ...] | None
    attachments: tuple[Mapping[str, Any], ...] | None
    link_names: bool = False

    def as_fields(self) -> dict[str, Any]:
        """The fields of a new Message."""
        text, blocks, attachments = self.text or "", self.blocks or (), self.attachments or ()
        notified = notified_by(text, blocks, attachments, link_names=self.link_names)
        return {"text": text, "blocks": blocks, "attachments": attachments, "notified": notified}


def read_content(arguments: Mapping[str, Any]) -> MessageContent:
    """The content of `text`, `blocks` and `attachments`; the last two as parsed JSON.

    Raises ApiError `no_text`, `invalid_blocks_format`, `invalid_blocks`,
    `msg_blocks_too_long`, `only_one_table_allowed`, `invalid_attachments` or
    `invalid_arguments`.
    """
    text = arguments.get("text")
    if text is not None and not isinstance(text, str):
        raise ApiError("invalid_arguments")
    blocks = _objects(arguments, "blocks", "invalid_blocks_format")
    attachments = _objects(arguments, "attachments", "invalid_attachments")
    if not (text and text.strip()) and not blocks and not any(attachments or ()):
        raise ApiError("no_text")
    checked = {"text": text, "blocks": blocks, "attachments": attachments}
    violations = check_message({key: part for key, part in checked.items() if part is not None})
    if violations:
        raise ApiError(_error_code(violations), violations)
    return MessageContent(
        text=None if text is None else _cut(text),
        blocks=None if blocks is None else with_ids(blocks),
        attachments=None if attachments is None else tuple(map(_with_ids, attachments)),
        link_names=arguments.get("parse") == "full"
        or arguments.get("link_names") in (True, "1", "true"),
    )


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")[: 2 * MOST_CHARACTERS]
    return units.decode("utf-16-le", "ignore")


def _with_ids(attachment: Mapping[str, Any]) -> Mapping[str, Any]:
    if "blocks" not in attachment:
        return attachment
    return {**attachment, "blocks": list(with_ids(attachment["blocks"]))}


def _error_code(violations: Sequence[Violation]) -> str:
    codes = [one.message for one in violations if one.message in _OWN_CODES]
    return codes[0] if codes else "invalid_blocks"


def _objects(arguments: Mapping[str, Any], name: str, error: str) -> list[Mapping[str, Any]] | None:
    value = arguments.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ApiError(error)
    return value
