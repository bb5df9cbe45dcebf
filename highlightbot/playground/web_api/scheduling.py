"""The methods about scheduled messages."""

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.scheduled import Scheduled
from highlightbot.playground.web_api.arguments import Arguments, optional, required
from highlightbot.playground.web_api.method import Body, Method
from highlightbot.playground.web_api.pages import page_of
from highlightbot.playground.web_api.places import known_conversation
from highlightbot.playground.web_api.posting import check_post, metadata_of, post

FARTHEST = 120 * 24 * 3600
MOST_IN_WINDOW = 30
WINDOW = 5 * 60
"""Seconds ahead; messages in a channel; seconds in which they count together.
https://docs.slack.dev/reference/methods/chat.scheduleMessage"""
TOO_LATE_TO_DELETE = 60
"""Seconds before the time. https://docs.slack.dev/messaging/sending-and-scheduling-messages"""


def _schedule(installation: Installation, arguments: Arguments) -> Body:
    conversation, content = check_post(installation, arguments)
    post_at = _time(arguments.get("post_at"), "invalid_time")
    ahead = post_at - installation.workspace.clock.now().timestamp()
    if ahead <= 0:
        raise ApiError("time_in_past")
    if ahead > FARTHEST:
        raise ApiError("time_too_far")
    together = [
        one
        for one in installation.scheduled.waiting()
        if one.conversation_id == conversation.id and abs(one.post_at - post_at) < WINDOW
    ]
    if len(together) >= MOST_IN_WINDOW:
        raise ApiError("restricted_too_many")
    text = content.text or ""
    kept = {**arguments, "channel": conversation.id}
    added = installation.scheduled.add(
        conversation.id, post_at, text, lambda: _post_now(installation, kept)
    )
    app = installation.workspace.app
    return {
        "scheduled_message_id": added.id,
        "channel": conversation.id,
        "post_at": post_at,
        "message": {
            "type": "delayed_message",
            "subtype": "bot_message",
            "bot_id": app.bot_id,
            "text": text,
            "blocks": list(content.blocks or ()),
        },
    }


def _delete(installation: Installation, arguments: Arguments) -> Body:
    conversation = known_conversation(installation, required(arguments, "channel"))
    scheduled_id = required(arguments, "scheduled_message_id")
    now = installation.workspace.clock.now().timestamp()
    for one in installation.scheduled.waiting():
        if (one.id, one.conversation_id) == (scheduled_id, conversation.id):
            if one.post_at - now < TOO_LATE_TO_DELETE:
                break
            installation.scheduled.remove(one.id)
            return {}
    raise ApiError("invalid_scheduled_message_id")


def _list(installation: Installation, arguments: Arguments) -> Body:
    channel = optional(arguments, "channel")
    if channel and channel not in installation.workspace.conversations:
        raise ApiError("invalid_channel")
    oldest = _time(arguments.get("oldest") or 0, "invalid_arguments")
    latest = _time(arguments.get("latest") or 10**12, "invalid_arguments")
    if oldest >= latest:
        raise ApiError("invalid_arguments")
    listed = [
        one
        for one in installation.scheduled.waiting()
        if (not channel or one.conversation_id == channel) and oldest <= one.post_at <= latest
    ]
    page, cursor = page_of(listed, arguments)
    return {
        "scheduled_messages": [_told(one) for one in page],
        "response_metadata": {"next_cursor": cursor},
    }


def _told(one: Scheduled) -> Body:
    return {
        "id": one.id,
        "channel_id": one.conversation_id,
        "post_at": one.post_at,
        "date_created": one.created,
        "text": one.text,
    }


def _post_now(installation: Installation, arguments: Arguments) -> None:
    name = "chat.scheduleMessage"
    # Slack's own page says so: with metadata it is accepted, and never posted.
    problem: str | None = "never posted: scheduled messages with metadata are not"
    if metadata_of(arguments) is None:
        try:
            post(installation, arguments)
            problem = None
        except ApiError as error:
            problem = f"not posted: {error}"
    installation.log.add("call", name, arguments, None, 0.0, problem=problem)


def _time(value: object, error: str) -> int:
    try:
        return int(float(str(value)))
    except (ValueError, OverflowError):
        raise ApiError(error) from None


METHODS = (
    Method("chat.scheduleMessage", _schedule, "chat:write"),
    Method("chat.deleteScheduledMessage", _delete, "chat:write"),
    Method("chat.scheduledMessages.list", _list),
)
