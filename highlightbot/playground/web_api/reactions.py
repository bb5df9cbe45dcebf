"""The `reactions.*` methods."""

import re

from highlightbot.playground.conversations import Conversation
from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.messages import Message
from highlightbot.playground.payloads import message_object
from highlightbot.playground.reacting import react, unreact
from highlightbot.playground.web_api.arguments import Arguments, optional
from highlightbot.playground.web_api.method import Body, Method
from highlightbot.playground.web_api.pages import page_of
from highlightbot.playground.web_api.places import known_conversation

_TIMESTAMP = re.compile(r"\d{1,12}\.\d{6}", re.ASCII)


def _add(installation: Installation, arguments: Arguments) -> Body:
    name = optional(arguments, "name") or ""
    with installation.workspace.lock:
        conversation, message = _item(installation, arguments)
        if conversation.archived:
            raise ApiError("is_archived")
        react(installation, installation.workspace.app.bot_user_id, message, name)
    return {}


def _remove(installation: Installation, arguments: Arguments) -> Body:
    name = optional(arguments, "name") or ""
    with installation.workspace.lock:
        _, message = _item(installation, arguments)
        unreact(installation, installation.workspace.app.bot_user_id, message, name)
    return {}


def _get(installation: Installation, arguments: Arguments) -> Body:
    conversation, message = _item(installation, arguments)
    told = message_object(message, installation.workspace.team)
    return {"type": "message", "channel": conversation.id, "message": told}


def _list(installation: Installation, arguments: Arguments) -> Body:
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    user_id = optional(arguments, "user") or bot
    if user_id not in workspace.people:
        raise ApiError("user_not_found")
    items = [
        {"type": "message", "channel": one.id, "message": message_object(message, workspace.team)}
        for one in workspace.conversations.values()
        if bot in one.members
        for message in one.messages
        if any(user_id in users for users in message.reactions.values())
    ]
    page, cursor = page_of(items[::-1], arguments)
    return {"items": list(page), "response_metadata": {"next_cursor": cursor}}


def _item(installation: Installation, arguments: Arguments) -> tuple[Conversation, Message]:
    channel, timestamp = optional(arguments, "channel"), optional(arguments, "timestamp")
    if not channel or not timestamp:
        raise ApiError("no_item_specified")
    if not _TIMESTAMP.fullmatch(timestamp):
        raise ApiError("bad_timestamp")
    conversation = known_conversation(installation, channel)
    if installation.workspace.app.bot_user_id not in conversation.members:
        raise ApiError("not_in_channel")
    found = installation.workspace.find_message(conversation.id, timestamp)
    if found is None or found.ephemeral_to is not None or found.subtype == "tombstone":
        raise ApiError("message_not_found")
    return conversation, found


METHODS = (
    Method("reactions.add", _add, "reactions:write"),
    Method("reactions.remove", _remove, "reactions:write"),
    Method("reactions.get", _get, "reactions:read"),
    Method("reactions.list", _list, "reactions:read"),
)
