"""Faults as the page offers, orders and tells them."""

from typing import Any

import pytest

from highlightbot.playground.faults import KINDS, Fault, OrderedFaults
from highlightbot.playground.page.bad_days import OFFERED, ToldFault, chosen, told, with_another
from highlightbot.playground.page.deeds import DEEDS
from tests.playground.page.office import ASHA, new_slack

RATES = "429 beyond Slack's documented rates"


def test_every_kind_of_fault_is_offered() -> None:
    assert {fault.kind for group in OFFERED.values() for fault in group.values()} == KINDS


@pytest.mark.parametrize("name", [name for group in OFFERED.values() for name in group])
def test_an_offered_fault_strikes_what_its_group_names(name: str) -> None:
    slack = new_slack()
    sent = {"as": ASHA.id, "fault": name, "often": "the next time only"}
    assert DEEDS["order-fault"](slack, sent).ok
    ordered = slack.installation.ordered
    (group,) = (title for title, faults in OFFERED.items() if name in faults)
    call = ordered.of_call("chat.postMessage", {"channel": "C0COORD"})
    delivery = ordered.of_delivery("app_mention", {})
    if name == RATES:  # a first post is within them
        assert call is None
        call = ordered.of_call("chat.postMessage", {"channel": "C0COORD"})
    struck = {"Calls of the Web API": (True, False), "Deliveries to the app": (False, True)}
    assert (call is not None, delivery is not None) == struck.get(group, (True, False))
    assert [one.struck for one in told(ordered)] == [1]


def test_a_fault_is_ordered_beside_those_before_and_all_are_ended() -> None:
    slack = new_slack()

    def do(deed: str, **sent: Any) -> None:
        assert DEEDS[deed](slack, {"as": ASHA.id, **sent}).ok

    do("order-fault", fault="No answer", often="half the time")
    do("order-fault", fault="Events twice", often="the next time only")
    assert told(slack.installation.ordered) == [
        ToldFault("No answer", "50% of the times", 0),
        ToldFault("Events twice", "every time, at most 1", 0),
    ]
    do("end-faults")
    assert told(slack.installation.ordered) == []


@pytest.mark.parametrize(("fault", "often"), [("No such", "every time"), ("No answer", "never")])
def test_what_is_not_offered_is_refused(fault: str, often: str) -> None:
    with pytest.raises(LookupError):
        chosen(fault, often)


def test_a_fault_that_is_used_up_is_not_ordered_again() -> None:
    once, twice = Fault("reset", times=1), Fault("hang", times=2)
    ordered = OrderedFaults([once, twice])
    for _ in range(2):
        assert ordered.of_call("chat.postMessage", {}) is not None
    assert with_another(ordered, Fault("late")) == [Fault("hang", times=1), Fault("late")]


def test_a_fault_of_the_control_api_is_told_too() -> None:
    ordered = OrderedFaults([Fault("reset", share=0.25, names=frozenset({"views.open"}))])
    assert told(ordered) == [
        ToldFault("Connection reset before the call", "25% of the times, only views.open", 0)
    ]
