"""A person in the playground, as a test moves them: by what is written on things."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import CHANNEL
from highlightbot.playground.local_slack import BlockAction, Message, Outcome, View

_PATIENCE = 60.0


@dataclass(frozen=True)
class Actor:
    """Somebody at the playground of a fortnight."""

    fortnight: Fortnight
    user_id: str

    @property
    def direct_message(self) -> str:
        """Their conversation with the bot."""
        conversations = self.fortnight.slack.conversations_of(self.user_id)
        return next(one.id for one in conversations if one.kind == "im")

    def messages(self, conversation: str | None = None) -> list[Message]:
        """What they see, in the direct message where nothing else is named."""
        where = conversation or self.direct_message
        return self.fortnight.slack.messages_for(self.user_id, where)

    def wait_for_message(self, words: str, conversation: str | None = None) -> Message:
        """The newest message with those words in it, as soon as it is there."""
        return self._wait(words, lambda: self.messages(conversation))

    def wait_for_reply(self, words: str, message: Message) -> Message:
        """The reply to a message with those words in it, as soon as it is there."""
        slack = self.fortnight.slack
        return self._wait(
            words, lambda: slack.thread_for(self.user_id, message.channel, message.ts)
        )

    def _wait(self, words: str, look: Callable[[], list[Message]]) -> Message:
        deadline = time.monotonic() + _PATIENCE
        while True:
            version = self.fortnight.slack.version
            messages = look()
            for message in reversed(messages):
                if words in shown(message.blocks) or words in message.text:
                    return message
            if time.monotonic() > deadline:
                seen = [shown(message.blocks)[:80] or message.text for message in messages]
                raise AssertionError(f"no message says {words!r} among {seen}")
            self.fortnight.slack.wait_for_change(version, 0.5)

    def click_in(self, message: Message, label: str) -> Outcome:
        """Click a message's button."""
        block_id, action_id = _button(message.blocks, label)
        action = BlockAction(
            block_id, action_id, conversation_id=message.channel, message_ts=message.ts
        )
        return self.fortnight.slack.click(self.user_id, action)

    def click(self, label: str, typed: str | None = None) -> Outcome:
        """Click a button of the modal on top, with text in its input."""
        view = self.view
        block_id, action_id = _button(view.blocks, label)
        state = _typed(view, typed) if typed is not None else view.state
        action = BlockAction(block_id, action_id, view_id=view.id, state=state)
        return self.fortnight.slack.click(self.user_id, action)

    def submit(self, typed: str | None = None) -> Outcome:
        """Press the modal's submit button, with text in its input."""
        view = self.view
        state = _typed(view, typed) if typed is not None else view.state
        return self.fortnight.slack.submit_view(self.user_id, view.id, state)

    def type_command(self, text: str, conversation: str = CHANNEL) -> Outcome:
        """Type /highlight with that text."""
        return self.fortnight.slack.run_command(self.user_id, conversation, "/highlight", text)

    def say(self, text: str, conversation: str | None = None) -> None:
        """Write a message, in the direct message where nothing else is named."""
        self.fortnight.slack.say(self.user_id, conversation or self.direct_message, text)

    @property
    def view(self) -> View:
        """The modal on top."""
        return self.fortnight.slack.view_stack(self.user_id)[-1]

    @property
    def dialog(self) -> str:
        """What the modal on top says."""
        return shown(self.view.blocks)

    def close_dialogs(self) -> None:
        """Close every modal."""
        for view in reversed(self.fortnight.slack.view_stack(self.user_id)):
            self.fortnight.slack.close_view(self.user_id, view.id)


def move_clock(fortnight: Fortnight, label: str) -> None:
    """Press one of the buttons beside the clock."""
    at: datetime = next(jump.at for jump in fortnight.jumps() if jump.label == label)
    fortnight.slack.clock.move_to(at)
    fortnight.bot.ticker.ring()


def shown(blocks: Sequence[Mapping[str, Any]]) -> str:
    """All text of blocks, as a reader would come upon it."""
    return "\n".join(" ".join(_texts(block)) for block in blocks)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "text" and isinstance(value, str):
                yield value
            elif key not in {"initial_value", "confirm", "value"}:
                yield from _texts(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _texts(item)


def _button(blocks: Sequence[Mapping[str, Any]], label: str) -> tuple[str, str]:
    labels = []
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("type") == "button":
                labels.append(element["text"]["text"])
                if labels[-1] == label:
                    return block["block_id"], element["action_id"]
    raise AssertionError(f"there is no button {label!r} among {labels}")


def _typed(view: View, text: str) -> dict[str, dict[str, Any]]:
    (block,) = (block for block in view.blocks if block["type"] == "input")
    element = block["element"]
    if element["type"] == "plain_text_input":
        value: dict[str, Any] = {"type": "plain_text_input", "value": text}
    else:
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        rich = {"type": "rich_text", "elements": [section] if text else []}
        value = {"type": "rich_text_input", "rich_text_value": rich if text else None}
    return {block["block_id"]: {element["action_id"]: value}}
