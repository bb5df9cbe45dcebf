"""The Messenger and Directory ports over Slack's Web API."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient

from highlightbot.core.alarms import Alarm
from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.deliveries import MessageRef
from highlightbot.core.errors import ChannelLost, NotDelivered, Undeliverable
from highlightbot.core.pacing import Pace
from highlightbot.core.people import Person, Profile
from highlightbot.core.programmes import Programme
from highlightbot.core.reminders import Reminder
from highlightbot.core.summaries import Edition
from highlightbot.slack.messages import alarm as alarms
from highlightbot.slack.messages import reminder, summary
from highlightbot.slack.messages.message import Message
from highlightbot.slack.web_api import PACE, TIMEOUT, call

_EVENT_TYPE = "highlightbot_delivery"
_CLOCK_DIFFERENCE = timedelta(days=1)
_PAGE = 200


class SlackMessenger:
    """Sends through one workspace's bot user."""

    timeout = timedelta(seconds=TIMEOUT)

    def __init__(self, client: WebClient, pace: Pace = PACE) -> None:
        self._client = client
        self.pace = pace

    def remind(self, to: Reminder, key: str) -> MessageRef:
        """Post to the person's id, which opens the app's direct message with them."""
        return self._post_to(to.person, reminder.build(to), key)

    def update_reminder(self, sent: MessageRef, to: Reminder) -> None:
        """Change the reminder in place, which notifies nobody."""
        with _in_a_direct_message():
            self._update(sent, reminder.build(to))

    def post_summary(self, programme: Programme, edition: Edition, key: str) -> MessageRef:
        """Post to the coordination channel."""
        return self._post(_channel(programme), summary.head(edition, programme.zone), key)

    def update_summary(self, posted: MessageRef, programme: Programme, edition: Edition) -> None:
        """Change the posted message in place."""
        self._update(posted, summary.head(edition, programme.zone))

    def thread_length(self, programme: Programme, edition: Edition) -> int:
        """How many messages the edition's text takes in the thread."""
        return len(summary.thread(edition, programme.zone))

    def post_to_thread(
        self, posted: MessageRef, programme: Programme, edition: Edition, part: int, key: str
    ) -> MessageRef:
        """Post one of the thread's messages, from 1."""
        message = summary.thread(edition, programme.zone)[part - 1]
        return self._post(posted.conversation, message, key, thread=posted.message)

    def alarm(self, person: Person, alarm: Alarm, key: str) -> MessageRef:
        """Post to the coordinator's id."""
        return self._post_to(person, alarms.build(alarm), key)

    def find(
        self,
        key: str,
        since: datetime,
        *,
        person: Person | None = None,
        channel: str | None = None,
        thread: MessageRef | None = None,
    ) -> MessageRef | None:
        """Look the key up in what was posted there since a day before ``since``.

        That is by this machine's clock, which may be ahead of Slack's by hours.
        """
        oldest = f"{(since - _CLOCK_DIFFERENCE).timestamp():.6f}"
        if thread is not None:
            conversation = thread.conversation
            pages = self._pages(
                self._client.conversations_replies,
                channel=conversation,
                ts=thread.message,
                oldest=oldest,
            )
        else:
            conversation = channel or self._direct_message(person)
            pages = self._pages(
                self._client.conversations_history, channel=conversation, oldest=oldest
            )
        for message in pages:
            if _key_of(message) == key:
                return MessageRef(conversation, message["ts"])
        return None

    def _post_to(self, person: Person, message: Message, key: str) -> MessageRef:
        with _in_a_direct_message():
            return self._post(_account(person), message, key)

    def _post(
        self, conversation: str, message: Message, key: str, thread: str | None = None
    ) -> MessageRef:
        response = call(
            lambda: self._client.chat_postMessage(
                channel=conversation,
                text=message.text,
                blocks=message.blocks,
                thread_ts=thread,
                metadata={"event_type": _EVENT_TYPE, "event_payload": {"key": key}},
                unfurl_links=False,
                unfurl_media=False,
            )
        )
        return MessageRef(response["channel"], response["ts"])

    def _update(self, ref: MessageRef, message: Message) -> None:
        call(
            lambda: self._client.chat_update(
                channel=ref.conversation,
                ts=ref.message,
                text=message.text,
                blocks=message.blocks,
            )
        )

    def _direct_message(self, person: Person | None) -> str:
        if person is None:
            raise Undeliverable("there is nowhere to look for the message")
        try:
            response = _look(lambda: self._client.conversations_open(users=_account(person)))
        except ChannelLost as failure:
            raise Undeliverable(f"cannot look for the message: {failure}") from failure
        channel: str = response["channel"]["id"]
        return channel

    def _pages(self, method: Callable[..., Any], **arguments: str) -> Iterator[Mapping[str, Any]]:
        cursor: str | None = None
        while True:
            request = partial(
                method, include_all_metadata=True, limit=_PAGE, cursor=cursor, **arguments
            )
            response = _look(request)
            yield from response["messages"]
            cursor = (response.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return


class SlackDirectory:
    """Who is who in one workspace."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def profile(self, person: DeclaredPerson) -> Profile | None:
        """Ask `users.lookupByEmail` or `users.info`."""
        try:
            if person.email:
                response = call(lambda: self._client.users_lookupByEmail(email=person.email or ""))
            else:
                response = call(lambda: self._client.users_info(user=person.external_id or ""))
        except (NotDelivered, Undeliverable) as failure:
            if failure.code in _NOBODY:
                return None
            raise
        return _profile(response["user"])


_NOBODY = frozenset({"user_not_found", "users_not_found"})


def _profile(user: Mapping[str, Any]) -> Profile | None:
    if user.get("deleted") or user.get("is_bot"):
        return None
    details = user.get("profile") or {}
    name = details.get("real_name") or user.get("real_name") or user.get("name") or user["id"]
    return Profile(user["id"], name, details.get("email"), _zone(user.get("tz")))


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


@contextmanager
def _in_a_direct_message() -> Iterator[None]:
    """There is no channel that somebody could bring back: Undeliverable where one is lost."""
    try:
        yield
    except ChannelLost as failure:
        raise Undeliverable(str(failure), code=failure.code) from failure


def _look(request: Callable[[], Any]) -> Any:
    """A look-up; where the bot may not look at all, Undeliverable."""
    try:
        return call(request)
    except NotDelivered as failure:
        if failure.code in _CANNOT_LOOK:
            raise Undeliverable(f"cannot look for the message: {failure}") from failure
        raise


_CANNOT_LOOK = frozenset({"missing_scope", "thread_not_found"})


def _account(person: Person) -> str:
    if person.external_id is None:
        raise NotDelivered(f"no account in the workspace is known of person {person.id}")
    return person.external_id


def _channel(programme: Programme) -> str:
    if programme.channel is None:
        raise Undeliverable(f"{programme.name} has no coordination channel")
    return programme.channel


def _key_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    key: str | None = (metadata.get("event_payload") or {}).get("key")
    return key
