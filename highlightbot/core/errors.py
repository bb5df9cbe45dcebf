"""What can go wrong, as the program tells it apart.

HighlightbotError
├── Refusal                 what a person asked for cannot be; the sentence is for them
│   ├── NotAllowed          … because of who they are
│   └── StaleDraft          … because somebody changed the report meanwhile
├── Problems                a file or the settings are wrong in these places
│   └── NothingStored       … because nothing was set up yet
├── StorageFailure          the database could not do it now; nothing was written
└── DeliveryFailure         a message was not, or perhaps not, delivered
    ├── NotDelivered        certainly not; may be tried again
    │   ├── RateLimited     … not before `retry_after` seconds
    │   ├── SenderRefused   … because the platform refuses whatever this bot sends
    │   └── ChannelLost     … because the channel is closed to the bot
    ├── Undeliverable       certainly not, and trying again will not help
    │   └── MessageGone     … because what was to be changed was taken away
    └── OutcomeUnknown      the platform may have accepted it
"""

from collections.abc import Sequence


class HighlightbotError(Exception):
    """Everything that this program raises on purpose."""


class Refusal(HighlightbotError):
    """A request that cannot be granted; ``str()`` says why and what to do, to the person."""


class NotAllowed(Refusal):
    """The person may not see or do this."""


class StaleDraft(Refusal):
    """Somebody else saved the same section since this person opened it."""


class Problems(HighlightbotError):
    """All that is wrong with a file or with the settings, one sentence each."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


class NothingStored(Problems):
    """There is no database yet, or it is empty."""


class StorageFailure(HighlightbotError):
    """The database was locked, full, read-only or away; the transaction left no trace."""


class DeliveryFailure(HighlightbotError):
    """A message did not certainly arrive.

    ``code`` is the platform's word for why it refuses the message, empty where it gave none.
    """

    def __init__(self, reason: str, *, code: str = "") -> None:
        super().__init__(reason)
        self.code = code


class NotDelivered(DeliveryFailure):
    """The platform certainly did not accept the message; it may be tried again."""


class RateLimited(NotDelivered):
    """Refused for now; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"rate limited for {retry_after:g} s")
        self.retry_after = retry_after


class SenderRefused(NotDelivered):
    """The platform refuses the bot altogether: its token was revoked, or it was removed."""


class ChannelLost(NotDelivered):
    """The channel is gone, archived, or the bot is not in it; it may come back."""


class Undeliverable(DeliveryFailure):
    """The platform certainly did not accept the message and will not the next time."""


class MessageGone(Undeliverable):
    """The message that was to be changed is not there any more."""


class OutcomeUnknown(DeliveryFailure):
    """The platform gave no answer that tells whether it accepted the message."""
