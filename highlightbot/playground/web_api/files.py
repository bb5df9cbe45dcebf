"""The `files.*` methods."""

from typing import Any

from highlightbot.playground.errors import ApiError
from highlightbot.playground.files import MOST_BYTES, File
from highlightbot.playground.installation import Installation
from highlightbot.playground.json_object import read_json
from highlightbot.playground.message_content import MessageContent, read_content
from highlightbot.playground.sharing import file_object, share_later
from highlightbot.playground.web_api.arguments import Arguments, optional, refusal, required
from highlightbot.playground.web_api.method import Body, Method
from highlightbot.playground.web_api.places import known_conversation
from highlightbot.playground.web_api.posting import thread_of

MOST_ALT_CHARACTERS = 1_000
MOST_CHANNELS = 100
_TYPES = {
    "all": "",
    "images": "image/",
    "pdfs": "application/pdf",
    "zips": "application/zip",
    "snippets": "text/",
    "spaces": "x-slack/space",
    "gdocs": "x-slack/gdoc",
}


def _get_upload_url(installation: Installation, arguments: Arguments) -> Body:
    name = required(arguments, "filename")
    size = _whole(arguments.get("length"))
    if size is None or size <= 0:
        raise refusal("missing required field: length")
    if size > MOST_BYTES:
        raise ApiError("file_upload_size_restricted")
    alt_txt = optional(arguments, "alt_txt") or ""
    if len(alt_txt) > MOST_ALT_CHARACTERS:
        raise ApiError("alt_txt_too_large")
    workspace = installation.workspace
    created = int(workspace.clock.now().timestamp())
    user_id = workspace.app.bot_user_id
    file, key = installation.files.announce(name, size, user_id, created, alt_txt)
    return {"upload_url": f"{installation.base_url}/upload/{key}", "file_id": file.id}


def _complete_upload(installation: Installation, arguments: Arguments) -> Body:
    wanted = _wanted(arguments.get("files"))
    conversation_ids = _destinations(installation, arguments)
    thread_ts = None
    if conversation_ids and optional(arguments, "thread_ts"):
        if len(conversation_ids) > 1:
            raise ApiError("invalid_arguments")
        thread_ts = thread_of(installation, conversation_ids[0], arguments)
    content = _comment(arguments)
    bot = installation.workspace.app.bot_user_id
    for file_id, _ in wanted:
        file = installation.files.find(file_id)
        if file is None or file.content is None or file.completed or file.user != bot:
            raise ApiError("file_not_found")
    files = [installation.files.complete(file_id, title) for file_id, title in wanted]
    told = [file_object(installation, one) for one in files]
    share_later(installation, files, conversation_ids, content, thread_ts)
    return {"files": told}


def _info(installation: Installation, arguments: Arguments) -> Body:
    file = _known(installation, arguments)
    told = file_object(installation, file)
    return {"file": told, "comments": [], "response_metadata": {"next_cursor": ""}}


def _list(installation: Installation, arguments: Arguments) -> Body:
    """Pages by number: this method has no cursor."""
    user_id, channel = optional(arguments, "user"), optional(arguments, "channel")
    if user_id and user_id not in installation.workspace.people:
        raise ApiError("user_not_found")
    types = (optional(arguments, "types") or "all").split(",")
    if set(types) - set(_TYPES):
        raise ApiError("unknown_type")
    listed = [
        one
        for one in installation.files.all()
        if _is_visible(installation, one)
        and (not user_id or one.user == user_id)
        and (not channel or channel in one.shares)
        and any(one.mimetype.startswith(_TYPES[kind]) for kind in types)
    ]
    count = min(_whole(arguments.get("count")) or 100, 1000)
    page = max(_whole(arguments.get("page")) or 1, 1)
    shown = listed[(page - 1) * count : page * count]
    paging = {
        "count": count,
        "total": len(listed),
        "page": page,
        "pages": -(-len(listed) // count),
    }
    return {"files": [file_object(installation, one) for one in shown], "paging": paging}


def _delete(installation: Installation, arguments: Arguments) -> Body:
    file = _known(installation, arguments)
    if file.user != installation.workspace.app.bot_user_id:
        raise ApiError("cant_delete_file")
    installation.files.delete(file.id)
    with installation.workspace.lock:
        for conversation_id, ts in file.shares.items():
            message = installation.workspace.find_message(conversation_id, ts)
            if message is not None:
                left = tuple(one for one in message.files if one["id"] != file.id)
                gone = {"id": file.id, "mode": "tombstone"}
                installation.workspace.change_message(conversation_id, ts, files=(*left, gone))
    return {}


def _known(installation: Installation, arguments: Arguments) -> File:
    file = installation.files.find(required(arguments, "file"))
    if file is None or not file.completed or not _is_visible(installation, file):
        raise ApiError("file_not_found")
    if file.deleted:
        raise ApiError("file_deleted")
    return file


def _is_visible(installation: Installation, file: File) -> bool:
    bot = installation.workspace.app.bot_user_id
    conversations = installation.workspace.conversations
    return file.user == bot or any(
        bot in conversations[one].members for one in file.shares if one in conversations
    )


def _wanted(files: Any) -> list[tuple[str, str]]:
    """The file ids, each with its title."""
    if isinstance(files, str):
        try:
            files = read_json(files)
        except ApiError:
            files = None
    if not isinstance(files, list) or not files:
        raise refusal("missing required field: files")
    if not all(isinstance(one, dict) and isinstance(one.get("id"), str) for one in files):
        raise refusal("must provide objects with an id", "/files")
    return [(one["id"], str(one.get("title") or "")) for one in files]


def _destinations(installation: Installation, arguments: Arguments) -> list[str]:
    channels = optional(arguments, "channels") or optional(arguments, "channel_id") or ""
    named = [one.strip() for one in channels.split(",") if one.strip()]
    if len(named) > MOST_CHANNELS:
        raise ApiError("channels_limit_exceeded")
    workspace = installation.workspace
    found = []
    for one in named:
        person = workspace.people.get(one)
        if person is not None and not person.is_bot and "channels" in arguments:
            found.append(workspace.app_conversation(one))
        else:
            found.append(known_conversation(installation, one))
    if any(workspace.app.bot_user_id not in one.members for one in found):
        raise ApiError("not_in_channel")
    if any(one.archived for one in found):
        raise ApiError("posting_to_channel_denied")
    return [one.id for one in found]


def _comment(arguments: Arguments) -> MessageContent | None:
    comment, blocks = optional(arguments, "initial_comment"), arguments.get("blocks")
    if comment:
        return read_content({"text": comment})
    return read_content({"blocks": blocks}) if blocks else None


def _whole(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return None


METHODS = (
    Method("files.getUploadURLExternal", _get_upload_url, "files:write"),
    Method("files.completeUploadExternal", _complete_upload, "files:write"),
    Method("files.info", _info, "files:read"),
    Method("files.list", _list, "files:read"),
    Method("files.delete", _delete, "files:write"),
)
