"""Modals as people use them, in Chromium."""

import re

import pytest
from playwright.sync_api import expect

from tests.playground.page.acting import open_report, send
from tests.playground.page.conftest import OpenAs
from tests.playground.page.office import ASHA, BEN, Office
from tests.playground.page.sample_app import SUBMITTED

pytestmark = pytest.mark.page


def test_report_is_written_refused_corrected_and_posted(open_as: OpenAs, office: Office) -> None:
    page = open_as(ASHA)
    open_report(page)
    dialog = page.get_by_role("dialog")
    activity = dialog.get_by_role("textbox", name="Recovery activity")
    expect(activity).to_be_focused()
    page.keyboard.type("Two centres reopened.")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("More to come")
    dialog.get_by_role("button", name="Next").click()
    headline = dialog.get_by_role("textbox", name="Headline")
    expect(headline).to_be_focused()
    expect(headline).to_have_accessible_description("Please complete this required field.")
    headline.fill("TBA")
    dialog.get_by_label("Medium").check()
    dialog.get_by_label("Finance").check()
    dialog.get_by_role("button", name="Next").click()
    expect(headline).to_have_accessible_description("Say it in words, not TBA.")
    expect(activity).to_contain_text("More to come")
    headline.fill("Centres reopen")
    headline.press("Enter")

    review = page.get_by_role("dialog", name="Review")
    expect(review.get_by_text("More to come")).to_be_visible()
    expect(review.get_by_role("textbox", name="Note")).to_be_focused()
    review.get_by_role("button", name="Submit").click()
    expect(review).not_to_be_visible()
    expect(page.get_by_text("Community Learning has reported")).to_be_visible()
    private = page.get_by_role("article").filter(has_text="Only visible to you")
    expect(private).to_contain_text("Thank you, your report is in.")
    seen_by_ben = [one.text for one in office.slack.messages_for(BEN.id, "C0COORD")]
    assert "Thank you, your report is in." not in seen_by_ben

    section = {
        "type": "rich_text_section",
        "elements": [
            {"type": "text", "text": "Two centres reopened.\n"},
            {"type": "text", "text": "More to come", "style": {"bold": True}},
        ],
    }
    (state,) = SUBMITTED
    assert state["activity"]["answer"]["rich_text_value"]["elements"] == [section]
    assert state["headline"]["answer"]["value"] == "Centres reopen"
    assert state["confidence"]["answer"]["selected_option"]["value"] == "medium"
    assert [one["value"] for one in state["themes"]["answer"]["selected_options"]] == ["finance"]
    assert state["until"]["answer"]["selected_date"] == "2020-06-19"


def test_blank_required_fields_are_all_named_and_the_first_is_focused(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    open_report(page)
    page.keyboard.press("Control+Enter")
    for name in ("Recovery activity", "Headline"):
        field = page.get_by_role("textbox", name=name)
        expect(field).to_have_accessible_description(re.compile("complete this required field"))
        expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("textbox", name="Recovery activity")).to_be_focused()
    assert SUBMITTED == []


def test_back_from_a_pushed_modal_shows_what_was_typed_below(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    open_report(page)
    page.get_by_role("textbox", name="Recovery activity").fill("Kept")
    page.get_by_role("textbox", name="Headline").fill("Kept too")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("dialog", name="Review").get_by_role("button", name="Back").click()
    expect(page.get_by_role("dialog", name="Highlight report")).to_be_visible()
    expect(page.get_by_role("textbox", name="Recovery activity")).to_have_text("Kept")
    expect(page.get_by_role("textbox", name="Headline")).to_have_value("Kept too")


def test_escape_closes_the_modal_and_focus_returns(open_as: OpenAs, office: Office) -> None:
    page = open_as(ASHA)
    open_report(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    expect(page.get_by_role("button", name="Write report")).to_be_focused()
    assert office.slack.view_stack(ASHA.id) == []


def test_focus_stays_within_the_modal(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    open_report(page)
    inside = "document.querySelector('#modal').contains(document.activeElement)"
    visited = set()
    for key in ["Tab"] * 14 + ["Shift+Tab"] * 14:
        page.keyboard.press(key)
        assert page.evaluate(inside)
        visited.add(
            page.evaluate("document.activeElement.textContent || document.activeElement.id")
        )
    assert {"Next", "Cancel", "✕"} <= visited


@pytest.mark.parametrize("office", [1.0], indirect=True)
def test_submission_without_an_answer_shows_slacks_error_and_stays_open(open_as: OpenAs) -> None:
    page = open_as(ASHA, "home")
    page.get_by_role("button", name="Open broken").click()
    dialog = page.get_by_role("dialog", name="Broken")
    dialog.get_by_role("textbox", name="Recovery activity").fill("Not lost")
    dialog.get_by_role("textbox", name="Headline").fill("Nor this")
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("alert")).to_contain_text("We had some trouble connecting")
    expect(dialog.get_by_role("textbox", name="Recovery activity")).to_have_text("Not lost")
    expect(dialog.get_by_role("textbox", name="Headline")).to_have_value("Nor this")


def test_typed_text_outlives_a_reload(open_as: OpenAs, office: Office) -> None:
    page = open_as(ASHA)
    open_report(page)
    with page.expect_response("**/do/fill"):
        page.get_by_role("textbox", name="Recovery activity").press_sequentially("Noted")
    page.reload()
    expect(page.get_by_role("dialog", name="Highlight report")).to_be_visible()
    expect(page.get_by_role("textbox", name="Recovery activity")).to_have_text("Noted")


def test_modal_updated_while_one_types_does_not_disturb_the_typing(open_as: OpenAs) -> None:
    page = open_as(ASHA, "home")
    page.get_by_role("button", name="Open counter").click()
    story = page.get_by_role("textbox", name="Story")
    expect(story).to_be_focused()
    page.keyboard.type("Once upon a time", delay=40)
    expect(page.get_by_text("16 characters")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("!", delay=40)
    expect(page.get_by_text("17 characters")).to_be_visible()
    page.keyboard.type("?")
    expect(page.get_by_text("18 characters")).to_be_visible()
    expect(story).to_have_text("Once upon a tim!?e")
    expect(story).to_be_focused()


def test_new_step_in_a_modal_starts_at_its_first_field(open_as: OpenAs) -> None:
    page = open_as(ASHA, "home")
    page.get_by_role("button", name="Open counter").click()
    page.get_by_role("button", name="Next question").click()
    moral = page.get_by_role("textbox", name="Moral")
    expect(moral).to_be_focused()
    expect(moral).to_have_text("")
    expect(page.get_by_role("textbox", name="Story")).not_to_be_visible()


def test_confirmation_is_asked_before_the_button_acts(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    send(page, "/report")
    nothing = page.get_by_role("button", name="Nothing to report")
    nothing.click()
    question = page.get_by_role("alertdialog", name="Nothing to report?")
    expect(question).to_contain_text("Every section is nil.")
    question.get_by_role("button", name="Go back").click()
    expect(question).not_to_be_visible()
    nothing.click()
    question.get_by_role("button", name="Send").click()
    expect(page.get_by_text("A nil report was sent.")).to_be_visible()
