"""The rich-text editor in Chromium: typed, pasted, undone, and to and from Slack's JSON exactly."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.playground.page.conftest import opened_office
from tests.playground.page.office import ASHA

pytestmark = pytest.mark.page

_READ = """async () => {
  const { richTextOf } = await import("/static/editor.js");
  return richTextOf(document.querySelector("#modal .lines"));
}"""
_ROUND = """async (block) => {
  const { fromRichText, toRichText } = await import("/static/lines.js");
  const { draw, readLines } = await import("/static/editor_dom.js");
  const box = document.createElement("div");
  draw(box, fromRichText(block));
  return toRichText(readLines(box));
}"""
_PASTE = """(data) => {
  const clipboardData = new DataTransfer();
  for (const [type, value] of Object.entries(data)) clipboardData.setData(type, value);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p {color: red}</style></head><body><!--StartFragment-->
<p class=MsoNormal><b><span style='mso-bidi-font-weight:normal'>Guidance</span></b><span> to
schools<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Opened</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o
</span><i>Slowly</i></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>
&nbsp;</span></span>First</p>
<!--EndFragment--></body></html>"""


@pytest.fixture(scope="module")
def page(browser_context: BrowserContext) -> Iterator[Page]:
    """A channel with a button that opens the modal."""
    with opened_office() as office, browser_context.new_page() as page:
        office.slack.run_command(ASHA.id, "C0COORD", "/report", "")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{office.url}?as={ASHA.id}&in=C0COORD")
        yield page
        assert errors == []


@pytest.fixture
def editor(page: Page) -> Iterator[Page]:
    """The page with the cursor in the editor of a newly opened modal."""
    page.get_by_role("button", name="Write report").click()
    page.get_by_role("textbox", name="Recovery activity").click()
    yield page
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("dialog").wait_for(state="hidden")


def type_lines(page: Page, *lines: str) -> None:
    for number, line in enumerate(lines):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(line)


def text(words: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def listed(style: str, *items: Any, indent: int = 0, **more: int) -> dict[str, Any]:
    sections = [section(*([text(item)] if isinstance(item, str) else item)) for item in items]
    return {
        "type": "rich_text_list", "elements": sections, "style": style, "indent": indent,
        **more, "border": 0,
    }  # fmt: skip


def quote(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_quote", "elements": list(elements)}


def preformatted(words: str) -> dict[str, Any]:
    return {"type": "rich_text_preformatted", "elements": [text(words)], "border": 0}


def rich(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(parts)}


def test_empty_editor_holds_nothing(editor: Page) -> None:
    assert editor.evaluate(_READ) is None


def test_typed_paragraphs_and_blank_lines_are_kept(editor: Page) -> None:
    type_lines(editor, "One", "", "", "  Two  ", "مرحبا 👋🏽")
    assert editor.evaluate(_READ) == rich(section(text("One\n\n\n  Two  \nمرحبا 👋🏽")))


def test_shortcuts_and_toolbar_mark_what_is_typed_and_selected(editor: Page) -> None:
    editor.keyboard.press("Control+b")
    assert editor.get_by_role("button", name="Bold").get_attribute("aria-pressed") == "true"
    editor.keyboard.type("bold")
    editor.keyboard.press("Control+b")
    editor.keyboard.type(" plain")
    editor.keyboard.press("Control+Shift+ArrowLeft")
    editor.get_by_role("button", name="Italic").click()
    editor.get_by_role("button", name="Strikethrough").click()
    assert editor.evaluate(_READ) == rich(
        section(text("bold", bold=True), text(" "), text("plain", italic=True, strike=True))
    )


def test_lists_are_typed_indented_and_left(editor: Page) -> None:
    type_lines(editor, "Done:", "- one", "two")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Tab")
    type_lines(editor, "deeper", "", "three", "", "after")
    assert editor.evaluate(_READ) == rich(
        section(text("Done:\n")),
        listed("bullet", "one", "two"),
        listed("bullet", "deeper", indent=1),
        listed("bullet", "three"),
        section(text("after")),
    )


def test_numbers_go_on_after_deeper_items(editor: Page) -> None:
    type_lines(editor, "1. one")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Tab")
    type_lines(editor, "in", "", "two")
    assert editor.evaluate(_READ) == rich(
        listed("ordered", "one"),
        listed("ordered", "in", indent=1),
        listed("ordered", "two", offset=1),
    )
    numbers = "[...document.querySelectorAll('.line')].map((one) => one.dataset.number)"
    assert editor.evaluate(numbers) == ["1", "1", "2"]


def test_quote_and_code_block_buttons_change_the_selected_lines(editor: Page) -> None:
    type_lines(editor, "said", "so", "code")
    editor.get_by_role("button", name="Code block").click()
    assert editor.get_by_role("button", name="Code block").get_attribute("aria-pressed") == "true"
    editor.keyboard.press("ArrowUp")
    editor.keyboard.press("Home")
    editor.keyboard.press("Shift+ArrowUp")
    editor.get_by_role("button", name="Quote").click()
    assert editor.evaluate(_READ) == rich(quote(text("said\nso")), preformatted("code"))


def test_backspace_at_the_start_leaves_the_list_and_then_joins_lines(editor: Page) -> None:
    type_lines(editor, "a", "- b")
    editor.keyboard.press("Home")
    editor.keyboard.press("Backspace")
    assert editor.evaluate(_READ) == rich(section(text("a\nb")))
    editor.keyboard.press("Backspace")
    editor.keyboard.type("-")
    assert editor.evaluate(_READ) == rich(section(text("a-b")))


def test_typing_over_a_selection_of_lines_replaces_it(editor: Page) -> None:
    type_lines(editor, "one", "two", "three")
    editor.keyboard.press("Control+a")
    editor.keyboard.type("x")
    assert editor.evaluate(_READ) == rich(section(text("x")))
    editor.keyboard.press("Control+a")
    editor.keyboard.press("Delete")
    assert editor.evaluate(_READ) is None


def test_undo_and_redo_go_through_typing_marks_and_lists(editor: Page) -> None:
    type_lines(editor, "word")
    editor.keyboard.press("Control+a")
    editor.keyboard.press("Control+b")
    editor.get_by_role("button", name="Bulleted list").click()
    bold = text("word", bold=True)
    assert editor.evaluate(_READ) == rich(listed("bullet", [bold]))
    editor.keyboard.press("Control+z")
    assert editor.evaluate(_READ) == rich(section(bold))
    editor.keyboard.press("Control+z")
    assert editor.evaluate(_READ) == rich(section(text("word")))
    editor.keyboard.press("Control+y")
    assert editor.evaluate(_READ) == rich(section(bold))


def test_link_is_set_on_the_selection_and_removed(editor: Page) -> None:
    type_lines(editor, "see here")
    editor.keyboard.press("Control+Shift+ArrowLeft")
    editor.get_by_role("button", name="Link").click()
    editor.get_by_role("textbox", name="Web address of the link").fill("example.com/a")
    editor.keyboard.press("Enter")
    link = {"type": "link", "url": "https://example.com/a", "text": "here"}
    assert editor.evaluate(_READ) == rich(section(text("see "), link))
    editor.get_by_role("button", name="Link").click()
    editor.get_by_role("button", name="Remove").click()
    assert editor.evaluate(_READ) == rich(section(text("see here")))


def test_word_paste_becomes_paragraphs_lists_and_emphasis(editor: Page) -> None:
    editor.evaluate(_PASTE, {"text/html": WORD, "text/plain": "ignored"})
    assert editor.evaluate(_READ) == rich(
        section(text("Guidance", bold=True), text(" to schools\n\n")),
        listed("bullet", "Opened"),
        listed("bullet", [text("Slowly", italic=True)], indent=1),
        listed("ordered", "First"),
    )


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("<h2>Head</h2><p>a<br>b</p>", [section(text("Head", bold=True), text("\na\nb"))]),
        ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>",
         [listed("bullet", "a"), listed("bullet", "b", indent=1), listed("bullet", "c")]),
        ("<b style='font-weight:normal'>a <span style='font-weight:700'>b</span></b>",
         [section(text("a "), text("b", bold=True))]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
         [section(text("a\tb\nc\td"))]),
        ("<a href='https://example.com/'>x</a><a href='javascript:y'>y</a>",
         [section({"type": "link", "url": "https://example.com/", "text": "x"}, text("y"))]),
        ("<pre>a\n  b</pre><blockquote>q</blockquote>",
         [preformatted("a\n  b"), quote(text("q"))]),
        ("<img src=x onerror='window.hacked = 1'><script>window.hacked = 1</script>safe",
         [section(text("safe"))]),
    ],
)  # fmt: skip
def test_html_paste(editor: Page, html: str, parts: list[dict[str, Any]]) -> None:
    editor.evaluate(_PASTE, {"text/html": html})
    assert editor.evaluate(_READ) == rich(*parts)
    assert editor.evaluate("window.hacked") is None


def test_plain_paste_is_kept_exactly_and_goes_where_the_cursor_is(editor: Page) -> None:
    type_lines(editor, "ab")
    editor.keyboard.press("ArrowLeft")
    editor.evaluate(_PASTE, {"text/plain": "1\r\n\r\n\r\n =cmd() <b> \u00a0\t2"})
    editor.keyboard.type("|")
    assert editor.evaluate(_READ) == rich(section(text("a1\n\n\n =cmd() <b> \u00a0\t2|b")))


def test_paste_of_forty_thousand_characters_is_kept(editor: Page) -> None:
    long = "\n".join("paragraph " + "x" * 390 for _ in range(100))
    editor.evaluate(_PASTE, {"text/plain": long})
    editor.keyboard.type("!")
    assert editor.evaluate(_READ) == rich(section(text(long + "!")))


@pytest.mark.parametrize(
    "parts",
    [
        [section(text("a"))],
        [section(text("\n\na\n\n\nb\n"))],
        [section(text("a\n\n")), listed("bullet", "b"), section(text("\nc"))],
        [section(text("\n")), quote(text("q\n\nr")), preformatted("x\n\n  y")],
        [listed("ordered", "a", "b"), listed("bullet", "c", indent=2), listed("ordered", "d",
         offset=2)],
        [listed("bullet", [text("a\nb")], [])],
        [section(text("x", bold=True, italic=True, strike=True, code=True), text("y"))],
        [section({"type": "user", "user_id": "U1"}, text(" "),
                 {"type": "emoji", "name": "tada", "unicode": "1f389"},
                 {"type": "channel", "channel_id": "C1"},
                 {"type": "broadcast", "range": "here"},
                 {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "then"})],
        [section({"type": "link", "url": "https://a.example/", "text": "a", "style":
                  {"bold": True}}, {"type": "link", "url": "https://b.example/"})],
        [section(text("שלום <b>&amp;</b> \u00a0 \t🎉👩‍👩‍👧"))],
    ],
)  # fmt: skip
def test_rich_text_goes_into_the_editor_and_out_unchanged(
    page: Page, parts: list[dict[str, Any]]
) -> None:
    assert page.evaluate(_ROUND, rich(*parts)) == rich(*parts)


def test_mentions_are_shown_by_name_and_kept_as_they_came(page: Page) -> None:
    person = {"type": "user", "user_id": "U0BEN"}
    place = {"type": "channel", "channel_id": "C0ELSE"}
    block = {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [person, place]}]}  # fmt: skip
    shown, kept = page.evaluate(
        """async (block) => {
          const { fromRichText, toRichText } = await import("/static/lines.js");
          const { draw, readLines } = await import("/static/editor_dom.js");
          const box = document.createElement("div");
          box.dataset.names = JSON.stringify({ U0BEN: "Ben Sample" });
          draw(box, fromRichText(block));
          return [box.textContent, toRichText(readLines(box))];
        }""",
        block,
    )
    assert shown == "@Ben Sample#C0ELSE"
    assert kept == block
