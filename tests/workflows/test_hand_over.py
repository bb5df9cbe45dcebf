"""A report that is handed to a deputy, and taken back."""

from datetime import datetime, timedelta

import pytest

from highlightbot.core.errors import Refusal
from highlightbot.workflows.be_away import be_away
from highlightbot.workflows.hand_over import deputies_for, hand_over, take_back
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    COORDINATORS_TURN,
    LAST_DAY,
    MONDAY,
    NUDGE,
    OVERDUE,
    Office,
    account,
    area,
)
from tests.workflows.ticking import live_through, tick


def hand_to_bo(office: Office, now: datetime, name: str = "Libraries") -> None:
    report = office.report(name, now)
    choice = deputies_for(office.database, account("alex"), report.id, now)
    (bo,) = choice.people
    hand_over(office.database, account("alex"), report.id, bo.id, now)


def test_a_report_handed_to_a_deputy_is_theirs_from_then_on(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    tick(office, messenger, LAST_DAY)
    noon = LAST_DAY + timedelta(hours=3)
    hand_to_bo(office, noon)
    assert tick(office, messenger, noon) == [("bo", "handed: Libraries")]
    assert office.report("Libraries", noon).handed is not None
    assert messenger.changed == [("period_ended: Libraries", "Libraries 0")]
    sent = live_through(office, messenger, noon + timedelta(hours=1), COORDINATORS_TURN)
    assert sent == [
        (NUDGE, "bo", "due_soon: Libraries"),
        (OVERDUE, "bo", "overdue: Libraries"),
    ]


def test_who_was_reminded_today_hears_all_the_same_of_a_report_handed_to_them(
    office: Office, messenger: FakeMessenger
) -> None:
    assert ("bo", "period_ended: Parks") in tick(office, messenger, LAST_DAY)
    hand_to_bo(office, LAST_DAY)
    assert tick(office, messenger, LAST_DAY) == [("bo", "handed: Libraries")]


def test_reports_handed_over_within_a_minute_are_each_told(
    office: Office, messenger: FakeMessenger
) -> None:
    names = ("Libraries", "Housing")
    office.declare(MONDAY, areas=(area("Parks", "bo"), *(area(one, "alex", "bo") for one in names)))
    tick(office, messenger, LAST_DAY)
    noon = LAST_DAY + timedelta(hours=3)
    sent = []
    for seconds, name in enumerate(names):
        hand_to_bo(office, noon + timedelta(seconds=seconds), name)
        sent += tick(office, messenger, noon + timedelta(seconds=seconds))
    assert sent == [("bo", f"handed: {name}") for name in names]


def test_a_report_handed_over_at_night_is_told_in_the_morning_with_the_rest(
    office: Office, messenger: FakeMessenger
) -> None:
    hand_to_bo(office, LAST_DAY - timedelta(hours=5))
    assert tick(office, messenger, LAST_DAY - timedelta(hours=5)) == []
    assert ("bo", "period_ended: Parks; handed: Libraries") in tick(office, messenger, LAST_DAY)


def test_a_report_taken_back_before_it_was_told_is_not_told(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    night = LAST_DAY - timedelta(hours=5)
    hand_to_bo(office, night)
    take_back(office.database, account("alex"), office.report("Libraries", night).id, night)
    assert tick(office, messenger, LAST_DAY) == [("alex", "period_ended: Libraries")]


def test_a_report_taken_back_is_the_leads_again_and_the_deputys_message_says_so(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    hand_to_bo(office, LAST_DAY)
    assert tick(office, messenger, LAST_DAY) == [("bo", "handed: Libraries")]
    take_back(office.database, account("alex"), office.report("Libraries", LAST_DAY).id, LAST_DAY)
    assert tick(office, messenger, LAST_DAY) == [("alex", "period_ended: Libraries")]
    assert messenger.changed == [("handed: Libraries", "Libraries 0")]
    assert tick(office, messenger, NUDGE) == [("alex", "due_soon: Libraries")]


def test_a_report_taken_back_while_the_message_is_sent_is_told_in_it_afterwards(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    hand_to_bo(office, LAST_DAY)
    report = office.report("Libraries", LAST_DAY).id

    def take_it_back() -> None:
        take_back(office.database, account("alex"), report, LAST_DAY)

    messenger.while_accepting = [take_it_back]
    tick(office, messenger, LAST_DAY)
    tick(office, messenger, LAST_DAY)
    assert messenger.changed == [("handed: Libraries", "Libraries 0")]


def test_a_report_can_be_handed_only_to_a_deputy_who_is_there(office: Office) -> None:
    libraries, parks = (office.report(name, MONDAY).id for name in ("Libraries", "Parks"))
    with pytest.raises(Refusal, match="no deputy who is there"):
        deputies_for(office.database, account("bo"), parks, MONDAY)
    be_away(office.database, account("bo"), MONDAY.date(), MONDAY)
    with pytest.raises(Refusal, match="no deputy who is there"):
        hand_over(office.database, account("alex"), libraries, 1, MONDAY)
    with pytest.raises(Refusal, match="not an author"):
        deputies_for(office.database, account("casey"), libraries, MONDAY)
    office.submit("Libraries", "alex", MONDAY)
    with pytest.raises(Refusal, match="not waited for any more"):
        deputies_for(office.database, account("alex"), libraries, MONDAY)
