"""The summary in the channel and its thread."""

from dataclasses import replace
from datetime import timedelta

import pytest

from highlightbot.core.rich_text import Listing, Passage, RichText, Span
from highlightbot.core.summaries import Edition, compile_summary
from highlightbot.slack.messages.summary import head, thread
from tests.builders import roster
from tests.slack.shown import as_sent, faults, page_text, parts, running_text, texts
from tests.slack.values import AWKWARD, LONDON, PERIOD, STYLED, revision

AREAS = ["Libraries", "Parks", "Roads", "Schools"]


def edition(reports, areas=AREAS, number=1, changed=(), held_before=()):
    return Edition(
        compile_summary("Emergency planning", PERIOD, number, roster(*areas), reports),
        tuple(changed),
        frozenset(held_before),
    )


REPORTS = [
    revision("Libraries", {"activity": "Two branches opened.", "finance": None}, id=1),
    revision("Roads", {"activity": None, "finance": None}, id=2),
    revision("Schools", {"activity": "All open.", "finance": "Costs rose."},
             id=3, headline="Every school is open", after_cut_off=timedelta(hours=20)),
]  # fmt: skip


def test_head_tells_who_is_missing_first_and_each_area_in_a_line():
    message = head(edition(REPORTS, number=2), LONDON)
    assert faults(message) == []
    assert message.text == "Emergency planning, 6–19 June 2020: 3 of 4 in"
    assert texts(message) == [
        "Emergency planning, 6–19 June 2020",
        "Edition 2 · 3 of 4 in · full text in the thread",
        "○ Missing (1): ",
        "Parks",
        "✓ In (1)",
        "Libraries",
        " – Two branches opened.",
        "✓ In, late (1)",
        "Schools",
        " – Every school is open",
        "– Nothing to report (1): ",
        "Roads",
    ]


def test_head_that_is_posted_late_says_when_it_was_due():
    message = head(replace(edition([]), posted_late=True), LONDON)
    assert faults(message) == []
    assert texts(message)[1] == (
        "Edition 1 · 0 of 4 in · Posted late: it was due Tuesday 23 June, 12:00"
    )


def test_head_with_nothing_in_says_who_is_missing():
    message = head(edition([]), LONDON)
    assert faults(message) == []
    assert texts(message)[1:] == [
        "Edition 1 · 0 of 4 in", "○ Missing (4): ", "Libraries, Parks, Roads, Schools",
    ]  # fmt: skip


def test_head_with_everything_in_says_so():
    assert "Every report is in." in texts(head(edition(REPORTS, areas=[]), LONDON))


@pytest.mark.parametrize("count", [1, 14, 40, 100, 400])
@pytest.mark.parametrize("headline", ["words " * 25, "x" * 150, "\N{GRINNING FACE}" * 150])
def test_head_fits_however_many_areas(count, headline):
    areas = [f"A service area of a council {number}" for number in range(count)]
    reports = [revision(area, {"activity": "A"}, headline=headline) for area in areas]
    message = head(edition(reports, areas), LONDON)
    assert faults(message) == []
    if count <= 40:
        assert [area for area in areas if area not in texts(message)] == []


def test_forty_areas_keep_readable_lines():
    areas = [f"A service area of a council {number}" for number in range(40)]
    reports = [revision(area, {"activity": "A"}, headline="word " * 30) for area in areas]
    lines = [text for text in texts(head(edition(reports, areas), LONDON)) if "word" in text]
    assert (len(lines), min(map(len, lines)) > 60) == (40, True)


@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_head_takes_awkward_names(name):
    areas = [f"{number} {name}" for number in range(40)]
    reports = [revision(area, {"activity": name}, headline=name) for area in areas[:30]]
    assert faults(head(edition(reports, areas), LONDON)) == []


def test_thread_goes_by_section_then_area():
    messages = thread(edition(REPORTS), LONDON)
    assert [faults(message) for message in messages] == [[]]
    assert texts(messages[0]) == [
        "Activity",
        "Libraries", "Two branches opened.",
        "Schools", "All open.",
        "Nothing to report: Roads",
        "Finance",
        "Schools", "Costs rose.",
        "Nothing to report: Libraries, Roads",
    ]  # fmt: skip


def test_thread_of_an_edition_that_is_posted_anew_holds_all():
    anew = replace(edition(REPORTS, number=2, changed=REPORTS[:1]), anew=True)
    whole = thread(edition(REPORTS), LONDON)
    assert list(map(as_sent, thread(anew, LONDON))) == list(map(as_sent, whole))


def test_thread_keeps_emphasis():
    (message,) = thread(edition([revision("Libraries", {"activity": STYLED})]), LONDON)
    assert faults(message) == []
    block = message.blocks[1].to_dict()
    assert [element["type"] for element in block["elements"]] == [
        "rich_text_section", "rich_text_section", "rich_text_list", "rich_text_quote",
        "rich_text_preformatted",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [900, 1_100, 12_000])
def test_a_long_link_fits_and_is_not_lost(size):
    address = f"https://example.org/{'x' * size}"
    linked = Span("our plan", link=address)
    text = RichText(
        (Passage((Span("Words. " * 1_300),)), Passage((linked,)), Listing(((linked,), (linked,))))
    )
    messages = thread(edition([revision("Libraries", {"activity": text})]), LONDON)
    assert [fault for message in messages for fault in faults(message)] == []
    links = "".join(
        part["url"] for message in messages for part in parts(as_sent(message)) if "url" in part
    )
    assert (running_text(messages) + links).count("x") >= 3 * size


def test_thread_is_empty_without_reports():
    assert thread(edition([]), LONDON) == []


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_thread_loses_nothing(text):
    reports = [revision(area, {"activity": text, "finance": "Fin."}) for area in ("Parks", "Roads")]
    messages = thread(edition(reports), LONDON)
    assert [fault for message in messages for fault in faults(message)] == []
    assert len(messages) < 25
    shown = [piece for message in messages for piece in texts(message)]
    ours = {"Activity", "Finance", "Parks", "Roads", "Fin."}
    given = [piece for piece in shown if piece not in ours and not piece.endswith(", continued")]
    assert "".join(given) == (text * 2 if text.strip() else "")


def test_continued_text_says_whose_it_is():
    messages = thread(edition([revision("Parks", {"activity": "A sentence. " * 2000})]), LONDON)
    assert [texts(message)[0] for message in messages] == [
        "Activity", "Activity · Parks, continued", "Activity · Parks, continued",
    ]  # fmt: skip
    assert [message.text for message in messages] == [
        f"Emergency planning, 6–19 June 2020: full text ({number} of 3)" for number in (1, 2, 3)
    ]


def test_a_numbered_list_over_two_messages_counts_on():
    step = (Span("A step of many. " * 30),)
    steps = RichText(
        (
            Listing((step,) * 12, ordered=True),
            Listing(((Span("An aside"),),), level=1),
            Listing((step,) * 12, ordered=True),
        )
    )
    messages = thread(edition([revision("Parks", {"activity": steps})]), LONDON)
    numbers = [
        (part.get("offset", 0) + 1, len(part["elements"]))
        for message in messages
        for part in parts(as_sent(message))
        if part.get("type") == "rich_text_list" and part["style"] == "ordered"
    ]
    starts = [start for start, _ in numbers]
    assert len(messages) == 2
    assert starts == [1, *(start + count for start, count in numbers)][:-1]
    assert sum(count for _, count in numbers) == 24


def test_short_text_is_not_cut():
    texts_of = {f"Area {number}": f"{number} " + "word " * 250 for number in range(30)}
    reports = [revision(area, {"activity": text}) for area, text in texts_of.items()]
    messages = thread(edition(reports, list(texts_of)), LONDON)
    assert [fault for message in messages for fault in faults(message)] == []
    shown = [text for message in messages for text in texts(message)]
    assert [text for text in texts_of.values() if text not in shown] == []
    assert {texts(message)[0] for message in messages[1:]} == {"Activity, continued"}


def test_many_short_answers_stay_within_the_blocks_of_a_message():
    areas = [f"Area {number}" for number in range(120)]
    messages = thread(edition([revision(area, {"activity": "A"}) for area in areas]), LONDON)
    assert [fault for message in messages for fault in faults(message)] == []
    assert "Area 119" in texts(messages[-1])


def test_late_report_is_announced_with_its_text():
    late = REPORTS[2]
    (message,) = thread(edition(REPORTS, number=2, changed=[late]), LONDON)
    assert faults(message) == []
    assert message.text == (
        "Late report from Schools (arrived Wednesday 24 June, 08:00): edition 2"
    )
    assert texts(message) == [
        "Late report from Schools",
        "Arrived Wednesday 24 June, 08:00, by Lee Example · edition 2",
        "Every school is open",
        "Activity", "All open.",
        "Finance", "Costs rose.",
    ]  # fmt: skip


def test_corrected_report_is_announced_with_its_text():
    corrected = revision("Parks", {"activity": "Better.", "finance": None}, number=2, id=4)
    changed = [corrected, REPORTS[2]]
    first, second = thread(edition(REPORTS, number=3, changed=changed, held_before={4}), LONDON)
    assert texts(first)[0] == "Corrected report from Parks"
    assert texts(first)[2:] == ["Activity", "Better.", "Nothing to report: Finance"]
    assert texts(second)[0] == "Late report from Schools"


def test_a_late_report_submitted_twice_before_an_edition_corrects_none():
    twice = revision("Parks", {"activity": "Better."}, number=2, id=4)
    (message,) = thread(edition(REPORTS, number=2, changed=[twice], held_before={1}), LONDON)
    assert texts(message)[0] == "Late report from Parks"


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_late_awkward_report_loses_nothing(text):
    late = revision(f"Parks {text}", {"activity": text}, headline=text)
    messages = thread(edition([late], number=2, changed=[late]), LONDON)
    assert [fault for message in messages for fault in faults(message)] == []
    assert text[:3000] in running_text(messages) or not text.strip()


def test_nil_late_report_is_one_line():
    late = revision("Parks", {"activity": None, "finance": None}, after_cut_off=timedelta(1))
    (message,) = thread(edition([late], number=2, changed=[late]), LONDON)
    assert page_text(message).endswith("Nothing to report: Activity, Finance")


def test_blank_section_is_left_out():
    late = revision("Parks", {"activity": RichText(), "finance": "Costs rose."})
    (message,) = thread(edition([late], number=2, changed=[late]), LONDON)
    assert texts(message)[2:] == ["Finance", "Costs rose."]
