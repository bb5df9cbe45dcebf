"""The `conversations.*` methods."""

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace

from highlightbot.playground.conversations import Conversation
from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.messages import Message
from highlightbot.playground.payloads import conversation_object, message_object
from highlightbot.playground.web_api.arguments import Arguments, flag, names_in, optional, required
from highlightbot.playground.web_api.method import Answer, Method, need_scope
from highlightbot.playground.web_api.pages import page_of
from highlightbot.playground.web_api.places import (
    described_conversation,
    known_conversation,
    managed_conversation,
    readable_conversation,
)
from highlightbot.playground.workspace import is_visible_to

_NOTHING_READ = "0000000000.000000"
_TIMESTAMP = re.compile(r"\d{1,12}(\.\d+)?", re.ASCII)
# What `types` can ask for -> (conversation kind, scope that it needs).
_TYPES = {
    "public_channel": ("channel", "channels:read"),
    "private_channel": ("private", "groups:read"),
    "im": ("im", "im:read"),
    "mpim": ("mpim", "mpim:read"),
}


def _info(installation: Installation, arguments: Arguments) -> Answer:
    conversation = described_conversation(installation, optional(arguments, "channel"))
    bot = installation.workspace.app.bot_user_id
    told = conversation_object(conversation, bot)
    if not flag(arguments, "include_num_members"):
        told.pop("num_members", None)
    if bot in conversation.members:
        last_read = installation.workspace.last_read(bot, conversation.id)
        told["last_read"] = last_read or _NOTHING_READ
    return {"channel": told}


def _list(installation: Installation, arguments: Arguments) -> Answer:
    bot = installation.workspace.app.bot_user_id
    listed = [
        one
        for one in _of_types(installation, arguments)
        if one.kind == "channel" or bot in one.members
    ]
    return _listed(installation, arguments, listed)


def _of_user(installation: Installation, arguments: Arguments) -> Answer:
    """Those that a person, or the app, is in; private ones only where the app is too."""
    bot = installation.workspace.app.bot_user_id
    user_id = optional(arguments, "user") or bot
    if user_id not in installation.workspace.people:
        raise ApiError("user_not_found")
    listed = [
        one
        for one in _of_types(installation, arguments)
        if user_id in one.members and (one.kind == "channel" or bot in one.members)
    ]
    return _listed(installation, arguments, listed)


def _of_types(installation: Installation, arguments: Arguments) -> list[Conversation]:
    asked = (optional(arguments, "types") or "public_channel").replace(" ", "").split(",")
    if set(asked) - set(_TYPES):
        raise ApiError("invalid_types")
    for one in asked:
        need_scope(installation, _TYPES[one][1])
    kinds = {_TYPES[one][0] for one in asked}
    return [
        one
        for one in installation.workspace.conversations.values()
        if one.kind in kinds and not (one.archived and flag(arguments, "exclude_archived"))
    ]


def _listed(
    installation: Installation, arguments: Arguments, listed: Sequence[Conversation]
) -> Answer:
    bot = installation.workspace.app.bot_user_id
    page, cursor = page_of(listed, arguments)
    return {
        "channels": [conversation_object(one, bot) for one in page],
        "response_metadata": {"next_cursor": cursor},
    }


def _members(installation: Installation, arguments: Arguments) -> Answer:
    conversation = described_conversation(installation, optional(arguments, "channel"))
    page, cursor = page_of(sorted(conversation.members), arguments)
    return {"members": list(page), "response_metadata": {"next_cursor": cursor}}


def _open(installation: Installation, arguments: Arguments) -> Answer:
    workspace = installation.workspace
    with workspace.lock:
        before = workspace.conversations
        direct = _direct(installation, arguments)
        already_open = direct.id in before and not direct.closed
        if direct.closed:
            direct = replace(direct, closed=False)
            workspace.put_conversation(direct)
    no_op = {"no_op": True, "already_open": True} if already_open else {}
    if not flag(arguments, "return_im"):
        return {"channel": {"id": direct.id}, **no_op}
    return {"channel": conversation_object(direct, workspace.app.bot_user_id), **no_op}


def _close(installation: Installation, arguments: Arguments) -> Answer:
    workspace = installation.workspace
    with workspace.lock:
        conversation = managed_conversation(installation, optional(arguments, "channel"))
        if conversation.kind != "im":
            raise ApiError("method_not_supported_for_channel_type")
        if conversation.closed:
            return {"no_op": True, "already_closed": True}
        workspace.put_conversation(replace(conversation, closed=True))
    return {}


def _mark(installation: Installation, arguments: Arguments) -> Answer:
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    ts = required(arguments, "ts")
    with workspace.lock:
        conversation = managed_conversation(installation, optional(arguments, "channel"))
        if bot not in conversation.members:
            raise ApiError("not_in_channel")
        message = workspace.find_message(conversation.id, ts)
        if message is None or not is_visible_to(message, bot):
            raise ApiError("invalid_timestamp")
        workspace.mark_read(bot, conversation.id, ts)
    return {}


def _direct(installation: Installation, arguments: Arguments) -> Conversation:
    if (conversation_id := optional(arguments, "channel")) is not None:
        conversation = known_conversation(installation, conversation_id)
        if conversation.kind != "im":
            raise ApiError("method_not_supported_for_channel_type")
        return conversation
    user_ids = names_in(arguments, "users")
    if not user_ids:
        raise ApiError("users_list_not_supplied")
    if len(user_ids) > 1:
        raise ApiError("method_not_supported_for_channel_type")
    return _direct_with(installation, user_ids[0])


def _direct_with(installation: Installation, user_id: str) -> Conversation:
    person = installation.workspace.people.get(user_id)
    if person is None:
        raise ApiError("user_not_found")
    if person.is_bot:
        raise ApiError("cannot_dm_bot")
    if person.deleted:
        raise ApiError("user_disabled")
    return installation.workspace.app_conversation(user_id)


def _history(installation: Installation, arguments: Arguments) -> Answer:
    conversation = readable_conversation(installation, optional(arguments, "channel"))
    wanted = [
        one
        for one in _between(conversation.messages, arguments)
        if not one.is_reply or one.broadcast
    ]
    page, cursor = page_of(wanted[::-1], arguments)
    return _messages_answer(installation, arguments, page, cursor)


def _replies(installation: Installation, arguments: Arguments) -> Answer:
    conversation = readable_conversation(installation, optional(arguments, "channel"))
    asked = required(arguments, "ts")
    found = installation.workspace.find_message(conversation.id, asked)
    if found is None or found.ephemeral_to is not None:
        raise ApiError("thread_not_found")
    thread_ts = found.thread_ts or found.ts
    replies = [
        one
        for one in _between(conversation.messages, arguments)
        if one.thread_ts == thread_ts and one.ts != thread_ts
    ]
    parent = [one for one in conversation.messages if one.ts == thread_ts]
    page, cursor = page_of([*parent, *replies], arguments, default=1000, most=1000)
    return _messages_answer(installation, arguments, page, cursor)


def _between(messages: Sequence[Message], arguments: Arguments) -> list[Message]:
    """The messages that all members see, of the time that `oldest` and `latest` bound."""
    beyond = 0 if flag(arguments, "inclusive") else 1
    oldest = _bound(arguments, "oldest", 0) + beyond
    latest = _bound(arguments, "latest", 10**18) - beyond
    first = bisect.bisect_left(messages, oldest, key=_at)
    end = bisect.bisect_right(messages, latest, key=_at)
    return [one for one in messages[first:end] if one.ephemeral_to is None]


def _bound(arguments: Arguments, name: str, default: int) -> int:
    value = arguments.get(name)
    if value is None or value == "":
        return default
    if not _TIMESTAMP.fullmatch(str(value)):
        raise ApiError(f"invalid_ts_{name}")
    return _micros(str(value))


def _at(message: Message) -> int:
    return _micros(message.ts)


def _micros(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int(fraction.ljust(6, "0")[:6])


def _messages_answer(
    installation: Installation, arguments: Arguments, page: Sequence[Message], cursor: str
) -> Answer:
    with_metadata = flag(arguments, "include_all_metadata")
    team = installation.workspace.team
    answer: Answer = {
        "messages": [message_object(one, team, with_metadata=with_metadata) for one in page],
        "has_more": bool(cursor),
        "pin_count": 0,
    }
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


METHODS = (
    Method("conversations.info", _info),
    Method("conversations.list", _list),
    Method("conversations.members", _members),
    Method("conversations.open", _open, "im:write"),
    Method("conversations.close", _close),
    Method("conversations.mark", _mark),
    Method("users.conversations", _of_user),
    Method("conversations.history", _history),
    Method("conversations.replies", _replies),
)
