"""A message, and whom it notifies."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Block = Mapping[str, Any]

GROUPS = ("channel", "here", "everyone")

_ENTITY = re.compile(
    r"<(?:@([UW][A-Z0-9]+)|!(channel|here|everyone)|!subteam\^(S[A-Z0-9]+))(?:\|[^<>]*)?>"
)
_BARE_GROUP = re.compile(r"(?<![\w@])@(channel|here|everyone)\b")


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation; `blocks` and `attachments` are as they were sent, but that
    every block and interactive element has an id.

    `ts` is its identity. A thread reply has the parent's `ts` in `thread_ts`; a parent has its
    own there once it has replies. `ephemeral_to` is the one person who can see it, if any.
    `edited` is the timestamp of the last edit. `notified` holds the groups (`channel`,
    `here`, `everyone`) and the ids of the users and user groups that unescaped entities in it
    mention, those of edits included.
    `reactions` are emoji names with who reacted, in the order of reacting; `files` are file
    objects as the app is told them.
    """

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    attachments: tuple[Mapping[str, Any], ...] = ()
    thread_ts: str | None = None
    edited: str | None = None
    ephemeral_to: str | None = None
    reply_count: int = 0
    reply_users: tuple[str, ...] = ()
    latest_reply: str | None = None
    metadata: Mapping[str, Any] | None = None
    bot_id: str | None = None
    app_id: str | None = None
    username: str | None = None
    icon_emoji: str | None = None
    subtype: str | None = None
    broadcast: bool = False
    mrkdwn: bool = True
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    notified: frozenset[str] = frozenset()
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[Mapping[str, Any], ...] = ()

    @property
    def from_app(self) -> bool:
        """Whether an app posted it."""
        return self.bot_id is not None

    @property
    def all_blocks(self) -> Sequence[Block]:
        """Its own blocks, then those in its attachments."""
        return [
            *self.blocks,
            *(block for one in self.attachments for block in one.get("blocks", ())),
        ]

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread under another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts


def notified_by(
    text: str,
    blocks: Sequence[Block] = (),
    attachments: Sequence[Mapping[str, Any]] = (),
    *,
    link_names: bool = False,
) -> frozenset[str]:
    """The groups, and the ids of the users and user groups, that a message notifies.

    Entities count in the top-level text, in every mrkdwn or markdown text and in attachments;
    rich text notifies only by its `user`, `usergroup` and `broadcast` elements; plain text never
    does.
    https://docs.slack.dev/messaging/formatting-message-text
    """
    texts = [text, *_parsed_texts(blocks), *_attachment_texts(attachments)]
    found = {name for one in texts for names in _ENTITY.findall(one) for name in names if name}
    found |= set(_rich_text_mentions(blocks))
    found |= set(_rich_text_mentions([one.get("blocks") for one in attachments]))
    if link_names:
        found |= {group for one in texts for group in _BARE_GROUP.findall(one)}
    return frozenset(found)


def _parsed_texts(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if part.get("type") in ("mrkdwn", "markdown") and isinstance(part.get("text"), str):
            yield part["text"]
        for value in part.values():
            yield from _parsed_texts(value)
    elif isinstance(part, (list, tuple)):
        for value in part:
            yield from _parsed_texts(value)


def _rich_text_mentions(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if part.get("type") == "user" and isinstance(part.get("user_id"), str):
            yield part["user_id"]
        elif part.get("type") == "usergroup" and isinstance(part.get("usergroup_id"), str):
            yield part["usergroup_id"]
        elif part.get("type") == "broadcast" and part.get("range") in GROUPS:
            yield part["range"]
        for value in part.values():
            yield from _rich_text_mentions(value)
    elif isinstance(part, (list, tuple)):
        for value in part:
            yield from _rich_text_mentions(value)


def _attachment_texts(attachments: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for attachment in attachments:
        fields = [field.get("value") for field in attachment.get("fields") or ()]
        for text in (attachment.get("text"), attachment.get("pretext"), *fields):
            if isinstance(text, str):
                yield text
        yield from _parsed_texts(attachment.get("blocks") or ())
