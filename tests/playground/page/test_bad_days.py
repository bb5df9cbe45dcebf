"""Faults as the page offers, orders and tells them."""

from typing import Any

import pytest

from highlightbot.playground.faults import KINDS, Fault, OrderedFaults
from highlightbot.playground.page.bad_days import OFFERED, ToldFault, chosen, told
from highlightbot.playground.page.deeds import DEEDS
from tests.playground.page.office import ASHA, new_slack
from tests.playground.payloads import text_input, typed

RATES = "429 beyond Slack's documented rates"
NOTE = text_input("note", initial_value="Kept")
VIEW = {"blocks": [NOTE], "state": {"values": {"note": {"text": typed("Kept")}}}}
DELIVERY = {"type": "event_callback", "view": VIEW}
"""One that every fault can do something to."""


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
    delivery = ordered.of_delivery("app_mention", DELIVERY)
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


def test_a_fault_goes_on_as_it_does_when_another_is_ordered() -> None:
    slack = new_slack()
    half = Fault("reset", share=0.5)
    slack.order_faults(half, Fault("hang", times=1), seed=7)
    alone = OrderedFaults([half], seed=7)

    def strike(ordered: OrderedFaults) -> list[bool]:
        struck = [ordered.of_call("chat.postMessage", {}) for _ in range(20)]
        return [one is not None and one.kind == "reset" for one in struck]

    ordered = slack.installation.ordered
    assert strike(ordered) == strike(alone)
    assert [one.kind for one in ordered.faults] == ["reset", "hang"]
    sent = {"as": ASHA.id, "fault": "Events twice", "often": "every time"}
    assert DEEDS["order-fault"](slack, sent).ok
    assert strike(ordered) == strike(alone)
    assert ordered.counted == ((half, alone.struck[0]), (Fault("duplicate"), 0))


def test_a_fault_of_the_control_api_is_told_too() -> None:
    ordered = OrderedFaults([Fault("reset", share=0.25, names=frozenset({"views.open"}))])
    assert told(ordered) == [
        ToldFault("Connection reset before the call", "25% of the times, only views.open", 0)
    ]
