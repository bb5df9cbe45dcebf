"""What coordinators change: foreseen, done once, kept, and followed by everything else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from threading import Barrier, Event

import pytest

from highlightbot.core.coordination import CalendarChange, Foreseen
from highlightbot.core.errors import NotAllowed, Refusal, StaleDraft
from highlightbot.core.instructions import MoveCutOff, parse_instruction
from highlightbot.core.periods import Period
from highlightbot.core.summaries import AreaState
from highlightbot.persistence import SqlDatabase
from highlightbot.persistence.sqlite import connections
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.workflows.answer_question import missing_reports
from highlightbot.workflows.change_calendar import change_calendar
from highlightbot.workflows.coordinate import carry_out, foresee, managed, programmes_meant
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.ports import UnitOfWork
from highlightbot.workflows.publish_summaries import edition_of, publish_summaries
from highlightbot.workflows.set_up_programme import set_up_programme
from tests.databases import PostgresServer, SqliteFile
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CUT_OFF,
    DECLARED,
    LAST_DAY,
    MONDAY,
    NUDGE,
    Office,
    account,
    area,
    profiles_of,
    set_up_office,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
REPLICAS = 3


@dataclass
class Bureau(Office):
    """The office, and as many bots on its database as there are replicas."""

    replicas: tuple[SqlDatabase, ...] = ()

    def foresee(self, words: str, now: datetime, who: str = "kim") -> Foreseen:
        asked = parse_instruction(words, now.date())
        with self.database.reading() as unit:
            return foresee(unit, account(who), self.programme_id, asked, now)

    def do(self, words: str, now: datetime, who: str = "kim") -> Foreseen | None:
        foreseen = self.foresee(words, now, who)
        return carry_out(
            self.database,
            account(who),
            self.programme_id,
            foreseen.asked,
            mark=foreseen.mark,
            change_key=f"{words} {now}",
            now=now,
        )

    def periods(self, now: datetime) -> list[Period]:
        with self.database.reading() as unit:
            return [period for period, _ in unit.periods.calendar(self.programme_id, now)]

    def tick(self, messenger: FakeMessenger, now: datetime) -> list[tuple[str, str]]:
        """What is sent then: to whom, and of which kind."""
        before = len(messenger.sent)
        do_what_is_due(self.database, messenger, FakeClock(now))
        return [
            (sent.conversation, sent.what.partition(":")[0]) for sent in messenger.sent[before:]
        ]


@pytest.fixture(params=["sqlite_file", "postgresql"])
def office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """The programme on either database, which is waited for however busy the machine is."""
    monkeypatch.setattr(connections, "BUSY_SECONDS", 30)
    emptied: SqliteFile | PostgresServer = request.getfixturevalue(request.param)
    replicas = tuple(SqlDatabase(one, calendar_of) for one in emptied.connections(REPLICAS))
    first = set_up_office(replicas[0])
    return Bureau(first.database, first.workspace_id, first.programme_id, replicas)


def at_once(office: Bureau, work: Callable[[SqlDatabase], object]) -> list[object]:
    """What the work gives in each replica, all of them beginning together."""
    barrier = Barrier(REPLICAS)

    def begin(database: SqlDatabase) -> object:
        barrier.wait()
        return work(database)

    with ThreadPoolExecutor(REPLICAS) as pool:
        return list(pool.map(begin, office.replicas))


def test_a_cut_off_that_is_moved_moves_the_nudge_and_the_summary(office: Bureau) -> None:
    messenger = FakeMessenger()
    office.tick(messenger, LAST_DAY)
    assert [what for _, what in office.tick(messenger, NUDGE)] == ["due_soon"] * 3
    foreseen = office.do("extend to Thursday 17:00", NUDGE + HOUR)
    assert foreseen is not None
    assert foreseen.told[0] == (
        "Reports for 7–20 November 2026 are due on Thursday 26 November 2026, 17:00, instead of"
        " Tuesday 24 November 2026, 12:00."
    )
    assert office.tick(messenger, CUT_OFF + HOUR) == []
    # A working day before the new cut-off everybody is nudged again, for the first time for it.
    again = office.tick(messenger, datetime(2026, 11, 25, 14, tzinfo=UTC))
    assert [what for _, what in again] == ["due_soon"] * 3
    posted = office.tick(messenger, datetime(2026, 11, 26, 17, tzinfo=UTC))
    assert [where for where, _ in posted] == ["C-COORDINATION"]


def test_a_nudge_that_was_not_sent_waits_for_the_moved_cut_off(office: Bureau) -> None:
    messenger = FakeMessenger()
    office.tick(messenger, LAST_DAY)
    office.do("extend to Thursday 17:00", NUDGE - HOUR)
    assert office.tick(messenger, NUDGE) == []
    nudges = office.tick(messenger, datetime(2026, 11, 25, 14, tzinfo=UTC))
    assert [what for _, what in nudges] == ["due_soon"] * 3


def test_a_period_that_ends_today_has_its_authors_reminded_at_once(office: Bureau) -> None:
    messenger = FakeMessenger()
    tuesday = datetime(2026, 11, 17, 10, tzinfo=UTC)
    assert office.tick(messenger, tuesday) == []  # seen, and not to be looked at for a while
    office.do("end period today", tuesday + HOUR)
    sent = office.tick(messenger, tuesday + HOUR)
    assert [what for _, what in sent] == ["period_ended"] * 3


def test_reminders_that_were_sent_show_a_moved_cut_off(office: Bureau) -> None:
    messenger = FakeMessenger()
    office.tick(messenger, LAST_DAY)
    office.do("extend to Thursday 17:00", LAST_DAY + HOUR)
    office.tick(messenger, LAST_DAY + HOUR)
    assert len(messenger.changed) == 3


def test_a_period_that_ends_early_is_followed_on_the_next_day(office: Bureau) -> None:
    office.do("end period on 17 November", MONDAY)
    open_periods(office.database, datetime(2026, 11, 18, tzinfo=UTC))
    first, second = office.periods(LAST_DAY)
    assert (first.ends_on, first.due_at) == (
        date(2026, 11, 17),
        datetime(2026, 11, 19, 12, tzinfo=UTC),
    )
    assert (second.number, second.starts_on, second.ends_on) == (
        2,
        date(2026, 11, 18),
        date(2026, 12, 4),
    )
    assert first.closes_at == second.due_at


def test_a_merged_period_is_one_report_over_both(office: Bureau) -> None:
    office.do("merge with next period", MONDAY)
    for days in range(40):
        open_periods(office.database, LAST_DAY + days * DAY)
    with office.database.reading() as unit:
        opened = unit.periods.opened(office.programme_id)[::-1]
    assert [(one.number, one.starts_on, one.ends_on) for one in opened] == [
        (1, date(2026, 11, 7), date(2026, 12, 4)),
        (2, date(2026, 12, 5), date(2026, 12, 18)),
        (3, date(2026, 12, 19), date(2027, 1, 1)),
    ]


def test_who_is_missing_is_asked_of_what_has_ended_and_names_the_merged_period_as_running(
    office: Bureau,
) -> None:
    last_day = LAST_DAY + timedelta(weeks=2)
    open_periods(office.database, last_day)
    first, second = office.periods(last_day)
    office.do("merge with next period", last_day)
    with office.database.reading() as unit:
        missing = missing_reports(unit, office.programme, last_day)
    assert missing is not None
    assert missing.period.id == first.id
    running = missing.running
    assert running is not None
    assert (running.id, running.starts_on, running.ends_on) == (
        second.id,
        date(2026, 11, 21),
        date(2026, 12, 18),
    )


def test_while_paused_no_period_opens_and_nobody_is_reminded(office: Bureau) -> None:
    messenger = FakeMessenger()
    office.do("pause from 20 November until 4 January", MONDAY)
    for days in range(44):
        sent = office.tick(messenger, LAST_DAY + days * DAY)
        assert [what for where, what in sent if where.startswith("D-")] == []
    assert len(messenger.sent) > 0  # the summary of the open period comes at its cut-off
    assert len(office.periods(MONDAY)) == 1
    back = datetime(2027, 1, 4, tzinfo=UTC)
    open_periods(office.database, back - timedelta(seconds=1))
    assert len(office.periods(MONDAY)) == 1
    open_periods(office.database, back)
    newest = office.periods(back)[-1]
    assert (newest.number, newest.starts_on, newest.ends_on) == (
        2,
        date(2027, 1, 4),
        date(2027, 1, 15),
    )


def test_a_programme_that_is_resumed_begins_a_period_at_once(office: Bureau) -> None:
    office.do("pause", MONDAY)
    later = datetime(2027, 2, 3, 10, tzinfo=UTC)
    open_periods(office.database, later)
    assert len(office.periods(MONDAY)) == 1
    office.do("resume", later)
    open_periods(office.database, later)
    assert office.periods(later)[-1].starts_on == later.date()


def test_an_excused_area_is_neither_reminded_nor_missing(office: Bureau) -> None:
    messenger = FakeMessenger()
    office.do("excuse Libraries", MONDAY)
    reminded = {where for where, _ in office.tick(messenger, LAST_DAY)}
    assert reminded == {"D-U-BO", "D-U-CASEY"}
    with office.database.reading() as unit:
        missing = missing_reports(unit, office.programme, LAST_DAY)
    assert missing is not None
    assert [one.area for one in missing.missing] == ["Parks", "Housing"]
    assert (missing.excused, missing.received) == (("Libraries",), 0)
    office.tick(messenger, CUT_OFF)
    with office.database.reading() as unit:
        summary = edition_of(unit, office.period(CUT_OFF), 1).summary
    assert [line.state for line in summary.lines] == [
        AreaState.EXCUSED,
        AreaState.MISSING,
        AreaState.MISSING,
    ]
    assert (summary.expected, summary.excused) == (2, ("Libraries",))


def test_an_excuse_that_is_taken_back_has_the_area_reminded(office: Bureau) -> None:
    messenger = FakeMessenger()
    office.do("excuse Libraries", MONDAY)
    office.do("unexcuse Libraries", MONDAY)
    assert {where for where, _ in office.tick(messenger, LAST_DAY)} == {
        "D-U-ALEX",
        "D-U-BO",
        "D-U-CASEY",
    }


def test_an_excuse_that_is_taken_back_on_the_day_has_the_area_reminded_at_once(
    office: Bureau,
) -> None:
    messenger = FakeMessenger()
    office.do("excuse Libraries", MONDAY)
    office.tick(messenger, LAST_DAY)
    office.do("unexcuse Libraries", LAST_DAY + HOUR)
    assert office.tick(messenger, LAST_DAY + HOUR) == [("D-U-ALEX", "period_ended")]


def test_a_report_that_comes_although_it_is_excused_is_in(office: Bureau) -> None:
    office.do("excuse Libraries", MONDAY)
    office.submit("Libraries", "alex", MONDAY, activity="All the same.")
    with office.database.reading() as unit:
        missing = missing_reports(unit, office.programme, MONDAY)
    assert missing is not None
    assert (missing.received, missing.excused) == (1, ())


def test_an_author_who_is_chased_is_reminded_now_and_once_a_day(office: Bureau) -> None:
    messenger = FakeMessenger()
    wednesday = datetime(2026, 11, 18, 10, tzinfo=UTC)
    foreseen = office.do("chase parks", wednesday)
    assert foreseen is not None
    assert foreseen.told == (
        "It is about the report of Parks for 7–20 November 2026.",
        "Bo is reminded now.",
    )
    assert office.tick(messenger, wednesday) == [("D-U-BO", "chased")]
    assert office.tick(messenger, wednesday + HOUR) == []
    with pytest.raises(Refusal, match="Bo was reminded today already"):
        office.foresee("chase parks", wednesday + HOUR)
    assert office.do("chase parks", wednesday + DAY) is not None
    assert office.tick(messenger, wednesday + DAY) == [("D-U-BO", "chased")]


def test_coordinators_see_a_chase_in_the_list_of_what_is_missing_that_they_got(
    office: Bureau,
) -> None:
    messenger = FakeMessenger()
    their_turn, week_after = CUT_OFF + 3 * DAY, CUT_OFF + 6 * DAY
    for now in (LAST_DAY, NUDGE, their_turn):
        office.tick(messenger, now)
    (listed,) = (
        ref for ref in messenger.reminders if messenger.reminders[ref].person.name == "Kim"
    )

    def reminded() -> list[tuple[str, date]]:
        return [
            (told.person, told.on)
            for due in messenger.reminders[listed].due
            for told in due.told
            if due.report.area_name == "Housing"
        ]

    assert reminded() == [("Casey", NUDGE.date())]
    office.do("chase housing", week_after)
    office.tick(messenger, week_after)
    office.tick(messenger, week_after + HOUR)
    assert reminded() == [("Casey", week_after.date())]


def test_who_is_chased_out_of_hours_is_reminded_in_the_morning(office: Bureau) -> None:
    evening = datetime(2026, 11, 18, 20, tzinfo=UTC)
    assert office.foresee("chase parks", evening).told[1] == (
        "Bo is reminded on Thursday 19 November 2026, 09:00, when their working hours begin."
    )


@pytest.mark.parametrize(
    ("words", "now", "sentence"),
    [
        ("extend to yesterday 12:00", MONDAY, "no day that I can read"),
        ("extend to 8 November", MONDAY, "choose a time before that"),
        ("extend to Friday", CUT_OFF, "No open reporting period has its cut-off ahead"),
        ("end period on 20 November", MONDAY, "ends on that day already"),
        ("resume", MONDAY, "is not paused"),
        ("excuse Gardens", MONDAY, "I know no area called “Gardens”"),
        ("unexcuse Parks", MONDAY, "Parks is not excused for 7–20 November 2026"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    office: Bureau, words: str, now: datetime, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        office.foresee(words, now)


def test_an_area_that_has_reported_is_neither_excused_nor_chased(office: Bureau) -> None:
    office.submit("Parks", "bo", MONDAY, activity="In.")
    for words in ("excuse Parks", "chase Parks"):
        with pytest.raises(Refusal, match="Parks has reported for 7–20 November 2026 already"):
            office.foresee(words, MONDAY)


def test_an_excused_area_is_not_excused_twice_nor_chased(office: Bureau) -> None:
    office.do("excuse Parks", MONDAY)
    with pytest.raises(Refusal, match="is excused for 7–20 November 2026 already"):
        office.foresee("excuse Parks", MONDAY)
    with pytest.raises(Refusal, match="unexcuse it first"):
        office.foresee("chase Parks", MONDAY)


def test_nobody_is_chased_in_a_pause(office: Bureau) -> None:
    office.do("pause", MONDAY)
    with pytest.raises(Refusal, match="resume it first"):
        office.foresee("chase Parks", MONDAY)


@pytest.mark.parametrize("who", ["alex", "nobody"])
def test_only_a_coordinator_may_change_anything(office: Bureau, who: str) -> None:
    foreseen = office.foresee("pause", MONDAY)
    with pytest.raises(NotAllowed, match="Only a coordinator of Highlights can do that"):
        office.foresee("pause", MONDAY, who)
    with pytest.raises(NotAllowed, match="Only a coordinator of Highlights can do that"):
        carry_out(
            office.database,
            account(who),
            office.programme_id,
            foreseen.asked,
            mark=foreseen.mark,
            change_key="key",
            now=MONDAY,
        )
    with office.database.reading() as unit, pytest.raises(NotAllowed, match="Only a coordinator"):
        programmes_meant(unit, office.workspace_id, account(who), "pause", MONDAY)
    assert office.programme.pause is None


def test_what_was_changed_meanwhile_has_to_be_looked_at_again(office: Bureau) -> None:
    foreseen = office.foresee("end period on 25 November", MONDAY)
    office.do("end period on 18 November", MONDAY)
    with pytest.raises(StaleDraft, match="Look at it once more"):
        carry_out(
            office.database,
            account("kim"),
            office.programme_id,
            foreseen.asked,
            mark=foreseen.mark,
            change_key="key",
            now=MONDAY,
        )
    assert office.period(MONDAY).ends_on == date(2026, 11, 18)


def test_a_change_is_kept_with_who_when_and_what(office: Bureau) -> None:
    foreseen = office.do("extend to Thursday", LAST_DAY)
    assert foreseen is not None
    with office.database.reading() as unit:
        kept = managed(unit, account("kim"), office.programme_id, LAST_DAY).changes
    assert kept == (CalendarChange("Kim", LAST_DAY, "extend to 26 November 2026", foreseen.told),)


def test_an_area_of_one_programme_alone_says_which_is_meant(office: Bureau) -> None:
    other = replace(DECLARED, key="other", name="Other", areas=(area("Museums", "dana"),))
    set_up_programme(office.database, office.workspace_id, other, profiles_of(other), MONDAY)

    def meant(words: str) -> list[str]:
        with office.database.reading() as unit:
            found = programmes_meant(unit, office.workspace_id, account("kim"), words, MONDAY)
        return [programme.name for programme in found]

    assert meant("excuse museums") == ["Other"]
    assert meant("chase parks") == ["Highlights"]
    assert meant("pause") == ["Highlights", "Other"]


def test_a_word_that_comes_to_every_replica_is_done_once(office: Bureau) -> None:
    foreseen = office.foresee("merge with next period", MONDAY)

    def confirm(database: SqlDatabase) -> object:
        return carry_out(
            database,
            account("kim"),
            office.programme_id,
            foreseen.asked,
            mark=foreseen.mark,
            change_key="one view",
            now=MONDAY,
        )

    done = at_once(office, confirm)
    assert sorted(result is not None for result in done) == [False] * (REPLICAS - 1) + [True]
    assert office.period(MONDAY).ends_on == date(2026, 12, 4)


def test_a_period_opens_once_whatever_is_changed_at_the_same_time(office: Bureau) -> None:
    for turn in range(4):
        opened = office.periods(MONDAY + turn * 30 * DAY)
        newest = opened[-1]
        midnight = datetime.combine(newest.ends_on + DAY, datetime.min.time(), UTC)
        foreseen = office.foresee("pause until 1 November", midnight)

        def race(
            database: SqlDatabase, now: datetime = midnight, seen: Foreseen = foreseen
        ) -> None:
            if database is office.replicas[0]:
                try:
                    carry_out(
                        database,
                        account("kim"),
                        office.programme_id,
                        seen.asked,
                        mark=seen.mark,
                        change_key=str(now),
                        now=now,
                    )
                except StaleDraft:
                    return  # a replica was faster: the period is open, and its pause told otherwise
            else:
                open_periods(database, now)

        at_once(office, race)
        if office.programme.pause is not None:
            office.do("resume", midnight)
        open_periods(office.database, midnight)
    with office.database.reading() as unit:
        periods = unit.periods.opened(office.programme_id)[::-1]
    assert [period.number for period in periods] == [1, 2, 3, 4, 5]
    for before, after in pairwise(periods):
        assert after.starts_on == before.ends_on + DAY


def test_a_person_who_coordinates_an_archive_alone_has_nothing_to_manage(office: Bureau) -> None:
    with office.database.writing() as unit:
        archive = unit.programmes.save_archive(office.workspace_id, "past", "Past")
    with office.database.reading() as unit, pytest.raises(NotAllowed):
        managed(unit, account("kim"), archive, MONDAY)


def test_a_period_does_not_take_the_dates_of_an_imported_one(office: Bureau) -> None:
    with office.database.writing() as unit:
        programme = unit.programmes.hold(office.programme_id)
        assert programme.template_id is not None
        unit.periods.archived(
            programme, programme.template_id, date(2026, 11, 7), date(2026, 11, 18), LAST_DAY
        )
    with pytest.raises(Refusal, match="Documents were imported for a period of exactly these"):
        office.do("end period on 18 November", MONDAY)
    assert office.period(MONDAY).ends_on == date(2026, 11, 20)


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


def test_a_cut_off_that_is_moved_in_the_last_moment_holds_the_summary_back(office: Bureau) -> None:
    database = DatabaseThat(
        office.database, lambda: office.do("extend to Thursday 17:00", CUT_OFF - HOUR)
    )
    assert publish_summaries(database, CUT_OFF) == 0
    assert publish_summaries(office.database, CUT_OFF) == 0
    assert publish_summaries(office.database, datetime(2026, 11, 26, 17, tzinfo=UTC)) == 1


def test_a_summary_waits_for_whoever_is_changing_the_calendar(office: Bureau) -> None:
    """Else both would be done: the cut-off moved, and its summary posted before it."""
    has_begun = Event()

    def publish() -> int:
        return publish_summaries(DatabaseThat(office.replicas[1], has_begun.set), CUT_OFF)

    with ThreadPoolExecutor(1) as pool:
        with office.replicas[0].writing() as unit:
            held = unit.programmes.hold(office.programme_id)
            made = pool.submit(publish)
            assert has_begun.wait(30)
            with suppress(TimeoutError):
                made.result(0.3)  # it cannot have one: it waits
            asked = parse_instruction("extend to Thursday 17:00", CUT_OFF.date())
            assert isinstance(asked, MoveCutOff)
            change_calendar(unit, held, asked, CUT_OFF - HOUR)
        assert made.result(30) == 0
