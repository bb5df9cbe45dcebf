"""What Slack's composer makes of typed text.

https://slack.com/help/articles/202288908-Format-your-messages
"""

from typing import Any

import pytest

from highlightbot.playground.composed import rich_text_of
from highlightbot.playground.emoji import character
from highlightbot.playground.rules import check_message


def text(words: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def listed(style: str, *items: str) -> dict[str, Any]:
    sections = [section(text(item)) for item in items]
    return {"type": "rich_text_list", "style": style, "indent": 0, "elements": sections}


TADA = {"type": "emoji", "name": "tada", "unicode": "1f389"}


@pytest.mark.parametrize(
    ("typed", "elements"),
    [
        ("plain", [section(text("plain"))]),
        ("a *b* _c_ ~d~", [section(
            text("a "), text("b", bold=True), text(" "), text("c", italic=True), text(" "),
            text("d", strike=True))]),
        ("*_both_*", [section(text("both", bold=True, italic=True))]),
        ("`*code* :tada:`", [section(text("*code* :tada:", code=True))]),
        ("2*3*4 snake_case_name * not *", [section(text("2*3*4 snake_case_name * not *"))]),
        ("done :tada: :no_such_one: 10:30:00", [section(
            text("done "), TADA, text(" :no_such_one: 10:30:00"))]),
        ("<@U0BEN> in <#C0TEA|tea>, <!here>", [section(
            {"type": "user", "user_id": "U0BEN"}, text(" in "),
            {"type": "channel", "channel_id": "C0TEA"}, text(", "),
            {"type": "broadcast", "range": "here"})]),
        ("&lt;b&gt; https://a.example/?x=1&amp;y=2.", [section(
            text("<b> "), {"type": "link", "url": "https://a.example/?x=1&y=2"}, text("."))]),
        ("one\ntwo", [section(text("one\ntwo"))]),
        ("- a\n- b\n1. c", [listed("bullet", "a", "b"), listed("ordered", "c")]),
        ("&gt; said\nthen", [{"type": "rich_text_quote", "elements": [text("said")]},
                             section(text("then"))]),
        ("so:\n```\nx *y*\n```", [section(text("so:")),
                                  {"type": "rich_text_preformatted", "elements": [text("x *y*")]}]),
    ],
)  # fmt: skip
def test_rich_text_of(typed: str, elements: list[dict[str, Any]]) -> None:
    assert rich_text_of(typed) == {"type": "rich_text", "elements": elements}


@pytest.mark.parametrize(
    "typed", ["```", "``````", "&gt;", "* ", "**", "\n\n", "<@>", ":", "*a\nb*"]
)
def test_whatever_is_typed_is_a_block_that_slack_accepts(typed: str) -> None:
    assert check_message({"text": "x", "blocks": [rich_text_of(typed)]}) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("tada", "🎉"),
        ("wave::skin-tone-4", "👋🏽"),
        ("flag-in", "🇮🇳"),
        ("octopus", "🐙"),
        ("latin_small_letter_a", None),
        ("no_such_one", None),
    ],
)
def test_emoji_by_their_names(name: str, shown: str | None) -> None:
    assert character(name) == shown
