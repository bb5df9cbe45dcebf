"""The page's drawers: the log of what passed, and the faults that are ordered."""

import re

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.playground.page.acting import send
from tests.playground.page.conftest import OpenAs
from tests.playground.page.office import APP, ASHA, BEN, Office

pytestmark = pytest.mark.page


def test_log_is_filtered_by_text_kind_and_violation(open_as: OpenAs, office: Office) -> None:
    page = open_as(ASHA)
    send(page, "/report")
    expect(page.get_by_role("button", name="Write report")).to_be_visible()
    client = WebClient(APP.bot_token, base_url=f"{office.url}api/", retry_handlers=[])
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C0COORD", text="x", blocks=[{"type": "sectoin"}])

    page.get_by_role("button", name="Log").click()
    log = page.get_by_role("region", name="Log")
    good = log.get_by_role("listitem").filter(has_text="Your highlight report is due")
    command = log.get_by_role("listitem").filter(has_text="/report").filter(has_text="command")
    wrong = log.get_by_role("listitem").filter(has_text="sectoin").first
    good.locator("summary").click()
    expect(good.locator("pre").first).to_contain_text('"channel": "C0COORD"')

    log.get_by_label("Only").select_option("rule violations")
    expect(wrong).to_be_visible()
    expect(good).to_be_hidden()
    expect(command).to_be_hidden()
    link = wrong.get_by_role("link", name="why")
    expect(link).to_have_attribute("href", re.compile("^https://docs.slack.dev/"))
    red = "getComputedStyle(element).color"
    assert wrong.locator(".problem").first.evaluate(f"element => {red}") == "rgb(192, 19, 67)"

    log.get_by_label("Only").select_option("everything")
    log.get_by_label("Kind").select_option("command")
    expect(command).to_be_visible()
    expect(good).to_be_hidden()
    expect(log.get_by_role("status")).to_have_text(re.compile(r"^1 of \d+ shown$"))
    log.get_by_label("Kind").select_option("all")
    log.get_by_label("Filter").fill("report is due")
    expect(good).to_be_visible()
    expect(command).to_be_hidden()

    office.slack.log.clear()
    office.slack.installation.workspace.changed()
    expect(log.get_by_role("listitem")).to_have_count(0)


@pytest.mark.parametrize("office", [1.0], indirect=True)
def test_faults_are_ordered_seen_by_everybody_and_ended(open_as: OpenAs, office: Office) -> None:
    page, other = open_as(ASHA), open_as(BEN)
    page.get_by_role("button", name="Faults").click()
    drawer = page.get_by_role("region", name="Faults")
    expect(drawer.get_by_label("What")).to_be_focused()
    expect(drawer).to_contain_text("All goes well.")
    drawer.get_by_label("What").select_option("500 before the call is carried out")
    drawer.get_by_label("How often").select_option("the next time only")
    drawer.get_by_role("button", name="Let it happen").click()
    expect(drawer.get_by_role("listitem")).to_contain_text("struck 0×")
    expect(other.get_by_role("button", name="Faults 1 ordered")).to_be_visible()

    send(page, "/report")
    expect(drawer.get_by_role("listitem")).to_contain_text("struck 1×")
    expect(page.get_by_role("button", name="Write report")).to_be_hidden()
    drawer.get_by_role("button", name="End all faults").click()
    expect(other.get_by_role("button", name="Faults", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Faults")).to_be_focused()
    send(page, "/report")
    expect(page.get_by_role("button", name="Write report")).to_be_visible()


def test_sockets_are_dropped_and_come_again(open_as: OpenAs, office: Office) -> None:
    page = open_as(ASHA)
    page.get_by_role("button", name="Faults").click()
    page.get_by_role("button", name="Drop the sockets now").click()
    expect(page.get_by_text("The app is not connected.")).to_be_visible()


def test_new_sockets_are_asked_for_and_opened(open_as: OpenAs, office: Office) -> None:
    page = open_as(ASHA)
    log = office.slack.log
    opened = len(log.calls("apps.connections.open"))
    page.get_by_role("button", name="Faults").click()
    page.get_by_role("button", name="Ask for new sockets").click()
    while len(log.calls("apps.connections.open")) == opened:
        office.slack.wait_for_change(office.slack.version, timeout=0.2)
    page.keyboard.press("Escape")
    send(page, "/report")
    expect(page.get_by_role("button", name="Write report")).to_be_visible()


def test_a_drawer_leaves_the_newest_message_in_view(open_as: OpenAs, office: Office) -> None:
    for number in range(30):
        office.slack.say(BEN.id, "C0COORD", f"Message {number}")
    page = open_as(ASHA)
    newest = page.get_by_text("Message 29", exact=True)
    expect(newest).to_be_in_viewport()
    for name in ("Faults", "Log", "Faults", "Log"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("region", name=name)).to_be_visible()
        expect(newest).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(page.get_by_role("region", name=name)).to_be_hidden()
    page.get_by_role("button", name="Log").click()
    messages = page.get_by_role("log", name="Messages in #coordination")
    messages.hover()
    while messages.evaluate("list => list.scrollTop"):
        page.mouse.wheel(0, -5_000)
    page.get_by_role("button", name="Close the log").click()
    expect(page.get_by_text("Message 0", exact=True)).to_be_in_viewport()
