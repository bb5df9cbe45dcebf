"""The `conversations.*` methods that make channels and change who is in them."""

import re
import secrets
from dataclasses import replace
from typing import Literal

from highlightbot.playground.conversations import Conversation
from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.payloads import conversation_object
from highlightbot.playground.rules.dialect import text_length
from highlightbot.playground.saying import tell_app
from highlightbot.playground.web_api.arguments import Arguments, flag, names_in, optional
from highlightbot.playground.web_api.method import Answer, Method, need_scope
from highlightbot.playground.web_api.places import known_conversation

MOST_NAME_CHARACTERS = 80
MOST_INVITED = 1_000
MOST_TOPIC_CHARACTERS = 250
"""Of a topic or a purpose. https://docs.slack.dev/reference/methods/conversations.setTopic"""


def _create(installation: Installation, arguments: Arguments) -> Answer:
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


def _join(installation: Installation, arguments: Arguments) -> Answer:
    bot = installation.workspace.app.bot_user_id
    with installation.workspace.lock:
        conversation = known_conversation(installation, optional(arguments, "channel"))
        if conversation.kind != "channel":
            raise ApiError("method_not_supported_for_channel_type")
        if conversation.archived:
            raise ApiError("is_archived")
        warning = {"warning": "already_in_channel"} if bot in conversation.members else {}
        joined = _put(installation, conversation, conversation.members | {bot})
    return {"channel": conversation_object(joined, bot), **warning}


def _invite(installation: Installation, arguments: Arguments) -> Answer:
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    with workspace.lock:
        conversation = _channel(installation, arguments, "write.invites")
        if conversation.archived:
            raise ApiError("is_archived")
        if bot not in conversation.members:
            raise ApiError("not_in_channel")
        invited = _users(arguments)
        problems = {
            user_id: problem
            for user_id in invited
            if (problem := _invitation_problem(installation, conversation, user_id)) is not None
        }
        if problems and not (flag(arguments, "force") and len(problems) < len(invited)):
            errors = [{"user": one, "ok": False, "error": why} for one, why in problems.items()]
            raise ApiError(next(iter(problems.values())), errors=errors)
        joined = _put(installation, conversation, conversation.members | set(invited) - {*problems})
    return {"channel": conversation_object(joined, bot)}


def _kick(installation: Installation, arguments: Arguments) -> Answer:
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    with workspace.lock:
        conversation = _channel(installation, arguments)
        user_id = optional(arguments, "user")
        if user_id not in workspace.people:
            raise ApiError("user_not_found")
        if user_id == bot:
            raise ApiError("cant_kick_self")
        if bot not in conversation.members or user_id not in conversation.members:
            raise ApiError("not_in_channel")
        _put(installation, conversation, conversation.members - {user_id})
    return {}


def _leave(installation: Installation, arguments: Arguments) -> Answer:
    bot = installation.workspace.app.bot_user_id
    with installation.workspace.lock:
        conversation = _channel(installation, arguments)
        if conversation.archived:
            raise ApiError("is_archived")
        if bot not in conversation.members:
            return {"not_in_channel": True}
        if conversation.members == {bot}:
            raise ApiError("last_member")
        _put(installation, conversation, conversation.members - {bot})
    return {}


def _rename(installation: Installation, arguments: Arguments) -> Answer:
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    with workspace.lock:
        conversation = _channel(installation, arguments)
        if conversation.archived:
            raise ApiError("is_archived")
        if bot not in conversation.members:
            raise ApiError("not_in_channel")
        if conversation.creator != bot:
            raise ApiError("not_authorized")
        name = _free_name(installation, optional(arguments, "name"))
        renamed = replace(conversation, name=name)
        workspace.put_conversation(renamed)
    return {"channel": conversation_object(renamed, bot)}


def _set_topic(installation: Installation, arguments: Arguments) -> Answer:
    return _describe(installation, arguments, "topic")


def _set_purpose(installation: Installation, arguments: Arguments) -> Answer:
    return _describe(installation, arguments, "purpose")


def _describe(
    installation: Installation, arguments: Arguments, name: Literal["topic", "purpose"]
) -> Answer:
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    with workspace.lock:
        conversation = _channel(installation, arguments, "write.topic")
        if conversation.archived:
            raise ApiError("is_archived")
        if bot not in conversation.members:
            raise ApiError("not_in_channel")
        text = optional(arguments, name) or ""
        if text_length(text) > MOST_TOPIC_CHARACTERS:
            raise ApiError("too_long")
        if name == "topic":
            described = replace(conversation, topic=text)
        else:
            described = replace(conversation, purpose=text)
        workspace.put_conversation(described)
    return {"channel": conversation_object(described, bot)}


def _archive(installation: Installation, arguments: Arguments) -> Answer:
    with installation.workspace.lock:
        conversation = _channel(installation, arguments)
        if conversation.archived:
            raise ApiError("already_archived")
        if installation.workspace.app.bot_user_id not in conversation.members:
            raise ApiError("not_in_channel")
        installation.workspace.put_conversation(replace(conversation, archived=True))
    return {}


def _unarchive(installation: Installation, arguments: Arguments) -> Answer:
    if not _channel(installation, arguments).archived:
        raise ApiError("not_archived")
    # Slack's page: bot tokens cannot unarchive.
    # https://docs.slack.dev/reference/methods/conversations.unarchive
    raise ApiError("not_allowed_token_type")


def _channel(
    installation: Installation, arguments: Arguments, alternative: str | None = None
) -> Conversation:
    """The channel named, which the app may manage."""
    found = known_conversation(installation, optional(arguments, "channel"))
    if found.kind == "im":
        raise ApiError("method_not_supported_for_channel_type")
    family, own = ("channels", "manage") if found.kind == "channel" else ("groups", "write")
    scopes = [f"{family}:{one}" for one in (own, alternative) if one is not None]
    need_scope(installation, *scopes)
    return found


def _put(
    installation: Installation, conversation: Conversation, members: frozenset[str]
) -> Conversation:
    """Change the members. The app hears who joined and left.

    https://docs.slack.dev/reference/events/member_joined_channel
    """
    changed = replace(conversation, members=members)
    installation.workspace.put_conversation(changed)
    kind = "C" if conversation.kind == "channel" else "G"
    scope = "channels:read" if conversation.kind == "channel" else "groups:read"
    for user_id in sorted(members ^ conversation.members):
        event = {
            "type": f"member_{'joined' if user_id in members else 'left'}_channel",
            "user": user_id,
            "channel": conversation.id,
            "channel_type": kind,
            "team": installation.workspace.team.id,
            "event_ts": installation.workspace.issue_ts(),
        }
        tell_app(installation, event, scope)
    return changed


def _users(arguments: Arguments) -> list[str]:
    user_ids = names_in(arguments, "users")
    if not user_ids:
        raise ApiError("no_user")
    return list(dict.fromkeys(user_ids))[:MOST_INVITED]


def _invitation_problem(
    installation: Installation, conversation: Conversation, user_id: str
) -> str | None:
    person = installation.workspace.people.get(user_id)
    if person is None or person.deleted:
        return "user_not_found"
    if user_id == installation.workspace.app.bot_user_id:
        return "cant_invite_self"
    return "already_in_channel" if user_id in conversation.members else None


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
    Method("conversations.join", _join, "channels:join"),
    Method("conversations.invite", _invite),
    Method("conversations.kick", _kick),
    Method("conversations.leave", _leave),
    Method("conversations.rename", _rename),
    Method("conversations.setTopic", _set_topic),
    Method("conversations.setPurpose", _set_purpose),
    Method("conversations.archive", _archive),
    Method("conversations.unarchive", _unarchive),
)
