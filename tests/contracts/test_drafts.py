from datetime import timedelta

import pytest

from highlightbot.core.errors import StaleDraft
from highlightbot.core.reports import Answer, DraftAnswer
from highlightbot.core.rich_text import Listing, Passage, Quotation, RichText, Span
from tests.contracts.reading import get
from tests.samples import BO, NOW, Stored

RICH = RichText(
    (
        Passage((Span("Plain, "), Span("bold", bold=True), Span(" \x00 \ud83d \u202e=cmd()\n\n"))),
        Listing(((Span("one"),), (Span("two", link="https://example.org/?a=1&b=2"),)), True, 2, 5),
        Quotation((Span("<!channel> <@U123> \\u0041 'quoted' \"twice\"", italic=True),)),
    )
)


@pytest.mark.parametrize(
    "text", [RICH, RichText.from_plain("long " * 8_000), RichText.from_plain(" \n"), RichText()]
)
def test_answer_is_kept_exactly(stored: Stored, text: RichText) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    with stored.database.writing() as unit:
        unit.reports.save_answer(report.id, Answer("news", text), 0, stored.people[BO], NOW)
    assert get(stored, report.id).draft == {
        "news": DraftAnswer(Answer("news", text), 1, "Bo Sample", NOW)
    }


def test_version_counts_the_changes_of_a_section(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    assert stored.save(report, "news", "First", 0) == 1
    assert stored.save(report, "news", "Second", 1) == 2
    assert stored.save(report, "news", None, 2) == 3
    assert stored.save(report, "risks", "First", 0) == 1
    assert get(stored, report.id).draft["news"].answer == Answer("news", nil=True)


def test_emptied_answer_is_stored_empty(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    stored.save(report, "news", "Text", 0)
    stored.save(report, "news", "", 1)
    assert get(stored, report.id).draft["news"].answer == Answer("news")


def test_answer_that_somebody_else_changed_is_stale(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    stored.save(report, "news", "Alex's", 0)
    with (
        stored.database.writing() as unit,
        pytest.raises(StaleDraft, match="Alex Sample saved"),
    ):
        unit.reports.save_answer(
            report.id,
            Answer("news", RichText.from_plain("Bo's")),
            0,
            stored.people[BO],
            NOW + timedelta(minutes=1),
        )
    assert get(stored, report.id).draft["news"].answer.text.plain == "Alex's"


def test_answer_changed_in_another_window_is_stale(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    stored.save(report, "news", "One", 0)
    with pytest.raises(StaleDraft, match="You saved this section in another window"):
        stored.save(report, "news", "Two", 0)


def test_same_answer_is_never_stale_and_changes_nothing(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    stored.save(report, "news", "Same", 0)
    with stored.database.writing() as unit:
        again = unit.reports.save_answer(
            report.id,
            Answer("news", RichText.from_plain("Same")),
            0,
            stored.people[BO],
            NOW + timedelta(hours=1),
        )
    assert again == 1
    assert get(stored, report.id).draft["news"] == DraftAnswer(
        Answer("news", RichText.from_plain("Same")), 1, "Alex Sample", NOW
    )


def test_same_text_as_nil_is_another_answer(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    stored.save(report, "staff", "", 0)
    with pytest.raises(StaleDraft):
        stored.save(report, "staff", None, 0)


def test_answer_without_expected_version_overwrites(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    stored.save(report, "news", "First", 0)
    assert stored.save(report, "news", "Second", None) == 2
