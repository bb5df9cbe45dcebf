from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from highlightbot.core.deliveries import (
    GRACE,
    LEASE,
    asked_key,
    backoff,
    change_key,
    changed_key,
    reminder_key,
    summary_key,
)


def test_keys_tell_apart_what_may_be_sent_once_each() -> None:
    ids = (1, 11)
    days = (date(2026, 11, 1), date(2026, 11, 11))
    instants = (datetime(2026, 11, 1, 9, tzinfo=UTC), datetime(2026, 11, 1, 9, 1, tzinfo=UTC))
    keys = {reminder_key(*pair) for pair in product(ids, days)}
    keys |= {asked_key(*pair) for pair in product(ids, instants)}
    keys |= {change_key(key, edition) for key in tuple(keys) for edition in ids}
    keys |= {summary_key(*triple) for triple in product(ids, ids, (0, 1))}
    assert len(keys) == (4 + 4) * 3 + 8
    assert reminder_key(1, days[0]) == "reminder:1:2026-11-01"
    assert summary_key(1, 2, 0) == "summary:1:2:0"


def test_the_key_of_a_change_leads_back_to_the_message() -> None:
    key = asked_key(7, datetime(2026, 11, 1, 9, tzinfo=UTC))
    assert changed_key(change_key(key, 12)) == key


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
