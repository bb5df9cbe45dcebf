"""The messages of a conversation or thread as the page shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zlib import crc32

from markupsafe import Markup

from highlightbot.playground import emoji
from highlightbot.playground.local_slack import Message
from highlightbot.playground.page.appendages import files, reactions
from highlightbot.playground.page.attachments import attachments
from highlightbot.playground.page.blocks import blocks
from highlightbot.playground.page.html import join, tag
from highlightbot.playground.page.mrkdwn import mrkdwn, plain
from highlightbot.playground.page.place import Place
from highlightbot.playground.page.viewpoint import Viewpoint

_TOGETHER = timedelta(minutes=5)
_TONES = 8


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """One message ready for its template.

    `day` is set on the first message of a day. `follows` says that it continues the one above:
    same author, within five minutes, no heading of its own. `at` is in the viewer's zone.
    """

    ts: str
    conversation_id: str
    author: str
    initials: str
    tone: int
    from_app: bool
    at: datetime
    body: Markup
    day: str | None
    follows: bool
    edited: bool
    ephemeral: bool
    reply_count: int
    last_reply: str | None
    thread: str | None

    @property
    def key(self) -> str:
        """The id of its element: the script updates messages one by one."""
        return f"m{self.ts}"


def shown_messages(
    messages: Sequence[Message], seen: Viewpoint, *, in_thread: bool = False
) -> Iterator[ShownMessage]:
    """The messages in order. In a thread they have no links to threads."""
    above: Message | None = None
    for message in messages:
        at = _local(message.ts, seen)
        new_day = above is None or _local(above.ts, seen).date() != at.date()
        author = message.username or seen.person_name(message.user)
        yield ShownMessage(
            ts=message.ts,
            conversation_id=message.channel,
            author=author,
            initials=_icon(message) or initials(author),
            tone=tone(message.user),
            from_app=message.from_app,
            at=at,
            body=_body(message, seen, "t" if in_thread else "m"),
            day=day_name(at, seen) if new_day and not in_thread else None,
            follows=not new_day and above is not None and _continues(above, message),
            edited=message.edited is not None,
            ephemeral=message.ephemeral_to is not None,
            reply_count=0 if in_thread else message.reply_count,
            last_reply=_short(message.latest_reply, seen) if message.latest_reply else None,
            thread=None
            if in_thread or message.ephemeral_to
            else seen.address(message.channel, message.thread_ts or message.ts),
        )
        above = message


def initials(name: str) -> str:
    """Up to two capitals of a name, for its avatar."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    letters = [words[0][0], *([words[-1][0]] if len(words) > 1 else [])] if words else ["?"]
    return "".join(letters).upper()


def tone(user_id: str) -> int:
    """A stable choice among the avatar colours, 0–7."""
    return crc32(user_id.encode()) % _TONES


def day_name(at: datetime, seen: Viewpoint) -> str:
    """The day as a divider says it: Today, Yesterday, or weekday and date."""
    days = (seen.local(seen.now).date() - at.date()).days
    if days in (0, 1):
        return ("Today", "Yesterday")[days]
    year = "" if at.year == seen.local(seen.now).year else f" {at.year}"
    return f"{at:%A} {at.day} {at:%B}{year}"


def _body(message: Message, seen: Viewpoint, prefix: str) -> Markup:
    place = Place(f"{prefix}{message.ts}", seen)
    if message.blocks:
        main = blocks(message.blocks, place)
    else:
        words = mrkdwn(message.text, seen) if message.mrkdwn else plain(message.text)
        main = tag("div", words, class_="text", dir="auto")
    return join(
        [
            main if message.blocks or message.text else None,
            attachments(message.attachments, place),
            files(message.files, seen),
            reactions(message.reactions, seen),
        ]
    )


def _continues(above: Message, message: Message) -> bool:
    return (
        (above.user, above.username, above.ephemeral_to)
        == (message.user, message.username, message.ephemeral_to)
        and not above.reply_count
        and float(message.ts) - float(above.ts) < _TOGETHER.total_seconds()
    )


def _icon(message: Message) -> str | None:
    return emoji.character(message.icon_emoji.strip(":")) if message.icon_emoji else None


def _local(ts: str, seen: Viewpoint) -> datetime:
    return seen.local(datetime.fromtimestamp(float(ts), UTC))


def _short(ts: str, seen: Viewpoint) -> str:
    at = _local(ts, seen)
    return f"{day_name(at, seen)} at {at:%H:%M}"
