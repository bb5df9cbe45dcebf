"""The `conversations.*` methods that make channels and change them."""

import re
import secrets
from dataclasses import replace
from typing import Literal

from highlightbot.playground.conversations import Conversation
from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.payloads import conversation_object
from highlightbot.playground.rules.dialect import text_length
from highlightbot.playground.web_api.arguments import Arguments, flag, optional
from highlightbot.playground.web_api.method import Body, Method, need_scope
from highlightbot.playground.web_api.places import changeable_channel, joined_channel

MOST_NAME_CHARACTERS = 80
MOST_TOPIC_CHARACTERS = 250
"""Of a topic or a purpose. https://docs.slack.dev/reference/methods/conversations.setTopic"""


def _create(installation: Installation, arguments: Arguments) -> Body:
    workspace = installation.workspace
    private = flag(arguments, "is_private")
    need_scope(installation, "groups:write" if private else "channels:manage")
    bot = workspace.app.bot_user_id
    with workspace.lock:
        name = _free_name(installation, optional(arguments, "name"))
        created = Conversation(
            f"C{secrets.token_hex(5).upper()}",
            name,
            "private" if private else "channel",
            frozenset({bot}),
            creator=bot,
        )
        workspace.put_conversation(created)
    return {"channel": conversation_object(created, bot)}


def _rename(installation: Installation, arguments: Arguments) -> Body:
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    with workspace.lock:
        conversation = joined_channel(installation, optional(arguments, "channel"))
        if conversation.creator != bot:
            raise ApiError("not_authorized")
        name = _free_name(installation, optional(arguments, "name"))
        renamed = replace(conversation, name=name)
        workspace.put_conversation(renamed)
    return {"channel": conversation_object(renamed, bot)}


def _set_topic(installation: Installation, arguments: Arguments) -> Body:
    return _describe(installation, arguments, "topic")


def _set_purpose(installation: Installation, arguments: Arguments) -> Body:
    return _describe(installation, arguments, "purpose")


def _describe(
    installation: Installation, arguments: Arguments, name: Literal["topic", "purpose"]
) -> Body:
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    with workspace.lock:
        conversation = joined_channel(
            installation, optional(arguments, "channel"), also="write.topic"
        )
        text = optional(arguments, name) or ""
        if text_length(text) > MOST_TOPIC_CHARACTERS:
            raise ApiError("too_long")
        if name == "topic":
            described = replace(conversation, topic=text)
        else:
            described = replace(conversation, purpose=text)
        workspace.put_conversation(described)
    return {"channel": conversation_object(described, bot)}


def _archive(installation: Installation, arguments: Arguments) -> Body:
    with installation.workspace.lock:
        conversation = changeable_channel(installation, optional(arguments, "channel"))
        if conversation.archived:
            raise ApiError("already_archived")
        if installation.workspace.app.bot_user_id not in conversation.members:
            raise ApiError("not_in_channel")
        installation.workspace.put_conversation(replace(conversation, archived=True))
    return {}


def _unarchive(installation: Installation, arguments: Arguments) -> Body:
    if not changeable_channel(installation, optional(arguments, "channel")).archived:
        raise ApiError("not_archived")
    # Slack's page: bot tokens cannot unarchive.
    # https://docs.slack.dev/reference/methods/conversations.unarchive
    raise ApiError("not_allowed_token_type")


def _free_name(installation: Installation, name: str | None) -> str:
    """A channel name that is well formed and not in use.

    https://docs.slack.dev/reference/methods/conversations.create
    """
    if not name:
        raise ApiError("invalid_name_required")
    if len(name) > MOST_NAME_CHARACTERS:
        raise ApiError("invalid_name_maxlength")
    if name != name.lower() or not re.fullmatch(r"[\w-]+", name):
        raise ApiError("invalid_name_specials")
    if not re.search(r"[^\W_]", name):
        raise ApiError("invalid_name_punctuation")
    if any(one.kind != "im" and one.name == name
           for one in installation.workspace.conversations.values()):  # fmt: skip
        raise ApiError("name_taken")
    return name


METHODS = (
    Method("conversations.create", _create),
    Method("conversations.rename", _rename),
    Method("conversations.setTopic", _set_topic),
    Method("conversations.setPurpose", _set_purpose),
    Method("conversations.archive", _archive),
    Method("conversations.unarchive", _unarchive),
)
