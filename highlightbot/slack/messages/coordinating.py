"""What a coordinator is shown who writes to the bot what it is to do."""

from collections.abc import Sequence

from highlightbot.core.programmes import Programme
from highlightbot.slack import ids
from highlightbot.slack.blocks import button, section
from highlightbot.slack.messages.message import Message
from highlightbot.slack.text import clip, escape

_MOST_PROGRAMMES = 20


def offer(programmes: Sequence[Programme], words: str) -> Message:
    """A button a programme, which opens what the words would do there.

    A message gives no right to open a modal, as a command or a click does.
    """
    several = len(programmes) > 1
    where = " and where" if several else ""
    said = f"“{clip(words, 300)}”: look at what that will do{where}, and confirm it."
    return Message(
        escape(said),
        [
            *([section(said)] if several else []),
            *(
                section(
                    clip(programme.name, 300) if several else said,
                    button(
                        "Look at it",
                        ids.LOOK_AT_CHANGE,
                        ids.encode(ids.ChangeRef(programme.id, words)),
                        primary=not several,
                        read_as=f"Look at it for {programme.name}",
                    ),
                )
                for programme in programmes[:_MOST_PROGRAMMES]
            ),
        ],
    )
