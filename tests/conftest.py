"""What every part of the suite shares."""

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import BrowserContext, Page, expect

from tests.browsing import CHROMIUM, PATIENCE, open_browser
from tests.databases import PostgresServer, SqliteFile, postgres_server

# A busy machine is no reason for a test to fail.
settings.register_profile(
    "unhurried", deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")
expect.set_options(timeout=PATIENCE)


def pytest_collection_finish() -> None:
    """What is there before the first test stays: to look through it again takes a twentieth."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def browser_context() -> Iterator[BrowserContext]:
    """One browser for all tests: what a page keeps belongs to its tab, and to its test's port."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with open_browser() as context:
        yield context


@pytest.fixture
def new_page(browser_context: BrowserContext) -> Iterator[Callable[[], Page]]:
    """Opens pages; they are closed after the test."""
    with ExitStack() as stack:

        def open_page() -> Page:
            page = browser_context.new_page()
            stack.callback(page.close)
            return page

        yield open_page


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteFile]:
    """One SQLite file for all tests that ask no more of it than to be empty."""
    with closing(SqliteFile(tmp_path_factory.mktemp("sqlite") / "emptied.db")) as file:
        yield file


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    """One PostgreSQL server for all tests."""
    with postgres_server() as server:
        yield server
