"""What axe-core finds on the page, in light and in dark. https://github.com/dequelabs/axe-core"""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from highlightbot.playground.rules import check_message, check_view
from tests.playground.page.conftest import OpenAs
from tests.playground.page.office import APP, ASHA, BEN, Office
from tests.playground.rules.samples import BLOCKS, ELEMENTS, home, hosted, modal

pytestmark = pytest.mark.page

PHONE = {"width": 390, "height": 844}
AXE = Axe().axe_script


def findings(page: Page) -> set[tuple[str, str, str]]:
    """Serious and critical findings, colours in both schemes: (scheme, rule, element)."""
    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE)
    found = set()
    for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
        for violation in page.evaluate(
            "async (options) => (await axe.run(options)).violations", options
        ):
            if violation["impact"] in ("serious", "critical"):
                found |= {(scheme, violation["id"], node["html"]) for node in violation["nodes"]}
    return found


def offer_report(page: Page) -> None:
    box = page.get_by_role("textbox", name=re.compile("^Message"))
    box.fill("/report")
    box.press("Enter")
    expect(page.get_by_role("button", name="Write report")).to_be_visible()


def channel_and_thread(page: Page) -> None:
    offer_report(page)
    page.get_by_role("textbox", name=re.compile("^Message")).fill("@highlightbot latest *now*")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread).to_contain_text("You said")


def open_menu(page: Page) -> None:
    offer_report(page)
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menuitem", name="Later")).to_be_visible()


def question(page: Page) -> None:
    offer_report(page)
    page.get_by_role("button", name="Nothing to report").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()


def refused_form(page: Page) -> None:
    offer_report(page)
    page.get_by_role("button", name="Write report").click()
    expect(page.get_by_role("dialog", name="Highlight report")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("complete this required field").first).to_be_visible()


def log(page: Page) -> None:
    offer_report(page)
    page.get_by_role("button", name="Log").click()
    entry = page.get_by_role("region", name="Log").get_by_role("listitem").first
    entry.locator("summary").click()


def faults(page: Page) -> None:
    page.get_by_role("button", name="Faults").click()
    page.get_by_role("button", name="Let it happen").click()
    expect(page.get_by_role("button", name="Faults 1 ordered")).to_be_visible()


def offered_names(page: Page) -> None:
    page.get_by_role("textbox", name=re.compile("^Message")).press_sequentially("@")
    expect(page.get_by_role("option", name="@highlightbot")).to_be_visible()


@pytest.mark.parametrize(
    "reach", [channel_and_thread, open_menu, question, refused_form, log, faults, offered_names]
)
def test_nothing_serious_is_found_in_a_channel_however_narrow(
    open_as: OpenAs, reach: Callable[[Page], None]
) -> None:
    page = open_as(ASHA)
    reach(page)
    assert findings(page) == set()
    page.set_viewport_size(PHONE)
    assert findings(page) == set()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_nothing_serious_is_found_at_home_and_on_a_phone(open_as: OpenAs, office: Office) -> None:
    page = open_as(ASHA, "home")
    expect(page.get_by_role("heading", name="Your areas")).to_be_visible()
    assert findings(page) == set()
    office.slack.say(BEN.id, "C0COORD", "unread")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Channels").click()
    expect(page.get_by_role("link", name="coordination 1 unread")).to_be_visible()
    assert findings(page) == set()


def test_nothing_serious_is_found_in_any_block_that_slack_accepts(
    open_as: OpenAs, office: Office
) -> None:
    page = open_as(ASHA)
    client = WebClient(APP.bot_token, base_url=f"{office.url}api/", retry_handlers=[])
    of_messages = [block for block in BLOCKS.values() if not check_message({"blocks": [block]})]
    kinds = {block["type"] for block in of_messages}
    assert {"table", "data_table", "rich_text", "section", "actions"} <= kinds
    for block in of_messages:
        client.chat_postMessage(channel="C0COORD", text=block["type"], blocks=[block])
    expect(page.get_by_role("article")).to_have_count(len(of_messages))
    assert findings(page) == set()


@pytest.mark.parametrize(("kind", "place"), [("modal", "C0COORD"), ("home", "home")])
def test_nothing_serious_is_found_in_any_block_of_a_view(
    open_as: OpenAs, office: Office, kind: str, place: str
) -> None:
    frame = home() if kind == "home" else modal()
    inputs = [
        hosted({name: part for name, part in element.items() if name != "focus_on_load"})
        for element in ELEMENTS.values()
    ]
    blocks = [
        block
        for block in (*BLOCKS.values(), *inputs)
        if not check_view(frame | {"blocks": [block]})
    ]
    view = frame | {"blocks": [block | {"block_id": str(at)} for at, block in enumerate(blocks)]}
    assert {"input", "section", "actions"} <= {block["type"] for block in blocks}
    client = WebClient(APP.bot_token, base_url=f"{office.url}api/", retry_handlers=[])
    page = open_as(ASHA, place)
    if kind == "home":
        expect(page.get_by_role("heading", name="Your areas")).to_be_visible()
        client.views_publish(user_id=ASHA.id, view=view)
    else:
        trigger = office.slack.installation.triggers.issue(ASHA.id)
        client.views_open(trigger_id=trigger, view=view)
    expect(page.locator(".blocks > .block")).to_have_count(len(blocks))
    assert findings(page) == set()
