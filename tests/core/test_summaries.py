from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highlightbot.core.rich_text import RichText
from highlightbot.core.summaries import (
    AreaLine,
    AreaState,
    AreaText,
    SectionDigest,
    Summary,
    compile_summary,
    headline_of,
    shorten,
)
from tests.builders import PERIOD, revision, roster, section

IN, NIL, LATE, MISSING, EXCUSED = AreaState
A_DAY = timedelta(days=1)


def plain(text: str) -> RichText:
    return RichText.from_plain(text)


def test_compile_summary_of_a_whole_period() -> None:
    reports = [
        revision("Museums", {"activity": "Reopened.", "finance": None}),
        revision("Libraries", {"activity": "New van.", "finance": "£5 over."}, headline="Van!"),
        revision("Parks", {"activity": None, "finance": None}),
        revision(
            "Housing", {"activity": "Late.", "finance": None}, after_cut_off=timedelta(days=1)
        ),
    ]
    areas = roster("Libraries", "Museums", "Parks", "Housing", "Sport")
    summary = compile_summary("Highlights", PERIOD, 2, areas, reports)
    assert summary == Summary(
        "Highlights",
        PERIOD,
        2,
        (
            AreaLine("Libraries", IN, "Van!"),
            AreaLine("Museums", IN, "Reopened."),
            AreaLine("Parks", NIL, "Nothing to report"),
            AreaLine("Housing", LATE, "Late."),
            AreaLine("Sport", MISSING),
        ),
        (
            SectionDigest(
                section("activity"),
                (
                    AreaText("Libraries", plain("New van.")),
                    AreaText("Museums", plain("Reopened.")),
                    AreaText("Housing", plain("Late.")),
                ),
                ("Parks",),
            ),
            SectionDigest(
                section("finance"),
                (AreaText("Libraries", plain("£5 over.")),),
                ("Museums", "Parks", "Housing"),
            ),
        ),
    )
    assert (summary.received, summary.missing) == (4, ("Sport",))


def test_an_excused_area_is_neither_missing_nor_expected_and_may_be_in_all_the_same() -> None:
    areas = roster("Libraries", "Parks", "Housing")
    reports = [revision("Parks", {"activity": "Mown."})]
    summary = compile_summary("Highlights", PERIOD, 1, areas, reports, roster("Libraries", "Parks"))
    assert summary.lines == (
        AreaLine("Libraries", EXCUSED),
        AreaLine("Parks", IN, "Mown."),
        AreaLine("Housing", MISSING),
    )
    assert (summary.excused, summary.missing) == (("Libraries",), ("Housing",))
    assert (summary.received, summary.expected) == (1, 2)


def test_compile_summary_of_nothing_names_all_as_missing() -> None:
    summary = compile_summary("Highlights", PERIOD, 1, roster("Libraries", "Parks"), [])
    assert summary.missing == ("Libraries", "Parks")
    assert (summary.received, summary.sections) == (0, ())


def test_compile_summary_puts_areas_that_are_not_on_the_roster_last() -> None:
    reports = [revision("Closed Area", {"a": "x"}), revision("Libraries", {"a": "y"})]
    summary = compile_summary("Highlights", PERIOD, 1, roster("Libraries"), reports)
    assert [line.area for line in summary.lines] == ["Libraries", "Closed Area"]
    assert [text.area for text in summary.sections[0].texts] == ["Libraries", "Closed Area"]


def test_compile_summary_tells_areas_of_one_name_apart() -> None:
    reports = [
        replace(revision("Youth", {"a": "south"}), area_id=2),
        replace(revision("Youth", {"a": "north"}), area_id=1),
        replace(revision("Youth", {"a": "west"}), area_id=3),
    ]
    summary = compile_summary("Highlights", PERIOD, 1, {1: "Youth", 2: "Youth"}, reports)
    assert [line.line for line in summary.lines] == ["north", "south", "west"]
    assert [text.text.plain for text in summary.sections[0].texts] == ["north", "south", "west"]


def test_compile_summary_keeps_the_order_of_forms_where_a_report_lacks_a_section() -> None:
    reports = [
        revision("One", {"a": "x", "d": "x"}),
        revision("Two", {"a": "x", "b": "x", "c": "x", "d": "x", "e": "x"}),
        revision("Three", {"0": "x", "c": "x", "c2": "x"}),
    ]
    summary = compile_summary("Highlights", PERIOD, 1, roster("One", "Two", "Three"), reports)
    keys = [digest.section.key for digest in summary.sections]
    assert keys == ["0", "a", "b", "c", "c2", "d", "e"]


def test_compile_summary_leaves_out_sections_in_which_nobody_said_anything() -> None:
    reports = [revision("One", {"a": "x", "b": "  "}), revision("Two", {"a": " ", "b": ""})]
    summary = compile_summary("Highlights", PERIOD, 1, roster("One", "Two"), reports)
    assert summary.sections == (SectionDigest(section("a"), (AreaText("One", plain("x")),), ()),)


@pytest.mark.parametrize(
    ("headline", "answers", "line"),
    [
        ("Two\n lines", {"a": "x"}, "Two lines"),
        ("  ", {"a": None, "b": "", "c": "First\nnews"}, "First news"),
        ("", {"a": None, "b": None}, "Nothing to report"),
        ("", {"a": None, "b": " "}, ""),
        ("", {"a": "word " * 100}, f"{('word ' * 30).strip()}…"),
    ],
)
def test_headline_of_is_one_line(headline: str, answers: dict[str, str | None], line: str) -> None:
    assert headline_of(revision("Libraries", answers, headline=headline)) == line


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("one two", 7, "one two"),
        ("one two three", 8, "one two…"),
        ("one two three", 9, "one two…"),
        ("one two three", 7, "one…"),
        ("  one\n\ttwo  ", 20, "one two"),
        ("unbreakable", 6, "unbre…"),
        ("a unbreakable", 8, "a unbre…"),
        ("", 5, ""),
    ],
)
def test_shorten_cuts_at_the_end_of_a_word(text: str, length: int, short: str) -> None:
    assert shorten(text, length) == short


@settings(deadline=None)
@given(st.text(max_size=400), st.integers(1, 200))
def test_shorten_never_exceeds_the_length(text: str, length: int) -> None:
    assert len(shorten(text, length)) <= length
