"""The `conversations.*` methods that tell of conversations, and `conversations.mark`."""

from collections.abc import Sequence

from highlightbot.playground.conversations import Conversation
from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.payloads import conversation_object
from highlightbot.playground.web_api.arguments import Arguments, flag, optional, required
from highlightbot.playground.web_api.method import Body, Method, need_scope
from highlightbot.playground.web_api.pages import page_of
from highlightbot.playground.web_api.places import described_conversation, managed_conversation
from highlightbot.playground.workspace import is_visible_to

_NOTHING_READ = "0000000000.000000"
# What `types` can ask for -> (conversation kind, scope that it needs).
_TYPES = {
    "public_channel": ("channel", "channels:read"),
    "private_channel": ("private", "groups:read"),
    "im": ("im", "im:read"),
    "mpim": ("mpim", "mpim:read"),
}


def _info(installation: Installation, arguments: Arguments) -> Body:
    conversation = described_conversation(installation, optional(arguments, "channel"))
    bot = installation.workspace.app.bot_user_id
    told = conversation_object(conversation, bot)
    if not flag(arguments, "include_num_members"):
        told.pop("num_members", None)
    if bot in conversation.members:
        last_read = installation.workspace.last_read(bot, conversation.id)
        told["last_read"] = last_read or _NOTHING_READ
    return {"channel": told}


def _list(installation: Installation, arguments: Arguments) -> Body:
    bot = installation.workspace.app.bot_user_id
    listed = [
        one
        for one in _of_types(installation, arguments)
        if one.kind == "channel" or bot in one.members
    ]
    return _listed(installation, arguments, listed)


def _of_user(installation: Installation, arguments: Arguments) -> Body:
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
) -> Body:
    bot = installation.workspace.app.bot_user_id
    page, cursor = page_of(listed, arguments)
    return {
        "channels": [conversation_object(one, bot) for one in page],
        "response_metadata": {"next_cursor": cursor},
    }


def _members(installation: Installation, arguments: Arguments) -> Body:
    conversation = described_conversation(installation, optional(arguments, "channel"))
    page, cursor = page_of(sorted(conversation.members), arguments)
    return {"members": list(page), "response_metadata": {"next_cursor": cursor}}


def _mark(installation: Installation, arguments: Arguments) -> Body:
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


METHODS = (
    Method("conversations.info", _info),
    Method("conversations.list", _list),
    Method("conversations.members", _members),
    Method("conversations.mark", _mark),
    Method("users.conversations", _of_user),
)
