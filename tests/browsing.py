"""The system's Chromium, for tests that act as a person at a page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, sync_playwright

CHROMIUM = (
    os.environ.get("CHROMIUM")
    or shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
    or shutil.which("google-chrome")
)
"""The lightest that there is: without windows, a page costs half as much."""

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--in-process-gpu", "--renderer-process-limit=1", "--disable-site-isolation-trials",
]  # fmt: skip
"""What the pages do not need; and all of them in one process, which is begun but once."""

PATIENCE = 30_000
"""How long to wait for what comes at once unless the machine is busy, in milliseconds."""


@contextmanager
def open_browser() -> Iterator[BrowserContext]:
    """A window of its own, with no history."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
        context.set_default_timeout(PATIENCE)
        context.new_page()  # stays: to begin a window anew for every test takes twice as long
        yield context
        browser.close()
