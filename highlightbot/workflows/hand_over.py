"""Hand a report to a deputy, and take it back."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from highlightbot.core.duties import present
from highlightbot.core.errors import Refusal
from highlightbot.core.people import Account, Person
from highlightbot.core.programmes import Programme
from highlightbot.core.reminder_plan import ReminderKind
from highlightbot.core.reports import Report
from highlightbot.workflows.ask_reminder import remind_now
from highlightbot.workflows.ports import Database, UnitOfWork
from highlightbot.workflows.update_reminders import change_reminders
from highlightbot.workflows.write_report import writable


@dataclass(frozen=True, slots=True)
class Deputies:
    """To whom a report can be handed by somebody who lives in ``zone``."""

    report: Report
    people: tuple[Person, ...]
    zone: ZoneInfo


def deputies_for(database: Database, account: Account, report_id: int, now: datetime) -> Deputies:
    """The deputies who are there; Refusal where the account's holder cannot hand it to anybody."""
    with database.reading() as unit:
        programme, person, report = _own(unit, account, report_id, now)
        deputies = _deputies(programme, person, report, now)
        return Deputies(report, deputies, person.zone or report.zone)


def hand_over(
    database: Database, account: Account, report_id: int, to_id: int, now: datetime
) -> tuple[Report, Person]:
    """Have a deputy write the report, who is told who asked; gives what is handed to whom.

    From now on the deputy is reminded of it instead. Refusal where that cannot be.
    """
    with database.writing() as unit:
        unit.reports.hold(report_id)
        programme, person, report = _own(unit, account, report_id, now)
        deputies = _deputies(programme, person, report, now)
        to = next((one for one in deputies if one.id == to_id), None)
        if to is None:
            raise Refusal(
                f"That person is away or no deputy of {report.area_name} any more. Choose"
                " somebody else."
            )
        unit.looks.wake(period_id=report.period.id)
        unit.reports.hand(report_id, to.id, person.id, now)
        remind_now(unit, programme, to, report, ReminderKind.HANDED, now, besides=True)
        change_reminders(unit, report_id, now)
        return report, to


def take_back(database: Database, account: Account, report_id: int, now: datetime) -> Report:
    """Have the leads write the report again; who had it sees so in the message they got."""
    with database.writing() as unit:
        unit.reports.hold(report_id)
        _, _, report = _own(unit, account, report_id, now)
        if report.handed is not None:
            unit.looks.wake(period_id=report.period.id)
            unit.reports.hand(report_id, None, None, now)
            change_reminders(unit, report_id, now)
        return report


def _own(
    unit: UnitOfWork, account: Account, report_id: int, now: datetime
) -> tuple[Programme, Person, Report]:
    person, report = writable(unit, account, unit.reports.get(report_id))
    report.refuse_if_closed(now)
    if not report.is_owed:
        raise Refusal(f"The report of {report.area_name} is not waited for any more.")
    return unit.programmes.get(report.programme_id), person, report


def _deputies(
    programme: Programme, person: Person, report: Report, now: datetime
) -> tuple[Person, ...]:
    there = present(programme.area(report.area_id).deputies, programme, now)
    others = tuple(one for one in there if one.id != person.id)
    if not others:
        raise Refusal(
            f"{report.area_name} has no deputy who is there now. Ask your coordinator to name one."
        )
    return others
