"""A playground with a real Bolt app, and people at it in real Chromium."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

from highlightbot.playground.delivery import ACK_WITHIN
from highlightbot.playground.local_slack import User
from highlightbot.playground.server import Jump, Playground
from tests.playground.conftest import connecting
from tests.playground.page.office import CUT_OFF, Office, new_slack
from tests.playground.page.sample_app import SUBMITTED, build_app

OpenAs = Callable[..., Page]


@contextmanager
def opened_office(ack_within: float = ACK_WITHIN) -> Iterator[Office]:
    """The playground with the sample app connected to it over Socket Mode."""
    SUBMITTED.clear()
    slack = new_slack(ack_within)
    jumps = (Jump("To the cut-off", CUT_OFF),)
    with Playground(slack, jumps=lambda: jumps) as playground, connecting(playground) as connect:
        app = build_app(slack.app.bot_token, playground.api_url)
        # One listener fails on purpose: its traceback is not news.
        app.logger.setLevel(logging.CRITICAL)
        connect(app)
        yield Office(slack, playground.url)


@pytest.fixture
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """A running playground of the test's own; a parameter says how long the app has to answer."""
    with opened_office(getattr(request, "param", ACK_WITHIN)) as office:
        yield office


@pytest.fixture
def open_as(office: Office, new_page: Callable[[], Page]) -> Iterator[OpenAs]:
    """Opens the page as a person in a place; an error in its script fails the test."""
    errors: list[str] = []

    def open_page(person: User, place: str = "C0COORD") -> Page:
        page = new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{office.url}?as={person.id}&in={place}")
        return page

    yield open_page
    assert errors == []
