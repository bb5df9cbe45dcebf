"""What the bot counts and measures, for Prometheus.

Names and units follow https://prometheus.io/docs/practices/naming/. Labels are kinds and
outcomes, never people, areas or programmes. Counters are this process's own; what is read from
the ledger at each scrape is the same in every replica.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from highlightbot.core.deliveries import Backlog, Delivery, DeliveryKind, DeliveryStatus
from highlightbot.core.errors import DeliveryFailure, OutcomeUnknown, RateLimited, StorageFailure

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

_OUTCOMES = (
    DeliveryStatus.SENT.value,
    DeliveryStatus.NOT_NEEDED.value,
    DeliveryStatus.DEAD.value,
    "unknown",
    "rate_limited",
    "refused",
)
_LAG_SECONDS = (0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400)
_ACK_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5)


@dataclass(frozen=True, slots=True)
class Gauges:
    """Where what only has a value at a moment is read, at each scrape.

    ``backlog`` is what the ledger holds at an instant, and may raise StorageFailure. ``tick_age``
    is in seconds, None before the first tick; ``connections`` is None in HTTP mode.
    """

    now: Callable[[], datetime]
    backlog: Callable[[datetime], Backlog]
    tick_age: Callable[[], float | None]
    storage_failures: Callable[[], int]
    connections: Callable[[], int] | None = None


class Metrics:
    """The bot's own; also `ports.Watch`. Safe to share between threads."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # it has no annotations
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._deliveries = Counter(
            "highlightbot_deliveries",
            "Attempts to deliver a message, by what became of them.",
            ("kind", "outcome"),
            registry=self._registry,
        )
        for kind in DeliveryKind:
            for outcome in _OUTCOMES:  # so that the first of each is an increase, too
                self._deliveries.labels(kind.value, outcome)
        self._lag = Histogram(
            "highlightbot_delivery_lag_seconds",
            "From the instant at which a message might be sent to its first attempt.",
            registry=self._registry,
            buckets=_LAG_SECONDS,
        )
        self._retry_after = Counter(
            "highlightbot_retry_after_seconds",
            "For how long Slack said to wait, by Retry-After.",
            registry=self._registry,
        )
        self._acks = Histogram(
            "highlightbot_ack_seconds",
            "From the arrival of a request of Slack's to its answer; Slack waits 3 s.",
            registry=self._registry,
            buckets=_ACK_SECONDS,
        )

    def claimed(self, delivery: Delivery, now: datetime) -> None:
        """See `ports.Watch`."""
        if delivery.attempts == 1:
            self._lag.observe(max((now - delivery.due_at).total_seconds(), 0.0))

    def ended(self, delivery: Delivery, status: DeliveryStatus) -> None:
        """See `ports.Watch`."""
        self._deliveries.labels(delivery.kind.value, status.value).inc()

    def failed(self, delivery: Delivery, failure: DeliveryFailure) -> None:
        """See `ports.Watch`."""
        if isinstance(failure, RateLimited):
            self._retry_after.inc(failure.retry_after)
        self._deliveries.labels(delivery.kind.value, _outcome(failure)).inc()

    def answered(self, seconds: float) -> None:
        """A request of Slack's was answered, so long after it came."""
        self._acks.observe(seconds)

    def read(self, gauges: Gauges) -> None:
        """Read these at each scrape from now on."""
        self._registry.register(_Scraped(gauges))

    def page(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self._registry)


def _outcome(failure: DeliveryFailure) -> str:
    match failure:
        case RateLimited():
            return "rate_limited"
        case OutcomeUnknown():
            return "unknown"
        case _:
            return "refused"


class _Scraped(Collector):
    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[Metric]:
        """See `prometheus_client.registry.Collector`."""
        gauges = self._gauges
        yield from _ledger(gauges)
        age = gauges.tick_age()
        if age is not None:
            yield GaugeMetricFamily(
                "highlightbot_tick_age_seconds", "Since the bot last did what is due.", age
            )
        if gauges.connections is not None:
            yield GaugeMetricFamily(
                "highlightbot_socket_connections",
                "Open Socket Mode connections.",
                gauges.connections(),
            )
        yield CounterMetricFamily(
            "highlightbot_database_errors",
            "Times that the database could not do what was asked.",
            gauges.storage_failures(),
        )


def _ledger(gauges: Gauges) -> Iterator[Metric]:
    now = gauges.now()
    try:
        backlog = gauges.backlog(now)
    except StorageFailure:
        return  # counted by the database itself; no value is better than a wrong one
    pending = GaugeMetricFamily(
        "highlightbot_deliveries_unfinished",
        "Rows of the ledger that are still to be sent, by state; those planned ahead, too.",
        labels=("state",),
    )
    for status in DeliveryStatus:
        if not status.is_final:
            pending.add_metric((status.value,), backlog.unfinished.get(status, 0))
    yield pending
    yield GaugeMetricFamily(
        "highlightbot_oldest_pending_seconds",
        "For how long the oldest message that is due has not been sent; 0 if none is due.",
        0.0 if backlog.oldest_at is None else (now - backlog.oldest_at).total_seconds(),
    )
