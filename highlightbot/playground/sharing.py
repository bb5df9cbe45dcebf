"""Sharing files in a conversation, and telling the app of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from highlightbot.playground.files import File
from highlightbot.playground.installation import Installation
from highlightbot.playground.message_content import MessageContent
from highlightbot.playground.messages import Message
from highlightbot.playground.saying import announce, tell_app


def share_later(
    installation: Installation,
    files: Sequence[File],
    conversation_ids: Sequence[str],
    content: MessageContent | None,
    thread_ts: str | None,
) -> None:
    """Post the files in each conversation once `shared_after` has passed; None: never."""
    delay = installation.files.shared_after

    def share() -> None:
        for conversation_id in conversation_ids:
            _share(installation, files, conversation_id, content, thread_ts)

    if delay is not None and conversation_ids:
        installation.files.postponed.call(delay, share)


def file_object(installation: Installation, file: File) -> dict[str, Any]:
    """A file as the app is told it. https://docs.slack.dev/reference/objects/file-object"""
    conversations = installation.workspace.conversations
    shared = [conversations[one] for one in file.shares if one in conversations]
    address = f"{installation.base_url}/files/{file.id}/content"
    told: dict[str, Any] = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.filetype,
        "pretty_type": file.filetype.upper(),
        "user": file.user,
        "user_team": installation.workspace.team.id,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": any(one.kind == "channel" for one in shared),
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
        "channels": [one.id for one in shared if one.kind == "channel"],
        "groups": [one.id for one in shared if one.kind == "private"],
        "ims": [one.id for one in shared if one.kind == "im"],
        "shares": {
            "public" if kind == "channel" else "private": {
                one.id: [{"ts": file.shares[one.id]}] for one in shared if _side(one.kind) == kind
            }
            for kind in sorted({_side(one.kind) for one in shared})
        },
    }
    return {**told, "alt_txt": file.alt_txt} if file.alt_txt else told


def _side(kind: str) -> str:
    return "channel" if kind == "channel" else "private"


def _share(
    installation: Installation,
    files: Sequence[File],
    conversation_id: str,
    content: MessageContent | None,
    thread_ts: str | None,
) -> None:
    workspace = installation.workspace
    app = workspace.app
    with workspace.lock:
        conversation = workspace.conversation(conversation_id)
        if conversation.archived or app.bot_user_id not in conversation.members:
            return
        if all(_is_gone(installation, one) for one in files):
            return
        ts = workspace.issue_ts()
        shared = [
            installation.files.share(one.id, conversation_id, ts)
            for one in files
            if not _is_gone(installation, one)
        ]
        message = Message(
            ts,
            conversation_id,
            app.bot_user_id,
            thread_ts=thread_ts,
            bot_id=app.bot_id,
            app_id=app.app_id,
            files=tuple(file_object(installation, one) for one in shared),
        )
        fields = content.as_fields() if content is not None else {}
        posted = workspace.post(replace(message, **fields))
    announce(installation, posted)
    for one in shared:
        event = {
            "type": "file_shared",
            "file_id": one.id,
            "user_id": app.bot_user_id,
            "file": {"id": one.id},
            "channel_id": conversation_id,
            "event_ts": workspace.issue_ts(),
        }
        tell_app(installation, event, "files:read")


def _is_gone(installation: Installation, file: File) -> bool:
    found = installation.files.find(file.id)
    return found is None or found.deleted
