"""A message as it is handed to the Web API."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block


@dataclass(frozen=True, slots=True)
class Message:
    """``text`` is what notifications and screen readers get, escaped; people see ``blocks``.

    https://docs.slack.dev/reference/methods/chat.postMessage
    """

    text: str
    blocks: list[Block]
