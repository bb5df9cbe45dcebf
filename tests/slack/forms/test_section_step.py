"""The modal for one section."""

from dataclasses import replace

import pytest

from highlightbot.core.reports import Answer
from highlightbot.core.rich_text import RichText
from highlightbot.core.templates import Template
from highlightbot.slack import ids
from highlightbot.slack.forms.section_step import StepInput, build, read
from highlightbot.workflows.write_report import WritingDesk
from tests.slack.shown import buttons, faults, fill, labels, page_text, parts, texts
from tests.slack.values import (
    AWKWARD,
    LONDON,
    NEW_YORK,
    STYLED,
    desk,
    report,
    said,
    section,
    text_answer,
)


def typed(text: str) -> RichText:
    return RichText.from_plain(text)


def rich(text: str) -> dict:
    runs = [{"type": "text", "text": text}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}


def input_of(view) -> dict:
    return next(part for part in parts(view.to_dict()["blocks"]) if part.get("type") == "input")


def test_an_author_abroad_reads_the_cut_off_on_their_own_clock():
    view = build(WritingDesk(report(), NEW_YORK), "workforce")
    assert texts(view)[0] == "Libraries · 6–19 June 2020 · due Tue 23 June, 07:00 (New York time)"


@pytest.mark.parametrize("answer", [Answer("workforce", STYLED), text_answer("workforce", "a b")])
def test_read_gives_what_build_was_given(answer):
    view = build(desk({"workforce": answer}), "workforce", headline="Back to “normal”")
    assert faults(view) == []
    assert read(fill(view)) == StepInput(
        7, "workforce", answer.text, 3, keeps_saved=False, headline="Back to “normal”", box=3
    )


def test_first_step_of_a_new_report():
    asked = section("activity", guidance="What is new.")
    form = Template("form", "1", "Form", (asked, section("b")))
    view = build(WritingDesk(report(template=form), LONDON), "activity")
    assert faults(view) == []
    assert (view.title.text, view.submit.text, view.close.text) == (
        "Highlight report", "Next", "Close",
    )  # fmt: skip
    assert texts(view) == [
        "Libraries · 6–19 June 2020 · due Tue 23 June, 12:00",
        "Section 1 of 2   ●○",
        "1. Activity",
        "What is new.",
        "Activity",
        "Nothing to report",
        "Saved when you go on. Closing keeps what is saved.",
    ]
    assert read(fill(view)) == StepInput(7, "activity", RichText(), 0, keeps_saved=False)


def test_input_of_a_section():
    block = input_of(build(desk(), "workforce"))
    assert block == {
        "type": "input",
        "block_id": "answer:workforce:0",
        "label": {"type": "plain_text", "text": "Workforce", "emoji": False},
        "element": {"type": "rich_text_input", "action_id": "answer", "focus_on_load": True},
        "optional": False,
    }


def test_buttons_of_a_step():
    complete = {"activity": "a", "workforce": Answer("workforce", nil=True), "finance": "c"}
    assert labels(build(desk(), "workforce")) == ["Back", "Nothing to report"]
    assert labels(build(desk(complete), "workforce")) == [
        "Back", "Nothing to report", "Review all",
    ]  # fmt: skip
    assert labels(build(desk(complete), "activity")) == ["Nothing to report", "Review all"]


def test_no_nothing_button_where_an_answer_is_needed():
    form = Template("form", "1", "Form", (section("a"), section("b", nil_allowed=False)))
    assert labels(build(WritingDesk(report(template=form), LONDON), "b")) == ["Back"]


def test_nothing_button_asks_first_only_where_text_is_saved():
    nothing = [
        buttons(build(desk(draft), "activity"))[0]
        for draft in ({}, {"activity": Answer("activity", nil=True)}, {"activity": "Some text"})
    ]
    assert [("confirm" in button) for button in nothing] == [False, False, True]


def test_last_step_goes_to_the_review():
    assert build(desk(), "finance").submit.text == "Review"


def test_nil_answer_is_told_and_kept():
    view = build(desk({"workforce": Answer("workforce", nil=True)}), "workforce")
    assert faults(view) == []
    assert "Nothing to report is saved for this section." in page_text(view)
    assert "initial_value" not in input_of(view)["element"]
    assert read(fill(view)) == StepInput(7, "workforce", RichText(), 3, keeps_saved=True, box=3)
    assert read(fill(view, answer=rich("Changed"))) == StepInput(
        7, "workforce", typed("Changed"), 3, keeps_saved=False, box=3
    )


def test_emptied_input_does_not_keep_the_answer():
    view = build(desk({"workforce": "Text"}), "workforce")
    for nothing in (None, rich("  "), {"type": "rich_text", "elements": []}):
        step = read(fill(view, answer=nothing))
        assert (step.text.is_blank, step.keeps_saved) == (True, False)


@pytest.mark.parametrize("state", [None, {}, {"values": {}}])
def test_missing_state_is_what_the_input_began_with(state):
    at_hand = desk({"workforce": "Text"})
    view = build(at_hand, "workforce", warning="Lee saved this.", typed=typed("Mine"))
    came_back = {**fill(view), "state": state}
    assert read(came_back) == StepInput(7, "workforce", typed("Mine"), 3, keeps_saved=False, box=3)
    long = {**fill(build(desk({"workforce": "x" * 200_000}), "workforce")), "state": state}
    assert read(long) == StepInput(7, "workforce", RichText(), 3, keeps_saved=True, box=3)
    new = {**fill(build(desk(), "workforce")), "state": state}
    assert read(new) == StepInput(7, "workforce", RichText(), 0, keeps_saved=False)


def test_typed_text_is_in_the_box_and_what_is_saved_above_it():
    view = build(
        desk({"workforce": "Saved by somebody else"}), "workforce",
        warning="Lee changed this section.", typed=typed("Mine"),
    )  # fmt: skip
    assert faults(view) == []
    assert "Lee changed this section." in texts(view)
    assert texts(view).index("Saved by somebody else") < texts(view).index("Workforce")
    assert read(fill(view)).text == typed("Mine")


def test_blank_text_typed_is_not_taken_for_a_long_answer():
    view = build(desk({"workforce": "Saved"}), "workforce", warning="Empty.", typed=RichText())
    assert "too long" not in page_text(view)
    assert read(fill(view)) == StepInput(7, "workforce", RichText(), 3, keeps_saved=False, box=3)


def test_last_answer_on_the_theme_is_quoted():
    at_hand = WritingDesk(report(), LONDON, (replace_theme("Workforce update", STYLED),))
    view = build(at_hand, "workforce")
    assert faults(view) == []
    shown = texts(view)
    assert shown[shown.index("Last time:") :] == [
        "Last time:", "Two branches ", "opened", " again.\n\nSee ", "Mill Lane",
        "Station Road", "It is good to be back", "a  b",
    ]  # fmt: skip


def test_last_answer_to_the_same_section_comes_before_others_on_its_theme():
    other = replace_theme("Workforce update", RichText.from_plain("Of another section"))
    same = said("workforce", RichText.from_plain("Of this one"))
    at_hand = WritingDesk(report(), LONDON, (other, same))
    shown = page_text(build(at_hand, "workforce"))
    assert "Of this one" in shown
    assert "Of another section" not in shown


def replace_theme(label: str, text: RichText):
    before = said("workforce_update", text)
    return replace(before, section=replace(before.section, label=label, theme="workforce"))


def test_last_nil_answer_is_told():
    assert "Last time: nothing to report." in texts(build(desk(None, workforce=None), "workforce"))
    assert "Last time" not in page_text(build(desk(), "workforce"))


def test_long_last_answer_is_clipped():
    view = build(desk(None, workforce="A sentence of words. " * 1000), "workforce")
    assert 1900 < len(page_text(view).split("Last time:")[1]) < 2100


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_awkward_text_is_kept(text):
    view = build(desk({"workforce": text}, workforce=text), "workforce", warning=text)
    assert faults(view) == []
    step = read(fill(view))
    assert step.keeps_saved or step.text == typed(text) or not text.strip()


def test_answer_too_large_for_a_view_is_shown_in_part_and_kept():
    view = build(desk({"workforce": AWKWARD["40,000 emoji"]}), "workforce")
    assert "Leave the input empty to keep it" in page_text(view)
    assert "initial_value" not in input_of(view)["element"]
    assert read(fill(view)) == StepInput(7, "workforce", RichText(), 3, keeps_saved=True, box=3)


def test_long_names_and_guidance_fit():
    long = "A very long name " * 400
    asked = replace(section("a", guidance=long), label=long)
    form = Template("form", "1", "Form", (asked,) * 30)
    assert faults(build(WritingDesk(report(template=form, area=long), LONDON), "a")) == []


def test_step_metadata_is_short_enough():
    view = build(desk(), "workforce", headline="\N{GRINNING FACE}" * 150)
    assert len(view.private_metadata) < 1000
    assert ids.decode(ids.StepRef, view.private_metadata).headline == "\N{GRINNING FACE}" * 150
