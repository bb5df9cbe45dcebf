"""What coordinators change while several bots are at their programme."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from threading import Event

from highlightbot.core.coordination import Foreseen
from highlightbot.core.errors import StaleDraft
from highlightbot.core.instructions import MoveCutOff, parse_instruction
from highlightbot.persistence import SqlDatabase
from highlightbot.workflows.change_calendar import change_calendar
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.ports import UnitOfWork
from highlightbot.workflows.publish_summaries import publish_summaries
from tests.workflows.bureau import Bureau
from tests.workflows.office import CUT_OFF, DAY, HOUR, MONDAY
from tests.workflows.replicas import at_once


def test_a_word_that_comes_to_every_replica_is_done_once(bureau: Bureau) -> None:
    foreseen = bureau.foresee("merge with next period", MONDAY)
    done = at_once(
        bureau.replicas, lambda database: bureau.confirm(foreseen, MONDAY, database=database)
    )
    assert sum(result is not None for result in done) == 1
    assert bureau.period(MONDAY).ends_on == date(2026, 12, 4)


def test_a_period_opens_once_whatever_is_changed_at_the_same_time(bureau: Bureau) -> None:
    for turn in range(4):
        opened = bureau.periods(MONDAY + turn * 30 * DAY)
        newest = opened[-1]
        midnight = datetime.combine(newest.ends_on + DAY, datetime.min.time(), UTC)
        foreseen = bureau.foresee("pause until 1 November", midnight)

        def race(
            database: SqlDatabase, now: datetime = midnight, seen: Foreseen = foreseen
        ) -> None:
            if database is bureau.replicas[0]:
                try:
                    bureau.confirm(seen, now)
                except StaleDraft:
                    return  # a replica was faster: the period is open, and its pause told otherwise
            else:
                open_periods(database, now)

        at_once(bureau.replicas, race)
        if bureau.programme.pause is not None:
            bureau.do("resume", midnight)
        open_periods(bureau.database, midnight)
    with bureau.database.reading() as unit:
        periods = unit.periods.opened(bureau.programme_id)[::-1]
    assert [period.number for period in periods] == [1, 2, 3, 4, 5]
    for before, after in pairwise(periods):
        assert after.starts_on == before.ends_on + DAY


@dataclass
class DatabaseThat:
    """Has something happen before it is first written to."""

    database: SqlDatabase
    happens: Callable[[], object]
    has_happened: bool = False

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        return self.database.reading()

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        if not self.has_happened:
            self.has_happened = True
            self.happens()
        return self.database.writing()


def test_a_cut_off_that_is_moved_in_the_last_moment_holds_the_summary_back(bureau: Bureau) -> None:
    database = DatabaseThat(
        bureau.database, lambda: bureau.do("extend to Thursday 17:00", CUT_OFF - HOUR)
    )
    assert publish_summaries(database, CUT_OFF) == 0
    assert publish_summaries(bureau.database, CUT_OFF) == 0
    assert publish_summaries(bureau.database, datetime(2026, 11, 26, 17, tzinfo=UTC)) == 1


def test_a_summary_waits_for_whoever_is_changing_the_calendar(bureau: Bureau) -> None:
    """Else both would be done: the cut-off moved, and its summary posted before it."""
    has_begun = Event()

    def publish() -> int:
        return publish_summaries(DatabaseThat(bureau.replicas[1], has_begun.set), CUT_OFF)

    with ThreadPoolExecutor(1) as pool:
        with bureau.replicas[0].writing() as unit:
            held = unit.programmes.hold(bureau.programme_id)
            made = pool.submit(publish)
            assert has_begun.wait(30)
            with suppress(TimeoutError):
                made.result(0.3)  # it cannot have one: it waits
            asked = parse_instruction("extend to Thursday 17:00", CUT_OFF.date())
            assert isinstance(asked, MoveCutOff)
            change_calendar(unit, held, asked, CUT_OFF - HOUR)
        assert made.result(30) == 0
