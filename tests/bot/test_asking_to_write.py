"""`report` typed where Slack gives no right to open a dialog."""

from collections.abc import Callable

import pytest

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import CHANNEL
from highlightbot.playground.local_slack import Message
from tests.bot.acting import Actor, move_clock, shown


def _labels(message: Message) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        for element in block.get("elements", [])
        if element["type"] == "button"
    ]


@pytest.mark.parametrize(
    ("typed", "place"), [("Report, please", None), ("<@U0HIGHLIGHT> write my report", CHANNEL)]
)
def test_report_in_a_message_is_answered_with_the_button_that_opens_it(
    fortnight: Fortnight, actor: Callable[[str], Actor], typed: str, place: str | None
) -> None:
    bo = actor("U0BO")
    bo.say(typed, place)
    answer = bo.wait_for_message("Your reports:", place)
    assert answer.ephemeral_to == ("U0BO" if place else None)
    assert "7–20 November 2026\ndue Tuesday 24 November, 12:00" in shown(answer.blocks)
    assert _labels(answer) == ["Write report", "Nothing to report"] * 2
    assert bo.click_in(answer, "Write report").ok
    assert "Section 1 of 6" in bo.dialog


def test_nothing_to_report_can_be_said_there(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor("U0CASEY")
    casey.say("report")
    answer = casey.wait_for_message("Your report:")
    assert casey.click_in(answer, "Nothing to report").ok
    told = casey.wait_for_message("Nothing to report is recorded for Housing Advice")
    assert told.ts == answer.ts
    casey.say("report")
    newest, before = "7–20 November", "24 October – 6 November"  # both can be changed
    changeable = casey.wait_for_message("Your reports:")
    assert newest in shown(changeable.blocks)
    assert before in shown(changeable.blocks)
    assert _labels(changeable) == ["Change report", "Change report"]


def test_who_has_nothing_to_write_is_told_so(actor: Callable[[str], Actor]) -> None:
    kim = actor("U0KIM")
    kim.say("report")
    kim.wait_for_message("No report of yours is due now")


def test_after_the_cut_off_a_late_report_is_offered(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    dana = actor("U0DANA")
    move_clock(fortnight, "To the cut-off")
    dana.say("report")
    assert "Write report" in _labels(dana.wait_for_message("Your report"))


def test_who_has_sent_their_report_is_asked_which_one_they_mean(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor("U0CASEY")
    move_clock(fortnight, "To the period's end")
    message = casey.wait_for_message("is due by")
    assert casey.click_in(message, "Nothing to report").ok
    move_clock(fortnight, "To the cut-off")
    actor("U0KIM").wait_for_message("7–20 November 2026\nEdition 1", CHANNEL)
    assert casey.type_command("report").ok
    assert "Which report do you want to write?" in casey.dialog
    assert "Submitted" in casey.dialog
    assert "Not started" in casey.dialog
