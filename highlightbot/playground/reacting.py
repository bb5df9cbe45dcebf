"""Reacting to a message with an emoji."""

import re

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.messages import Message
from highlightbot.playground.saying import tell_app

MOST_EMOJI = 50
MOST_OF_A_PERSON = 23
"""On one message. https://slack.com/help/articles/202931348-Use-emoji-and-reactions"""

_NAME = re.compile(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?", re.ASCII)


def react(installation: Installation, user_id: str, message: Message, name: str) -> Message:
    """Add a reaction.

    Raises ApiError `invalid_name`, `already_reacted`, `too_many_emoji`, `too_many_reactions`.
    """
    if not _NAME.fullmatch(name):
        raise ApiError("invalid_name")
    reactions = dict(message.reactions)
    if user_id in reactions.get(name, ()):
        raise ApiError("already_reacted")
    if name not in reactions and len(reactions) >= MOST_EMOJI:
        raise ApiError("too_many_emoji")
    if sum(user_id in users for users in reactions.values()) >= MOST_OF_A_PERSON:
        raise ApiError("too_many_reactions")
    reactions[name] = (*reactions.get(name, ()), user_id)
    return _put(installation, user_id, message, name, reactions)


def unreact(installation: Installation, user_id: str, message: Message, name: str) -> Message:
    """Take a reaction back. Raises ApiError `invalid_name`, `no_reaction`."""
    if not _NAME.fullmatch(name):
        raise ApiError("invalid_name")
    reactions = dict(message.reactions)
    if user_id not in reactions.get(name, ()):
        raise ApiError("no_reaction")
    reactions[name] = tuple(one for one in reactions[name] if one != user_id)
    left = {key: users for key, users in reactions.items() if users}
    return _put(installation, user_id, message, name, left)


def _put(
    installation: Installation,
    user_id: str,
    message: Message,
    name: str,
    reactions: dict[str, tuple[str, ...]],
) -> Message:
    """https://docs.slack.dev/reference/events/reaction_added"""
    workspace = installation.workspace
    added = user_id in reactions.get(name, ())
    changed = workspace.change_message(message.channel, message.ts, reactions=reactions)
    if workspace.app.bot_user_id in workspace.conversation(message.channel).members:
        event = {
            "type": "reaction_added" if added else "reaction_removed",
            "user": user_id,
            "reaction": name,
            "item_user": message.user,
            "item": {"type": "message", "channel": message.channel, "ts": message.ts},
            "event_ts": workspace.issue_ts(),
        }
        tell_app(installation, event, "reactions:read")
    return changed
