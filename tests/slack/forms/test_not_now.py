"""The modals of authors who cannot write now."""

from datetime import date

import pytest

from highlightbot.core.people import Person
from highlightbot.slack.forms import away, hand_over
from highlightbot.slack.forms.hand_over import HandOverInput
from highlightbot.workflows.hand_over import Deputies
from tests.slack.shown import faults, page_text
from tests.slack.values import AWKWARD, LONDON, NEW_YORK, report


def deputies(count, name="Bo Sample"):
    return tuple(Person(number, name, None, f"U{number}", None) for number in range(1, count + 1))


def submitted(view, block, value):
    built = view.to_dict()
    return {
        "private_metadata": built.get("private_metadata", ""),
        "state": {"values": {block: {block: value}}},
    }


def test_a_deputy_is_chosen():
    view = hand_over.build(Deputies(report(), deputies(2), LONDON))
    assert faults(view) == []
    assert "Libraries · 6–19 June 2020 · due Tue 23 June, 12:00" in page_text(view)
    chosen = {"selected_option": {"value": "2"}}
    assert hand_over.read(submitted(view, "deputy", chosen)) == HandOverInput(7, 2)


def test_who_hands_over_abroad_reads_the_cut_off_on_their_own_clock():
    shown = page_text(hand_over.build(Deputies(report(), deputies(1), NEW_YORK)))
    assert "due Tue 23 June, 07:00 (New York time)" in shown


@pytest.mark.parametrize("name", AWKWARD.values(), ids=AWKWARD)
def test_many_deputies_with_awkward_names_fit(name):
    assert faults(hand_over.build(Deputies(report(area=name), deputies(120, name), LONDON))) == []


@pytest.mark.parametrize("from_home", [True, False])
def test_an_absence_is_a_day_and_where_it_was_said(from_home):
    view = away.build(date(2026, 11, 21), from_home=from_home)
    assert faults(view) == []
    back = submitted(view, "away_until", {"selected_date": "2026-11-27"})
    assert away.read(back) == date(2026, 11, 27)
    assert away.came_from_home(back) is from_home
