"""A coordinator at the playground: in words, from the Home tab, looked at and confirmed."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import AUTHORS, CHANNEL, COORDINATOR
from highlightbot.playground.local_slack import BlockAction, Outcome, View
from highlightbot.slack import ids
from tests.bot.acting import Actor, move_clock, shown
from tests.bot.test_outages import all_finished, pass_time


@pytest.fixture
def kim(actor: Callable[[str], Actor]) -> Actor:
    return actor(COORDINATOR.id)


def home_of(fortnight: Fortnight, user_id: str, words: str) -> View:
    """Their Home tab, as soon as it says that."""
    slack = fortnight.slack
    slack.open_home(user_id)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        version = slack.version
        view = slack.home_of(user_id)
        if view is not None and words in shown(view.blocks):
            return view
        slack.wait_for_change(version, 0.1)
    raise AssertionError(f"no Home tab says {words!r}: {view and shown(view.blocks)}")


def press(fortnight: Fortnight, actor: Actor, label: str) -> None:
    """Press a button of the Manage part; once more where the tab is drawn anew meanwhile."""
    for _ in range(5):
        view = home_of(fortnight, actor.user_id, "Manage")
        block, element = next(
            (block, element)
            for block in view.blocks
            for element in block.get("elements", [])
            if element.get("type") == "button" and element["text"]["text"] == label
        )
        action = BlockAction(block["block_id"], element["action_id"], view_id=view.id, state={})
        outcome = fortnight.slack.click(actor.user_id, action)
        if outcome.ok:
            return
    raise AssertionError(f"{label!r} cannot be pressed: {outcome}")


def choose(fortnight: Fortnight, actor: Actor, **chosen: dict[str, object]) -> Outcome:
    """Submit the modal on top with these values by action_id."""
    view = actor.view
    state = {name: {name: value} for name, value in chosen.items()}
    return fortnight.slack.submit_view(actor.user_id, view.id, {**view.state, **state})


def test_a_cut_off_is_moved_in_words_and_shown_at_home(fortnight: Fortnight, kim: Actor) -> None:
    kim.type_command("extend to Friday 17:00")
    assert "Move the cut-off?" in kim.dialog
    assert "Reports for 7–20 November 2026 are due on Friday 27 November 2026, 17:00" in kim.dialog
    assert "Nobody gets a message about this now" in kim.dialog
    kim.submit()
    assert "✓ Done" in kim.dialog
    kim.close_dialogs()
    home = shown(home_of(fortnight, kim.user_id, "Last change: Kim Keel").blocks)
    assert "7–20 November 2026 is due on Friday 27 November 2026, 17:00." in home


def test_nothing_changes_before_it_is_confirmed(fortnight: Fortnight, kim: Actor) -> None:
    kim.type_command("merge with next period")
    assert "The period 7–20 November 2026 becomes 7 November – 4 December 2026" in kim.dialog
    kim.close_dialogs()
    due = "7–20 November 2026 is due on Tuesday 24 November 2026, 12:00."
    assert due in shown(home_of(fortnight, kim.user_id, "Manage").blocks)


def test_who_coordinates_nothing_is_told_who_can(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex = actor(AUTHORS[0].id)
    alex.type_command("pause until 4 January", CHANNEL)
    alex.wait_for_message("Only a coordinator of a programme can change its calendar", CHANNEL)
    assert "Manage" not in shown(home_of(fortnight, alex.user_id, "Your reports").blocks)


def test_what_makes_no_sense_is_refused_with_a_sentence(kim: Actor) -> None:
    kim.type_command("extend to 1 December 2020", CHANNEL)
    kim.wait_for_message("which has passed: choose a later one", CHANNEL)


def test_what_is_written_to_the_bot_is_confirmed_by_a_button(kim: Actor) -> None:
    kim.say("excuse libraries")
    offer = kim.wait_for_message("look at what that will do")
    kim.click_in(offer, "Look at it")
    assert "Libraries owes no report for 7–20 November 2026" in kim.dialog
    kim.submit()
    kim.close_dialogs()
    kim.say("who is missing")
    assert "Excused: Libraries" in shown(kim.wait_for_message("4 of 4 missing").blocks)


def test_an_area_is_chased_from_home_once_a_day(
    fortnight: Fortnight, kim: Actor, actor: Callable[[str], Actor]
) -> None:
    eli = actor("U0ELI")
    move_clock(fortnight, "To the nudge")
    eli.wait_for_message("Still to come")
    pass_time(fortnight, lambda: all_finished(fortnight))
    press(fortnight, kim, "Chase or excuse")
    refused = choose(fortnight, kim, area=option(fortnight, kim, "Public Health"))
    assert "Eli Ember was reminded today already" in str(refused)
    fortnight.slack.clock.move_to(fortnight.slack.clock.now() + timedelta(hours=19))
    choose(fortnight, kim, area=option(fortnight, kim, "Public Health"))
    assert "Eli Ember is reminded now." in kim.dialog
    kim.submit()
    assert "✓ Done" in kim.dialog
    eli.wait_for_message("Your coordinator is waiting for your highlight report")


def test_the_programme_is_paused_and_resumed_at_home(fortnight: Fortnight, kim: Actor) -> None:
    press(fortnight, kim, "Pause")
    until = {"type": "datepicker", "selected_date": "2027-01-04"}
    choose(fortnight, kim, until=until)
    assert "The programme is paused from today until Sunday 3 January 2027" in kim.dialog
    kim.submit()
    kim.close_dialogs()
    home_of(fortnight, kim.user_id, "The programme is paused from today")
    press(fortnight, kim, "Resume")
    assert "There is no pause any more: reminders go out." in kim.dialog
    kim.submit()
    home_of(fortnight, kim.user_id, "resume")


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("Move cut-off", "That is its cut-off already"),
        ("End period", "ends on that day already"),
    ],
)
def test_a_form_sent_as_it_came_changes_nothing(
    fortnight: Fortnight, kim: Actor, label: str, title: str
) -> None:
    press(fortnight, kim, label)
    assert title in str(kim.submit())


def option(fortnight: Fortnight, actor: Actor, name: str) -> dict[str, object]:
    options = next(
        block["element"]["options"]
        for block in actor.view.blocks
        if block.get("block_id") == ids.AREA
    )
    chosen = next(one for one in options if one["text"]["text"] == name)
    return {"type": "static_select", "selected_option": chosen}
