"""A whole fortnight through the real Bolt app, over Socket Mode and the playground's Web API."""

from collections.abc import Callable

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import CHANNEL
from tests.bot.acting import Actor, move_clock, shown
from tests.fortnights import TODAY

ANSWERS = {
    "Key activity": "All branches open.\n\nTwo more sessions.",
    "Risks and challenges": "None",
}


def write_report(author: Actor, answers: dict[str, str]) -> None:
    """Fill in every section of the modal, those without an answer by "Nothing to report"."""
    while "Review" not in author.dialog:
        section = next(
            block["label"]["text"] for block in author.view.blocks if block["type"] == "input"
        )
        if section in answers:
            assert author.submit(answers[section]).ok
        else:
            assert author.click("Nothing to report").ok


def test_a_fortnight_is_lived_through(fortnight: Fortnight, actor: Callable[[str], Actor]) -> None:
    alex, bo, kim = actor("U0ALEX"), actor("U0BO"), actor("U0KIM")

    move_clock(fortnight, "To the period's end")
    reminder = alex.wait_for_message("is due by")
    assert alex.click_in(reminder, "Write report").ok
    write_report(alex, ANSWERS)
    assert alex.submit("Open on Saturdays").ok
    assert "Received in time" in alex.dialog
    alex.close_dialogs()

    nothing = actor("U0CASEY").wait_for_message("is due by")
    assert actor("U0CASEY").click_in(nothing, "Nothing to report").ok
    actor("U0CASEY").wait_for_message("Nothing to report is recorded")

    assert kim.type_command("who is missing").ok
    missing = shown(kim.messages(CHANNEL)[-1].blocks)
    assert "Parks and Open Spaces" in missing
    assert "Libraries" not in missing

    move_clock(fortnight, "To the cut-off")
    summary = kim.wait_for_message("services, 7–20 November 2026\nEdition", CHANNEL)
    text = shown(summary.blocks)
    assert "Open on Saturdays" in text
    assert "2 of 5 in" in text

    assert bo.type_command("report").ok
    assert "Parks and Open Spaces · 7–20 November 2026" in bo.dialog  # the one that is late
    bo.close_dialogs()
    late = bo.wait_for_message("is due by")
    assert bo.click_in(late, "Write report").ok
    write_report(bo, {"Key activity": "Sixty trees planted."})
    assert bo.submit("").ok
    assert "late" in bo.dialog.lower()
    kim.wait_for_message("Edition 2 · 3 of 5 in", CHANNEL)
    updated = next(one for one in kim.messages(CHANNEL) if one.ts == summary.ts)
    assert "3 of 5 in" in shown(updated.blocks)
    kim.wait_for_reply("Sixty trees planted.", updated)

    assert kim.type_command("latest from parks").ok
    assert "Sixty trees planted." in shown(kim.messages(CHANNEL)[-1].blocks)

    violations = [entry for entry in fortnight.slack.log.entries(0) if entry.violations]
    assert violations == []


def test_a_past_put_back_is_as_it_was_lived_through() -> None:
    with Fortnight(today=TODAY) as lived:
        seen = seen_by_kim(lived)
        assert [entry for entry in lived.slack.log.entries(0) if entry.violations] == []
    assert "24 October – 6 November 2026" in str(seen)
    with Fortnight(today=TODAY, past=lived.past) as put_back:
        assert seen_by_kim(put_back) == seen


def seen_by_kim(fortnight: Fortnight) -> tuple[list[str], int, list[str], str]:
    """The channel with its threads, how much is unread, where the clock can go, and an answer."""
    kim = Actor(fortnight, "U0KIM")
    summaries = kim.messages(CHANNEL)
    said = [
        shown(one.blocks)
        for summary in summaries
        for one in fortnight.slack.thread_for(kim.user_id, CHANNEL, summary.ts)
    ]
    unread = fortnight.slack.unread(kim.user_id)[CHANNEL]
    assert kim.type_command("history of libraries").ok
    answer = shown(kim.messages(CHANNEL)[-1].blocks)
    return said, unread, [jump.label for jump in fortnight.jumps()], answer
