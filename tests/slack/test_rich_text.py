"""Rich text survives the way to Slack and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from highlightbot.core.rich_text import Listing, Passage, Preformatted, Quotation, RichText, Span
from highlightbot.playground.rules import check_message
from highlightbot.slack.rich_text import canonical, from_slack, to_slack
from tests.slack.values import STYLED

spans = st.builds(
    Span,
    st.text(max_size=12),
    bold=st.booleans(),
    italic=st.booleans(),
    strike=st.booleans(),
    code=st.booleans(),
    link=st.none() | st.just("") | st.sampled_from(["https://example.org/a", "mailto:a@b.example"]),
)
runs = st.lists(spans, max_size=4).map(tuple)
texts = st.lists(
    st.builds(Passage, runs)
    | st.builds(Quotation, runs)
    | st.builds(Preformatted, runs)
    | st.builds(
        Listing,
        st.lists(runs, max_size=3).map(tuple),
        ordered=st.booleans(),
        level=st.integers(-1, 12),
        start=st.integers(-1, 4),
    ),
    max_size=5,
).map(lambda blocks: RichText(tuple(blocks)))


@given(texts)
def test_round_trip_gives_the_canonical_form(text):
    assert from_slack(to_slack(text).to_dict()) == canonical(text)


@given(texts)
def test_canonical_form_is_its_own(text):
    assert canonical(canonical(text)) == canonical(text)


@given(texts, st.booleans())
def test_block_is_one_that_slack_takes(text, quoted):
    assert check_message({"blocks": [to_slack(text, quoted=quoted).to_dict()]}) == []


def test_neighbouring_spans_of_one_style_become_one():
    text = RichText((Passage((Span("a"), Span(""), Span("b"), Span("c", bold=True))), Passage(())))
    assert canonical(text) == RichText((Passage((Span("ab"), Span("c", bold=True))),))


def test_ordered_list_goes_on_counting_after_a_deeper_one():
    item = ((Span("x"),),)
    text = RichText(
        (
            Listing(item * 2, ordered=True),
            Listing(item, level=1),
            Listing(item, ordered=True),
            Passage((Span("between"),)),
            Listing(item, ordered=True),
        )
    )
    elements = to_slack(text).to_dict()["elements"]
    assert [element.get("offset") for element in elements] == [None, None, 2, None, None]


def test_quoted_text_has_a_line_beside_everything():
    elements = to_slack(STYLED, quoted=True).to_dict()["elements"]
    assert [(element["type"], element.get("border")) for element in elements] == [
        ("rich_text_quote", None),
        ("rich_text_list", 1),
        ("rich_text_quote", None),
        ("rich_text_preformatted", 1),
    ]


@pytest.mark.parametrize(
    ("element", "span"),
    [
        ({"type": "text", "text": "a", "style": {"bold": True}}, Span("a", bold=True)),
        ({"type": "text", "text": "a", "style": {"underline": True}}, Span("a")),
        ({"type": "link", "url": "https://a.example"},
         Span("https://a.example", link="https://a.example")),
        ({"type": "link", "url": "https://a.example", "text": "there", "unsafe": True},
         Span("there", link="https://a.example")),
        ({"type": "user", "user_id": "U1"}, Span("@Name of U1")),
        ({"type": "user", "user_id": "U1", "style": {"italic": True}},
         Span("@Name of U1", italic=True)),
        ({"type": "usergroup", "usergroup_id": "S1"}, Span("@Name of S1")),
        ({"type": "team", "team_id": "T1"}, Span("@Name of T1")),
        ({"type": "channel", "channel_id": "C1"}, Span("#Name of C1")),
        ({"type": "broadcast", "range": "channel"}, Span("@channel")),
        ({"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fd"}, Span("\U0001f44b\U0001f3fd")),
        ({"type": "emoji", "name": "our_logo"}, Span(":our_logo:")),
        ({"type": "emoji", "name": "odd", "unicode": "zz"}, Span(":odd:")),
        ({"type": "emoji", "name": "odd", "unicode": "ffffffffff"}, Span(":odd:")),
        ({"type": "date", "timestamp": 1592910000, "format": "{date}", "fallback": "23 June"},
         Span("23 June")),
        ({"type": "date", "timestamp": 1592910000, "format": "{date}", "url": "https://a.example"},
         Span("2020-06-23 11:00 UTC", link="https://a.example")),
        ({"type": "color", "value": "#F405B3"}, Span("#F405B3")),
        ({"type": "canvas", "file_id": "F1"}, Span("[canvas]")),
        ({"type": "tag", "name": "urgent"}, Span("urgent")),
    ],
)  # fmt: skip
def test_element_becomes_text(element, span):
    section = {"type": "rich_text_section", "elements": [element]}
    assert from_slack(
        {"type": "rich_text", "elements": [section]}, lambda some_id: f"Name of {some_id}"
    ) == RichText((Passage((span,)),))


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"type": "rich_text", "elements": []},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": []}]},
    ],
)
def test_empty_value_is_an_empty_text(value):
    assert from_slack(value) == RichText()


def test_lists_keep_style_level_and_numbers_and_lose_the_border():
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}
    value = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [item]},
            {"type": "rich_text_list", "style": "ordered", "indent": 1, "border": 1, "offset": 2,
             "elements": [item, item]},
        ],
    }  # fmt: skip
    one = (Span("a"),)
    assert from_slack(value) == RichText(
        (Listing((one,)), Listing((one, one), ordered=True, level=1, start=3))
    )
