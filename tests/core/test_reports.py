from dataclasses import replace
from datetime import timedelta

import pytest

from highlightbot.core.errors import Refusal
from highlightbot.core.reports import (
    Answer,
    ReportState,
    answer,
    refuse_blank,
    refuse_incomplete,
)
from highlightbot.core.rich_text import RichText
from tests.builders import PERIOD, report, revision, section

TEXT = RichText.from_plain("A new van.")
NONE = RichText.from_plain("None")
KEYS = ("activity", "finance", "workforce")


@pytest.mark.parametrize(
    ("text", "chosen", "nil_allowed", "nil"),
    [
        (TEXT, False, True, False),
        (NONE, False, True, True),
        (RichText(), True, True, True),
        (TEXT, True, True, True),
        (RichText(), False, True, False),
        (NONE, False, False, False),
        (RichText(), True, False, False),
    ],
)
def test_answer_is_nil_if_chosen_or_typed_where_that_is_allowed(
    text: RichText, chosen: bool, nil_allowed: bool, nil: bool
) -> None:
    asked = section("finance", nil_allowed=nil_allowed)
    assert answer(asked, text, nil=chosen) == Answer("finance", text, nil=nil)


def test_an_answer_is_given_if_it_says_something_or_is_nil() -> None:
    answers = [Answer("a", TEXT), Answer("a", nil=True), Answer("a", RichText.from_plain(" "))]
    assert [each.is_given for each in answers] == [True, True, False]


def test_state_follows_draft_and_revision() -> None:
    draft = {"activity": Answer("activity", TEXT)}
    assert [
        report({}, keys=KEYS).state,
        report(draft, keys=KEYS).state,
        report(draft, keys=KEYS, revision=1).state,
    ] == [ReportState.AWAITED, ReportState.DRAFT, ReportState.SUBMITTED]


def test_unanswered_names_blank_and_untouched_sections_in_the_forms_order() -> None:
    draft = {"finance": Answer("finance", nil=True), "activity": Answer("activity")}
    missing = report(draft, keys=KEYS).unanswered()
    assert [each.key for each in missing] == ["activity", "workforce"]


def test_refuse_incomplete_names_what_is_missing() -> None:
    with pytest.raises(Refusal, match="Not answered yet: Activity, Workforce"):
        refuse_incomplete(report({"finance": Answer("finance", nil=True)}, keys=KEYS))


def test_refuse_incomplete_lets_a_whole_report_pass() -> None:
    refuse_incomplete(report({key: Answer(key, nil=True) for key in KEYS}, keys=KEYS))


@pytest.mark.parametrize(
    ("nil_allowed", "sentence"),
    [
        (True, "This section is still empty. Write an answer or choose “Nothing to report”."),
        (False, "This section is still empty. Write an answer."),
    ],
)
def test_refuse_blank_says_what_can_be_done(nil_allowed: bool, sentence: str) -> None:
    with pytest.raises(Refusal) as refusal:
        refuse_blank(section("finance", nil_allowed=nil_allowed), Answer("finance"))
    assert str(refusal.value) == sentence


def test_refuse_blank_lets_an_answer_pass() -> None:
    refuse_blank(section("finance"), Answer("finance", nil=True))


def test_a_period_takes_reports_until_it_closes() -> None:
    awaited = report({}, keys=KEYS)
    awaited.refuse_if_closed(PERIOD.closes_at - timedelta(microseconds=1))
    with pytest.raises(Refusal) as refusal:
        awaited.refuse_if_closed(PERIOD.closes_at)
    closed = "This reporting period is closed: the next one's cut-off has passed."
    assert str(refusal.value) == closed
    with pytest.raises(Refusal) as refusal:
        report({"finance": Answer("finance", TEXT)}, keys=KEYS).refuse_if_closed(PERIOD.closes_at)
    assert str(refusal.value) == (
        f"{closed} Your text is kept as a draft; ask a coordinator if it should still go in."
    )


def test_a_revision_is_late_only_after_the_cut_off() -> None:
    waits = [timedelta(seconds=-1), timedelta(), timedelta(seconds=1)]
    late = [revision("Parks", {"a": "x"}, after_cut_off=wait).is_late for wait in waits]
    assert late == [False, False, True]


def test_a_correction_of_a_report_that_was_in_time_is_not_late() -> None:
    a_day = timedelta(days=1)
    late = revision("Parks", {"a": "x"}, after_cut_off=a_day)
    assert not replace(late, number=2, first_submitted_at=PERIOD.due_at).is_late
    awaited = report({}, keys=KEYS)
    assert not awaited.is_late(PERIOD.due_at)
    assert awaited.is_late(PERIOD.due_at + a_day)
    assert not replace(awaited, first_submitted_at=PERIOD.due_at).is_late(PERIOD.due_at + a_day)


def test_a_revision_is_nil_if_every_section_is() -> None:
    assert revision("Parks", {"a": None, "b": None}).is_nil
    assert not revision("Parks", {"a": None, "b": "x"}).is_nil
    assert not revision("Parks", {}).is_nil
