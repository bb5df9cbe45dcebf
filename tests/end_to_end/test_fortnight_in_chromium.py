"""A fortnight as people live it: in a browser, by what is written on the page."""

from playwright.sync_api import expect

from tests.end_to_end.acting import (
    COORDINATION,
    SECTIONS,
    answer_in,
    ask,
    channel,
    dialog,
    direct_message,
    jump,
    nothing_in,
)
from tests.end_to_end.conftest import OpenAs


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
    expect(other.get_by_text("Nothing to report is recorded")).to_be_visible()

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
    for section in SECTIONS[1:]:
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
