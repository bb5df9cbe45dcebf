"""Blocks and elements as HTML: whole, and with nothing that a bot writes as markup."""

import json
import re
from typing import Any

import pytest

from highlightbot.playground.page.answers import find_element
from highlightbot.playground.page.blocks import block
from highlightbot.playground.page.place import Place
from tests.playground.page.office import seen_by_asha

HOSTILE = "\"><script>alert(1)</script>'&"


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> dict[str, Any]:
    return {"text": plain(text), "value": value}


def drawn(shown: dict[str, Any], **place: Any) -> str:
    return str(block({"block_id": "b", **shown}, Place("v", seen_by_asha(), **place)))


@pytest.mark.parametrize(
    ("shown", "html"),
    [
        ({"type": "header", "text": plain("Due")}, '<h3 dir="auto">Due</h3>'),
        ({"type": "divider"}, "<hr>"),
        ({"type": "section", "text": mrkdwn("*a*"), "fields": [plain("b"), mrkdwn("c")]},
         '<div class="body"><div class="text" dir="auto"><strong>a</strong></div>'
         '<div class="fields"><div dir="auto">b</div><div dir="auto">c</div></div></div>'),
        ({"type": "context", "elements": [
            {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A"},
            mrkdwn("b")]},
         '<img src="https://example.com/a.png" alt="A" class="tiny" loading="lazy"'
         ' referrerpolicy="no-referrer"><span>b</span>'),
        ({"type": "actions", "elements": [
            {"type": "button", "action_id": "go", "text": plain("Go"), "style": "primary"}]},
         '<button type="button" id="v.b.go" data-block="b" data-action="go" data-type="button"'
         ' class="button primary">Go</button>'),
        ({"type": "image", "image_url": "javascript:x", "alt_text": "A", "title": plain("T")},
         '<figure><figcaption>T</figcaption><span class="picture missing-image">A</span></figure>'),
        ({"type": "alert", "text": plain("Careful"), "level": "warning"},
         '<div class="alert-box warning"><span class="emoji">⚠️ </span><span>Careful</span></div>'),
        ({"type": "table", "rows": [[{"type": "raw_text", "text": "a"}],
                                    [{"type": "raw_text", "text": "1"}]],
          "column_settings": [{"align": "right", "is_wrapped": True}]},
         '<div class="table-box" role="region" aria-label="Table" tabindex="0"><table><thead><tr>'
         '<th scope="col" class="right">a</th></tr></thead><tbody><tr><td class="right">1</td></tr>'
         "</tbody></table></div>"),
        ({"type": "data_table", "caption": "Who", "row_header_column_index": 0, "rows": [
            [{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "n"}],
            [{"type": "raw_text", "text": "x"}, {"type": "raw_number", "value": 2, "text": "2"}]]},
         '<div class="table-box" role="region" aria-label="Who" tabindex="0"><table>'
         '<caption>Who</caption><thead><tr><th scope="col" class="left unwrapped">a</th>'
         '<th scope="col" class="left unwrapped">n</th></tr></thead><tbody><tr>'
         '<th scope="row" class="left unwrapped">x</th><td class="right unwrapped">2</td></tr>'
         "</tbody></table></div>"),
        ({"type": "video", "title": plain("V"), "video_url": "https://example.com/v",
          "thumbnail_url": "https://example.com/t.png", "alt_text": "A"},
         '<figure><figcaption><a href="https://example.com/v" target="_blank"'
         ' rel="noopener noreferrer">V</a></figcaption><img src="https://example.com/t.png"'
         ' alt="A" class="picture" loading="lazy" referrerpolicy="no-referrer"><div>'
         '<a href="https://example.com/v" target="_blank" rel="noopener noreferrer">'
         "▶ Watch the video</a></div></figure>"),
        ({"type": "file", "external_id": "F1", "source": "remote"},
         "<p>📄 <strong>F1</strong> (remote file)</p>"),
        ({"type": "invented"}, '<p class="unsupported">[invented]</p>'),
    ],
)  # fmt: skip
def test_block(shown: dict[str, Any], html: str) -> None:
    assert drawn(shown) == html


def test_input_has_label_hint_and_problem() -> None:
    shown = {
        "type": "input", "label": plain("Headline"), "hint": plain("One line"), "optional": True,
        "element": {"type": "plain_text_input", "action_id": "a", "placeholder": plain("Here")},
    }  # fmt: skip
    entered = {"b": {"a": {"type": "plain_text_input", "value": 'so "far"'}}}
    assert drawn(shown, state=entered, errors={"b": "Too bad"}) == (
        '<label for="v.b.a" id="v.b.a.label">Headline</label>'
        '<span class="optional" id="v.b.a.optional">(optional)</span>'
        '<input type="text" value="so &#34;far&#34;" autocomplete="off" id="v.b.a" class="field"'
        ' placeholder="Here" aria-describedby="v.b.a.optional v.b.a.hint v.b.a.problem"'
        ' data-block="b" data-action="a" data-type="plain_text_input" dir="auto">'
        '<p class="problem" id="v.b.a.problem">Too bad</p>'
        '<p class="hint" id="v.b.a.hint">One line</p>'
    )


def test_input_of_radio_buttons_is_a_labelled_group() -> None:
    shown = {
        "type": "input", "label": plain("Size"),
        "element": {"type": "radio_buttons", "action_id": "a",
                    "options": [option("S", "s")], "initial_option": option("S", "s")},
    }  # fmt: skip
    assert drawn(shown) == (
        '<fieldset aria-describedby="v.b.a.problem" role="radiogroup" aria-required="true">'
        "<legend>Size</legend>"
        '<div id="v.b.a" class="options" data-block="b" data-action="a" data-type="radio_buttons">'
        '<label class="option"><input type="radio" name="v.b.a" id="v.b.a.0" value="s" checked>'
        "<span>S</span></label></div>"
        '<p class="problem" id="v.b.a.problem" hidden></p></fieldset>'
    )


def test_multiline_text_keeps_leading_line_breaks() -> None:
    shown = {
        "type": "input", "label": plain("L"),
        "element": {"type": "plain_text_input", "action_id": "a", "multiline": True,
                    "initial_value": "\n\na "},
    }  # fmt: skip
    assert re.search(r"<textarea[^>]*>(.*)</textarea>", drawn(shown), re.DOTALL)[1] == "\n\n\na "


@pytest.mark.parametrize(
    ("element", "config", "acts"),
    [
        ("plain_text_input", {}, "enter"),
        ("plain_text_input",
         {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}, "character"),
        ("rich_text_input",
         {"dispatch_action_config":
          {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}},
         "enter character"),
        ("datepicker", {}, "change"),
        ("users_select", {}, "change"),
    ],
)  # fmt: skip
def test_input_with_dispatch_action_says_when(
    element: str, config: dict[str, Any], acts: str
) -> None:
    shown = {
        "type": "input", "label": plain("L"), "dispatch_action": True,
        "element": {"type": element, "action_id": "a", **config},
    }  # fmt: skip
    assert re.findall(r'data-acts="([^"]*)"', drawn(shown)) == [acts]


def test_select_offers_groups_people_and_channels() -> None:
    def options(element: dict[str, Any]) -> list[tuple[str, str]]:
        html = drawn({"type": "actions", "elements": [{"action_id": "a", **element}]})
        return re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', html)

    blank = ("", "Choose an option")
    group = {"label": plain("G"), "options": [option("One", "1")]}
    assert options({"type": "static_select", "option_groups": [group]}) == [blank, ("1", "One")]
    assert options({"type": "users_select"}) == [
        blank, ("U0ASHA", "Asha Example"), ("U0BEN", "Ben Sample"), ("U0HIGHLIGHT", "highlightbot"),
    ]  # fmt: skip
    assert options({"type": "channels_select"}) == [
        blank, ("C0COORD", "#coordination"), ("C0TEA", "#tea"),
    ]  # fmt: skip


HOSTILE_ELEMENTS = [
    {"type": "button", "text": plain(HOSTILE), "value": HOSTILE, "url": "https://example.com/",
     "accessibility_label": HOSTILE, "confirm": {"title": plain(HOSTILE), "text": plain(HOSTILE)}},
    {"type": "overflow", "options": [option(HOSTILE, HOSTILE)]},
    {"type": "static_select", "placeholder": plain(HOSTILE), "options": [option(HOSTILE, HOSTILE)]},
    {"type": "multi_static_select", "options": [option(HOSTILE, HOSTILE)]},
    {"type": "checkboxes", "options": [
        {"text": mrkdwn(HOSTILE), "value": HOSTILE, "description": plain(HOSTILE)}]},
    {"type": "radio_buttons", "options": [option(HOSTILE, HOSTILE)]},
    {"type": "datepicker", "initial_date": HOSTILE, "placeholder": plain(HOSTILE)},
    {"type": "plain_text_input", "initial_value": HOSTILE, "multiline": True},
    {"type": "rich_text_input", "initial_value": {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": HOSTILE}]}]}},
    {"type": "icon_button", "icon": "trash", "text": plain(HOSTILE)},
    {"type": "feedback_buttons", "positive_button": {"text": plain(HOSTILE), "value": HOSTILE},
     "negative_button": {"text": plain(HOSTILE), "value": HOSTILE}},
    {"type": HOSTILE},
]  # fmt: skip


@pytest.mark.parametrize("element", HOSTILE_ELEMENTS, ids=lambda element: str(element["type"]))
def test_hostile_text_in_an_element_stays_text(element: dict[str, Any]) -> None:
    element = {"action_id": HOSTILE, **element}
    acting = drawn({"type": "actions", "elements": [element], "block_id": HOSTILE})
    within = drawn({"type": "input", "label": plain(HOSTILE), "hint": plain(HOSTILE),
                    "element": element, "block_id": HOSTILE})  # fmt: skip
    for html in (acting, within):
        assert "<script" not in html
        assert not re.search(r"[\s\"'](on\w+)=", html)
        assert html.count("<") == html.count(">")


def test_confirmation_is_handed_to_the_script_as_json() -> None:
    button = {"type": "button", "action_id": "a", "text": plain("Go"), "confirm": {
        "title": plain("Sure?"), "text": mrkdwn("*Very*"), "confirm": plain("Yes"),
        "deny": plain("No"), "style": "danger"}}  # fmt: skip
    html = drawn({"type": "actions", "elements": [button]})
    found = re.search(r'data-confirm="([^"]*)"', html)
    assert found is not None
    assert json.loads(found[1].replace("&#34;", '"')) == {
        "title": "Sure?", "text": "*Very*", "confirm": "Yes", "deny": "No", "style": "danger",
    }  # fmt: skip


def test_container_card_carousel_and_plan_draw_their_parts() -> None:
    card = {"type": "card", "title": plain("T"), "body": mrkdwn("*B*"), "actions": [
        {"type": "button", "action_id": "a", "text": plain("Go")}]}  # fmt: skip
    for shown in (
        card,
        {"type": "carousel", "elements": [card]},
        {"type": "container", "title": plain("C"), "child_blocks": [{"block_id": "c", **card}]},
    ):
        html = drawn(shown)
        assert "<strong>T</strong>" in html
        assert 'data-action="a"' in html
    plan = {"type": "plan", "title": "P", "tasks": [
        {"type": "task_card", "task_id": "1", "title": "Do it", "status": "complete"}]}  # fmt: skip
    assert drawn(plan) == (
        '<strong>P</strong><div class="card-box"><strong>✓ Do it</strong>'
        "<small> complete</small></div>"
    )


def test_chart_is_drawn_as_the_table_of_its_figures() -> None:
    series = [{"name": "In", "data": [{"label": "May", "value": 4}, {"label": "June", "value": 5}]},
              {"name": "Out", "data": [{"label": "June", "value": 1}]}]  # fmt: skip
    axes = {"categories": ["May", "June"], "x_label": "Month"}
    html = drawn({"type": "data_visualization", "title": "Reports",
                  "chart": {"type": "bar", "series": series, "axis_config": axes}})  # fmt: skip
    cells = re.findall(r"<t[hd] [^>]*>([^<]*)<", html)
    assert cells == ["Month", "In", "Out", "May", "4", "", "June", "5", "1"]
    assert "<caption>Reports (bar chart)</caption>" in html
    pie = {"type": "pie", "segments": [{"label": "In", "value": 4}]}
    html = drawn({"type": "data_visualization", "title": "Reports", "chart": pie})
    assert re.findall(r"<t[hd] [^>]*>([^<]*)<", html) == ["", "Value", "In", "4"]


def test_button_in_a_data_table_is_drawn_and_found() -> None:
    button = {"type": "button", "action_id": "go", "text": plain("Go")}
    shown = {"type": "data_table", "block_id": "b", "caption": "c", "rows": [
        [{"type": "raw_text", "text": "a"}], [{"type": "action", "element": button}]]}  # fmt: skip
    assert 'data-action="go"' in drawn(shown)
    assert find_element([shown], "b", "go") == button


def test_editor_is_told_what_mentioned_people_and_channels_are_called() -> None:
    mentions = [{"type": "user", "user_id": "U0BEN"}, {"type": "channel", "channel_id": "C0TEA"}]
    text = {"type": "rich_text", "elements": [
        {"type": "rich_text_section", "elements": mentions}]}  # fmt: skip
    html = drawn({"type": "input", "label": plain("L"), "element": {
        "type": "rich_text_input", "action_id": "a", "initial_value": text}})  # fmt: skip
    found = re.search(r'data-names="([^"]*)"', html)
    assert found is not None
    assert json.loads(found[1].replace("&#34;", '"')) == {"U0BEN": "Ben Sample", "C0TEA": "tea"}
