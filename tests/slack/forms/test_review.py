"""The modal's last page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from highlightbot.core.reports import Answer
from highlightbot.core.templates import Template
from highlightbot.slack import ids
from highlightbot.slack.forms.review import ReviewInput, build, read
from highlightbot.workflows.write_report import WritingDesk
from tests.slack.shown import buttons, faults, fill, labels, page_text, texts
from tests.slack.values import AWKWARD, LONDON, NEW_YORK, desk, report, section

DRAFT = {"activity": "Two branches opened.", "workforce": Answer("workforce", nil=True)}


def test_review_shows_every_section():
    view = build(desk(DRAFT))
    assert faults(view) == []
    assert view.submit.text == "Submit"
    assert texts(view) == [
        "Libraries · 6–19 June 2020 · due Tue 23 June, 12:00",
        "Review: 2 of 3 sections answered",
        "✓ Activity",
        "Change",
        "Two branches opened.",
        "✓ Workforce",
        "Change",
        "Nothing to report",
        "○ Finance",
        "Change",
        "Not answered yet",
        "Headline",
        "Your area's line in the summary. Left empty, it is how your text begins.",
        "In time until Tuesday 23 June, 12:00. After that it is marked late, and the posted"
        " summary is updated with it, until Tuesday 7 July, 12:00.",
    ]


def test_change_buttons_name_their_section():
    assert [
        (
            button["action_id"],
            ids.decode(ids.SectionRef, button["value"]),
            button["accessibility_label"],
        )
        for button in buttons(build(desk()))
    ] == [
        (ids.CHANGE_SECTION, ids.SectionRef(7, key), f"Change {key.capitalize()}")
        for key in ("activity", "workforce", "finance")
    ]


@pytest.mark.parametrize("headline", ["", "Two branches are open again", "\N{GRINNING FACE}" * 75])
def test_read_gives_what_build_was_given(headline):
    view = build(desk(DRAFT), headline=headline)
    assert faults(view) == []
    assert read(fill(view)) == ReviewInput(7, desk(DRAFT).report.draft_mark, 0, headline)


@pytest.mark.parametrize("state", [None, {}, {"values": {}}])
def test_missing_state_leaves_the_headline_as_it_was(state):
    assert read({**fill(build(desk())), "state": state}).headline == ""
    submitted = replace(report(DRAFT, revision=1), headline="As submitted")
    view = build(WritingDesk(submitted, LONDON))
    assert read({**fill(view), "state": state}) == ReviewInput(
        7, submitted.draft_mark, 1, "As submitted"
    )


@pytest.mark.parametrize(
    ("given", "shown"), [(None, "As submitted"), ("", None), ("Another", "Another")]
)
def test_a_headline_that_was_cleared_does_not_come_back(given, shown):
    submitted = replace(report(DRAFT, revision=1), headline="As submitted")
    filled = fill(build(WritingDesk(submitted, LONDON), headline=given))
    assert filled["state"]["values"]["headline:1"]["headline"]["value"] == shown


def test_submitted_report_is_submitted_again():
    assert build(WritingDesk(report(DRAFT, revision=2), LONDON)).submit.text == "Submit again"


def test_review_says_whether_the_report_is_late():
    late = build(desk(DRAFT), now=datetime(2020, 6, 23, 11, 0, 1, tzinfo=UTC))
    in_time = build(desk(DRAFT), now=datetime(2020, 6, 23, 11, tzinfo=UTC))
    assert "The cut-off has passed." in texts(late)
    assert "The cut-off has passed." not in texts(in_time)


def test_review_of_a_closed_period_says_so():
    closes_at = desk(DRAFT).report.period.closes_at
    assert "This reporting period is closed:" in texts(build(desk(DRAFT), now=closes_at))


def test_review_of_a_correction_says_nothing_of_being_late():
    after = datetime(2020, 6, 23, 11, 0, 1, tzinfo=UTC)
    sent = replace(report(DRAFT, revision=1), first_submitted_at=datetime(2020, 6, 22, tzinfo=UTC))
    assert texts(build(WritingDesk(sent, LONDON), now=after))[-2:] == [
        "The cut-off has passed.",
        " The posted summary is updated with it.",
    ]
    assert texts(build(WritingDesk(sent, LONDON)))[-1] == (
        "In time until Tuesday 23 June, 12:00. After that the posted summary is updated with it,"
        " until Tuesday 7 July, 12:00."
    )


def test_warning_stands_before_the_sections():
    shown = texts(build(desk(DRAFT), warning="Not answered yet: Finance."))
    assert shown.index("Not answered yet: Finance.") < shown.index("✓ Activity")


def test_an_author_abroad_reads_every_time_on_their_own_clock():
    shown = texts(build(WritingDesk(report(), NEW_YORK)))
    assert shown[0] == "Libraries · 6–19 June 2020 · due Tue 23 June, 07:00 (New York time)"
    assert shown[-1] == (
        "In time until Tuesday 23 June, 07:00 (New York time). After that it is marked late, and"
        " the posted summary is updated with it, until Tuesday 7 July, 07:00 (New York time)."
    )


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_awkward_text_is_previewed(text):
    view = build(desk({"activity": text}), warning=text, headline=text)
    assert faults(view) == []
    assert len(texts(view)[5]) <= 400


def test_forty_sections_fit():
    form = Template("form", "1", "Form", tuple(section(f"s{number}") for number in range(40)))
    view = build(WritingDesk(report({"s1": "x" * 40_000}, template=form), LONDON), warning="No.")
    assert faults(view) == []
    assert labels(view) == ["Change"] * 40
    assert "Review: 1 of 40 sections answered" in page_text(view)
