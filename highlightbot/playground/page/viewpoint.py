"""Who looks at the page, and what names and times mean to that person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from highlightbot.playground.local_slack import AppProfile, Conversation, User


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """What rendering needs to know of the workspace.

    `conversations` are those that the viewer is in. `now` is aware; times are shown in the
    viewer's own zone, as Slack does.
    """

    viewer: User
    app: AppProfile
    people: Mapping[str, User]
    conversations: Mapping[str, Conversation]
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the viewer reads times."""
        return ZoneInfo(self.viewer.tz)

    def person_name(self, user_id: str) -> str:
        """A person's or the app's shown name; the id itself when nobody has it."""
        if user_id == self.app.bot_user_id:
            return self.app.name
        person = self.people.get(user_id)
        return person.real_name or person.name if person else user_id

    def conversation_name(self, conversation_id: str) -> str:
        """A channel's name without its mark; the id itself when the viewer cannot see it."""
        conversation = self.conversations.get(conversation_id)
        return conversation.name if conversation else conversation_id

    def local(self, instant: datetime) -> datetime:
        """`instant` in the viewer's zone."""
        return instant.astimezone(self.zone)

    def address(self, place: str, thread_ts: str | None = None) -> str:
        """The page's address for a conversation id or `home`, with a thread open beside it."""
        query = {"as": self.viewer.id, "in": place}
        if thread_ts:
            query["thread"] = thread_ts
        return "/?" + urlencode(query)
