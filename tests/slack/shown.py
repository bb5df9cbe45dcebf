"""Looks at what was built as Slack and its readers would."""

from collections.abc import Iterator
from typing import Any

from slack_sdk.models.views import View

from highlightbot.playground.rules import check_message, check_view
from highlightbot.slack.messages.message import Message
from highlightbot.slack.text import length

MOST_CHARACTERS = 10_000
_CALLING = {"mrkdwn", "user", "usergroup", "broadcast", "channel", "team"}


def faults(shown: Message | View | dict[str, Any]) -> list[str]:
    """What Slack would refuse, what exceeds our own budget, and whatever could ping somebody."""
    if not isinstance(shown, Message):
        built = shown.to_dict() if isinstance(shown, View) else shown
        found = [str(violation) for violation in check_view(built)]
    else:
        built = as_sent(shown)
        found = [str(violation) for violation in check_message(built)]
        if (size := characters(built["blocks"])) > MOST_CHARACTERS:
            found.append(f"{size} characters")
        if not 0 < len(shown.text) <= 4000 or "<" in shown.text:
            found.append(f"text: {shown.text[:100]}")
    kinds = {part.get("type") for part in parts(built)}
    return [*found, *sorted(kinds & _CALLING)]


def as_sent(message: Message) -> dict[str, Any]:
    """The message as the Web API gets it."""
    return {"text": message.text, "blocks": [block.to_dict() for block in message.blocks]}


def characters(built: list[dict[str, Any]]) -> int:
    """How many characters Slack may count in blocks as it gets them."""
    counted = (part.get(name) for part in parts(built) for name in ("text", "url"))
    return sum(length(text) for text in counted if isinstance(text, str))


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a payload, outermost first."""
    if isinstance(value, dict):
        yield value
        for name in sorted(value, key=_rank):
            yield from parts(value[name])
    elif isinstance(value, list):
        for part in value:
            yield from parts(part)


def _rank(name: str) -> int:
    """Labels are read before what they label, and buttons after the text at their side."""
    return {"label": 0, "hint": 2, "accessory": 2, "confirm": 2}.get(name, 1)


def texts(shown: Message | View | dict[str, Any]) -> list[str]:
    """Every piece of text that can be read, in order."""
    if isinstance(shown, View):
        shown = shown.to_dict()
    elif isinstance(shown, Message):
        shown = {"blocks": [block.to_dict() for block in shown.blocks]}
    blocks = shown["blocks"]
    return [part["text"] for part in parts(blocks) if isinstance(part.get("text"), str)]


def page_text(shown: Message | View) -> str:
    """All that can be read, a line for each piece."""
    return "\n".join(texts(shown))


def running_text(messages: list[Message]) -> str:
    """All that can be read in several messages without anything between the pieces."""
    return "".join(text for message in messages for text in texts(message))


def labels(shown: Message | View) -> list[str]:
    """What stands on the buttons, in order."""
    return [element["text"]["text"] for element in buttons(shown)]


def buttons(shown: Message | View) -> list[dict[str, Any]]:
    """The buttons, in order."""
    built = shown.to_dict() if isinstance(shown, View) else as_sent(shown)
    return [part for part in parts(built["blocks"]) if part.get("type") == "button"]


def fill(view: View, **typed: Any) -> dict[str, Any]:
    """The view as a submission brings it; ``typed`` replaces values by action_id."""
    built = view.to_dict()
    values: dict[str, dict[str, Any]] = {}
    for block in built["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        key = "rich_text_value" if element["type"] == "rich_text_input" else "value"
        action_id = element["action_id"]
        value = typed.get(action_id, element.get("initial_value"))
        values[block["block_id"]] = {action_id: {"type": element["type"], key: value}}
    return {**built, "state": {"values": values}}
