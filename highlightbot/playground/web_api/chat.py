"""The `chat.*` methods."""

from typing import Any

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.message_content import read_content
from highlightbot.playground.messages import Message
from highlightbot.playground.payloads import message_object
from highlightbot.playground.rules.dialect import text_length
from highlightbot.playground.saying import announce_change, announce_deletion
from highlightbot.playground.web_api.arguments import Arguments, optional, required
from highlightbot.playground.web_api.method import Body, Method
from highlightbot.playground.web_api.places import known_conversation, writable_conversation
from highlightbot.playground.web_api.posting import metadata_of, post, thread_of

MOST_UPDATE_CHARACTERS = 4_000
"""Of the text of `chat.update`. https://docs.slack.dev/reference/methods/chat.update"""


def _post_message(installation: Installation, arguments: Arguments) -> Body:
    posted = post(installation, arguments)
    told = message_object(posted, installation.workspace.team, with_metadata=True)
    return {"channel": posted.channel, "ts": posted.ts, "message": told}


def _update(installation: Installation, arguments: Arguments) -> Body:
    workspace = installation.workspace
    changes: dict[str, Any] = {}
    if (metadata := metadata_of(arguments)) is not None:
        changes["metadata"] = metadata or None
    text = optional(arguments, "text")
    with workspace.lock:
        shown = _own_message(installation, arguments, "cant_update_message")
        if text is not None and text_length(text) > MOST_UPDATE_CHARACTERS:
            raise ApiError("msg_too_long")
        changes |= _changed_content(arguments, shown)
        changes["edited"] = workspace.issue_ts()
        updated = workspace.change_message(shown.channel, shown.ts, **changes)
    announce_change(installation, shown, updated)
    told = message_object(updated, workspace.team, with_metadata=True)
    return {"channel": shown.channel, "ts": shown.ts, "text": updated.text, "message": told}


def _delete(installation: Installation, arguments: Arguments) -> Body:
    with installation.workspace.lock:
        shown = _own_message(installation, arguments, "cant_delete_message")
        installation.workspace.delete_message(shown.channel, shown.ts)
    announce_deletion(installation, shown)
    return {"channel": shown.channel, "ts": shown.ts}


def _post_ephemeral(installation: Installation, arguments: Arguments) -> Body:
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
                thread_ts=thread_of(installation, conversation.id, arguments),
                ephemeral_to=user_id,
                bot_id=app.bot_id,
                app_id=app.app_id,
                **{**content.as_fields(), "notified": frozenset()},
            )
        )
    return {"message_ts": posted.ts}


def _get_permalink(installation: Installation, arguments: Arguments) -> Body:
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


METHODS = (
    Method("chat.postMessage", _post_message, "chat:write"),
    Method("chat.update", _update, "chat:write"),
    Method("chat.delete", _delete, "chat:write"),
    Method("chat.postEphemeral", _post_ephemeral, "chat:write"),
    Method("chat.getPermalink", _get_permalink),
)
