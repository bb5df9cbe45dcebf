"""Freeze the editions of summaries that are due, and enqueue their messages."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from highlightbot.core.deliveries import DeliveryKind, NewDelivery, summary_key
from highlightbot.core.periods import Period
from highlightbot.core.programmes import Programme
from highlightbot.core.reports import Revision
from highlightbot.core.summaries import Edition, Summary, compile_summary
from highlightbot.workflows.bounded import bounded
from highlightbot.workflows.ports import Database, UnitOfWork

_LIFETIME = timedelta(days=90)


def publish_summaries(database: Database, now: datetime) -> int:
    """Make the next edition of every period that is past its cut-off and has news.

    The first edition comes at the cut-off whatever is in. A later one gathers what was
    submitted since, and waits until the one before is delivered. Gives how many were made.
    """
    with database.reading() as unit:
        awaiting = unit.periods.awaiting_edition(now)
    made = 0
    for period in awaiting:
        with bounded("period", period.id):
            with database.reading() as unit:
                has_news = _next_edition(unit, period) is not None
            if has_news:
                with database.writing() as unit:
                    made += _publish(unit, period, now)
    return made


def edition_of(unit: UnitOfWork, period: Period, number: int) -> Edition:
    """A published edition as it was frozen, with the revisions that it brought."""
    programme = unit.programmes.get(period.programme_id)
    revisions = unit.summaries.edition(period.id, number)
    summary = compiled(unit, programme, period, number, revisions)
    if number == 1:
        return Edition(summary)
    before = unit.summaries.edition(period.id, number - 1)
    held = {revision.id for revision in before}
    return Edition(
        summary,
        tuple(revision for revision in revisions if revision.id not in held),
        frozenset(revision.report_id for revision in before),
    )


def compiled(
    unit: UnitOfWork,
    programme: Programme,
    period: Period,
    number: int,
    revisions: Sequence[Revision],
) -> Summary:
    """The summary of these revisions over all areas that reported, or should have."""
    reports = unit.reports.of_period(period.id)
    return compile_summary(
        programme.name,
        period,
        number,
        {report.area_id: report.area_name for report in reports},
        revisions,
        {report.area_id for report in reports if report.excused_at},
    )


def _next_edition(unit: UnitOfWork, period: Period) -> tuple[int, list[Revision]] | None:
    number, published = unit.summaries.newest_edition(period.id)
    revisions = unit.reports.newest_revisions(period.id)
    if number == 0:
        return 1, revisions
    if {revision.id for revision in revisions} == published:
        return None
    if number in unit.ledger.unfinished_editions(period.id):
        return None
    return number + 1, revisions


def _publish(unit: UnitOfWork, period: Period, now: datetime) -> bool:
    # A coordinator may have moved the cut-off since it was found to have passed, or be about to.
    unit.programmes.hold(period.programme_id)
    period = unit.periods.get(period.id)
    upcoming = _next_edition(unit, period) if period.due_at <= now else None
    if upcoming is None:
        return False
    number, revisions = upcoming
    revision_ids = [revision.id for revision in revisions]
    if not unit.summaries.add_edition(period.id, number, revision_ids, now):
        return False  # another replica has just made it
    if unit.summaries.posted(period.id) is None:
        for head in unit.ledger.heads(period.id):
            if head.is_in_doubt:  # where it stands in the channel, this edition changes it
                unit.ledger.requeue(head.id, now, unknown=True)
    return unit.deliveries.enqueue(summary_message(period, number, 0, now), now)


def summary_message(period: Period, edition: int, part: int, now: datetime) -> NewDelivery:
    """The ledger's row for one message of an edition."""
    return NewDelivery(
        dedupe_key=summary_key(period.id, edition, part),
        kind=DeliveryKind.SUMMARY,
        programme_id=period.programme_id,
        period_id=period.id,
        edition=edition,
        part=part,
        not_before=now,
        expires_at=now + _LIFETIME,
    )
