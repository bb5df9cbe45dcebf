"""Somebody says something, and the app hears of it."""

import uuid
from collections.abc import Mapping
from typing import Any

from highlightbot.playground.composed import rich_text_of
from highlightbot.playground.conversations import Conversation
from highlightbot.playground.elements import with_ids
from highlightbot.playground.installation import Installation
from highlightbot.playground.messages import Message, notified_by
from highlightbot.playground.payloads import event_callback, message_object

# Conversation kind -> (event subscribed to, scope that it needs, the event's channel_type).
# https://docs.slack.dev/reference/events
_MESSAGE_EVENTS = {
    "im": ("message.im", "im:history", "im"),
    "channel": ("message.channels", "channels:history", "channel"),
    "private": ("message.groups", "groups:history", "group"),
}


def say(
    installation: Installation,
    user_id: str,
    conversation: Conversation,
    text: str,
    thread_ts: str | None,
) -> Message:
    """Post a person's message; back when the app has acknowledged its events, or had the time."""
    workspace = installation.workspace
    message = workspace.post(
        Message(
            workspace.issue_ts(),
            conversation.id,
            user_id,
            text,
            blocks=with_ids([rich_text_of(text)]),
            thread_ts=thread_ts,
            notified=notified_by(text),
        )
    )
    workspace.mark_read(user_id, conversation.id)
    for event in events_of(installation, message):
        installation.delivery.event(event)
    return message


def announce(installation: Installation, message: Message) -> None:
    """Send the events about a message that the app itself posted; nobody waits for the acks."""
    if installation.connected:
        for event in events_of(installation, message):
            installation.delivery.event_in_background(event)


def announce_change(installation: Installation, before: Message, after: Message) -> None:
    """Send `message_changed` where the app hears that conversation's messages.

    https://docs.slack.dev/reference/events/message/message_changed
    """
    team = installation.workspace.team
    part = {
        "message": message_object(after, team),
        "previous_message": message_object(before, team),
    }
    _announce_hidden(installation, after, "message_changed", part)


def announce_deletion(installation: Installation, gone: Message) -> None:
    """Send `message_deleted`, as above.

    https://docs.slack.dev/reference/events/message/message_deleted
    """
    previous = message_object(gone, installation.workspace.team)
    part = {"deleted_ts": gone.ts, "previous_message": previous}
    _announce_hidden(installation, gone, "message_deleted", part)


def tell_app(installation: Installation, event: Mapping[str, Any], scope: str) -> None:
    """Send an event in the background, if the app subscribes to its type and has the scope."""
    app = installation.workspace.app
    if installation.connected and event["type"] in app.events and scope in app.scopes:
        _send(installation, event)


def events_of(installation: Installation, message: Message) -> list[dict[str, Any]]:
    """The event payloads that a new message causes for the app, by subscription and scope."""
    workspace = installation.workspace
    app = workspace.app
    conversation = workspace.conversation(message.channel)
    if app.bot_user_id not in conversation.members or message.ephemeral_to is not None:
        return []
    subscribed, scope, channel_type = _MESSAGE_EVENTS[conversation.kind]
    base = {
        **message_object(message, workspace.team),
        "client_msg_id": str(uuid.uuid4()),
        "channel": message.channel,
        "event_ts": message.ts,
    }
    if message.from_app:
        del base["client_msg_id"]
    events = []
    if subscribed in app.events and scope in app.scopes:
        events.append({**base, "channel_type": channel_type})
    mentioned = app.bot_user_id in message.notified and conversation.kind != "im"
    if (
        mentioned
        and not message.from_app
        and "app_mention" in app.events
        and "app_mentions:read" in app.scopes
    ):
        events.append({**base, "type": "app_mention"})
    event_time = int(float(message.ts))
    return [event_callback(workspace.team, app, event, event_time) for event in events]


def _announce_hidden(
    installation: Installation, message: Message, subtype: str, part: Mapping[str, Any]
) -> None:
    workspace = installation.workspace
    app = workspace.app
    conversation = workspace.conversation(message.channel)
    subscribed, scope, channel_type = _MESSAGE_EVENTS[conversation.kind]
    if (
        not installation.connected
        or message.ephemeral_to is not None
        or app.bot_user_id not in conversation.members
        or subscribed not in app.events
        or scope not in app.scopes
    ):
        return
    ts = workspace.issue_ts()
    event = {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": message.channel,
        "channel_type": channel_type,
        "ts": ts,
        "event_ts": ts,
        **part,
    }
    _send(installation, event)


def _send(installation: Installation, event: Mapping[str, Any]) -> None:
    workspace = installation.workspace
    now = int(workspace.clock.now().timestamp())
    payload = event_callback(workspace.team, workspace.app, dict(event), now)
    installation.delivery.event_in_background(payload)
