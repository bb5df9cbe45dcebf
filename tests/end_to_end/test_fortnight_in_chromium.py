"""A fortnight as people live it: in a browser, by what is written on the page."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from highlightbot.demonstration.fortnight import Fortnight
from tests.browsing import new_context

pytestmark = pytest.mark.browser

OpenAs = Callable[[str], Page]
COORDINATION = "#coordination"


@pytest.fixture
def fortnight() -> Iterator[Fortnight]:
    """Ten to nine on a Friday, the third period's last day."""
    with Fortnight(today=date(2026, 11, 20)) as running:
        yield running


@pytest.fixture
def open_as(fortnight: Fortnight, chromium: Browser) -> Iterator[OpenAs]:
    """Opens the playground in a window of its own, as one of its people."""
    with new_context(chromium) as context:

        def open_page(name: str) -> Page:
            page = context.new_page()
            page.goto(fortnight.playground.url)
            page.get_by_label("You are").select_option(label=name)
            expect(page.get_by_label("You are").locator("option:checked")).to_have_text(name)
            return page

        yield open_page


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


def test_a_fortnight_is_lived_through_in_the_browser(open_as: OpenAs) -> None:
    author = open_as("Alex Amber")
    direct_message(author)
    jump(author, "To the period's end")
    expect(author.get_by_text("is due by Tuesday 24 November, 12:00")).to_be_visible()

    author.get_by_role("button", name="Write report").click()
    answer_in(author, "Key activity", "The new branch is open.")
    nothing_in(author, "Risks and challenges")
    nothing_in(author, "Decisions made or needed")
    answer_in(author, "Workforce", "Two assistants joined.")
    dialog(author).get_by_role("button", name="Close", exact=True).click()
    expect(dialog(author)).to_be_hidden()

    author.get_by_role("button", name="Write report").click()  # nothing saved is lost
    nothing_in(author, "Finance")
    nothing_in(author, "Next period")
    review = dialog(author)
    expect(review.get_by_text("The new branch is open.")).to_be_visible()
    expect(review.get_by_text("Two assistants joined.")).to_be_visible()
    review.get_by_role("textbox", name="Headline").fill("A branch opened")
    review.get_by_role("button", name="Submit").click()
    expect(review.get_by_text("Received in time")).to_be_visible()
    review.get_by_role("button", name="Done").click()

    other = open_as("Casey Cobalt")
    direct_message(other)
    other.get_by_role("button", name="Nothing to report").click()
    other.get_by_role("alertdialog").get_by_role("button", name="Submit").click()
    expect(other.get_by_text("Nothing to report is recorded for Housing Advice")).to_be_visible()

    coordinator = open_as("Kim Keel")
    channel(coordinator)
    ask(coordinator, "/highlight who is missing", COORDINATION)
    expect(coordinator.get_by_text("3 of 5 missing")).to_be_visible()

    jump(coordinator, "To the cut-off")
    expect(coordinator.get_by_text("Edition 1 · 2 of 5 in")).to_be_visible()
    expect(coordinator.get_by_text("A branch opened")).to_be_visible()

    late = open_as("Dana Dell")
    direct_message(late)
    late.get_by_role("button", name="Write report").first.click()
    answer_in(late, "Key activity", "Spring courses are full.")
    for section in (
        "Risks and challenges",
        "Decisions made or needed",
        "Workforce",
        "Finance",
        "Next period",
    ):
        nothing_in(late, section)
    dialog(late).get_by_role("button", name="Submit").click()
    expect(dialog(late).get_by_text("Received late")).to_be_visible()

    expect(coordinator.get_by_text("Edition 2 · 3 of 5 in")).to_be_visible()
    summary = coordinator.get_by_role("article").filter(has_text="Edition 2 · 3 of 5 in")
    summary.get_by_role("link", name="replies").click()
    thread = coordinator.get_by_role("complementary", name="Thread")
    expect(thread.get_by_text("Two assistants joined.")).to_be_visible()
    expect(thread.get_by_text("Late report from Adult Learning")).to_be_visible()

    direct_message(coordinator)
    ask(coordinator, "history of workforce", "highlightbot")
    expect(coordinator.get_by_text("Two assistants joined.")).to_be_visible()
    expect(coordinator.get_by_text("Two nurses are on loan")).to_be_visible()


def test_an_outsider_is_refused_politely(open_as: OpenAs) -> None:
    outsider = open_as("Ollie Outsider")
    direct_message(outsider)
    ask(outsider, "latest", "highlightbot")
    expect(outsider.get_by_text("ask a coordinator to add you")).to_be_visible()


def test_a_channel_opens_at_its_newest_message(open_as: OpenAs) -> None:
    coordinator = open_as("Kim Keel")
    channel(coordinator)
    newest = coordinator.get_by_role("log").get_by_role("article").last
    expect(newest).to_contain_text("24 October – 6 November 2026")
    expect(newest.get_by_role("link", name="replies")).to_be_in_viewport()
