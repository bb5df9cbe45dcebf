"""What Slack refuses while the bot sends: whom it holds up, who is told, and how it goes on."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from highlightbot import wiring
from highlightbot.core.deliveries import DeliveryStatus
from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import AUTHORS, CHANNEL
from highlightbot.playground.faults import Fault
from highlightbot.slack.web_api import PACE
from highlightbot.workflows.do_what_is_due import do_what_is_due
from tests.bot.acting import Actor, move_clock, shown
from tests.bot.test_fortnight import write_report
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
    fortnight: Fortnight, actor: Callable[[str], Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = fortnight.slack.clock
    calls: list[datetime] = []
    ticked: list[datetime] = []

    def limit_once(method: str, arguments: Mapping[str, Any]) -> Fault | None:
        if method not in SENDING:
            return None
        calls.append(clock.now())
        return Fault("rate_limited", retry_after=600) if len(calls) == 1 else None

    def tick(*given: Any, **named: Any) -> None:
        began = clock.now()
        do_what_is_due(*given, **named)
        ticked.append(began)

    monkeypatch.setattr(wiring, "do_what_is_due", tick)
    fortnight.slack.installation.faults = limit_once
    move_clock(fortnight, "To the period's end")
    wait_until(lambda: is_held_up(fortnight))
    before = len(calls)  # those that were on their way when the first was refused among them
    at = clock.now() + timedelta(minutes=5)
    clock.move_to(at)
    fortnight.bot.ticker.ring()
    wait_until(lambda: ticked[-1:] >= [at])
    assert len(calls) == before < len(AUTHORS)
    pass_time(fortnight, lambda: reminded(fortnight, actor) >= len(AUTHORS))


def is_held_up(fortnight: Fortnight) -> bool:
    """Whether nothing may be sent now, and nothing is on its way."""
    now = fortnight.slack.clock.now()
    with fortnight.bot.database.reading() as unit:
        closed_until = unit.pacing.openings(PACE, now).closed_until
        unfinished = unit.ledger.backlog(now).unfinished
    return closed_until > now and not unfinished.get(DeliveryStatus.CLAIMED)


def wait_until(it_is_so: Callable[[], bool]) -> None:
    """Wait for what the bot's threads do."""
    deadline = time.monotonic() + 60
    while not it_is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)  # the bot works in threads of its own


class RevokedAfter:
    """Revokes the bot's token as soon as Slack has taken so many messages."""

    def __init__(self, fortnight: Fortnight, messages: int) -> None:
        self.workspace = fortnight.slack.installation.workspace
        self.valid = self.workspace.app
        self.left = messages

    def __call__(self, method: str, arguments: Mapping[str, Any]) -> Fault | None:
        if method in SENDING:  # asked once the call's own token was found good
            self.left -= 1
            if self.left == 0:
                self.workspace.app = replace(self.valid, bot_token="xoxb-another")
        return None

    def give_back(self) -> None:
        self.workspace.app = self.valid


def test_a_token_revoked_in_mid_batch_loses_and_doubles_nothing(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    revoked = RevokedAfter(fortnight, 2)
    fortnight.slack.installation.faults = revoked
    move_clock(fortnight, "To the period's end")
    pass_time(fortnight, lambda: was_refused(fortnight, "invalid_auth"))
    assert reminded(fortnight, actor) < len(AUTHORS)  # one of them may still be on its way
    revoked.give_back()
    pass_time(fortnight, lambda: reminded(fortnight, actor) >= len(AUTHORS))
    pass_time(fortnight, lambda: all_finished(fortnight))
    told = [
        sum("7–20 November" in shown(one.blocks) for one in actor(author.id).messages())
        for author in AUTHORS
    ]
    assert told == [1] * len(AUTHORS)


def test_a_person_who_was_deactivated_is_given_up_and_told_and_holds_up_nobody(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    gone = AUTHORS[0]

    def was_asked_about() -> bool:
        return any(
            entry.name == "users.info" and gone.id in str(entry.request)
            for entry in fortnight.slack.log.entries(0)
        )

    pass_time(fortnight, was_asked_about)  # the bot asks again in a day: it knows nothing yet
    fortnight.slack.installation.workspace.put_user(replace(gone, deleted=True))
    move_clock(fortnight, "To the period's end")
    pass_time(fortnight, lambda: reminded(fortnight, actor) >= len(AUTHORS) - 1)

    def alarms() -> list[str]:
        texts = [shown(message.blocks) for message in actor("U0KIM").messages()]
        return [text for text in texts if "did not arrive" in text]

    pass_time(fortnight, lambda: bool(alarms()))
    assert f"did not reach {gone.real_name}" in alarms()[0]
    assert "Their account is gone or switched off" in alarms()[0]


def test_a_long_queue_is_worked_off_in_several_ticks(
    fortnight: Fortnight, actor: Callable[[str], Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[int] = []

    def tick(*given: Any, **named: Any) -> None:
        do_what_is_due(*given, **named)
        ends.append(reminded(fortnight, actor))

    monkeypatch.setattr(wiring, "do_what_is_due", tick)
    monkeypatch.setattr(wiring, "LONGEST_TICK_SECONDS", 0.3)
    fortnight.slack.order_faults(Fault("slow", seconds=0.6, names=SENDING))
    move_clock(fortnight, "To the period's end")
    pass_time(fortnight, lambda: reminded(fortnight, actor) >= len(AUTHORS))
    assert any(0 < count < len(AUTHORS) for count in ends)


def test_a_summary_that_was_deleted_is_posted_anew_by_its_next_edition(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex = actor("U0ALEX")
    move_clock(fortnight, "To the period's end")
    reminder = alex.wait_for_message("is due by")
    move_clock(fortnight, "To the cut-off")
    pass_time(fortnight, lambda: len(in_channel(fortnight)) > 0)
    pass_time(fortnight, lambda: all_finished(fortnight))
    summary = actor("U0KIM").wait_for_message("7–20 November 2026", CHANNEL)
    fortnight.bot.client.chat_delete(channel=CHANNEL, ts=summary.ts)
    assert in_channel(fortnight) == []
    assert alex.click_in(reminder, "Write report").ok
    write_report(alex, {"Key activity": "Open on Saturdays."})
    assert alex.submit("").ok
    pass_time(fortnight, lambda: len(in_channel(fortnight)) > 0)
    pass_time(fortnight, lambda: all_finished(fortnight))
    assert in_channel(fortnight) == ["Neighbourhood services, 7–20 November 2026"]
