"""What a person sees when a dialog is lost, or Slack has a bad day."""

from itertools import count

import pytest
from playwright.sync_api import expect

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.playground.faults import Fault
from highlightbot.playground.triggers import LIFETIME, TriggerIds
from highlightbot.slack.socket_mode import CONNECTIONS
from tests.end_to_end.acting import (
    SECTIONS,
    answer_in,
    begin_report,
    dialog,
    direct_message,
    jump,
    nothing_in,
)
from tests.end_to_end.conftest import OpenAs

TROUBLE = "We had some trouble connecting"


def test_a_dialog_lost_in_the_middle_goes_on_where_it_was(open_as: OpenAs) -> None:
    author = open_as("Alex Amber")
    begin_report(author)
    answer_in(author, SECTIONS[0], "The new branch is open.")
    nothing_in(author, SECTIONS[1])
    unfinished = dialog(author).get_by_role("textbox", name=SECTIONS[2], exact=True)
    expect(unfinished).to_be_focused()
    author.keyboard.insert_text("Half a sen")
    author.keyboard.press("Escape")
    expect(dialog(author)).to_be_hidden()

    author.reload()
    author.get_by_role("button", name="Write report").click()
    expect(unfinished).to_be_focused()
    for section in SECTIONS[2:]:
        nothing_in(author, section)
    expect(dialog(author).get_by_text("The new branch is open.")).to_be_visible()
    dialog(author).get_by_role("button", name="Submit").click()
    expect(dialog(author).get_by_text("Received in time")).to_be_visible()


def test_a_dialog_that_came_too_late_is_explained(fortnight: Fortnight, open_as: OpenAs) -> None:
    author = open_as("Alex Amber")
    direct_message(author)
    jump(author, "To the period's end")
    fortnight.slack.installation.triggers = TriggerIds(count(step=LIFETIME + 1).__next__)
    author.get_by_role("button", name="Write report").click()
    expect(author.get_by_text("Slack took too long to open the dialog")).to_be_visible()
    expect(dialog(author)).to_be_hidden()

    fortnight.slack.installation.triggers = TriggerIds()
    author.get_by_role("button", name="Write report").click()
    expect(dialog(author).get_by_role("textbox", name=SECTIONS[0], exact=True)).to_be_focused()


def test_a_submission_in_an_outage_keeps_the_text_and_goes_through_later(
    fortnight: Fortnight, open_as: OpenAs
) -> None:
    author = open_as("Alex Amber")
    begin_report(author)
    socket_mode = fortnight.slack.installation.socket_mode
    fortnight.slack.order_faults(Fault("server_error"))
    socket_mode.drop()
    assert socket_mode.wait_for_connections(0, timeout=30)
    box = dialog(author).get_by_role("textbox", name=SECTIONS[0], exact=True)
    author.keyboard.insert_text("The new branch is open.")
    dialog(author).get_by_role("button", name="Next").click()
    expect(dialog(author).get_by_role("alert")).to_contain_text(TROUBLE)
    expect(box).to_have_text("The new branch is open.")

    fortnight.slack.order_faults()
    assert socket_mode.wait_for_connections(CONNECTIONS, timeout=60)
    dialog(author).get_by_role("button", name="Next").click()
    for section in SECTIONS[1:]:
        nothing_in(author, section)
    expect(dialog(author).get_by_text("The new branch is open.")).to_be_visible()


@pytest.mark.parametrize("fault", [Fault("hang"), Fault("server_error")], ids=lambda one: one.kind)
def test_a_click_in_an_outage_is_not_swallowed_and_can_be_repeated(
    fortnight: Fortnight, open_as: OpenAs, fault: Fault
) -> None:
    author = open_as("Alex Amber")
    begin_report(author)
    fortnight.slack.order_faults(fault)
    dialog(author).get_by_role("button", name="Nothing to report", exact=True).click()
    expect(author.get_by_role("alert").filter(has_text="not responding")).to_be_visible()
    expect(dialog(author).get_by_role("textbox", name=SECTIONS[0], exact=True)).to_be_visible()

    fortnight.slack.order_faults()
    nothing_in(author, SECTIONS[0])
    nothing_in(author, SECTIONS[1])
