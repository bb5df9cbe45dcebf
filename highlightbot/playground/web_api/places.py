"""Finding the conversation that a call names, and whether the app may use it."""

from highlightbot.playground.conversations import Conversation
from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.web_api.arguments import Arguments
from highlightbot.playground.web_api.method import need_scope

# Conversation kind -> the prefix of its scopes.
_SCOPE_OF = {"channel": "channels", "private": "groups", "im": "im"}
# Conversation kind -> the scopes of which one is enough to close it, or to mark it as read.
# https://docs.slack.dev/reference/methods/conversations.mark
_WRITE_SCOPES = {
    "channel": ("channels:manage", "channels:write"),
    "private": ("groups:write",),
    "im": ("im:write",),
}
# Kind of channel -> the scope with which it can be changed.
_CHANGING_SCOPE = {"channel": "channels:manage", "private": "groups:write"}


def known_conversation(installation: Installation, conversation_id: str | None) -> Conversation:
    """The conversation with this id, if the app can know of it: private ones only from within.

    Raises ApiError `channel_not_found`.
    """
    found = installation.workspace.conversations.get(conversation_id or "")
    bot = installation.workspace.app.bot_user_id
    if found is None or (found.kind != "channel" and bot not in found.members):
        raise ApiError("channel_not_found")
    return found


def readable_conversation(installation: Installation, conversation_id: str | None) -> Conversation:
    """A conversation whose messages the app may read.

    Raises ApiError `channel_not_found`, `missing_scope`, `not_in_channel`.
    """
    found = known_conversation(installation, conversation_id)
    need_scope(installation, f"{_SCOPE_OF[found.kind]}:history")
    if installation.workspace.app.bot_user_id not in found.members:
        raise ApiError("not_in_channel")
    return found


def described_conversation(installation: Installation, conversation_id: str | None) -> Conversation:
    """A conversation whose facts the app may read. ApiError as above, but for membership."""
    found = known_conversation(installation, conversation_id)
    need_scope(installation, f"{_SCOPE_OF[found.kind]}:read")
    return found


def managed_conversation(installation: Installation, conversation_id: str | None) -> Conversation:
    """A conversation that the app may close, or mark as read. ApiError as above."""
    found = known_conversation(installation, conversation_id)
    need_scope(installation, *_WRITE_SCOPES[found.kind])
    return found


def changeable_channel(
    installation: Installation, channel_id: str | None, *, also: str | None = None
) -> Conversation:
    """A channel that the app may change.

    `also` is the scope that is enough for this one change, without the kind: `write.topic`.
    Raises ApiError `channel_not_found`, `method_not_supported_for_channel_type`, `missing_scope`.
    """
    found = known_conversation(installation, channel_id)
    if found.kind == "im":
        raise ApiError("method_not_supported_for_channel_type")
    scopes = [_CHANGING_SCOPE[found.kind]]
    if also is not None:
        scopes.append(f"{_SCOPE_OF[found.kind]}:{also}")
    need_scope(installation, *scopes)
    return found


def joined_channel(
    installation: Installation, channel_id: str | None, *, also: str | None = None
) -> Conversation:
    """A changeable channel that is in use and has the app in it.

    Raises ApiError as above, `is_archived`, `not_in_channel`.
    """
    found = changeable_channel(installation, channel_id, also=also)
    if found.archived:
        raise ApiError("is_archived")
    if installation.workspace.app.bot_user_id not in found.members:
        raise ApiError("not_in_channel")
    return found


def writable_conversation(installation: Installation, target: str | None) -> Conversation:
    """Where a message to `target` goes: a conversation's id, a channel's name, a user's id.

    A user's id stands for the app's direct message with them.
    Raises ApiError `channel_not_found`, `not_in_channel`, `is_archived`, `cannot_dm_bot`,
    `messages_tab_disabled`.
    """
    workspace = installation.workspace
    if not target:
        raise ApiError("channel_not_found")
    if target in workspace.people:
        person = workspace.user(target)
        if person.is_bot:
            raise ApiError("cannot_dm_bot")
        if person.deleted:
            raise ApiError("channel_not_found")
        found = workspace.app_conversation(target)
    else:
        found = known_conversation(installation, _named(installation, target))
    if found.kind == "im" and not workspace.app.messages_tab:
        raise ApiError("messages_tab_disabled")
    if found.archived:
        raise ApiError("is_archived")
    is_member = workspace.app.bot_user_id in found.members
    if not is_member and "chat:write.public" not in workspace.app.scopes:
        raise ApiError("not_in_channel")
    return found


def with_one_name(installation: Installation, arguments: Arguments) -> Arguments:
    """The arguments with `channel` as a channel's id, or the id of a direct message's person."""
    workspace, target = installation.workspace, arguments.get("channel")
    if not isinstance(target, str):
        return arguments
    direct = workspace.conversations.get(target)
    if direct is not None and direct.kind == "im":
        (person,) = direct.members - {workspace.app.bot_user_id}
        return {**arguments, "channel": person}
    return {**arguments, "channel": _named(installation, target)}


def _named(installation: Installation, target: str) -> str:
    """The id of the channel so named, with # or without; otherwise `target` itself."""
    for one in installation.workspace.conversations.values():
        if one.kind != "im" and one.name == target.removeprefix("#"):
            return one.id
    return target
