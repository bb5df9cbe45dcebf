"""The workspace's people, conversations and messages, behind the one lock of the playground."""

import bisect
import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from highlightbot.playground.clock import MessageTimestamps, MovableClock
from highlightbot.playground.conversations import Conversation
from highlightbot.playground.messages import Message
from highlightbot.playground.people import AppProfile, Team, User


class Workspace:
    """People, conversations and messages. What it hands out are frozen snapshots.

    Whoever reads and then writes what they read takes `lock`, which may be taken again by its
    holder, for both. Every change raises `version` and wakes those who wait for one.
    """

    def __init__(
        self,
        team: Team,
        app: AppProfile,
        people: Iterable[User],
        channels: Iterable[Conversation],
        clock: MovableClock,
    ) -> None:
        self.team = team
        self.app = app
        self.clock = clock
        self.lock = threading.RLock()
        self.version = 0
        self._changed = threading.Condition(self.lock)
        self._timestamps = MessageTimestamps(clock)
        bot = User(app.bot_user_id, app.name, app.name, is_bot=True)
        self._people = {user.id: user for user in (*people, bot)}
        self._conversations = {channel.id: channel for channel in channels}
        self._last_read: dict[tuple[str, str], str] = {}
        self.quiet_hours: dict[str, tuple[datetime, datetime]] = {}
        """User id -> the next time that they do not want to be disturbed, aware."""
        clock.watch(self.changed)

    def changed(self) -> None:
        """Raise the version and wake those who wait."""
        with self._changed:
            self.version += 1
            self._changed.notify_all()

    def wait_for_change(self, since: int, timeout: float) -> int:
        """Block until `version` is above `since`, at most `timeout` seconds; the version then."""
        with self._changed:
            self._changed.wait_for(lambda: self.version > since, timeout)
            return self.version

    @property
    def people(self) -> Mapping[str, User]:
        with self.lock:
            return dict(self._people)

    @property
    def conversations(self) -> Mapping[str, Conversation]:
        with self.lock:
            return dict(self._conversations)

    def user(self, user_id: str) -> User:
        """The user; LookupError if there is none."""
        with self.lock:
            return self._people[user_id]

    def conversation(self, conversation_id: str) -> Conversation:
        """The conversation; LookupError if there is none."""
        with self.lock:
            return self._conversations[conversation_id]

    def put_user(self, user: User) -> None:
        """Add a user, or replace the one with the same id."""
        with self.lock:
            self._people[user.id] = user
            self.changed()

    def put_conversation(self, conversation: Conversation) -> None:
        """Add a conversation, or replace the one with the same id."""
        with self.lock:
            self._conversations[conversation.id] = conversation
            self.changed()

    def app_conversation(self, user_id: str) -> Conversation:
        """The app's direct message with a person, made on demand. LookupError if unknown."""
        with self.lock:
            self._people[user_id]
            members = frozenset({user_id, self.app.bot_user_id})
            for conversation in self._conversations.values():
                if conversation.kind == "im" and conversation.members == members:
                    return conversation
            conversation_id = f"D{secrets.token_hex(5).upper()}"
            opened = Conversation(conversation_id, self.app.name, "im", members)
            self._conversations[conversation_id] = opened
            return opened

    def issue_ts(self) -> str:
        """A new message timestamp."""
        return self._timestamps.issue()

    def post(self, message: Message) -> Message:
        """Append a message that has a new `ts`; a reply is counted on its parent."""
        with self.lock:
            conversation = self._conversations[message.channel]
            messages = list(conversation.messages)
            if message.is_reply and message.ephemeral_to is None:
                at = _position(messages, message.thread_ts or "")
                if at is not None:
                    messages[at] = _with_reply(messages[at], message)
            messages.append(message)
            self._keep(replace(conversation, closed=False), messages)
            return message

    def find_message(self, conversation_id: str, ts: str) -> Message | None:
        """The message with this timestamp, ephemeral ones included."""
        with self.lock:
            messages = self._conversations[conversation_id].messages
            at = _position(messages, ts)
            return None if at is None else messages[at]

    def change_message(self, conversation_id: str, ts: str, **changes: Any) -> Message:
        """Replace fields of a message; LookupError if it is gone."""
        with self.lock:
            conversation = self._conversations[conversation_id]
            messages = list(conversation.messages)
            at = _position(messages, ts)
            if at is None:
                raise LookupError(ts)
            messages[at] = replace(messages[at], **changes)
            self._keep(conversation, messages)
            return messages[at]

    def delete_message(self, conversation_id: str, ts: str) -> None:
        """Take a message away; one with replies leaves a tombstone. LookupError if it is gone."""
        with self.lock:
            conversation = self._conversations[conversation_id]
            messages = list(conversation.messages)
            at = _position(messages, ts)
            if at is None:
                raise LookupError(ts)
            gone = messages[at]
            if gone.reply_count:
                messages[at] = Message(
                    gone.ts, gone.channel, "USLACKBOT", "This message was deleted.",
                    thread_ts=gone.thread_ts, reply_count=gone.reply_count,
                    reply_users=gone.reply_users, latest_reply=gone.latest_reply,
                    subtype="tombstone",
                )  # fmt: skip
            else:
                del messages[at]
            if gone.is_reply:
                _recount(messages, gone.thread_ts or "")
            self._keep(conversation, messages)

    def mark_read(self, user_id: str, conversation_id: str, ts: str | None = None) -> None:
        """Remember that a user has seen all there is now, or all until the message `ts`."""
        with self.lock:
            messages = self._conversations[conversation_id].messages
            seen = ts or (messages[-1].ts if messages else "")
            if self.last_read(user_id, conversation_id) != seen:
                self._last_read[user_id, conversation_id] = seen
                self.changed()

    def last_read(self, user_id: str, conversation_id: str) -> str:
        """The timestamp of the last message that a user has seen; empty if they have seen none."""
        with self.lock:
            return self._last_read.get((user_id, conversation_id), "")

    def unread(self, user_id: str, conversation_id: str) -> int:
        """How many messages of others a person has not seen, thread replies left out."""
        with self.lock:
            messages = self._conversations[conversation_id].messages
            last_read = self.last_read(user_id, conversation_id)
            first = bisect.bisect_right(messages, last_read, key=_ts)
            return sum(
                message.user != user_id and is_listed_for(message, user_id)
                for message in messages[first:]
            )

    def _keep(self, conversation: Conversation, messages: Iterable[Message]) -> None:
        changed = replace(conversation, messages=tuple(messages))
        self._conversations[conversation.id] = changed
        self.changed()


def is_listed_for(message: Message, user_id: str) -> bool:
    """Whether a message stands in the conversation itself as this person sees it."""
    return is_visible_to(message, user_id) and (not message.is_reply or message.broadcast)


def is_visible_to(message: Message, user_id: str) -> bool:
    """Whether this person can see the message at all, being in its conversation."""
    return message.ephemeral_to is None or message.ephemeral_to == user_id


def _ts(message: Message) -> str:
    return message.ts


def _position(messages: list[Message] | tuple[Message, ...], ts: str) -> int | None:
    at = bisect.bisect_left(messages, ts, key=_ts)
    return at if at < len(messages) and messages[at].ts == ts else None


def _with_reply(parent: Message, reply: Message) -> Message:
    repliers = parent.reply_users
    return replace(
        parent,
        thread_ts=parent.ts,
        reply_count=parent.reply_count + 1,
        reply_users=repliers if reply.user in repliers else (*repliers, reply.user),
        latest_reply=reply.ts,
    )


def _recount(messages: list[Message], parent_ts: str) -> None:
    at = _position(messages, parent_ts)
    if at is None:
        return
    replies = [
        one for one in messages if one.thread_ts == parent_ts and one.is_reply
        and one.ephemeral_to is None
    ]  # fmt: skip
    messages[at] = replace(
        messages[at],
        reply_count=len(replies),
        reply_users=tuple(dict.fromkeys(one.user for one in replies)),
        latest_reply=replies[-1].ts if replies else None,
        thread_ts=parent_ts if replies else None,
    )
