"""A message as `chat.postMessage` and `chat.scheduleMessage` take it."""

import json
from collections.abc import Mapping
from typing import Any

from highlightbot.playground.conversations import Conversation
from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.message_content import MessageContent, read_content
from highlightbot.playground.messages import Message
from highlightbot.playground.saying import announce
from highlightbot.playground.web_api.arguments import Arguments, flag, optional
from highlightbot.playground.web_api.places import writable_conversation

MOST_METADATA_BYTES = 16_000


def post(installation: Installation, arguments: Arguments) -> Message:
    """Post it, and tell the app's own subscriptions. Raises ApiError as `check_post` does."""
    workspace = installation.workspace
    app = workspace.app
    metadata = metadata_of(arguments)
    customised = "chat:write.customize" in app.scopes
    with workspace.lock:
        conversation, content = check_post(installation, arguments)
        thread_ts = thread_of(installation, conversation.id, arguments)
        broadcast = thread_ts is not None and flag(arguments, "reply_broadcast")
        posted = workspace.post(
            Message(
                workspace.issue_ts(),
                conversation.id,
                app.bot_user_id,
                thread_ts=thread_ts,
                metadata=metadata,
                bot_id=app.bot_id,
                app_id=app.app_id,
                username=optional(arguments, "username") if customised else None,
                icon_emoji=optional(arguments, "icon_emoji") if customised else None,
                subtype="thread_broadcast" if broadcast else None,
                broadcast=broadcast,
                mrkdwn=flag(arguments, "mrkdwn", default=True),
                unfurl_links=_flag_or_none(arguments, "unfurl_links"),
                unfurl_media=_flag_or_none(arguments, "unfurl_media"),
                **content.as_fields(),
            )
        )
    announce(installation, posted)
    return posted


def check_post(
    installation: Installation, arguments: Arguments
) -> tuple[Conversation, MessageContent]:
    """Where the message would go and what it says. Raises ApiError if it would be refused."""
    metadata_of(arguments)
    conversation = writable_conversation(installation, optional(arguments, "channel"))
    content = read_content(arguments)
    thread_of(installation, conversation.id, arguments)
    return conversation, content


def thread_of(installation: Installation, conversation_id: str, arguments: Arguments) -> str | None:
    """The parent's timestamp, if it is a reply.

    Raises ApiError `thread_not_found` or `cannot_reply_to_message`.
    """
    thread_ts = optional(arguments, "thread_ts")
    if not thread_ts:
        return None
    parent = installation.workspace.find_message(conversation_id, thread_ts)
    if parent is None or parent.ephemeral_to is not None:
        raise ApiError("thread_not_found")
    if parent.is_reply:
        raise ApiError("cannot_reply_to_message")
    return thread_ts


def metadata_of(arguments: Arguments) -> Mapping[str, Any] | None:
    """Message metadata. Raises ApiError `invalid_metadata_format` or `metadata_too_large`.

    https://docs.slack.dev/messaging/message-metadata
    """
    metadata = arguments.get("metadata")
    if metadata is None or metadata == {}:
        return metadata
    if (
        not isinstance(metadata, dict)
        or set(metadata) - {"event_type", "event_payload", "entities"}
        or not isinstance(metadata.get("event_type"), str)
        or not metadata["event_type"]
        or not isinstance(metadata.get("event_payload"), dict)
    ):
        raise ApiError("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > MOST_METADATA_BYTES:
        raise ApiError("metadata_too_large")
    return metadata


def _flag_or_none(arguments: Arguments, name: str) -> bool | None:
    return flag(arguments, name) if name in arguments else None
