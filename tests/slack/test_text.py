"""Cutting to length loses nothing."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from highlightbot.core.rich_text import Listing, Passage, RichText, Span
from highlightbot.slack.text import (
    clip,
    clip_rich,
    escape,
    length,
    spell_out,
    split,
    weight,
)
from tests.slack.test_rich_text import texts
from tests.slack.values import AWKWARD


def characters(text: RichText) -> str:
    runs = (
        run
        for block in text.blocks
        for run in (block.items if isinstance(block, Listing) else (block.spans,))
    )
    return "".join(span.text for run in runs for span in run)


def pieces(text: RichText, limit: int) -> Iterator[RichText]:
    """The whole text, split as often as it takes."""
    while text.blocks:
        piece, text = split(text, limit)
        yield piece


def test_length_counts_utf_16_units():
    assert [length(text) for text in ("", "abc", "\N{GRINNING FACE}é")] == [0, 3, 3]


@given(st.text(), st.integers(1, 40))
def test_clipped_text_fits(text, limit):
    assert length(clip(text, limit)) <= limit


def test_clip_cuts_at_a_word_and_shows_it():
    assert clip("The quick brown fox", 12) == "The quick…"
    assert clip("The quick", 9) == "The quick"


def test_escape_takes_slack_its_signs():
    assert escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


@given(texts, st.integers(60, 200))
def test_pieces_fit_and_lose_nothing(text, limit):
    cut = list(pieces(text, limit))
    assert [weight(piece) for piece in cut if weight(piece) > limit] == []
    assert "".join(map(characters, cut)) == characters(text)


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_pieces_of_awkward_text_fit_and_lose_nothing(text):
    cut = list(pieces(RichText.from_plain(text), 9000))
    assert max(map(weight, cut)) <= 9000
    assert "".join(map(characters, cut)) == text


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("One thing.\n\nAnother thing. More", "One thing.\n\n"),
        ("One thing more\nAnother thing", "One thing more\n"),
        ("One thing more. Another thing", "One thing more. "),
        ("One thing more and another", "One thing more and "),
        ("Onethingmoreandanotherthing", "Onethingmoreandanoth"),
    ],
)
def test_split_is_at_the_end_of_the_largest_unit(text, head):
    assert split(RichText.from_plain(text), 20) == (
        RichText.from_plain(head),
        RichText.from_plain(text.removeprefix(head)),
    )


def test_split_keeps_a_link_on_both_sides():
    link = Span("a longer name of a link", link="https://example.org")
    head, rest = split(RichText((Passage((link,)),)), 19 + 10)
    assert (head, rest) == (
        RichText((Passage((Span("a longer ", link=link.link),)),)),
        RichText((Passage((Span("name of a link", link=link.link),)),)),
    )


def test_a_long_link_is_spelled_out_and_a_short_one_stays():
    long, short = f"https://example.org/{'x' * 90}", "https://example.org/"
    spans = (Span("here", bold=True, link=long), Span("there", link=short), Span(long, link=long))
    told = (Span(f"here ({long})", bold=True), Span("there", link=short), Span(long))
    assert spell_out(RichText((Passage(spans), Listing((spans,)))), 100) == RichText(
        (Passage(told), Listing((told,)))
    )


def test_split_is_between_list_items():
    text = RichText((Listing(((Span("first"),), (Span("second"),), (Span("third"),))),))
    assert split(text, 14) == (
        RichText((Listing(((Span("first"),), (Span("second"),))),)),
        RichText((Listing(((Span("third"),),)),)),
    )


ITEMS = ((Span("first"),), (Span("second"),), (Span("third"),))


@pytest.mark.parametrize(
    ("limit", "head", "rest"),
    [
        (14, ITEMS[:2], Listing(ITEMS[2:], ordered=True, start=6)),
        # An item in two pieces has its number over both; one that is whole is done with.
        (5, ((Span("firs"),),), Listing(((Span("t"),), *ITEMS[1:]), ordered=True, start=4)),
        (6, ITEMS[:1], Listing(ITEMS[1:], ordered=True, start=5)),
    ],
)
def test_numbers_go_on_where_a_list_is_cut(limit, head, rest):
    assert split(RichText((Listing(ITEMS, ordered=True, start=4),)), limit) == (
        RichText((Listing(head, ordered=True, start=4),)),
        RichText((rest,)),
    )


def test_clipped_rich_text_says_so():
    text = RichText.from_plain("One thing.\n\nAnother thing.")
    assert clip_rich(text, 100) == text
    assert clip_rich(text, 15).plain == "One thing.\n\n\n…"
