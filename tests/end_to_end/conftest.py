"""The demonstration as it runs for everybody, and people at it in real Chromium."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from highlightbot.demonstration.fortnight import Fortnight
from tests.fortnights import fresh_fortnight

OpenAs = Callable[[str], Page]


@pytest.fixture
def fortnight() -> Iterator[Fortnight]:
    """Ten to nine on a Friday, the third period's last day."""
    with fresh_fortnight() as running:
        yield running


@pytest.fixture
def open_as(fortnight: Fortnight, new_page: Callable[[], Page]) -> OpenAs:
    """Opens the playground in a tab of its own, as one of its people."""

    def open_page(name: str) -> Page:
        page = new_page()
        page.goto(fortnight.playground.url)
        page.get_by_label("You are").select_option(label=name)
        expect(page.get_by_label("You are").locator("option:checked")).to_have_text(name)
        return page

    return open_page
