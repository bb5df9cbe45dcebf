"""Have reminders that were sent tell what has become of their reports since."""

from datetime import datetime

from highlightbot.core.deliveries import DeliveryKind, NewDelivery, change_key
from highlightbot.workflows.bounded import bounded
from highlightbot.workflows.ports import Database, UnitOfWork


def update_reminders(database: Database, now: datetime) -> int:
    """Enqueue a change of every reminder that does not tell of a submission; gives how many."""
    with database.reading() as unit:
        behind = unit.reminders.untold()
    made = 0
    for report_id, _ in behind:
        with bounded("report", report_id), database.writing() as unit:
            made += change_reminders(unit, report_id, now)
            unit.reminders.told_now(report_id)
    return made


def change_reminders(unit: UnitOfWork, report_id: int, now: datetime) -> int:
    """Have every message that shows the report show how it stands now; gives how many change."""
    report = unit.reports.get(report_id)
    if report is None or now >= report.period.closes_at:
        return 0
    made = 0
    for sent in unit.reminders.messages_about(report_id):
        newest = unit.reminders.newest_change(sent.person_id, sent.key)
        # A change that nobody has begun to make will show it.
        if newest and unit.reminders.join(change_key(sent.key, newest), now) is not None:
            continue
        made += unit.deliveries.enqueue(
            NewDelivery(
                dedupe_key=change_key(sent.key, newest + 1),
                kind=DeliveryKind.REMINDER,
                programme_id=sent.programme_id,
                period_id=sent.period_id,
                person_id=sent.person_id,
                edition=newest + 1,
                not_before=now,
                expires_at=report.period.closes_at,
            ),
            now,
        )
    return made
