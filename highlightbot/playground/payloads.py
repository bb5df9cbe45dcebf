"""What the app is sent: events, commands and interactions, in Slack's shapes."""

import secrets
from collections.abc import Mapping
from typing import Any

from highlightbot.playground.conversations import Conversation
from highlightbot.playground.elements import without_initial_values
from highlightbot.playground.messages import Message
from highlightbot.playground.people import AppProfile, Team, User
from highlightbot.playground.views import State, View

Payload = dict[str, Any]


def event_callback(team: Team, app: AppProfile, event: Payload, event_time: int) -> Payload:
    """An event in its wrapper. https://docs.slack.dev/apis/events-api"""
    return {
        "token": app.verification_token,
        "team_id": team.id,
        "api_app_id": app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": event_time,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team.id,
                "user_id": app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": secrets.token_urlsafe(24),
    }


def slash_command(
    team: Team, app: AppProfile, user: User, conversation: Conversation, command: str, text: str
) -> Payload:
    """A command, without its trigger id and response URL.

    https://docs.slack.dev/interactivity/implementing-slash-commands
    """
    return {
        "token": app.verification_token,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": conversation.id,
        "channel_name": _command_channel_name(conversation),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": app.app_id,
        "is_enterprise_install": "false",
    }


def interaction(kind: str, team: Team, app: AppProfile, user: User) -> Payload:
    """What every interaction payload begins with."""
    return {
        "type": kind,
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": team.id},
        "api_app_id": app.app_id,
        "token": app.verification_token,
    }


def in_view(view: View, team: Team, app: AppProfile) -> Payload:
    """The part of a `block_actions` payload about the modal or Home tab that it came from."""
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": view_object(view, team, app),
    }


def in_message(message: Message, conversation: Conversation, team: Team, state: State) -> Payload:
    """The part of a `block_actions` payload about the message that it came from."""
    is_ephemeral = message.ephemeral_to is not None
    container: Payload = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": is_ephemeral,
    }
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    part: Payload = {
        "container": container,
        "channel": {"id": conversation.id, "name": _command_channel_name(conversation)},
        "state": {"values": state},
    }
    # The app is not shown the source of an ephemeral message.
    return part if is_ephemeral else {**part, "message": message_object(message, team)}


def view_object(view: View, team: Team, app: AppProfile, *, with_state: bool = True) -> Payload:
    """A view as Slack tells it to the app. https://docs.slack.dev/reference/views"""
    return {
        "id": view.id,
        "team_id": team.id,
        "type": view.type,
        "blocks": list(view.blocks),
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": view.state if with_state else {}},
        "hash": view.hash,
        "title": view.title,
        "clear_on_close": view.clear_on_close,
        "notify_on_close": view.notify_on_close,
        "close": view.close,
        "submit": view.submit,
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": app.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": team.id,
        "bot_id": app.bot_id,
    }


def message_object(message: Message, team: Team, *, with_metadata: bool = False) -> Payload:
    """A message as `conversations.history` tells it."""
    told: Payload = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": team.id,
    }
    optional: Mapping[str, Any] = {
        "subtype": message.subtype,
        "bot_id": message.bot_id,
        "app_id": message.app_id,
        "username": message.username,
        "blocks": list(message.blocks) or None,
        "attachments": list(message.attachments) or None,
        "files": list(message.files) or None,
        "reactions": reactions_object(message) or None,
        "thread_ts": message.thread_ts,
        "metadata": message.metadata if with_metadata else None,
    }
    told |= {key: value for key, value in optional.items() if value is not None}
    if message.edited is not None:
        told["edited"] = {"user": message.user, "ts": message.edited}
    if message.reply_count:
        told |= {
            "reply_count": message.reply_count,
            "reply_users_count": len(message.reply_users),
            "reply_users": list(message.reply_users),
            "latest_reply": message.latest_reply,
            "is_locked": False,
            "subscribed": False,
        }
    return told


def without_unchanged(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """An interaction without the parts of its state that hold what their element began with."""
    view, message = payload.get("view"), payload.get("message")
    if view is not None and "state" in view:
        values = without_initial_values(view["blocks"], view["state"]["values"])
        return {**payload, "view": {**view, "state": {"values": values}}}
    if message is not None and "state" in payload:
        attached = [one.get("blocks", ()) for one in message.get("attachments", ())]
        blocks = [block for some in (message.get("blocks", ()), *attached) for block in some]
        values = without_initial_values(blocks, payload["state"]["values"])
        return {**payload, "state": {"values": values}}
    return payload


def reactions_object(message: Message) -> list[Payload]:
    """A message's reactions. https://docs.slack.dev/reference/methods/reactions.get"""
    return [
        {"name": name, "users": list(users), "count": len(users)}
        for name, users in message.reactions.items()
    ]


def conversation_object(conversation: Conversation, bot_user_id: str) -> Payload:
    """A conversation as `conversations.info` tells it.

    https://docs.slack.dev/reference/objects/conversation-object
    """
    told: Payload = {
        "id": conversation.id,
        "is_channel": conversation.kind == "channel",
        "is_group": False,
        "is_im": conversation.kind == "im",
        "is_mpim": False,
        "is_private": conversation.kind != "channel",
        "is_archived": conversation.archived,
    }
    if conversation.kind == "im":
        (person,) = conversation.members - {bot_user_id}
        return {**told, "user": person, "is_open": not conversation.closed}
    return {
        **told,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "creator": conversation.creator,
        "is_general": False,
        "is_member": bot_user_id in conversation.members,
        "num_members": len(conversation.members),
        "topic": {"value": conversation.topic, "creator": "", "last_set": 0},
        "purpose": {"value": conversation.purpose, "creator": "", "last_set": 0},
    }


def _command_channel_name(conversation: Conversation) -> str:
    return {"im": "directmessage", "private": "privategroup"}.get(
        conversation.kind, conversation.name
    )
