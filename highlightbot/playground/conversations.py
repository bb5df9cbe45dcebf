"""A channel or direct message, with what was said in it."""

from dataclasses import dataclass
from typing import Literal

from highlightbot.playground.messages import Message

Kind = Literal["channel", "private", "im"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A snapshot of one conversation; `messages` rise by `ts` and include replies and ephemerals.

    `kind` is `channel` (public), `private`, or `im`: the direct message of a person and the app,
    whose `members` are these two and whose name is the app's. The app can have it `closed`, until
    the next message. `creator` is a user id, if known.
    """

    id: str
    name: str
    kind: Kind = "channel"
    members: frozenset[str] = frozenset()
    messages: tuple[Message, ...] = ()
    archived: bool = False
    closed: bool = False
    creator: str = ""
    topic: str = ""
    purpose: str = ""
