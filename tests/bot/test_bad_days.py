"""The coordination channel is not as it was when the programme was set up."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import CHANNEL
from highlightbot.playground.conversations import Conversation
from tests.bot.acting import Actor, move_clock


def renamed(conversation: Conversation) -> Conversation:
    return replace(conversation, name="another-name")


def made_private(conversation: Conversation) -> Conversation:
    return replace(conversation, kind="private")


@pytest.mark.parametrize("change", [renamed, made_private])
def test_a_channel_that_is_renamed_or_made_private_keeps_its_id_and_its_summary(
    fortnight: Fortnight,
    actor: Callable[[str], Actor],
    change: Callable[[Conversation], Conversation],
) -> None:
    workspace = fortnight.slack.installation.workspace
    workspace.put_conversation(change(workspace.conversation(CHANNEL)))
    move_clock(fortnight, "To the cut-off")
    actor("U0KIM").wait_for_message("services, 7–20 November 2026\nEdition", CHANNEL)
