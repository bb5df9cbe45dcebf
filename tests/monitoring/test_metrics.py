from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from highlightbot.core.deliveries import Backlog, Delivery, DeliveryKind, DeliveryStatus
from highlightbot.core.errors import (
    DeliveryFailure,
    NotDelivered,
    OutcomeUnknown,
    RateLimited,
    StorageFailure,
)
from highlightbot.monitoring.metrics import Gauges, Metrics

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def delivery(*, attempts: int = 1, due_at: datetime = NOW) -> Delivery:
    return Delivery(
        id=7,
        key="summary:1:1:0",
        kind=DeliveryKind.SUMMARY,
        programme_id=1,
        period_id=1,
        person_id=None,
        edition=1,
        part=0,
        attempts=attempts,
        token=1,
        was_unknown=False,
        due_at=due_at,
        expires_at=NOW + timedelta(days=1),
        created_at=NOW,
        first_attempt_at=NOW,
    )


def values(metrics: Metrics, name: str) -> Mapping[tuple[str, ...], float]:
    """What is not 0 of the samples of that name, by the values of their labels."""
    return {
        tuple(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.page().decode())
        for sample in family.samples
        if sample.name == name and sample.value
    }


def gauges(
    *, oldest_at: datetime | None = None, tick_age: float | None = 2.5, connections: int | None = 2
) -> Gauges:
    unfinished = {DeliveryStatus.PENDING: 3, DeliveryStatus.UNKNOWN: 1}
    return Gauges(
        now=lambda: NOW,
        backlog=lambda now: Backlog(unfinished, oldest_at),
        tick_age=lambda: tick_age,
        storage_failures=lambda: 4,
        connections=None if connections is None else lambda: connections,
    )


def test_deliveries_that_ended_are_counted_by_kind_and_outcome() -> None:
    metrics = Metrics()
    for status in (DeliveryStatus.SENT, DeliveryStatus.SENT, DeliveryStatus.DEAD):
        metrics.ended(delivery(), status)
    assert values(metrics, "highlightbot_deliveries_total") == {
        ("summary", "sent"): 2,
        ("summary", "dead"): 1,
    }


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (OutcomeUnknown("no answer"), "unknown"),
        (NotDelivered("not_in_channel"), "refused"),
        (RateLimited(30), "rate_limited"),
    ],
)
def test_attempts_that_failed_are_counted(failure: DeliveryFailure, outcome: str) -> None:
    metrics = Metrics()
    metrics.failed(delivery(), failure)
    assert values(metrics, "highlightbot_deliveries_total") == {("summary", outcome): 1}


def test_outcomes_that_never_came_are_told_as_zero() -> None:
    page = Metrics().page().decode()
    for kind in DeliveryKind:
        for outcome in ("sent", "not_needed", "dead", "unknown", "rate_limited", "refused"):
            line = f'highlightbot_deliveries_total{{kind="{kind}",outcome="{outcome}"}} 0.0'
            assert line in page


def test_seconds_of_retry_after_are_summed() -> None:
    metrics = Metrics()
    for seconds in (30, 1.5):
        metrics.failed(delivery(), RateLimited(seconds))
    assert values(metrics, "highlightbot_retry_after_seconds_total") == {(): 31.5}


def test_lag_is_from_the_permitted_instant_to_the_first_attempt() -> None:
    metrics = Metrics()
    metrics.claimed(delivery(due_at=NOW - timedelta(seconds=4)), NOW)
    metrics.claimed(delivery(due_at=NOW - timedelta(hours=4), attempts=2), NOW)
    assert values(metrics, "highlightbot_delivery_lag_seconds_sum") == {(): 4}
    assert values(metrics, "highlightbot_delivery_lag_seconds_count") == {(): 1}


def test_lag_is_never_negative_though_the_clock_was_set_back() -> None:
    metrics = Metrics()
    metrics.claimed(delivery(due_at=NOW + timedelta(hours=1)), NOW)
    assert values(metrics, "highlightbot_delivery_lag_seconds_bucket")[("0.1",)] == 1


def test_answers_are_measured() -> None:
    metrics = Metrics()
    metrics.answered(0.02)
    metrics.answered(4)
    buckets = values(metrics, "highlightbot_ack_seconds_bucket")
    assert (buckets[("0.025",)], buckets[("3.0",)], buckets[("5.0",)]) == (1, 1, 2)


def test_state_is_read_at_each_scrape() -> None:
    metrics = Metrics()
    metrics.read(gauges(oldest_at=NOW - timedelta(minutes=2)))
    assert values(metrics, "highlightbot_deliveries_unfinished") == {
        ("pending",): 3,
        ("unknown",): 1,
    }
    assert values(metrics, "highlightbot_oldest_pending_seconds") == {(): 120}
    assert values(metrics, "highlightbot_tick_age_seconds") == {(): 2.5}
    assert values(metrics, "highlightbot_socket_connections") == {(): 2}
    assert values(metrics, "highlightbot_database_errors_total") == {(): 4}


def test_nothing_due_is_not_old_and_before_the_first_tick_there_is_no_age() -> None:
    metrics = Metrics()
    metrics.read(gauges(tick_age=None, connections=None))
    page = metrics.page().decode()
    assert "highlightbot_oldest_pending_seconds 0.0" in page
    assert "highlightbot_tick_age_seconds" not in page
    assert "highlightbot_socket_connections" not in page


def test_ledger_that_cannot_be_read_leaves_the_rest_to_be_seen() -> None:
    def broken(now: datetime) -> Backlog:
        raise StorageFailure("gone")

    metrics = Metrics()
    metrics.read(Gauges(lambda: NOW, broken, lambda: 90.0, lambda: 1))
    page = metrics.page().decode()
    assert "highlightbot_oldest_pending_seconds" not in page
    assert "highlightbot_tick_age_seconds 90.0" in page


def test_labels_are_states_kinds_and_outcomes_alone() -> None:
    metrics = Metrics()
    metrics.read(gauges())
    metrics.ended(delivery(), DeliveryStatus.SENT)
    labels = {
        label
        for family in text_string_to_metric_families(metrics.page().decode())
        for sample in family.samples
        for label in sample.labels
        if family.name.startswith("highlightbot")
    }
    assert labels == {"kind", "outcome", "state", "le"}
