"""Who gets the reminders of somebody who is away."""

from datetime import UTC, date, datetime, timedelta

import pytest

from highlightbot.core.errors import Refusal
from highlightbot.workflows.be_away import be_away, be_back
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CUT_OFF,
    DAY,
    DEPUTIES_TURN,
    LAST_DAY,
    MONDAY,
    NUDGE,
    OVERDUE,
    Office,
    account,
    area,
)
from tests.workflows.ticking import live_through, tick


def test_while_the_lead_is_away_the_deputy_is_reminded_and_afterwards_the_lead(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    absence = be_away(office.database, account("alex"), CUT_OFF.date(), MONDAY)
    assert [(name, [one.name for one in people]) for name, people in absence.stand_ins] == [
        ("Libraries", ["Bo"])
    ]
    sent = live_through(office, messenger, end=DEPUTIES_TURN + timedelta(hours=1))
    assert sent == [
        (LAST_DAY, "bo", "period_ended: Libraries"),
        (NUDGE, "bo", "due_soon: Libraries"),
        (OVERDUE, "alex", "overdue: Libraries"),
        (DEPUTIES_TURN, "bo", "deputy: Libraries"),
    ]


def test_nobody_is_reminded_while_away_without_deputies(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Parks", "alex"),))
    be_away(office.database, account("alex"), LAST_DAY.date(), MONDAY)
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert live_through(office, messenger, end=monday + timedelta(hours=6)) == [
        (monday, "alex", "due_soon: Parks")
    ]


def test_who_goes_away_before_the_message_is_sent_does_not_get_it(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Parks", "alex"),))
    night = LAST_DAY.replace(hour=20)
    assert tick(office, messenger, night) == []
    be_away(office.database, account("alex"), CUT_OFF.date(), night)
    assert live_through(office, messenger, night, OVERDUE) == []
    assert tick(office, messenger, OVERDUE) == [("alex", "overdue: Parks")]


def test_who_is_back_early_is_reminded_at_once(office: Office, messenger: FakeMessenger) -> None:
    office.declare(MONDAY, areas=(area("Parks", "alex"),))
    be_away(office.database, account("alex"), CUT_OFF.date(), MONDAY)
    assert tick(office, messenger, LAST_DAY) == []
    be_back(office.database, account("alex"))
    assert tick(office, messenger, LAST_DAY) == [("alex", "period_ended: Parks")]


@pytest.mark.parametrize("until", [MONDAY.date() - DAY, MONDAY.date() + 367 * DAY])
def test_an_absence_that_is_over_or_endless_is_refused(office: Office, until: date) -> None:
    with pytest.raises(Refusal, match=r"That day is over|within a year"):
        be_away(office.database, account("alex"), until, MONDAY)


def test_a_stranger_cannot_be_away(office: Office) -> None:
    with pytest.raises(Refusal, match="no programme"):
        be_away(office.database, account("nobody"), MONDAY.date(), MONDAY)
