from dataclasses import replace
from datetime import timedelta

from highlightbot.core.deliveries import DeliveryKind, DeliveryStatus, MessageRef, NewDelivery
from highlightbot.core.periods import Period
from tests.samples import LIBRARIES, NOW, PROGRAMME, Stored, store_programme

LEASE = timedelta(seconds=60)


def send(stored: Stored, period: Period, edition: int, part: int, status: DeliveryStatus) -> None:
    """A summary's message that came to that end, as message "edition.part" in C-1."""
    with stored.database.writing() as unit:
        assert unit.deliveries.enqueue(
            NewDelivery(
                dedupe_key=f"summary:{period.id}:{edition}:{part}",
                kind=DeliveryKind.SUMMARY,
                programme_id=stored.programme_id,
                period_id=period.id,
                edition=edition,
                part=part,
                not_before=NOW,
                expires_at=period.closes_at,
            ),
            NOW,
        )
        claimed = unit.deliveries.claim(NOW, LEASE)
        assert claimed is not None
        ref = MessageRef("C-1", f"{edition}.{part}") if status is DeliveryStatus.SENT else None
        assert unit.deliveries.finish(claimed, status, NOW, ref=ref)


def test_no_edition_before_the_first(stored: Stored) -> None:
    period = stored.open_period()
    with stored.database.reading() as unit:
        assert unit.summaries.newest_edition(period.id) == (0, frozenset())
        assert unit.summaries.edition(period.id, 1) == []
        assert unit.summaries.posted(period.id) is None


def test_edition_keeps_what_was_frozen_for_it(stored: Stored) -> None:
    period = stored.open_period()
    for name in ("Housing", "Libraries"):
        stored.submit(stored.report(period, name), "k1")
    with stored.database.writing() as unit:
        first = unit.reports.newest_revisions(period.id)
        unit.summaries.add_edition(period.id, 1, [one.id for one in first], NOW)
    stored.submit(stored.report(period, "Libraries"), "k2")
    store_programme(stored.database, replace(PROGRAMME, areas=(LIBRARIES,)))
    with stored.database.writing() as unit:
        second = unit.reports.newest_revisions(period.id)
        unit.summaries.add_edition(period.id, 2, [one.id for one in second], NOW)
    with stored.database.reading() as unit:
        assert unit.summaries.edition(period.id, 1) == first
        assert unit.summaries.edition(period.id, 2) == second
        assert unit.summaries.newest_edition(period.id) == (2, frozenset(one.id for one in second))
    assert [(one.area_name, one.number) for one in first + second] == [
        ("Libraries", 1),
        ("Housing", 1),
        ("Libraries", 2),
        ("Housing", 1),
    ]


def test_edition_with_nothing_in(stored: Stored) -> None:
    period = stored.open_period()
    with stored.database.writing() as unit:
        unit.summaries.add_edition(period.id, 1, [], NOW)
    with stored.database.reading() as unit:
        assert unit.summaries.newest_edition(period.id) == (1, frozenset())
        assert unit.summaries.edition(period.id, 1) == []


def test_posted_is_the_first_summary_that_was_sent(stored: Stored) -> None:
    period = stored.open_period()
    send(stored, period, 1, 0, DeliveryStatus.DEAD)
    send(stored, period, 1, 1, DeliveryStatus.SENT)
    with stored.database.reading() as unit:
        assert unit.summaries.posted(period.id) is None
    send(stored, period, 2, 0, DeliveryStatus.SENT)
    send(stored, period, 3, 0, DeliveryStatus.SENT)
    with stored.database.reading() as unit:
        assert unit.summaries.posted(period.id) == (MessageRef("C-1", "2.0"), 2)
        assert unit.summaries.first_posted_at(period.id) == NOW
    with stored.database.writing() as unit:
        unit.summaries.forget(period.id, MessageRef("C-1", "2.0"))
        assert unit.summaries.posted(period.id) == (MessageRef("C-1", "3.0"), 3)
        unit.summaries.forget(period.id, MessageRef("C-1", "3.0"))
        assert unit.summaries.posted(period.id) is None
        assert unit.summaries.first_posted_at(period.id) == NOW
