"""Answers to questions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from highlightbot.core.answers import (
    HistoryOf,
    LatestReport,
    LatestSummary,
    Missing,
    MissingArea,
    NotFound,
    Nothing,
    TakenAs,
    WhatToAsk,
)
from highlightbot.core.questions import EXAMPLES
from highlightbot.core.reports import ReportState
from highlightbot.core.summaries import compile_summary
from highlightbot.slack import ids
from highlightbot.slack.messages.answers import page, pages
from tests.builders import roster
from tests.slack.shown import buttons, faults, labels, page_text, texts
from tests.slack.values import AWKWARD, LONDON, PERIOD, earlier, revision

LIBRARIES = revision("Libraries", {"activity": "Two branches opened.", "workforce": None})
ROADS = revision("Roads", {"activity": None, "workforce": None}, id=2)
LONG = revision("Parks", {"activity": "A sentence of words. " * 1500})
MISSING = Missing(
    "Emergency planning",
    PERIOD,
    (
        MissingArea("Parks", ReportState.DRAFT, ("Lee Example", "Max Example")),
        MissingArea("Roads", ReportState.AWAITED, ()),
    ),
    3,
    PERIOD.due_at,
    LONDON,
)


def latest(reports, edition=1):
    summary = compile_summary("Emergency planning", PERIOD, edition, roster("Parks"), reports)
    return LatestSummary(summary, tuple(reports), LONDON)


def test_latest_shows_the_areas_then_their_texts():
    (message,) = pages(latest([LIBRARIES, ROADS]))
    assert faults(message) == []
    assert texts(message) == [
        "Emergency planning, 6–19 June 2020",
        "Edition 1 · 2 of 3 in · cut-off Tuesday 23 June, 12:00",
        "○ Missing (1): ", "Parks",
        "✓ In (1)", "Libraries", " – Two branches opened.",
        "– Nothing to report (1): ", "Roads",
        "Libraries",
        "Activity", "Two branches opened.",
        "Nothing to report: Workforce",
        "Roads",
        "Nothing to report: Activity, Workforce",
    ]  # fmt: skip


def test_latest_before_the_cut_off_says_that_it_is_not_published():
    assert "Not published yet · 1 of 2 in" in page_text(pages(latest([LIBRARIES], edition=0))[0])


def test_latest_with_what_came_in_since_says_so():
    answer = replace(latest([LIBRARIES]), has_news=True)
    assert "Edition 1 and what came in since · 1 of 2 in" in page_text(pages(answer)[0])


def test_latest_from_an_area_shows_the_whole_report():
    report = replace(LIBRARIES, headline="Open again", number=2)
    (message,) = pages(LatestReport("Emergency planning", report, LONDON))
    assert faults(message) == []
    assert texts(message) == [
        "Libraries: 6–19 June 2020",
        "Emergency planning · by Lee Example · arrived Tuesday 23 June, 11:00 · revision 2",
        "Open again",
        "Activity", "Two branches opened.",
        "Nothing to report: Workforce",
    ]  # fmt: skip


def test_late_report_is_marked():
    late = revision("Libraries", {"activity": "A"}, after_cut_off=timedelta(minutes=1))
    assert "12:01 · late" in page_text(pages(LatestReport("P", late, LONDON))[0])


def test_missing_is_told_at_a_glance():
    (message,) = pages(MISSING, PERIOD.due_at - timedelta(days=2, hours=3, minutes=20))
    assert faults(message) == []
    assert message.text == "Emergency planning, 6–19 June 2020: 2 of 5 missing"
    assert texts(message) == [
        "Emergency planning, 6–19 June 2020: 2 of 5 missing",
        "Cut-off: Tuesday 23 June, 12:00 · 2 days 3 hours left",
        "Parks", " – draft begun – Lee Example, Max Example",
        "Roads", " – not started – nobody is its author",
    ]  # fmt: skip


def test_what_is_running_is_named_below_what_is_asked_about():
    (message,) = pages(replace(MISSING, running=earlier(PERIOD, -1)))
    assert faults(message) == []
    told = "20 June – 3 July 2020 is running: its reports are due Tuesday 7 July, 12:00."
    assert texts(message)[-1] == told


def test_nobody_missing():
    (message,) = pages(replace(MISSING, missing=()))
    assert faults(message) == []
    assert texts(message) == [
        "Emergency planning, 6–19 June 2020: all 3 are in",
        "Cut-off: Tuesday 23 June, 12:00",
        "✓ Every report is in.",
    ]


def test_history_of_a_theme_goes_back_by_period():
    before = earlier(PERIOD, 4)
    (message,) = pages(
        HistoryOf(
            "Emergency planning",
            "workforce",
            True,
            (
                revision("Libraries", {"workforce_changes": "One is back."}),
                revision("Roads", {"workforce_changes": None}, id=2),
                revision("Libraries", {"workforce_update": "One is off."}, period=before),
            ),
        )
    )
    assert faults(message) == []
    assert texts(message) == [
        "History of workforce",
        "Emergency planning · newest first",
        "6–19 June 2020 · Workforce changes",
        "Libraries", "One is back.",
        "Nothing to report: Roads",
        "11–24 April 2020 · Workforce update",
        "Libraries", "One is off.",
    ]  # fmt: skip


def test_history_of_an_area_shows_its_sections():
    (message,) = pages(HistoryOf("Emergency planning", "Libraries", False, (LIBRARIES,)))
    assert texts(message)[2:] == [
        "6–19 June 2020", "Activity", "Two branches opened.", "Nothing to report: Workforce",
    ]  # fmt: skip


def test_nothing_yet():
    (message,) = pages(Nothing("No report has come in yet."))
    assert (message.text, texts(message)) == (
        "No report has come in yet.", ["No report has come in yet."],
    )  # fmt: skip


def test_unknown_name_offers_the_nearest():
    (message,) = pages(NotFound("lib <!here>", ("Libraries", "Roads & Paths")))
    assert faults(message) == []
    assert texts(message) == [
        "I know no area or theme called “lib <!here>”. Did you mean:",
        "Libraries", "Roads & Paths",
    ]  # fmt: skip
    assert message.text == (
        "I know no area or theme called “lib &lt;!here&gt;”. Did you mean: Libraries, Roads"
        " &amp; Paths?"
    )


def test_unknown_name_with_nothing_near():
    (message,) = pages(NotFound("zzz", ()))
    assert texts(message) == [
        "I know no area or theme called “zzz”. A coordinator can tell you the names of the areas."
    ]


def test_how_a_question_was_taken_stands_above_its_answer():
    (message,) = pages([TakenAs("latest from Roads & <!here>"), NotFound("zzz", ())])
    assert faults(message) == []
    assert texts(message)[0] == (
        "I took this as “latest from Roads & <!here>”: I can do nothing with the other words."
    )
    assert message.text == (
        "I took this as “latest from Roads &amp; &lt;!here&gt;”: I can do nothing with the other"
        " words."
    )


@pytest.mark.parametrize("typed", ["", "make tea"])
def test_help_lists_what_can_be_asked(typed):
    (message,) = pages(WhatToAsk(typed))
    assert faults(message) == []
    assert [example for example in EXAMPLES if example not in texts(message)] == []
    assert ("make tea" in page_text(message)) == bool(typed)


def test_pages_are_turned_with_buttons():
    answer = latest([LIBRARIES, LONG])
    shown = [page(answer, number, " latest  ") for number in range(1, len(pages(answer)) + 1)]
    assert [faults(message) for message in shown] == [[]] * len(shown)
    assert [labels(message) for message in shown] == [
        ["Next page"],
        *[["Previous page", "Next page"]] * (len(shown) - 2),
        ["Previous page"],
    ]
    assert [
        (button["action_id"], ids.decode(ids.PageRef, button["value"]))
        for button in buttons(shown[1])
    ] == [
        (ids.PREVIOUS_PAGE, ids.PageRef("latest", 1)),
        (ids.NEXT_PAGE, ids.PageRef("latest", 3)),
    ]


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-3, 1), (99, 4)])
def test_page_that_is_not_there_is_the_nearest(asked, given):
    answer = latest([LIBRARIES, LONG])
    assert len(pages(answer)) == 4
    assert page(answer, asked, "latest").text.endswith(f"({given} of 4)")


def test_answers_about_several_programmes_share_a_message():
    shown = pages([MISSING, replace(MISSING, programme="Recovery")])
    assert [faults(message) for message in shown] == [[]]
    assert [text for text in texts(shown[0]) if text.endswith("of 5 missing")] == [
        "Emergency planning, 6–19 June 2020: 2 of 5 missing",
        "Recovery, 6–19 June 2020: 2 of 5 missing",
    ]


def test_answers_that_do_not_fit_together_stay_apart():
    found = [latest([LONG]), MISSING, latest([LONG])]
    shown = [page(found, number + 1, "latest") for number in range(len(pages(found)))]
    assert [fault for message in shown for fault in faults(message)] == []
    whole = "".join(text for message in shown for text in texts(message))
    assert whole.count("A sentence of words. ") >= 3000
    assert len(shown) == 8


def test_single_page_has_no_buttons():
    assert labels(page(Nothing("Nothing yet."), 1, "latest")) == []


def test_long_question_fits_into_the_buttons():
    shown = page(latest([LONG]), 1, "latest " + "\N{GRINNING FACE}" * 5000)
    assert faults(shown) == []


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_awkward_text_fits_every_answer(text):
    report = revision(text, {"activity": text, "workforce": None}, headline=text)
    area = MissingArea(text, ReportState.AWAITED, (text,) * 5)
    for answer in (
        latest([report]),
        LatestReport(text, report, LONDON),
        replace(MISSING, programme=text, missing=(area,) * 60),
        HistoryOf(text, text, True, (report,)),
        HistoryOf(text, text, False, (report,)),
        Nothing(text),
        NotFound(text, (text, text, text)),
        TakenAs(text),
        WhatToAsk(text),
    ):
        shown = [page(answer, number + 1, text) for number in range(len(pages(answer)))]
        assert [fault for message in shown for fault in faults(message)] == []


def test_forty_long_reports_are_shown_whole():
    reports = [
        revision(f"Area {n}", {"activity": f"{n}: " + "word " * 1000}, id=n) for n in range(40)
    ]
    shown = pages(latest(reports), datetime(2020, 6, 24, tzinfo=UTC))
    assert [fault for message in shown for fault in faults(message)] == []
    text = "".join(text for message in shown for text in texts(message))
    assert text.count("word ") >= 40 * 1000
