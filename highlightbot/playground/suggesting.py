"""Asking the app for the options of an external select while a person types.

https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from highlightbot.playground.elements import (
    Element,
    find_element,
    merged_state,
    refuse_impossible_state,
)
from highlightbot.playground.installation import Installation
from highlightbot.playground.interactions import BlockAction
from highlightbot.playground.messages import Block
from highlightbot.playground.payloads import in_message, in_view, interaction
from highlightbot.playground.rules import Violation, check_message
from highlightbot.playground.workspace import is_visible_to

LEAST_CHARACTERS = 3
"""By default. https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""

Option = Mapping[str, Any]


def suggest(installation: Installation, user_id: str, action: BlockAction) -> list[Option]:
    """The options or option groups that the app offers for what was typed.

    Empty where the element is gone, too little was typed, or the app does not answer well.
    Raises ValueError if the element is no external select.
    """
    placed = _placed(installation, user_id, action)
    if placed is None:
        return []
    blocks, part = placed
    found = find_element(blocks, action.block_id, action.action_id)
    if found is None:
        return []
    element = found[1]
    if element["type"] not in {"external_select", "multi_external_select"}:
        raise ValueError(f"a {element['type']} asks for no options")
    typed = str((action.value or {}).get("value") or "")
    if len(typed) < element.get("min_query_length", LEAST_CHARACTERS):
        return []
    workspace = installation.workspace
    person = workspace.user(user_id)
    payload = {
        **interaction("block_suggestion", workspace.team, workspace.app, person),
        **part,
        "action_id": action.action_id,
        "block_id": action.block_id,
        "value": typed,
    }
    ack = installation.delivery.interaction("block_suggestion", payload)
    return _offered(installation, element, ack.body or {})


def _placed(
    installation: Installation, user_id: str, action: BlockAction
) -> tuple[Sequence[Block], Mapping[str, Any]] | None:
    """The blocks that the element stands in, and what the payload says of them."""
    workspace = installation.workspace
    if action.view_id is not None:
        view = installation.views.find(action.view_id)
        if view is None or view.user_id != user_id:
            return None
        view = installation.views.enter(view.id, action.state)
        return view.blocks, in_view(view, workspace.team, workspace.app)
    conversation = workspace.conversation(action.conversation_id or "")
    message = workspace.find_message(conversation.id, action.message_ts or "")
    if message is None or user_id not in conversation.members:
        return None
    if not is_visible_to(message, user_id):
        return None
    refuse_impossible_state(message.all_blocks, action.state)
    state = merged_state(message.all_blocks, action.state)
    return message.all_blocks, in_message(message, conversation, workspace.team, state)


def _offered(
    installation: Installation, element: Element, answer: Mapping[str, Any]
) -> list[Option]:
    key = "option_groups" if "option_groups" in answer else "options"
    offered = answer.get(key)
    if not offered:
        return []
    violations = _violations(key, offered)
    if violations:
        installation.log.add(
            "interaction", "block_suggestion", answer, None, 0.0,
            problem="answer refused: invalid options", violations=violations,
        )  # fmt: skip
        return []
    return list(offered)


def _violations(key: str, offered: Any) -> list[Violation]:
    """What is wrong with the options: the rules are those of a static select."""
    select = {"type": "static_select", "action_id": "a", key: offered}
    found = check_message({"blocks": [{"type": "actions", "elements": [select]}]})
    prefix = "/blocks/0/elements/0"
    return [replace(one, pointer=one.pointer.removeprefix(prefix)) for one in found]
