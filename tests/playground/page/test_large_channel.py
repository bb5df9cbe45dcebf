"""A channel of 5,000 messages: only its newest are sent and drawn."""

import json
import re
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from highlightbot.playground.local_slack import Message
from highlightbot.playground.page.screen import NEWEST
from tests.playground.page.conftest import OpenAs
from tests.playground.page.office import ASHA, BEN, START, Office

MESSAGES = 5000


@pytest.fixture
def busy_office(office: Office) -> Office:
    """Ben has talked for five thousand minutes."""
    began = int(START.timestamp()) - MESSAGES * 60
    for number in range(1, MESSAGES + 1):
        ts = f"{began + number * 60}.000000"
        office.slack.installation.workspace.post(
            Message(ts, "C0COORD", BEN.id, f"Message {number} of many")
        )
    return office


def test_only_the_newest_are_sent(busy_office: Office) -> None:
    address = f"{busy_office.url}parts?as={ASHA.id}&in=C0COORD"
    messages = json.loads(urlopen(address).read())["parts"]["messages"]
    assert messages.count("<article") == NEWEST
    assert f"({MESSAGES - NEWEST} more)" in messages


@pytest.mark.page
def test_channel_stays_usable(open_as: OpenAs, busy_office: Office) -> None:
    page = open_as(ASHA)
    articles = page.get_by_role("log").locator("article")
    expect(articles).to_have_count(NEWEST)
    expect(articles.last).to_be_in_viewport()
    box = page.get_by_role("textbox", name=re.compile("^Message"))
    box.fill("I have read it all")
    box.press("Enter")
    expect(articles.last).to_contain_text("I have read it all")
    expect(articles.last).to_be_in_viewport()
    expect(articles).to_have_count(NEWEST)
    page.get_by_role("link", name="Show earlier messages").click()
    expect(articles).to_have_count(NEWEST + 500)
