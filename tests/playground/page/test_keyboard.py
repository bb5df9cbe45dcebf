"""A person without a mouse: every step is a key, and what has the focus is told by its name."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.playground.page.conftest import OpenAs
from tests.playground.page.office import ASHA, BEN
from tests.playground.page.sample_app import SUBMITTED

pytestmark = pytest.mark.page

FAR = 60
"""Keystrokes after which nobody goes on looking."""


def go_to(page: Page, name: str, key: str) -> None:
    """Presses `key` until what has the focus is called `name`, as a screen reader says it."""
    focused = page.locator(":focus")
    for _ in range(FAR):
        page.keyboard.press(key)
        if focused.count() and name in focused.aria_snapshot():
            return
    pytest.fail(f"{name} is not reached with {key}")


def say(page: Page, text: str) -> None:
    """What one does first: the skip link leads to the message box."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_a_report_is_written_by_keyboard_alone(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    say(page, "/report")
    expect(page.get_by_role("button", name="Write report")).to_be_visible()
    go_to(page, "Write report", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Recovery activity")).to_be_focused()
    page.keyboard.type("Two centres reopened.")
    go_to(page, "Headline", "Tab")
    page.keyboard.type("Centres reopen")
    go_to(page, "High", "Tab")
    page.keyboard.press("ArrowDown")
    go_to(page, "Finance", "Tab")
    page.keyboard.press("Space")
    go_to(page, "Next", "Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    go_to(page, "Submit", "Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    (state,) = SUBMITTED
    assert state["headline"]["answer"]["value"] == "Centres reopen"
    assert state["confidence"]["answer"]["selected_option"]["value"] == "medium"
    assert [one["value"] for one in state["themes"]["answer"]["selected_options"]] == ["finance"]


def test_a_thread_is_opened_answered_and_left_by_keyboard_alone(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    say(page, "Good morning")
    expect(page.get_by_role("article")).to_contain_text("Good morning")
    go_to(page, "Reply", "Shift+Tab")
    page.keyboard.press("Enter")
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread).to_contain_text("Good morning")
    go_to(page, "textbox", "Shift+Tab")
    page.keyboard.type("And to you")
    page.keyboard.press("Enter")
    expect(thread.get_by_role("article").last).to_contain_text("And to you")
    go_to(page, "Close thread", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(thread).not_to_be_attached()


def test_the_person_is_switched_by_keyboard_alone(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    go_to(page, "You are", "Tab")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(f"as={BEN.id}"))
