"""An author who cannot write now: later, hand over, away."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.playground.local_slack import BlockAction, Message, Outcome
from tests.bot.acting import Actor, move_clock, shown
from tests.bot.test_fortnight import write_report
from tests.bot.test_reminders import labels


def choose(actor: Actor, message: Message, label: str) -> Outcome:
    """Choose an option of the message's select."""
    offered = []
    for block in message.blocks:
        for element in block.get("elements", []):
            for option in element.get("options", []):
                offered.append(option["text"]["text"])
                if offered[-1] == label:
                    action = BlockAction(
                        block["block_id"],
                        element["action_id"],
                        conversation_id=message.channel,
                        message_ts=message.ts,
                        value={"type": "static_select", "selected_option": option},
                    )
                    return actor.fortnight.slack.click(actor.user_id, action)
    raise AssertionError(f"{label!r} is not among {offered}")


def fill_in(actor: Actor, chosen: Mapping[str, Any]) -> Outcome:
    """Submit the modal with that in its only input."""
    view = actor.view
    (block,) = (block for block in view.blocks if block["type"] == "input")
    element = block["element"]
    state = {block["block_id"]: {element["action_id"]: {"type": element["type"], **chosen}}}
    return actor.fortnight.slack.submit_view(actor.user_id, view.id, state)


def wait_hours(fortnight: Fortnight, hours: float) -> None:
    fortnight.slack.clock.move_to(fortnight.slack.clock.now() + timedelta(hours=hours))
    fortnight.bot.ticker.ring()


def violations(fortnight: Fortnight) -> list[Any]:
    return [entry for entry in fortnight.slack.log.entries(0) if entry.violations]


def test_remind_me_later_comes_again_at_that_time(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex = actor("U0ALEX")
    move_clock(fortnight, "To the period's end")
    reminder = alex.wait_for_message("is due by")
    assert choose(alex, reminder, "In two hours").ok
    alex.wait_for_message("You will be reminded again on Friday 20 November, 11:00.")
    wait_hours(fortnight, 2)
    again = alex.wait_for_message("You asked to be reminded of your highlight report")
    assert again.ts != reminder.ts
    assert alex.click_in(again, "Write report").ok
    assert violations(fortnight) == []


def test_a_report_is_handed_to_a_deputy_taken_back_and_written_by_either(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex, bo = actor("U0ALEX"), actor("U0BO")
    move_clock(fortnight, "To the period's end")
    reminder = alex.wait_for_message("is due by")
    assert alex.click_in(reminder, "Hand to a deputy").ok
    assert "Who is to write this report?" in alex.dialog
    assert alex.submit().ok
    assert "is asked to write the report for" in alex.dialog
    alex.close_dialogs()
    asked = bo.wait_for_message("has handed you the highlight report")
    told = alex.wait_for_message("Handed to Bo")
    assert told.ts == reminder.ts
    assert labels(told) == ["Write report", "Take back"]
    assert alex.click_in(told, "Take back").ok
    taken = bo.wait_for_message("Taken back: you need not write it")
    assert taken.ts == asked.ts
    back = alex.wait_for_message("Your highlight report for 7–20 November 2026 is due by")
    assert "Hand to a deputy" in labels(back)
    assert bo.click_in(taken, "Write report").ok
    write_report(bo, {"Key activity": "From a deputy."})
    assert bo.submit("").ok
    assert alex.wait_for_message("✓ Submitted").ts == reminder.ts
    assert violations(fortnight) == []


def test_who_is_away_is_not_reminded_and_says_on_home_that_they_are_back(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex, bo = actor("U0ALEX"), actor("U0BO")
    slack = fortnight.slack
    move_clock(fortnight, "To the period's end")
    reminder = alex.wait_for_message("is due by")
    assert alex.click_in(reminder, "I am away until…").ok
    refused = fill_in(alex, {"selected_date": "2026-11-19"})
    assert "That day is over. Choose today or a later one." in str(refused)
    assert fill_in(alex, {"selected_date": "2026-11-27"}).ok
    assert "No reminders come until Friday 27 November is over." in alex.dialog
    assert "Bo Birch will be reminded instead." in alex.dialog
    alex.close_dialogs()
    bo.wait_for_message("is due by")
    before = len(alex.messages())
    move_clock(fortnight, "To the nudge")
    bo.wait_for_message("Still to come: your 2 highlight reports")
    assert len(alex.messages()) == before
    slack.open_home("U0ALEX")
    home = wait_for_home(alex, "You are away to the end of Friday 27 November")
    (block,) = (one for one in home["blocks"] if "I'm back" in str(one))
    action = BlockAction(
        block["block_id"], block["accessory"]["action_id"], view_id=home["id"], state={}
    )
    assert slack.click("U0ALEX", action).ok
    wait_for_home(alex, "I am away until…")
    assert violations(fortnight) == []


def wait_for_home(actor: Actor, words: str) -> dict[str, Any]:
    """The Home tab as soon as those words are on it."""
    slack = actor.fortnight.slack
    for _ in range(40):
        version = slack.version
        view = slack.home_of(actor.user_id)
        if view is not None and words in shown(view.blocks):
            return {"id": view.id, "blocks": view.blocks}
        slack.wait_for_change(version, 0.5)
    raise AssertionError(f"the Home tab never says {words!r}")
