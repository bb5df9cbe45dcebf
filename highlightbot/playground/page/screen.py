"""What one person has on their screen, gathered for the templates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from markupsafe import Markup

from highlightbot.playground.local_slack import Conversation, LocalSlack, Team, User, View
from highlightbot.playground.page.bad_days import ToldFault, told
from highlightbot.playground.page.blocks import blocks
from highlightbot.playground.page.messages import ShownMessage, shown_messages
from highlightbot.playground.page.place import Place
from highlightbot.playground.page.viewpoint import Viewpoint

HOME = "home"
NEWEST = 60


class Jump(Protocol):
    """A named instant to which the clock can be moved."""

    @property
    def label(self) -> str: ...
    @property
    def at(self) -> datetime: ...


Jumps = Callable[[], Sequence[Jump]]


@dataclass(frozen=True, slots=True)
class Screen:
    """One person's screen: where they are, what they see there, and what is open over it.

    `place` is a conversation's id or `home`. `earlier` counts the messages above the ones shown.
    """

    seen: Viewpoint
    team: Team
    version: int
    place: str
    conversation: Conversation
    conversations: Sequence[Conversation]
    unread: Mapping[str, int]
    messages: Sequence[ShownMessage]
    earlier: int
    thread_ts: str | None
    thread: Sequence[ShownMessage]
    home: View | None
    modal: View | None
    modals_below: int
    people: Sequence[User]
    jumps: Sequence[Jump]
    commands: Sequence[str]
    app_connected: bool
    faults: Sequence[ToldFault]

    @property
    def app_conversation(self) -> Conversation | None:
        """The viewer's direct message with the app."""
        return next((found for found in self.conversations if found.kind == "im"), None)

    @property
    def channels(self) -> Sequence[Conversation]:
        """The channels that the viewer is in."""
        return [found for found in self.conversations if found.kind != "im"]

    @property
    def clock(self) -> str:
        """The playground's time as the viewer reads it."""
        at = self.seen.local(self.seen.now)
        return f"{at:%A} {at.day} {at:%B} {at.year}, {at:%H:%M}"

    @property
    def name(self) -> str:
        """The name of the place, with a channel's mark."""
        if self.place == HOME:
            return f"{self.seen.app.name} – Home"
        mark = "" if self.conversation.kind == "im" else "#"
        return mark + self.conversation.name

    @property
    def mentionable(self) -> Sequence[str]:
        """What the message box offers after `@`: the app first, then the people."""
        return [self.seen.app.name, *(user.real_name or user.name for user in self.people)]

    def view_body(self, view: View) -> Markup:
        """A modal's or Home tab's blocks with what has been entered in them."""
        return blocks(view.blocks, Place(view.id, self.seen, view.state, view.errors))


def people_of(slack: LocalSlack) -> list[User]:
    """Whom one can be: the members who are not bots and have not left."""
    return [user for user in slack.people.values() if not user.is_bot and not user.deleted]


def viewpoint(slack: LocalSlack, user_id: str) -> Viewpoint:
    """What this person sees by. Raises LookupError for an unknown person."""
    return Viewpoint(
        viewer=slack.people[user_id],
        app=slack.app,
        people=slack.people,
        conversations={found.id: found for found in slack.conversations_of(user_id)},
        now=slack.clock.now(),
    )


def screen(
    slack: LocalSlack,
    *,
    user_id: str,
    place: str | None,
    thread_ts: str | None,
    newest: int,
    jumps: Jumps,
) -> Screen:
    """The screen of a person; a place that they cannot see becomes their first conversation.

    Raises LookupError for an unknown person, or when the person is in no conversation.
    """
    version = slack.version
    seen = viewpoint(slack, user_id)
    if not seen.conversations:
        raise LookupError(f"{user_id} is in no conversation")
    conversation = _conversation(seen, place)
    messages = slack.messages_for(user_id, conversation.id) if place != HOME else []
    thread = slack.thread_for(user_id, conversation.id, thread_ts) if thread_ts else []
    stack = slack.view_stack(user_id)
    return Screen(
        seen=seen,
        team=slack.team,
        version=version,
        place=HOME if place == HOME else conversation.id,
        conversation=conversation,
        conversations=list(seen.conversations.values()),
        unread=slack.unread(user_id),
        messages=list(shown_messages(messages[-newest:], seen)),
        earlier=max(0, len(messages) - newest),
        thread_ts=thread_ts if thread else None,
        thread=list(shown_messages(thread, seen, in_thread=True)),
        home=slack.home_of(user_id) if place == HOME else None,
        modal=stack[-1] if stack else None,
        modals_below=max(0, len(stack) - 1),
        people=people_of(slack),
        jumps=jumps(),
        commands=slack.app.commands,
        app_connected=slack.app_connected,
        faults=told(slack.installation.ordered),
    )


def _conversation(seen: Viewpoint, place: str | None) -> Conversation:
    if place == HOME:
        for found in seen.conversations.values():
            if found.kind == "im":
                return found
    return seen.conversations.get(place or "") or next(iter(seen.conversations.values()))
