"""A reminder goes on telling the truth after it was sent."""

from collections.abc import Callable

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.playground.local_slack import Message
from tests.bot.acting import Actor, move_clock, shown
from tests.bot.test_fortnight import write_report


def labels(message: Message) -> list[str]:
    """What is written on a message's buttons."""
    return [
        element["text"]["text"]
        for block in message.blocks
        for element in block.get("elements", [])
        if element["type"] == "button"
    ]


def test_a_reminder_tells_of_the_submission_and_leads_back_to_the_report(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex = actor("U0ALEX")
    move_clock(fortnight, "To the period's end")
    reminder = alex.wait_for_message("is due by")
    assert alex.click_in(reminder, "Write report").ok
    write_report(alex, {"Key activity": "All branches open."})
    assert alex.submit("").ok
    alex.close_dialogs()
    told = alex.wait_for_message("✓ Submitted · Friday 20 November, 09:00")
    assert (told.ts, labels(told)) == (reminder.ts, ["Change report"])
    assert told.text.startswith("Your highlight report for 7–20 November 2026 is in.")
    assert alex.click_in(told, "Change report").ok
    assert "All branches open." in alex.dialog
    assert alex.submit("A headline").ok
    assert alex.wait_for_message("✓ Submitted, revision 2").ts == reminder.ts
    assert [entry for entry in fortnight.slack.log.entries(0) if entry.violations] == []


def test_nothing_to_report_can_be_changed_from_the_same_message(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor("U0CASEY")
    move_clock(fortnight, "To the period's end")
    reminder = casey.wait_for_message("is due by")
    assert casey.click_in(reminder, "Nothing to report").ok
    told = casey.wait_for_message("✓ Nothing to report is recorded")
    assert (told.ts, labels(told)) == (reminder.ts, ["Change report"])


def test_a_deputys_submission_is_told_to_the_lead(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex, bo = actor("U0ALEX"), actor("U0BO")
    move_clock(fortnight, "To the period's end")
    reminder = alex.wait_for_message("is due by")
    assert bo.type_command("report").ok
    assert bo.click("Write report").ok  # Libraries stands first
    write_report(bo, {"Key activity": "From a deputy."})
    assert bo.submit("").ok
    told = alex.wait_for_message("✓ Submitted")
    assert told.ts == reminder.ts
    assert "From a deputy." not in shown(told.blocks)
