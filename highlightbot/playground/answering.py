"""An app's answers to commands and interactions, by their ack or by a response URL."""

from collections.abc import Mapping
from typing import Any

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.message_content import read_content
from highlightbot.playground.messages import Message
from highlightbot.playground.response_urls import ResponseUrl
from highlightbot.playground.saying import announce, announce_change, announce_deletion
from highlightbot.playground.workspace import Workspace


def post_answer(installation: Installation, target: ResponseUrl, body: Mapping[str, Any]) -> None:
    """Show an answer: to the asker alone unless `response_type` is `in_channel`.

    `replace_original` and `delete_original` act on the message that `target` is about. What was
    ephemeral stays so. Raises ApiError with Slack's code if the body is refused, `is_archived` if
    nothing can be said there any more.
    """
    workspace = installation.workspace
    app = workspace.app
    content = None if body.get("delete_original") else read_content(body)
    posted: Message | None = None
    with workspace.lock:
        original = (
            workspace.find_message(target.conversation_id, target.message_ts)
            if target.message_ts is not None
            else None
        )
        if content is None:
            if original is None:
                raise ApiError("message_not_found")
            workspace.delete_message(original.channel, original.ts)
            announce_deletion(installation, original)
        elif body.get("replace_original") and original is not None:
            edited = workspace.issue_ts()
            changes = {**content.as_fields(), "edited": edited}
            changed = workspace.change_message(original.channel, original.ts, **changes)
            announce_change(installation, original, changed)
        else:
            if workspace.conversation(target.conversation_id).archived:
                raise ApiError("is_archived")
            public = body.get("response_type") == "in_channel"
            posted = workspace.post(
                Message(
                    workspace.issue_ts(),
                    target.conversation_id,
                    app.bot_user_id,
                    thread_ts=_thread(workspace, target, body.get("thread_ts")),
                    ephemeral_to=None if public else target.user_id,
                    bot_id=app.bot_id,
                    app_id=app.app_id,
                    **content.as_fields(),
                )
            )
            if target.message_ts is None:
                target.message_ts = posted.ts
    if posted is not None:
        announce(installation, posted)


def answer_in_ack(
    installation: Installation, user_id: str, conversation_id: str, body: Mapping[str, Any] | None
) -> None:
    """Show what a command was acknowledged with, if anything. Raises ApiError if refused."""
    if body and (body.get("text") or body.get("blocks") or body.get("attachments")):
        target = ResponseUrl(user_id, conversation_id, None, None, 0.0)
        post_answer(installation, target, body)


def _thread(workspace: Workspace, target: ResponseUrl, asked: Any) -> str | None:
    if isinstance(asked, str) and workspace.find_message(target.conversation_id, asked):
        return asked
    return target.thread_ts
