"""`conversations.history` and `conversations.replies`: what was said."""

import bisect
import re
from collections.abc import Sequence

from highlightbot.playground.errors import ApiError
from highlightbot.playground.installation import Installation
from highlightbot.playground.messages import Message
from highlightbot.playground.payloads import message_object
from highlightbot.playground.web_api.arguments import Arguments, flag, optional, required
from highlightbot.playground.web_api.method import Body, Method
from highlightbot.playground.web_api.pages import page_of
from highlightbot.playground.web_api.places import readable_conversation

_TIMESTAMP = re.compile(r"\d{1,12}(\.\d+)?", re.ASCII)


def _history(installation: Installation, arguments: Arguments) -> Body:
    conversation = readable_conversation(installation, optional(arguments, "channel"))
    wanted = [
        one
        for one in _between(conversation.messages, arguments)
        if not one.is_reply or one.broadcast
    ]
    page, cursor = page_of(wanted[::-1], arguments)
    return _messages_answer(installation, arguments, page, cursor)


def _replies(installation: Installation, arguments: Arguments) -> Body:
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
) -> Body:
    with_metadata = flag(arguments, "include_all_metadata")
    team = installation.workspace.team
    answer: Body = {
        "messages": [message_object(one, team, with_metadata=with_metadata) for one in page],
        "has_more": bool(cursor),
        "pin_count": 0,
    }
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


METHODS = (
    Method("conversations.history", _history),
    Method("conversations.replies", _replies),
)
