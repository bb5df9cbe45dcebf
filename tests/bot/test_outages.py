"""Slack fails while reminders and summaries go out: all arrive, once."""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import AUTHORS, CHANNEL
from highlightbot.persistence.sqlite import sqlite_driver
from highlightbot.playground.faults import Fault
from tests.bot.acting import Actor, move_clock, shown

SENDING = frozenset({"chat.postMessage"})
UNKNOWN = [
    Fault("server_error", accepted=True),
    Fault("server_error"),
    Fault("reset", accepted=True),
    Fault("reset"),
]


class Once:
    """Strikes the first call of a method with a fault."""

    def __init__(self, fault: Fault) -> None:
        self.fault: Fault | None = fault

    def __call__(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        if method not in SENDING:
            return None
        fault, self.fault = self.fault, None
        return fault


def in_channel(fortnight: Fortnight) -> list[str]:
    """The titles of the summaries of this period in the channel."""
    messages = fortnight.slack.messages_for("U0KIM", CHANNEL)
    texts = [shown(message.blocks) for message in messages if not message.ephemeral_to]
    return [text.splitlines()[0] for text in texts if "7–20 November" in text]


def pass_time(fortnight: Fortnight, until: Callable[[], bool]) -> None:
    """Move the clock on, a minute and a half at a time, until it is so."""
    for _ in range(40):
        for _ in range(20):
            if until():
                return
            time.sleep(0.05)  # the bot works in threads of its own
        clock = fortnight.slack.clock
        clock.move_to(clock.now() + timedelta(seconds=90))
        fortnight.bot.ticker.ring()
    raise AssertionError("it never came to be")


@pytest.mark.parametrize("fault", UNKNOWN, ids=lambda fault: f"{fault.kind}-{fault.accepted}")
def test_a_summary_is_posted_once_whatever_became_of_the_first_attempt(
    fortnight: Fortnight, fault: Fault
) -> None:
    once = Once(fault)
    fortnight.slack.installation.faults = once
    move_clock(fortnight, "To the cut-off")
    pass_time(fortnight, lambda: once.fault is None and len(in_channel(fortnight)) > 0)
    pass_time(fortnight, lambda: all_finished(fortnight))
    assert in_channel(fortnight) == ["Neighbourhood services, 7–20 November 2026"]


def test_reminders_arrive_once_through_many_faults(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    faults = [*UNKNOWN, Fault("rate_limited", retry_after=1)]
    fortnight.slack.order_faults(
        *(replace(one, share=0.13, names=SENDING) for one in faults), seed=7
    )
    move_clock(fortnight, "To the period's end")
    pass_time(fortnight, lambda: reminded(fortnight, actor) >= len(AUTHORS))
    pass_time(fortnight, lambda: all_finished(fortnight))
    fortnight.slack.order_faults()
    per_author = [
        sum("7–20 November" in shown(one.blocks) for one in actor(author.id).messages())
        for author in AUTHORS
    ]
    assert per_author == [1] * len(AUTHORS)


def test_a_bot_that_is_not_in_the_channel_posts_when_it_is_back(fortnight: Fortnight) -> None:
    workspace = fortnight.slack.installation.workspace
    conversation = workspace.conversation(CHANNEL)
    bot = fortnight.slack.app.bot_user_id
    workspace.put_conversation(replace(conversation, members=conversation.members - {bot}))
    move_clock(fortnight, "To the cut-off")
    pass_time(fortnight, lambda: was_refused(fortnight, "not_in_channel"))
    workspace.put_conversation(
        replace(workspace.conversation(CHANNEL), members=conversation.members)
    )
    pass_time(fortnight, lambda: len(in_channel(fortnight)) > 0)
    pass_time(fortnight, lambda: all_finished(fortnight))
    assert in_channel(fortnight) == ["Neighbourhood services, 7–20 November 2026"]


def was_refused(fortnight: Fortnight, error: str) -> bool:
    """Whether Slack has answered a call with that error."""
    return any(error in str(entry.response) for entry in fortnight.slack.log.entries(0))


def reminded(fortnight: Fortnight, actor: Callable[[str], Actor]) -> int:
    return sum(
        any("7–20 November" in shown(one.blocks) for one in actor(author.id).messages())
        for author in AUTHORS
        if not fortnight.slack.people[author.id].deleted
    )


def all_finished(fortnight: Fortnight) -> bool:
    """Whether the ledger holds nothing that is still to be sent."""
    path = fortnight.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite_driver().connect(path)) as database:
        open_states = "SELECT count(*) FROM deliveries WHERE status IN (?, ?, ?)"
        (count,) = database.execute(open_states, ("pending", "claimed", "unknown")).fetchone()
    return bool(count == 0)
