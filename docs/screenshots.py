"""Makes the pictures of the README from a running playground: `make screenshots`."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import AUTHORS, CHANNEL, COORDINATOR
from highlightbot.playground.local_slack import User

IMAGES = Path(__file__).with_name("images")
TODAY = date(2026, 11, 20)
_CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_PATIENCE = 10_000  # milliseconds
_LAPTOP = {"width": 1000, "height": 720}
_DESK = {"width": 1320, "height": 720}
_PHONE = {"width": 390, "height": 780}

# A list that has just been opened goes to its newest message, and takes some frames for it.
_TO_ITS_BEGINNING = """async (message) => {
    for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame);
    message.scrollIntoView();
}"""
_READ = "() => !document.querySelector('#sidebar a[aria-current].unread')"

_LIBRARIES = {
    "Key activity": "Story hours ran twice a week and stayed full: 212 children came, 60 of them"
    " for the first time.",
    "Risks and challenges": "The lift at Mill Lane works again. Nothing else is in the way.",
    "Next period": "Move the local history shelves. Open evening on 3 December.",
}
_PARKS = {
    "Key activity": "60 trees are planted. The leaf round is finished in all six wards.",
    "Finance": "The insurer has paid 18,650.",
}
_HEADLINE = "212 children at the story hours, 60 of them for the first time"


def main() -> int:
    """Write every picture; gives the exit status."""
    if _CHROMIUM is None:
        sys.stderr.write("Install Chromium, or name it in CHROMIUM.\n")
        return 1
    IMAGES.mkdir(exist_ok=True)
    with Fortnight(today=TODAY, log_level="ERROR") as fortnight, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_ARGUMENTS)
        live_through(fortnight, browser)
        browser.close()
    return 0


def live_through(fortnight: Fortnight, browser: Browser) -> None:
    """From the reminder to the answer, taking pictures on the way."""
    alex, bo, casey = AUTHORS[:3]
    with _opened(fortnight, browser, alex) as page:
        _move_clock(page, "To the period's end")
        _reminder(page)
        _take(page, "reminder", height=390)
        _open_modal(page)
        _answer(page, _LIBRARIES["Key activity"])
        _type(page, _LIBRARIES["Risks and challenges"])
        _take(page, "modal")
        with _opened(fortnight, browser, alex, _PHONE) as phone:
            phone.get_by_role("dialog").wait_for()
            _take(phone, "modal-phone")
        _write(page, _LIBRARIES)
        page.get_by_role("textbox", name="Headline").fill(_HEADLINE)
        _press(page, "Submit")
    with _opened(fortnight, browser, bo) as page:
        _open_modal(page)
        _write(page, _PARKS)
        _press(page, "Submit")
    with _opened(fortnight, browser, casey) as page:
        _reminder(page).get_by_role("button", name="Nothing to report").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Submit").click()
        page.get_by_text("Nothing to report is recorded").wait_for()
    with _opened(fortnight, browser, COORDINATOR, _DESK, place=CHANNEL) as page:
        _move_clock(page, "To the cut-off")
        summary = page.get_by_role("article").filter(has_text="3 of 5 in").last
        summary.get_by_role("link", name="1 reply").click()
        thread = page.get_by_role("complementary", name="Thread")
        full_text = thread.get_by_role("article").last
        full_text.get_by_text(_LIBRARIES["Key activity"]).wait_for()
        full_text.evaluate(_TO_ITS_BEGINNING)
        _take(page, "summary")
    with _opened(fortnight, browser, COORDINATOR, place=CHANNEL) as page:
        box = page.get_by_role("textbox", name="Message")
        box.fill("/highlight history of workforce")
        box.press("Enter")
        answer = page.get_by_role("article").filter(has_text="Only visible to you")
        answer.wait_for()
        answer.evaluate(_TO_ITS_BEGINNING)
        _take(page, "answer")


@contextmanager
def _opened(
    fortnight: Fortnight,
    browser: Browser,
    person: User,
    size: Mapping[str, int] = _LAPTOP,
    place: str | None = None,
) -> Iterator[Page]:
    """The playground as that person sees it, in their conversation with the bot by default."""
    conversations = fortnight.slack.conversations_of(person.id)
    where = place or next(one.id for one in conversations if one.kind == "im")
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        device_scale_factor=1.5,
        locale="en-GB",
        reduced_motion="reduce",
    )
    context.set_default_timeout(_PATIENCE)
    page = context.new_page()
    page.goto(f"{fortnight.playground.url}?as={person.id}&in={where}")
    yield page
    context.close()


def _take(page: Page, name: str, *, height: int | None = None) -> None:
    """A picture of the window, or of its upper part."""
    size = page.viewport_size or _LAPTOP
    page.mouse.move(0, 0)
    page.wait_for_function(_READ)
    page.screenshot(
        path=IMAGES / f"{name}.png",
        animations="disabled",
        caret="hide",
        clip={"x": 0, "y": 0, "width": size["width"], "height": height or size["height"]},
    )


def _move_clock(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()


def _reminder(page: Page) -> Locator:
    reminder = page.get_by_role("article").filter(has_text="7–20 November 2026 is due by").last
    reminder.wait_for()
    return reminder


def _open_modal(page: Page) -> None:
    _reminder(page).get_by_role("button", name="Write report").click()
    page.get_by_role("dialog").wait_for()


def _write(page: Page, answers: Mapping[str, str]) -> None:
    """Answer every section from the one that is shown to the last, nil where nothing is said."""
    dialog = page.get_by_role("dialog")
    while not dialog.get_by_text("Review:").is_visible():
        section = dialog.get_by_role("heading", level=3).first.inner_text().partition(". ")[2]
        _answer(page, answers.get(section))


def _answer(page: Page, text: str | None) -> None:
    """Answer the section that is shown and go on to the next."""
    dialog = page.get_by_role("dialog")
    place = dialog.get_by_text("Section ").first.inner_text()
    if text is None:
        dialog.get_by_role("button", name="Nothing to report").click()
    else:
        _type(page, text)
        dialog.locator("button[type=submit]").click()
    page.wait_for_function(
        "place => !document.querySelector('#modal').innerText.includes(place)", arg=place
    )


def _type(page: Page, text: str) -> None:
    page.get_by_role("dialog").locator("[contenteditable=true]").fill(text)


def _press(page: Page, label: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=label, exact=True).click()
    page.get_by_role("dialog").get_by_text("Received").first.wait_for()


if __name__ == "__main__":
    sys.exit(main())
