"""Who has not reported yet, and for which period that is asked."""

from collections.abc import Collection
from datetime import datetime

from highlightbot.core.answers import Missing, MissingArea
from highlightbot.core.people import Role
from highlightbot.core.periods import Period
from highlightbot.core.programmes import Programme, ServiceArea
from highlightbot.core.reports import Report
from highlightbot.workflows.ports import UnitOfWork


def period_asked_about(unit: UnitOfWork, programme: Programme, now: datetime) -> Period | None:
    """The newest period that has ended and still takes reports, or else the one that is running."""
    asked_about, _ = _collecting(unit, programme, now)
    return asked_about


def missing_reports(
    unit: UnitOfWork, programme: Programme, now: datetime, only: Collection[int] | None = None
) -> Missing | None:
    """Who has not reported for the newest period that has ended, or else that is running.

    With ``only`` it tells of the areas with these ids; None where none of them is to report.
    """
    period, running = _collecting(unit, programme, now)
    if period is None:
        return None
    reports = unit.reports.of_period(period.id)
    told = [report for report in reports if only is None or report.area_id in only]
    if only is not None and not told:
        return None
    return Missing(
        programme.name,
        period,
        tuple(
            MissingArea(
                report.area_name, report.state, _author_names(programme.area(report.area_id))
            )
            for report in told
            if report.is_owed
        ),
        sum(not (report.is_owed or _is_let_off(report)) for report in told),
        period.due_at,
        programme.zone,
        is_whole=only is None,
        excused=tuple(report.area_name for report in told if _is_let_off(report)),
        running=running,
    )


def _is_let_off(report: Report) -> bool:
    return report.excused_at is not None and not report.revision


def _collecting(
    unit: UnitOfWork, programme: Programme, now: datetime
) -> tuple[Period | None, Period | None]:
    """The period that is asked about, and the one that is running if it is another."""
    collecting = [
        period for period in unit.periods.collecting(now) if period.programme_id == programme.id
    ]
    today = now.astimezone(programme.zone).date()
    ended = [period for period in collecting if period.ends_on <= today]
    running = next((period for period in collecting if period.ends_on > today), None)
    return (ended[-1], running) if ended else (running, None)


def _author_names(area: ServiceArea) -> tuple[str, ...]:
    ordered = sorted(area.authors, key=lambda author: author.role is not Role.LEAD)
    return tuple(author.person.name for author in ordered)
