from dataclasses import replace
from pathlib import Path

import pytest

from highlightbot.core.rich_text import Listing, Passage, Quotation, Span
from highlightbot.importing import Doubt
from tests.importing.documents import add_link, word_with_head
from tests.importing.reports import read_word, with_rest, word_whole


@pytest.mark.parametrize("styled", [False, True])
def test_word_hidden_text_is_left_out_with_a_doubt(styled: bool, tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    paragraph = word.add_paragraph("Forty ")
    for text in ("but not ", "Ann "):
        hidden = paragraph.add_run(text, style="Emphasis" if styled else None)
        if not styled:
            hidden.font.hidden = True
    if styled:
        word.styles["Emphasis"].font.hidden = True
    paragraph.add_run("came.")

    report = read_word(with_rest(word), tmp_path)

    assert report == replace(
        word_whole(Passage((Span("Forty came."),))),
        doubts=(Doubt(6, "Hidden text is left out: “but not Ann”."),),
    )


def test_word_emphasis_and_links_are_kept(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("VISITORS")
    paragraph = word.add_paragraph("Some ")
    paragraph.add_run("came").bold = True
    paragraph.add_run(" late").bold = True
    paragraph.add_run(", ")
    paragraph.add_run("some", style="Emphasis")
    paragraph.add_run(" left").font.strike = True
    paragraph.add_run(": ")
    add_link(paragraph, "see", "https://museum.example.org/a")
    add_link(paragraph, "here", "javascript:alert(1)")

    report = read_word(with_rest(word), tmp_path)

    assert report == word_whole(
        Passage(
            (
                Span("Some "),
                Span("came late", bold=True),
                Span(", "),
                Span("some", italic=True),
                Span(" left", strike=True),
                Span(": "),
                Span("see", link="https://museum.example.org/a"),
                Span("here"),
            )
        )
    )


def test_word_lists_and_quotations_are_kept(tmp_path: Path) -> None:
    word = word_with_head()
    for text, style in (
        ("VISITORS", "Heading 2"),
        ("They were:", None),
        ("many", "List Bullet"),
        ("merry", "List Bullet"),
        ("very", "List Bullet 2"),
        ("first", "List Number"),
        ("second", "List Number"),
        ("What fun", "Quote"),
        ("The end.", None),
    ):
        word.add_paragraph(text, style)

    report = read_word(with_rest(word), tmp_path)

    assert report == word_whole(
        Passage((Span("They were:"),)),
        Listing(((Span("many"),), (Span("merry"),))),
        Listing(((Span("very"),),), level=1),
        Listing(((Span("first"),), (Span("second"),)), ordered=True),
        Quotation((Span("What fun"),)),
        Passage((Span("The end."),)),
    )


def test_word_headings_may_be_numbered_paragraphs(tmp_path: Path) -> None:
    word = word_with_head()
    word.add_paragraph("Visitors", "List Number")
    word.add_paragraph("Forty came.")

    assert read_word(with_rest(word), tmp_path) == word_whole(Passage((Span("Forty came."),)))


def test_word_styles_based_on_each_other_come_to_an_end(tmp_path: Path) -> None:
    word = word_with_head()
    styles = word.styles
    styles["Body Text"].base_style = styles["Body Text 2"]
    styles["Body Text 2"].base_style = styles["Body Text"]
    word.add_paragraph("VISITORS")
    word.add_paragraph("Forty came.", "Body Text")

    assert read_word(with_rest(word), tmp_path) == word_whole(Passage((Span("Forty came."),)))
