"""The page as people use it, in Chromium, with a real Bolt app over Socket Mode."""

import re
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.playground.page.acting import open_report, send
from tests.playground.page.conftest import OpenAs
from tests.playground.page.office import ASHA, BEN, CUT_OFF, START, Office
from tests.playground.page.sample_app import SUBMITTED, button, plain

pytestmark = pytest.mark.page


def test_two_windows_are_two_people_and_follow_each_other(open_as: OpenAs) -> None:
    asha, ben = open_as(ASHA), open_as(BEN, "C0TEA")
    expect(asha.get_by_label("You are")).to_have_value(ASHA.id)
    send(asha, "Hello <b>Ben</b> & all")
    unread = ben.get_by_role("link", name="coordination 1 unread")
    expect(unread).to_be_visible()
    expect(ben).to_have_title("(1) #tea – Playground")
    unread.click()
    message = ben.get_by_role("article", name="Asha Example at 04:00")
    expect(message).to_contain_text("Hello <b>Ben</b> & all")
    expect(ben.get_by_role("link", name="coordination")).not_to_contain_text("unread")


def test_person_switcher_changes_who_one_is_and_keeps_the_place(open_as: OpenAs) -> None:
    page = open_as(ASHA, "C0TEA")
    page.get_by_label("You are").select_option(label="Ben Sample")
    expect(page).to_have_url(re.compile(r"\?as=U0BEN&in=C0TEA$"))
    expect(page.get_by_role("heading", name="#tea")).to_be_visible()


def test_typing_is_not_disturbed_by_what_others_do(open_as: OpenAs, office: Office) -> None:
    page = open_as(ASHA)
    box = page.get_by_role("textbox", name="Message #coordination")
    box.press_sequentially("half a sen")
    office.slack.say(BEN.id, "C0COORD", "interrupting")
    expect(page.get_by_text("interrupting")).to_be_visible()
    expect(box).to_be_focused()
    box.press_sequentially("tence")
    expect(box).to_have_value("half a sentence")


def test_unsent_text_waits_until_one_comes_back(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    page.get_by_role("textbox", name="Message #coordination").press_sequentially("unsent")
    page.get_by_role("link", name="tea").click()
    expect(page.get_by_role("textbox", name="Message #tea")).to_have_value("")
    page.get_by_role("link", name="coordination").click()
    expect(page.get_by_role("textbox", name="Message #coordination")).to_have_value("unsent")


def test_mention_is_offered_and_answered_in_a_thread(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    box = page.get_by_role("textbox", name="Message #coordination")
    box.press_sequentially("@high")
    expect(page.get_by_role("option", name="@highlightbot")).to_be_visible()
    box.press("Enter")
    box.press_sequentially("latest")
    box.press("Enter")
    page.get_by_role("link", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread).to_contain_text("You said: @highlightbot latest")
    thread.get_by_role("textbox", name="Reply").fill("thanks")
    thread.get_by_role("button", name="Send reply").click()
    expect(thread).to_contain_text("2 replies")
    expect(page.get_by_role("main")).to_contain_text("2 replies")
    thread.get_by_role("link", name="Close thread").click()
    expect(thread).not_to_be_visible()


def test_unknown_command_is_refused_and_its_text_kept(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    send(page, "/nothing at all")
    expect(page.get_by_role("alert").filter(has_text="/nothing")).to_be_visible()
    box = page.get_by_role("textbox", name="Message #coordination")
    expect(box).to_have_value("/nothing at all")


def test_overflow_menu_and_select_act_and_the_message_is_updated(
    open_as: OpenAs, office: Office
) -> None:
    page = open_as(ASHA)
    send(page, "/report")
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menuitem", name="Later")).to_be_focused()
    office.slack.say(BEN.id, "C0COORD", "interrupting")
    expect(page.get_by_text("interrupting")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You chose Hand over.")).to_be_visible()
    page.get_by_role("combobox", name="Another area").select_option("Libraries")
    expect(page.get_by_text("Now for Libraries")).to_be_visible()
    expect(page.get_by_text("(edited)")).to_be_visible()
    expect(page.get_by_text("Your highlight report is due")).not_to_be_visible()


def test_home_tab_is_published_on_opening_and_its_inputs_act(
    open_as: OpenAs, office: Office
) -> None:
    page = open_as(ASHA, "home")
    expect(page.get_by_role("heading", name="Your areas")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Tuesday, June 23, 2020 at 12:00")
    page.route("**/do/fill", lambda route: route.abort())
    note = page.get_by_role("textbox", name="Quick note")
    note.fill("remember")
    published = office.slack.home_of(ASHA.id)
    assert published is not None
    draft = published.blocks[-1]
    sure = {name: plain(name) for name in ("title", "text", "confirm", "deny")}
    asked = button("write", "Ask", confirm=sure)

    def publish(text: str) -> None:
        section = {"type": "section", "block_id": "s", "text": plain(text), "accessory": asked}
        view = {"type": "home", "blocks": [section, draft]}
        office.slack.installation.views.publish(ASHA.id, view)
        expect(page.get_by_text(text)).to_be_attached()

    publish("Anew")
    expect(note).to_have_value("remember")
    with page.expect_response("**/do/click"):
        page.keyboard.press("Enter")
    actions = [one for one in office.slack.log.entries(0) if one.name == "block_actions"]
    assert actions[-1].request["actions"][0]["value"] == "remember"
    page.get_by_role("button", name="Ask").click()
    publish("Once more")
    page.get_by_role("button", name="confirm").click()
    expect(page.get_by_role("dialog", name="Highlight report")).to_be_visible()


def test_options_are_asked_for_while_one_types(open_as: OpenAs) -> None:
    page = open_as(ASHA, "home")
    page.get_by_role("button", name="Open people").click()
    dialog = page.get_by_role("dialog", name="People")
    search = dialog.get_by_role("searchbox", name="Search Author")
    expect(search).to_be_focused()
    page.keyboard.type("am")
    author = dialog.get_by_role("combobox", name="Author")
    expect(author.locator("optgroup[label=Team] option")).to_have_text(["Amber", "Ambrose"])
    author.select_option(label="Ambrose")
    search.fill("bi")
    expect(author.locator("option")).to_have_text(["Choose an option", "Ambrose", "Birch"])
    expect(author.locator("option:checked")).to_have_text("Ambrose")

    readers = dialog.get_by_role("group", name="Readers")
    readers.get_by_role("searchbox").focus()
    expect(readers.get_by_role("checkbox")).to_have_count(3)
    readers.get_by_label("Birch").check()
    readers.get_by_role("searchbox").fill("amber")
    expect(readers.get_by_role("checkbox")).to_have_count(2)
    readers.get_by_label("Amber").check()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_be_hidden()
    (state,) = SUBMITTED
    assert state["one"]["one"]["selected_option"]["value"] == "ambrose"
    chosen = [option["value"] for option in state["some"]["some"]["selected_options"]]
    assert chosen == ["birch", "amber"]


def test_clock_jumps_and_moves_on(open_as: OpenAs, office: Office) -> None:
    page = open_as(ASHA)
    clock = page.get_by_role("group", name="Clock")
    expect(clock).to_contain_text("Friday 19 June 2020, 09:00")
    clock.get_by_role("button", name="To the cut-off").click()
    expect(clock).to_contain_text("Tuesday 23 June 2020, 12:00")
    assert office.slack.clock.now() == CUT_OFF
    clock.get_by_role("button", name="+1 hour").click()
    expect(clock).to_contain_text("Tuesday 23 June 2020, 13:00")
    clock.get_by_role("button", name="+1 day").click()
    expect(clock).to_contain_text("Wednesday 24 June 2020, 13:00")


def test_every_window_shows_the_time_that_one_jumps_to(open_as: OpenAs, office: Office) -> None:
    asha, ben = open_as(ASHA), open_as(BEN, "home")
    asha.get_by_role("button", name="To the cut-off").click()
    for page, shown in (
        (asha, "Tuesday 23 June 2020, 12:00"),
        (ben, "Tuesday 23 June 2020, 07:00"),
    ):
        expect(page.get_by_role("group", name="Clock")).to_contain_text(shown)
    office.slack.clock.move_to(START)
    expect(ben.get_by_role("group", name="Clock")).to_contain_text("Friday 19 June 2020, 04:00")


def test_log_shows_calls_and_is_filtered(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    send(page, "/report")
    expect(page.get_by_role("button", name="Write report")).to_be_visible()
    page.get_by_role("button", name="Log").click()
    log = page.get_by_role("region", name="Log")
    call = log.get_by_role("listitem").filter(has_text="chat.postMessage")
    call.locator("summary").click()
    expect(call).to_contain_text("Your highlight report is due")
    log.get_by_label("Filter").fill("no such thing")
    expect(call).not_to_be_visible()
    log.get_by_role("button", name="Close the log").click()
    expect(page.get_by_role("button", name="Log")).to_be_focused()


def test_phone_has_everything_behind_one_button(open_as: OpenAs) -> None:
    page = open_as(ASHA)
    page.set_viewport_size({"width": 390, "height": 844})
    tea = page.get_by_role("link", name="tea")
    expect(tea).not_to_be_visible()
    page.get_by_role("button", name="Channels").click()
    tea.click()
    expect(page.get_by_role("heading", name="#tea")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    open_page = open_as(ASHA)
    open_page.set_viewport_size({"width": 390, "height": 844})
    open_report(open_page)
    assert (
        open_page.evaluate("document.querySelector('#modal').getBoundingClientRect().width") <= 390
    )


def test_whole_page_weighs_less_than_150_kilobytes(office: Office) -> None:
    for number in range(200):
        office.slack.say(ASHA.id, "C0COORD", f"Message {number} of a busy channel")
    html = urlopen(office.url).read()
    assert b"140 more" in html
    linked = re.findall(rb'(?:href|src)="(/static/[^"]+)"', html)
    scripts = {b"/static/page.js"}
    weight = len(html) + sum(len(urlopen(office.url + one.decode()[1:]).read()) for one in linked)
    waiting = [b"/static/page.js"]
    while waiting:
        source = urlopen(office.url + waiting.pop().decode()[1:]).read()
        found = {b"/static/" + name for name in re.findall(rb'from "\./([\w.]+)"', source)}
        new = found - scripts
        weight += sum(len(urlopen(office.url + one.decode()[1:]).read()) for one in new)
        scripts |= new
        waiting += new
    assert {b"/static/editor.js", b"/static/paste.js"} <= scripts
    assert weight < 150_000
