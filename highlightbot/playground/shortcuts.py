"""Shortcuts: the app's entries in the composer's menu and in the menu of each message."""

from typing import Any

from highlightbot.playground.installation import Installation
from highlightbot.playground.interactions import Outcome
from highlightbot.playground.messages import Message
from highlightbot.playground.payloads import interaction, message_object


def run_shortcut(
    installation: Installation,
    user_id: str,
    callback_id: str,
    place: tuple[str, Message] | None = None,
) -> Outcome:
    """Run a global shortcut, or one on the message at `place` (its conversation's id first).

    A global one tells no conversation and brings no response URL.
    https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
    """
    workspace = installation.workspace
    kind = "shortcut" if place is None else "message_action"
    payload: dict[str, Any] = {
        **interaction(kind, workspace.team, workspace.app, workspace.user(user_id)),
        "callback_id": callback_id,
        "trigger_id": installation.triggers.issue(user_id),
        "action_ts": workspace.issue_ts(),
    }
    if place is not None:
        conversation_id, message = place
        conversation = workspace.conversation(conversation_id)
        thread_ts = message.thread_ts if message.is_reply else None
        payload |= {
            "channel": {"id": conversation.id, "name": conversation.name},
            "message": message_object(message, workspace.team),
            "message_ts": message.ts,
            **installation.answerable(user_id, conversation.id, None, thread_ts),
        }
    ack = installation.delivery.interaction(kind, payload)
    if ack.acked:
        return Outcome()
    return Outcome(False, f"{workspace.app.name} is not responding. Try again?")
