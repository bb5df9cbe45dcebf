"""`conversations.open` and `conversations.close`: the app's direct messages."""

from dataclasses import replace

from highlightbot.playground.conversations import Conversation
from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.payloads import conversation_object
from highlightbot.playground.web_api.arguments import Arguments, flag, names_in, optional
from highlightbot.playground.web_api.method import Body, Method
from highlightbot.playground.web_api.places import known_conversation, managed_conversation


def _open(installation: Installation, arguments: Arguments) -> Body:
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


def _close(installation: Installation, arguments: Arguments) -> Body:
    workspace = installation.workspace
    with workspace.lock:
        conversation = managed_conversation(installation, optional(arguments, "channel"))
        if conversation.kind != "im":
            raise ApiError("method_not_supported_for_channel_type")
        if conversation.closed:
            return {"no_op": True, "already_closed": True}
        workspace.put_conversation(replace(conversation, closed=True))
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


METHODS = (
    Method("conversations.open", _open, "im:write"),
    Method("conversations.close", _close),
)
