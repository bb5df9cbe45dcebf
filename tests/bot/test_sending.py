"""What Slack refuses while the bot sends: whom it holds up, who is told, and how it goes on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import AUTHORS, CHANNEL
from highlightbot.playground.faults import Fault, no_faults
from tests.bot.acting import Actor, move_clock, shown
from tests.bot.test_outages import (
    SENDING,
    all_finished,
    in_channel,
    pass_time,
    reminded,
    was_refused,
)


def test_an_archived_channel_is_told_to_the_coordinator_and_posted_to_when_it_is_back(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    workspace = fortnight.slack.installation.workspace
    conversation = workspace.conversation(CHANNEL)
    workspace.put_conversation(replace(conversation, archived=True))
    move_clock(fortnight, "To the cut-off")

    def alarms() -> list[str]:
        texts = [shown(message.blocks) for message in actor("U0KIM").messages()]
        return [text for text in texts if "the summary cannot be posted" in text]

    pass_time(fortnight, lambda: bool(alarms()))
    pass_time(fortnight, lambda: was_refused(fortnight, "is_archived"))
    assert len(alarms()) == 1
    assert "Unarchive the channel" in alarms()[0]
    workspace.put_conversation(conversation)
    pass_time(fortnight, lambda: len(in_channel(fortnight)) > 0)
    pass_time(fortnight, lambda: all_finished(fortnight))
    assert in_channel(fortnight) == ["Neighbourhood services, 7–20 November 2026"]
    assert len(alarms()) == 1


def test_no_call_comes_before_a_retry_after_has_passed(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    calls: list[float] = []
    limited = Fault("rate_limited", retry_after=20)

    def limit_once(method: str, arguments: Mapping[str, Any]) -> Fault | None:
        if method not in SENDING:
            return None
        calls.append(fortnight.slack.clock.now().timestamp())
        return limited if len(calls) == 1 else None

    fortnight.slack.installation.faults = limit_once
    move_clock(fortnight, "To the period's end")
    pass_time(fortnight, lambda: reminded(fortnight, actor) >= len(AUTHORS))
    fortnight.slack.installation.faults = no_faults
    # Those that were on their way when the first was refused cannot be called back.
    assert [at - calls[0] for at in calls if 1 < at - calls[0] < 20] == []
