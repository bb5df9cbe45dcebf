"""The Messenger and Directory ports over Slack's Web API."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.deliveries import MessageRef
from highlightbot.core.errors import NotDelivered, Undeliverable
from highlightbot.core.people import Person, Profile
from highlightbot.core.programmes import Programme
from highlightbot.core.reminders import ReminderKind
from highlightbot.core.reports import Report
from highlightbot.core.summaries import Edition
from highlightbot.slack.messages import reminder, summary
from highlightbot.slack.messages.message import Message
from highlightbot.slack.web_api import call

_EVENT_TYPE = "highlightbot_delivery"
_CLOCK_DIFFERENCE = timedelta(minutes=10)
_PAGE = 200


class SlackMessenger:
    """Sends through one workspace's bot user."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def remind(
        self,
        person: Person,
        kind: ReminderKind,
        programme: Programme,
        reports: Sequence[Report],
        key: str,
    ) -> MessageRef:
        """Post to the person's id, which opens the app's direct message with them."""
        zone = person.zone or programme.zone
        return self._post(_account(person), reminder.build(kind, reports, zone), key)

    def post_summary(self, programme: Programme, edition: Edition, key: str) -> MessageRef:
        """Post to the coordination channel."""
        return self._post(_channel(programme), summary.head(edition, programme.zone), key)

    def update_summary(self, posted: MessageRef, programme: Programme, edition: Edition) -> None:
        """Change the posted message in place."""
        message = summary.head(edition, programme.zone)
        call(
            lambda: self._client.chat_update(
                channel=posted.conversation,
                ts=posted.message,
                text=message.text,
                blocks=message.blocks,
            )
        )

    def thread_length(self, programme: Programme, edition: Edition) -> int:
        """How many messages the edition's text takes in the thread."""
        return len(summary.thread(edition, programme.zone))

    def post_to_thread(
        self, posted: MessageRef, programme: Programme, edition: Edition, part: int, key: str
    ) -> MessageRef:
        """Post one of the thread's messages, from 1."""
        message = summary.thread(edition, programme.zone)[part - 1]
        return self._post(posted.conversation, message, key, thread=posted.message)

    def find(
        self,
        key: str,
        since: datetime,
        *,
        person: Person | None = None,
        channel: str | None = None,
        thread: MessageRef | None = None,
    ) -> MessageRef | None:
        """Look the key up in what the bot posted there since shortly before ``since``."""
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

    def _direct_message(self, person: Person | None) -> str:
        if person is None:
            raise Undeliverable("there is nowhere to look for the message")
        response = _look(lambda: self._client.conversations_open(users=_account(person)))
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
            if "not_found" in str(failure):
                return None
            raise
        return _profile(response["user"])


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


def _look(request: Callable[[], Any]) -> Any:
    """A look-up; where the bot may not look at all, Undeliverable."""
    try:
        return call(request)
    except NotDelivered as failure:
        if any(code in str(failure) for code in _CANNOT_LOOK):
            raise Undeliverable(f"cannot look for the message: {failure}") from failure
        raise


_CANNOT_LOOK = ("missing_scope", "not_in_channel", "channel_not_found", "thread_not_found")


def _account(person: Person) -> str:
    if person.external_id is None:
        raise NotDelivered(f"nobody in the workspace has the address {person.email}")
    return person.external_id


def _channel(programme: Programme) -> str:
    if programme.channel is None:
        raise Undeliverable(f"{programme.name} has no coordination channel")
    return programme.channel


def _key_of(message: Mapping[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    key: str | None = (metadata.get("event_payload") or {}).get("key")
    return key
