"""The `chat.*` methods."""

import json
from collections.abc import Mapping
from typing import Any

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.message_content import read_content
from highlightbot.playground.messages import Message
from highlightbot.playground.payloads import message_object
from highlightbot.playground.saying import announce
from highlightbot.playground.web_api.arguments import Arguments, flag, optional, required
from highlightbot.playground.web_api.method import Answer, Method
from highlightbot.playground.web_api.places import known_conversation, writable_conversation

MOST_UPDATE_CHARACTERS = 4_000
"""Of the text of `chat.update`. https://docs.slack.dev/reference/methods/chat.update"""
MOST_METADATA_BYTES = 16_000


def _post_message(installation: Installation, arguments: Arguments) -> Answer:
    workspace = installation.workspace
    app = workspace.app
    metadata = _metadata(arguments)
    customised = "chat:write.customize" in app.scopes
    conversation = writable_conversation(installation, optional(arguments, "channel"))
    content = read_content(arguments)
    with workspace.lock:
        thread_ts = _thread(installation, conversation.id, arguments)
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
                broadcast=flag(arguments, "reply_broadcast"),
                mrkdwn=flag(arguments, "mrkdwn", default=True),
                unfurl_links=_flag_or_none(arguments, "unfurl_links"),
                unfurl_media=_flag_or_none(arguments, "unfurl_media"),
                **content.as_fields(),
            )
        )
    announce(installation, posted)
    told = message_object(posted, workspace.team, with_metadata=True)
    return {"channel": conversation.id, "ts": posted.ts, "message": told}


def _update(installation: Installation, arguments: Arguments) -> Answer:
    workspace = installation.workspace
    changes: dict[str, Any] = {}
    if (metadata := _metadata(arguments)) is not None:
        changes["metadata"] = metadata or None
    shown = _own_message(installation, arguments, "cant_update_message")
    text = optional(arguments, "text")
    if text is not None and len(text) > MOST_UPDATE_CHARACTERS:
        raise ApiError("msg_too_long")
    changes |= _changed_content(arguments, shown)
    changes["edited"] = workspace.issue_ts()
    try:
        updated = workspace.change_message(shown.channel, shown.ts, **changes)
    except LookupError:  # deleted in the meantime
        raise ApiError("message_not_found") from None
    told = message_object(updated, workspace.team, with_metadata=True)
    return {"channel": shown.channel, "ts": shown.ts, "text": updated.text, "message": told}


def _delete(installation: Installation, arguments: Arguments) -> Answer:
    with installation.workspace.lock:
        shown = _own_message(installation, arguments, "cant_delete_message")
        installation.workspace.delete_message(shown.channel, shown.ts)
    return {"channel": shown.channel, "ts": shown.ts}


def _post_ephemeral(installation: Installation, arguments: Arguments) -> Answer:
    workspace = installation.workspace
    app = workspace.app
    user_id = required(arguments, "user")
    conversation = writable_conversation(installation, optional(arguments, "channel"))
    if user_id not in conversation.members or user_id == app.bot_user_id:
        raise ApiError("user_not_in_channel")
    content = read_content(arguments)
    with workspace.lock:
        posted = workspace.post(
            Message(
                workspace.issue_ts(),
                conversation.id,
                app.bot_user_id,
                thread_ts=_thread(installation, conversation.id, arguments),
                ephemeral_to=user_id,
                bot_id=app.bot_id,
                app_id=app.app_id,
                **{**content.as_fields(), "notified": frozenset()},
            )
        )
    return {"message_ts": posted.ts}


def _get_permalink(installation: Installation, arguments: Arguments) -> Answer:
    workspace = installation.workspace
    conversation = known_conversation(installation, required(arguments, "channel"))
    shown = workspace.find_message(conversation.id, required(arguments, "message_ts"))
    if shown is None or shown.ephemeral_to is not None:
        raise ApiError("message_not_found")
    link = f"https://{workspace.team.domain}.slack.com/archives/{conversation.id}/"
    link += "p" + shown.ts.replace(".", "")
    if shown.is_reply:
        link += f"?thread_ts={shown.thread_ts}&cid={conversation.id}"
    return {"channel": conversation.id, "permalink": link}


def _own_message(installation: Installation, arguments: Arguments, not_own: str) -> Message:
    """The app's message that is named by `channel`, an id, and `ts`."""
    workspace = installation.workspace
    conversation = known_conversation(installation, optional(arguments, "channel"))
    if conversation.archived:
        raise ApiError("is_archived")
    shown = workspace.find_message(conversation.id, optional(arguments, "ts") or "")
    if shown is None or shown.ephemeral_to is not None or shown.subtype == "tombstone":
        raise ApiError("message_not_found")
    if shown.bot_id != workspace.app.bot_id:
        raise ApiError(not_own)
    return shown


def _changed_content(arguments: Arguments, shown: Message) -> dict[str, Any]:
    """What an update changes: blocks and attachments that are not given are kept.

    https://docs.slack.dev/reference/methods/chat.update
    """
    kept: dict[str, Any] = {
        "text": shown.text,
        "blocks": list(shown.blocks),
        "attachments": list(shown.attachments),
    }
    given = {name: arguments[name] for name in kept if arguments.get(name) is not None}
    if not given and "metadata" not in arguments:
        raise ApiError("no_text")
    content = read_content({**arguments, **kept, **given})
    fields = content.as_fields()
    changed = {name: fields[name] for name in given}
    return {**changed, "notified": shown.notified | fields["notified"]}


def _thread(installation: Installation, conversation_id: str, arguments: Arguments) -> str | None:
    thread_ts = optional(arguments, "thread_ts")
    if not thread_ts:
        return None
    parent = installation.workspace.find_message(conversation_id, thread_ts)
    if parent is None or parent.ephemeral_to is not None:
        raise ApiError("thread_not_found")
    if parent.is_reply:
        raise ApiError("cannot_reply_to_message")
    return thread_ts


def _metadata(arguments: Arguments) -> Mapping[str, Any] | None:
    """Message metadata. https://docs.slack.dev/messaging/message-metadata"""
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


METHODS = (
    Method("chat.postMessage", _post_message, "chat:write"),
    Method("chat.update", _update, "chat:write"),
    Method("chat.delete", _delete, "chat:write"),
    Method("chat.postEphemeral", _post_ephemeral, "chat:write"),
    Method("chat.getPermalink", _get_permalink),
)
