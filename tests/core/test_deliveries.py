from datetime import timedelta
from itertools import product

import pytest

from highlightbot.core.deliveries import (
    GRACE,
    LEASE,
    DeliveryKind,
    backoff,
    reminder_key,
    summary_key,
)
from highlightbot.core.reminders import ReminderKind


def test_every_reminder_is_a_kind_of_delivery() -> None:
    assert [DeliveryKind(kind).value for kind in ReminderKind] == list(ReminderKind)


def test_keys_tell_apart_what_may_be_sent_once_each() -> None:
    ids = (1, 11)
    keys = {reminder_key(kind, *pair) for kind in ReminderKind for pair in product(ids, ids)}
    keys |= {summary_key(*triple) for triple in product(ids, ids, (0, 1))}
    assert len(keys) == 3 * 4 + 8
    assert reminder_key(ReminderKind.OVERDUE, 1, 2) == "reminder:overdue:1:2"
    assert summary_key(1, 2, 0) == "summary:1:2:0"


@pytest.mark.parametrize(
    ("attempts", "longest"),
    [(1, 2), (2, 4), (5, 32), (9, 512), (10, 900), (50, 900), (10_000, 900)],
)
def test_backoff_doubles_up_to_a_quarter_of_an_hour(attempts: int, longest: int) -> None:
    waits = [backoff(attempts, chance) for chance in (0.0, 0.5, 1.0)]
    assert waits == [timedelta(seconds=longest * chance) for chance in (0.0, 0.5, 1.0)]


def test_lease_and_grace_outlast_a_clients_timeout() -> None:
    """Ten seconds is what the sending client waits for an answer."""
    assert min(LEASE, GRACE) > timedelta(seconds=10)
