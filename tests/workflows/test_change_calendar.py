"""What coordinators change in the calendar, and what follows it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from highlightbot.core.errors import Refusal
from highlightbot.workflows.missing_reports import missing_reports
from highlightbot.workflows.open_periods import open_periods
from tests.fakes.messenger import FakeMessenger
from tests.workflows.bureau import Bureau
from tests.workflows.office import CUT_OFF, DAY, HOUR, LAST_DAY, MONDAY, NUDGE


def test_a_cut_off_that_is_moved_moves_the_nudge_and_the_summary(bureau: Bureau) -> None:
    messenger = FakeMessenger()
    bureau.tick(messenger, LAST_DAY)
    assert [what for _, what in bureau.tick(messenger, NUDGE)] == ["due_soon"] * 3
    foreseen = bureau.do("extend to Thursday 17:00", NUDGE + HOUR)
    assert foreseen is not None
    assert foreseen.told[0] == (
        "Reports for 7–20 November 2026 are due on Thursday 26 November 2026, 17:00, instead of"
        " Tuesday 24 November 2026, 12:00."
    )
    assert bureau.tick(messenger, CUT_OFF + HOUR) == []
    # A working day before the new cut-off everybody is nudged again, for the first time for it.
    again = bureau.tick(messenger, datetime(2026, 11, 25, 14, tzinfo=UTC))
    assert [what for _, what in again] == ["due_soon"] * 3
    posted = bureau.tick(messenger, datetime(2026, 11, 26, 17, tzinfo=UTC))
    assert [where for where, _ in posted] == ["C-COORDINATION"]


def test_a_nudge_that_was_not_sent_waits_for_the_moved_cut_off(bureau: Bureau) -> None:
    messenger = FakeMessenger()
    bureau.tick(messenger, LAST_DAY)
    bureau.do("extend to Thursday 17:00", NUDGE - HOUR)
    assert bureau.tick(messenger, NUDGE) == []
    nudges = bureau.tick(messenger, datetime(2026, 11, 25, 14, tzinfo=UTC))
    assert [what for _, what in nudges] == ["due_soon"] * 3


def test_a_period_that_ends_today_has_its_authors_reminded_at_once(bureau: Bureau) -> None:
    messenger = FakeMessenger()
    tuesday = datetime(2026, 11, 17, 10, tzinfo=UTC)
    assert bureau.tick(messenger, tuesday) == []  # seen, and not to be looked at for a while
    bureau.do("end period today", tuesday + HOUR)
    sent = bureau.tick(messenger, tuesday + HOUR)
    assert [what for _, what in sent] == ["period_ended"] * 3


def test_reminders_that_were_sent_show_a_moved_cut_off(bureau: Bureau) -> None:
    messenger = FakeMessenger()
    bureau.tick(messenger, LAST_DAY)
    bureau.do("extend to Thursday 17:00", LAST_DAY + HOUR)
    bureau.tick(messenger, LAST_DAY + HOUR)
    assert len(messenger.changed) == 3


def test_a_period_that_ends_early_is_followed_on_the_next_day(bureau: Bureau) -> None:
    bureau.do("end period on 17 November", MONDAY)
    open_periods(bureau.database, datetime(2026, 11, 18, tzinfo=UTC))
    first, second = bureau.periods(LAST_DAY)
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


def test_a_merged_period_is_one_report_over_both(bureau: Bureau) -> None:
    bureau.do("merge with next period", MONDAY)
    for days in range(40):
        open_periods(bureau.database, LAST_DAY + days * DAY)
    with bureau.database.reading() as unit:
        opened = unit.periods.opened(bureau.programme_id)[::-1]
    assert [(one.number, one.starts_on, one.ends_on) for one in opened] == [
        (1, date(2026, 11, 7), date(2026, 12, 4)),
        (2, date(2026, 12, 5), date(2026, 12, 18)),
        (3, date(2026, 12, 19), date(2027, 1, 1)),
    ]


def test_who_is_missing_is_asked_of_what_has_ended_and_names_the_merged_period_as_running(
    bureau: Bureau,
) -> None:
    last_day = LAST_DAY + timedelta(weeks=2)
    open_periods(bureau.database, last_day)
    first, second = bureau.periods(last_day)
    bureau.do("merge with next period", last_day)
    with bureau.database.reading() as unit:
        missing = missing_reports(unit, bureau.programme, last_day)
    assert missing is not None
    assert missing.period.id == first.id
    running = missing.running
    assert running is not None
    assert (running.id, running.starts_on, running.ends_on) == (
        second.id,
        date(2026, 11, 21),
        date(2026, 12, 18),
    )


def test_while_paused_no_period_opens_and_nobody_is_reminded(bureau: Bureau) -> None:
    messenger = FakeMessenger()
    bureau.do("pause from 20 November until 4 January", MONDAY)
    for days in range(44):
        sent = bureau.tick(messenger, LAST_DAY + days * DAY)
        assert [what for where, what in sent if where.startswith("D-")] == []
    assert len(messenger.sent) > 0  # the summary of the open period comes at its cut-off
    assert len(bureau.periods(MONDAY)) == 1
    back = datetime(2027, 1, 4, tzinfo=UTC)
    open_periods(bureau.database, back - timedelta(seconds=1))
    assert len(bureau.periods(MONDAY)) == 1
    open_periods(bureau.database, back)
    newest = bureau.periods(back)[-1]
    assert (newest.number, newest.starts_on, newest.ends_on) == (
        2,
        date(2027, 1, 4),
        date(2027, 1, 15),
    )


def test_a_programme_that_is_resumed_begins_a_period_at_once(bureau: Bureau) -> None:
    bureau.do("pause", MONDAY)
    later = datetime(2027, 2, 3, 10, tzinfo=UTC)
    open_periods(bureau.database, later)
    assert len(bureau.periods(MONDAY)) == 1
    bureau.do("resume", later)
    open_periods(bureau.database, later)
    assert bureau.periods(later)[-1].starts_on == later.date()


def test_a_period_does_not_take_the_dates_of_an_imported_one(bureau: Bureau) -> None:
    with bureau.database.writing() as unit:
        programme = unit.programmes.hold(bureau.programme_id)
        assert programme.template_id is not None
        unit.periods.archived(
            programme, programme.template_id, date(2026, 11, 7), date(2026, 11, 18), LAST_DAY
        )
    with pytest.raises(Refusal, match="Documents were imported for a period of exactly these"):
        bureau.do("end period on 18 November", MONDAY)
    assert bureau.period(MONDAY).ends_on == date(2026, 11, 20)
