"""What people do on the page."""

import re

from playwright.sync_api import Page, expect


def send(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name=re.compile("^Message"))
    box.fill(text)
    box.press("Enter")


def open_report(page: Page) -> None:
    send(page, "/report")
    page.get_by_role("button", name="Write report").click()
    expect(page.get_by_role("dialog", name="Highlight report")).to_be_visible()
