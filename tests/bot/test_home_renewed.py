"""A Home tab that was opened follows what its reader does."""

from collections.abc import Callable

import pytest

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.playground.faults import Fault
from tests.bot.acting import Actor
from tests.bot.test_not_now import wait_for_home
from tests.bot.test_refusals import nil_to_the_end, open_first_section, reminder

CASEY = "U0CASEY"


def test_an_open_home_follows_each_step_and_the_submission(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor(CASEY)
    assert fortnight.slack.open_home(CASEY).ok
    wait_for_home(casey, "Not started")
    open_first_section(fortnight, casey)
    assert casey.submit("Two more rooms.").ok
    wait_for_home(casey, "Draft: 1 of 6 sections saved")
    assert casey.click("Nothing to report").ok
    wait_for_home(casey, "Draft: 2 of 6 sections saved")
    nil_to_the_end(casey)
    wait_for_home(casey, "Draft: 6 of 6 sections saved")
    assert casey.submit("").ok
    wait_for_home(casey, "7–20 November 2026\n✓ Submitted")


def test_an_open_home_follows_nothing_to_report_and_what_is_handed_over(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey, alex = actor(CASEY), actor("U0ALEX")
    for author in (casey, alex):
        assert fortnight.slack.open_home(author.user_id).ok
    assert casey.click_in(reminder(fortnight, casey), "Nothing to report").ok
    wait_for_home(casey, "7–20 November 2026\n✓ Submitted")
    assert alex.click_in(alex.wait_for_message("is due by"), "Hand to a deputy").ok
    assert fortnight.slack.submit_view("U0ALEX", alex.view.id, alex.view.state).ok
    wait_for_home(alex, "Handed to Bo Birch by Alex Amber")


def test_a_home_that_nobody_has_opened_is_not_drawn(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey, alex = actor(CASEY), actor("U0ALEX")
    assert casey.click_in(reminder(fortnight, casey), "Nothing to report").ok
    assert fortnight.slack.open_home("U0ALEX").ok
    assert alex.click_in(alex.wait_for_message("is due by"), "Nothing to report").ok
    wait_for_home(alex, "7–20 November 2026\n✓ Submitted")  # one thread draws them in turn
    assert fortnight.slack.home_of(CASEY) is None


@pytest.mark.parametrize("kind", ["server_error", "hang"])
def test_a_home_that_cannot_be_drawn_disturbs_nothing(
    fortnight: Fortnight, actor: Callable[[str], Actor], kind: str
) -> None:
    casey = actor(CASEY)
    assert fortnight.slack.open_home(CASEY).ok
    fault = Fault(kind, names=frozenset({"views.publish"}))  # type: ignore[arg-type]
    fortnight.slack.order_faults(fault)
    open_first_section(fortnight, casey)
    assert casey.submit("Two more rooms.").ok
    assert "Section 2 of 6" in casey.dialog
    nil_to_the_end(casey)
    assert casey.submit("").ok
    assert "Received" in casey.dialog
    casey.wait_for_message("is in. It can be changed until")
    wait_for_home(casey, "Not started")
    fortnight.slack.order_faults()
    assert fortnight.slack.open_home(CASEY).ok
    wait_for_home(casey, "7–20 November 2026\n✓ Submitted")
