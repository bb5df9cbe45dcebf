"""Views and blocks to send in tests."""

from typing import Any


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def text_input(block_id: str = "answer", action_id: str = "text", **more: Any) -> dict[str, Any]:
    """An input block; `dispatch_action` and `optional` go to the block, the rest to the element."""
    block = {key: more.pop(key) for key in ("dispatch_action", "optional") if key in more}
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain("Answer"),
        "element": {"type": "plain_text_input", "action_id": action_id, **more},
        **block,
    }


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "report",
        "title": plain("Report"),
        "submit": plain("Submit"),
        "blocks": list(blocks) or [text_input()],
        **more,
    }


def home(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks) or [section("Welcome")]}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action_id: str = "write", value: str = "v") -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": action_id,
        "text": plain("Write report"),
        "value": value,
    }


def actions(*elements: dict[str, Any], block_id: str = "doing") -> dict[str, Any]:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def typed(text: str | None) -> dict[str, Any]:
    return {"type": "plain_text_input", "value": text}
