"""What a person does on the playground's page, by what is written there."""

import re

from playwright.sync_api import Locator, Page, expect

COORDINATION = "#coordination"
SECTIONS = (
    "Key activity",
    "Risks and challenges",
    "Decisions made or needed",
    "Workforce",
    "Finance",
    "Next period",
)


def go_to(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(f"^{name}")).first.click()  # perhaps "…, 1 unread"


def direct_message(page: Page) -> None:
    go_to(page, "highlightbot")
    expect(page.get_by_role("textbox", name="Message highlightbot")).to_be_visible()


def channel(page: Page) -> None:
    go_to(page, "coordination")
    expect(page.get_by_role("textbox", name=f"Message {COORDINATION}")).to_be_visible()


def jump(page: Page, label: str) -> None:
    page.get_by_role("group", name="Clock").get_by_role("button", name=label).click()


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Highlight report")


def answer_in(page: Page, section: str, text: str) -> None:
    box = dialog(page).get_by_role("textbox", name=section, exact=True)
    expect(box).to_be_focused()
    page.keyboard.insert_text(text)
    dialog(page).get_by_role("button", name="Next").click()


def nothing_in(page: Page, section: str) -> None:
    expect(dialog(page).get_by_role("textbox", name=section, exact=True)).to_be_visible()
    dialog(page).get_by_role("button", name="Nothing to report", exact=True).click()


def ask(page: Page, words: str, where: str) -> None:
    box = page.get_by_role("textbox", name=f"Message {where}")
    box.fill(words)
    box.press("Enter")


def begin_report(page: Page) -> None:
    """From the reminder after the period's end to the modal with its first section."""
    direct_message(page)
    jump(page, "To the period's end")
    page.get_by_role("button", name="Write report").click()
    box = dialog(page).get_by_role("textbox", name=SECTIONS[0], exact=True)
    expect(box).to_be_focused()
