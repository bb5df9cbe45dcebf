"""Lives through the past periods, so that the playground starts with real reports."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import Any

from highlightbot.core.people import Account
from highlightbot.core.periods import Period, instant
from highlightbot.core.programmes import Programme
from highlightbot.core.reports import Report
from highlightbot.core.rich_text import RichText
from highlightbot.playground.clock import MovableClock
from highlightbot.playground.conversations import Conversation
from highlightbot.workflows.ports import Database
from highlightbot.workflows.write_report import save_section, submit_report

_WRITTEN_AT = time(8)
_REMINDED_AT = time(9)
_A_DAY_LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Past:
    """What the past periods left: the programme's id, the file of the database, and what people
    have in Slack.
    """

    programme_id: int
    database: bytes
    conversations: tuple[Conversation, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Plays the past with the bot's own workflows on the playground's clock."""

    database: Database
    clock: MovableClock
    account: Callable[[str], Account]
    do_what_is_due: Callable[[], None]

    def live_through(self, programme_id: int) -> None:
        """Every past period from its first day to its late reports."""
        for past in tomllib.loads(_text())["period"]:
            period, programme = self._newest_period(programme_id)
            self._live_through(programme, period, past["reports"])
            self._move_to(instant(period.ends_on + timedelta(days=1), _REMINDED_AT, programme.zone))

    def _live_through(
        self, programme: Programme, period: Period, reports: list[Mapping[str, Any]]
    ) -> None:
        late = [report for report in reports if report.get("late")]
        self.clock.move_to(instant(period.ends_on, _WRITTEN_AT, programme.zone))
        for report in reports:
            if report not in late:
                self._write(programme, period, report)
        self._move_to(instant(period.ends_on, _REMINDED_AT, programme.zone))
        self._move_to(period.due_at)
        if late:
            self.clock.move_to(period.due_at + _A_DAY_LATE)
            for report in late:
                self._write(programme, period, report)
            self.do_what_is_due()

    def _move_to(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        self.do_what_is_due()

    def _newest_period(self, programme_id: int) -> tuple[Period, Programme]:
        with self.database.reading() as unit:
            return unit.periods.opened(programme_id)[0], unit.programmes.get(programme_id)

    def _write(self, programme: Programme, period: Period, written: Mapping[str, Any]) -> None:
        report = self._report(period, written["area"])
        account = self.account(_lead(programme, report))
        now = self.clock.now()
        for section in report.template.sections:
            text = written["answers"].get(section.key, "")
            save_section(
                self.database,
                account,
                report.id,
                section.key,
                RichText.from_plain(text),
                nil=not text,
                expected_version=None,
                may_be_blank=False,
                now=now,
            )
        submit_report(
            self.database,
            account,
            report.id,
            headline=written.get("headline", ""),
            submission_key="demonstration",
            now=now,
        )

    def _report(self, period: Period, area: str) -> Report:
        with self.database.reading() as unit:
            reports = unit.reports.of_period(period.id)
        return next(report for report in reports if report.area_name == area)


def _lead(programme: Programme, report: Report) -> str:
    lead = programme.area(report.area_id).leads[0]
    assert lead.external_id is not None
    return lead.external_id


def _text() -> str:
    return files(__package__).joinpath("history.toml").read_text("utf-8")
