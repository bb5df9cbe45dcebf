"""The `conversations.*` methods that change who is in a channel."""

from dataclasses import replace

from highlightbot.playground.conversations import Conversation
from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.payloads import conversation_object
from highlightbot.playground.saying import tell_app
from highlightbot.playground.web_api.arguments import Arguments, flag, names_in, optional
from highlightbot.playground.web_api.method import Body, Method
from highlightbot.playground.web_api.places import (
    changeable_channel,
    joined_channel,
    known_conversation,
)

MOST_INVITED = 1_000


def _join(installation: Installation, arguments: Arguments) -> Body:
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


def _invite(installation: Installation, arguments: Arguments) -> Body:
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    with workspace.lock:
        conversation = joined_channel(
            installation, optional(arguments, "channel"), also="write.invites"
        )
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


def _kick(installation: Installation, arguments: Arguments) -> Body:
    workspace = installation.workspace
    bot = workspace.app.bot_user_id
    with workspace.lock:
        conversation = changeable_channel(installation, optional(arguments, "channel"))
        user_id = optional(arguments, "user")
        if user_id not in workspace.people:
            raise ApiError("user_not_found")
        if user_id == bot:
            raise ApiError("cant_kick_self")
        if bot not in conversation.members or user_id not in conversation.members:
            raise ApiError("not_in_channel")
        _put(installation, conversation, conversation.members - {user_id})
    return {}


def _leave(installation: Installation, arguments: Arguments) -> Body:
    bot = installation.workspace.app.bot_user_id
    with installation.workspace.lock:
        conversation = changeable_channel(installation, optional(arguments, "channel"))
        if conversation.archived:
            raise ApiError("is_archived")
        if bot not in conversation.members:
            return {"not_in_channel": True}
        if conversation.members == {bot}:
            raise ApiError("last_member")
        _put(installation, conversation, conversation.members - {bot})
    return {}


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


METHODS = (
    Method("conversations.join", _join, "channels:join"),
    Method("conversations.invite", _invite),
    Method("conversations.kick", _kick),
    Method("conversations.leave", _leave),
)
