"""A local Slack: the state of one workspace, and what the people in it can do."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from highlightbot.playground import interacting, reacting, saying, suggesting
from highlightbot.playground.call_log import CallLog, LogEntry
from highlightbot.playground.clock import MovableClock
from highlightbot.playground.conversations import Conversation
from highlightbot.playground.delivery import ACK_WITHIN, RETRY_AFTER
from highlightbot.playground.errors import ApiError
from highlightbot.playground.faults import Fault
from highlightbot.playground.installation import Installation
from highlightbot.playground.interactions import BlockAction, Outcome
from highlightbot.playground.messages import Message
from highlightbot.playground.people import AppProfile, Team, User
from highlightbot.playground.shortcuts import run_shortcut
from highlightbot.playground.views import State, View
from highlightbot.playground.workspace import Workspace, is_listed_for, is_visible_to

__all__ = [
    "AppProfile",
    "BlockAction",
    "CallLog",
    "Conversation",
    "LocalSlack",
    "LogEntry",
    "Message",
    "MovableClock",
    "Outcome",
    "State",
    "Team",
    "User",
    "View",
    "create_slack",
]


class LocalSlack:
    """One workspace with one installed app. Thread-safe.

    The values that it hands out are frozen snapshots. A method that names an unknown person,
    conversation or view, or lets a bot or somebody who has left act, raises LookupError; one that
    Slack's own page would not let a person do (saying something in a conversation that they are
    not in) raises ValueError.
    """

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self._workspace = installation.workspace
        self.team: Team = installation.workspace.team
        self.app: AppProfile = installation.workspace.app
        self.clock: MovableClock = installation.workspace.clock
        self.log: CallLog = installation.log

    @property
    def people(self) -> Mapping[str, User]:
        """Everyone by id, the app's bot user included."""
        return self._workspace.people

    @property
    def conversations(self) -> Mapping[str, Conversation]:
        """Every channel and direct message by id."""
        return self._workspace.conversations

    @property
    def app_connected(self) -> bool:
        """Whether events can reach the app now: a socket is open or a request URL is set."""
        return self.installation.connected

    def order_faults(self, *faults: Fault, seed: int = 0) -> None:
        """Let these faults happen from now on, and no others; without any, all goes well."""
        self.installation.order_faults(faults, seed)

    def add_fault(self, fault: Fault) -> None:
        """Let this one happen, too, from now on."""
        self.installation.ordered.add(fault)
        self._workspace.changed()

    # What a person does. Each returns when Slack would show the result: when the app's ack has
    # come, or after three seconds.

    def say(
        self, user_id: str, conversation_id: str, text: str, thread_ts: str | None = None
    ) -> Message:
        """Post a message, its text as Slack's client sends it: `& < >` escaped and mentions as
        entities such as `<@U0HIGHLIGHT>`. `thread_ts` is a parent message's.
        """
        conversation = self._writable_conversation(user_id, conversation_id)
        if not text.strip():
            raise ValueError("there is nothing to post")
        if thread_ts is not None:
            parent = self._workspace.find_message(conversation_id, thread_ts)
            if parent is None or not is_visible_to(parent, user_id):
                raise LookupError(thread_ts)
            if parent.is_reply or parent.ephemeral_to is not None:
                raise ValueError("there can be no thread under this message")
        return saying.say(self.installation, user_id, conversation, text, thread_ts)

    def run_command(self, user_id: str, conversation_id: str, command: str, text: str) -> Outcome:
        """Type a slash command, such as `/highlight` with the text `report`."""
        conversation = self._writable_conversation(user_id, conversation_id)
        return interacting.run_command(self.installation, user_id, conversation, command, text)

    def run_shortcut(
        self,
        user_id: str,
        callback_id: str,
        conversation_id: str | None = None,
        message_ts: str | None = None,
    ) -> Outcome:
        """Choose one of the app's shortcuts: on the message named, or a global one.

        ValueError for a shortcut that the app does not have.
        """
        self._person(user_id)
        if callback_id not in self.app.shortcuts:
            raise ValueError(f"{self.app.name} has no shortcut {callback_id}")
        if conversation_id is None:
            return run_shortcut(self.installation, user_id, callback_id)
        conversation = self._readable_conversation(user_id, conversation_id)
        message = self._workspace.find_message(conversation.id, message_ts or "")
        if message is None or not is_visible_to(message, user_id):
            raise LookupError(message_ts)
        return run_shortcut(self.installation, user_id, callback_id, (conversation.id, message))

    def click(self, user_id: str, action: BlockAction) -> Outcome:
        """Use an interactive element; one in an input block without `dispatch_action` only
        notes its value. ValueError for a value that the element cannot come to hold.
        """
        self._person(user_id)
        return interacting.click(self.installation, user_id, action)

    def suggest(self, user_id: str, action: BlockAction) -> list[Mapping[str, Any]]:
        """Type into an external select: the options, or option groups, that the app offers.

        `action.value` is `{"value": "as typed"}`. Empty if the app offers none, or offers them
        wrongly, or too little is typed. ValueError if the element is no external select.
        """
        self._person(user_id)
        return suggesting.suggest(self.installation, user_id, action)

    def react(self, user_id: str, conversation_id: str, ts: str, name: str) -> Message:
        """Add an emoji, named without colons, to a message; take it back if it is there.

        ValueError with Slack's word for it if there can be no such reaction.
        """
        self._writable_conversation(user_id, conversation_id)
        with self._workspace.lock:
            message = self._workspace.find_message(conversation_id, ts)
            if message is None or not is_visible_to(message, user_id):
                raise LookupError(ts)
            there = user_id in message.reactions.get(name, ())
            act = reacting.unreact if there else reacting.react
            try:
                return act(self.installation, user_id, message, name)
            except ApiError as error:
                raise ValueError(error.code) from None

    def fill(self, user_id: str, view_id: str, values: State) -> None:
        """Note what a person has typed and not yet sent, so that an update keeps it."""
        self._own_view(user_id, view_id)
        self.installation.views.enter(view_id, values)

    def submit_view(self, user_id: str, view_id: str, values: State) -> Outcome:
        """Submit the modal on top. Blank required fields are refused as Slack itself does."""
        self._person(user_id)
        return interacting.submit_view(self.installation, user_id, view_id, values)

    def close_view(self, user_id: str, view_id: str) -> Outcome:
        """Close the modal on top; what was typed in it is lost."""
        self._person(user_id)
        return interacting.close_view(self.installation, user_id, view_id)

    def open_home(self, user_id: str) -> Outcome:
        """Look at the app's Home tab."""
        self._person(user_id)
        return interacting.open_home(self.installation, user_id)

    def open_messages(self, user_id: str) -> None:
        """Look at the direct message with the app."""
        self._person(user_id)
        interacting.open_messages(self.installation, user_id)

    def mark_read(self, user_id: str, conversation_id: str) -> None:
        """Have seen all that is in a conversation now."""
        self._readable_conversation(user_id, conversation_id)
        self._workspace.mark_read(user_id, conversation_id)

    # What a person sees.

    def conversations_of(self, user_id: str) -> list[Conversation]:
        """The channels that a person is in by name, then their direct message with the app."""
        self._person(user_id)
        with self._workspace.lock:
            direct = self._workspace.app_conversation(user_id)
            joined = [
                one
                for one in self.conversations.values()
                if user_id in one.members and one.kind != "im"
            ]
            return [*sorted(joined, key=lambda one: one.name), direct]

    def messages_for(self, user_id: str, conversation_id: str) -> list[Message]:
        """A conversation as a person sees it, thread replies left out."""
        conversation = self._readable_conversation(user_id, conversation_id)
        return [one for one in conversation.messages if is_listed_for(one, user_id)]

    def thread_for(self, user_id: str, conversation_id: str, thread_ts: str) -> list[Message]:
        """The parent first, then its replies; empty if there is no such message."""
        conversation = self._readable_conversation(user_id, conversation_id)
        return [
            one
            for one in conversation.messages
            if thread_ts in {one.ts, one.thread_ts} and is_visible_to(one, user_id)
        ]

    def view_stack(self, user_id: str) -> list[View]:
        """Open modals, bottom to top; the last is the one shown."""
        return self.installation.views.stack(user_id)

    def home_of(self, user_id: str) -> View | None:
        """The Home tab as last published for a person."""
        return self.installation.views.home(user_id)

    def unread(self, user_id: str) -> dict[str, int]:
        """For each of a person's conversations, how many messages they have not seen."""
        return {
            one.id: self._workspace.unread(user_id, one.id)
            for one in self.conversations_of(user_id)
        }

    # To watch for change.

    @property
    def version(self) -> int:
        """Rises with every change and every log entry."""
        return self._workspace.version

    def wait_for_change(self, since: int, timeout: float) -> int:
        """Block until `version` is above `since`, at most `timeout` seconds; the version then."""
        return self._workspace.wait_for_change(since, timeout)

    def _person(self, user_id: str) -> None:
        user = self._workspace.user(user_id)
        if user.is_bot or user.deleted:
            raise LookupError(f"nobody can be {user_id}")

    def _readable_conversation(self, user_id: str, conversation_id: str) -> Conversation:
        self._person(user_id)
        conversation = self._workspace.conversation(conversation_id)
        if user_id not in conversation.members:
            raise ValueError(f"{user_id} is not in {conversation_id}")
        return conversation

    def _writable_conversation(self, user_id: str, conversation_id: str) -> Conversation:
        conversation = self._readable_conversation(user_id, conversation_id)
        if conversation.archived:
            raise ValueError(f"{conversation_id} is archived")
        return conversation

    def _own_view(self, user_id: str, view_id: str) -> View:
        view = self.installation.views.find(view_id)
        if view is None or view.user_id != user_id:
            raise LookupError(view_id)
        return view


def create_slack(
    *,
    people: Sequence[User],
    channels: Sequence[Conversation] = (),
    team: Team | None = None,
    app: AppProfile | None = None,
    clock: MovableClock | None = None,
    stopwatch: Callable[[], float] = time.monotonic,
    retry_after: Sequence[float] = RETRY_AFTER,
    ack_within: float = ACK_WITHIN,
) -> LocalSlack:
    """A local Slack with these people, and channels with their members and messages.

    `stopwatch` measures trigger ids and response URLs in seconds; `retry_after` holds the
    seconds before each retry of an event; `ack_within` is how long the app has for an ack.
    """
    workspace = Workspace(
        team or Team(), app or AppProfile(), people, channels, clock or MovableClock()
    )
    return LocalSlack(
        Installation(workspace, stopwatch=stopwatch, retry_after=retry_after, ack_within=ack_within)
    )
