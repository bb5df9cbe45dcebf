"""Long texts over as many messages as they need, none of them lost.

Slack takes 50 blocks a message and refuses, by all that was seen, more than about 12,000
characters summed over them (`msg_blocks_too_long`).
https://github.com/slackapi/bolt-js/issues/2867
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from slack_sdk.models.blocks import Block

from highlightbot.core.rich_text import RichText
from highlightbot.slack.blocks import context, header, titled, weigh
from highlightbot.slack.messages.message import Message
from highlightbot.slack.rich_text import canonical, to_slack
from highlightbot.slack.text import clip, escape, length, spell_out, split, weight

MOST_CHARACTERS = 10_000
MOST_BLOCKS = 50
_KEPT_TOGETHER = 1500
_ROOM_FOR_BUTTONS = 60
_LONGEST_LINK = 1000


@dataclass(frozen=True, slots=True)
class Heading:
    """A line in large letters over the parts that follow, and never without them."""

    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A text with a name in bold over it; cut where it does not fit on a page."""

    name: str
    text: RichText


@dataclass(frozen=True, slots=True)
class Note:
    """A line in small letters."""

    text: str


Part: TypeAlias = Heading | Entry | Note


def pages(title: str, parts: Iterable[Part], opening: Sequence[Block] = ()) -> list[Message]:
    """The parts in order over one message or more; none where there is nothing.

    ``title`` is what notifications say. ``opening`` stands at the top of the first message. Every
    message leaves room for two buttons.
    """
    book = _Book(opening)
    for part in parts:
        match part:
            case Heading():
                book.begin(part)
            case Note():
                book.put(context(part.text))
            case Entry():
                book.write(part)
    book.turn()
    count = len(book.pages)
    return [
        Message(escape(clip(_numbered(title, number, count), 300)), blocks)
        for number, blocks in enumerate(book.pages, start=1)
    ]


def fits(message: Message, other: Message) -> bool:
    """Whether another message can stand in the first one too, below a divider."""
    count = len(message.blocks) + 1 + len(other.blocks)
    size = weigh(message.blocks) + weigh(other.blocks)
    return count < MOST_BLOCKS and size <= MOST_CHARACTERS - _ROOM_FOR_BUTTONS


def _numbered(title: str, number: int, count: int) -> str:
    return f"{title} ({number} of {count})" if count > 1 else title


class _Book:
    """The pages so far, and the one that is being filled."""

    def __init__(self, opening: Sequence[Block]) -> None:
        self.pages: list[list[Block]] = []
        self._blocks = list(opening)
        self._room = MOST_CHARACTERS - _ROOM_FOR_BUTTONS - weigh(self._blocks)
        self._heading: Heading | None = None
        self._heading_is_due = False

    def begin(self, heading: Heading) -> None:
        """Put the heading over whatever comes next."""
        self._heading = Heading(clip(heading.title, 150))
        self._heading_is_due = True

    def put(self, block: Block) -> None:
        """Put a block that is not to be cut."""
        self._make_room(weigh([block]))
        self._add(block)

    def write(self, entry: Entry) -> None:
        """Put a text under its name, over as many pages as it takes."""
        name = clip(entry.name, 150)
        text, is_begun = canonical(spell_out(entry.text, _LONGEST_LINK)), False
        self._make_room(length(name) + min(weight(text), _KEPT_TOGETHER))
        while text.blocks or not is_begun:
            head, text = split(text, self._room - length(name))
            self._add(to_slack(head if is_begun else titled(name, head)))
            is_begun = True
            if text.blocks:
                self.turn()
                over = f"{self._heading.title} · " if self._heading else ""
                self._add(context(f"{over}{name}, continued"))

    def turn(self) -> None:
        """End the page if there is anything on it."""
        if self._blocks:
            self.pages.append(self._blocks)
        self._blocks = []
        self._room = MOST_CHARACTERS - _ROOM_FOR_BUTTONS

    def _make_room(self, size: int) -> None:
        over = length(self._heading.title) + 20 if self._heading else 0
        needed = 1 + (1 if self._heading else 0)
        if size + over > self._room or len(self._blocks) + needed >= MOST_BLOCKS:
            self.turn()
        if self._heading is None:
            return
        if self._heading_is_due:
            self._add(header(self._heading.title))
            self._heading_is_due = False
        elif not self._blocks:
            self._add(context(f"{self._heading.title}, continued"))

    def _add(self, block: Block) -> None:
        self._blocks.append(block)
        self._room -= weigh([block])
