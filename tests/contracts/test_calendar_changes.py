from dataclasses import replace
from datetime import date, timedelta

import pytest

from highlightbot.core.coordination import CalendarChange
from highlightbot.core.programmes import Pause
from tests.samples import KIM, NOW, Stored, account

CHANGE = CalendarChange("Kim Sample", NOW, "pause", ("One.", "Two \N{EN DASH} with a dash."))


def record(stored: Stored, change: CalendarChange, key: str) -> None:
    with stored.database.writing() as unit:
        kim = unit.people.person(account(KIM))
        assert kim is not None
        unit.changes.record(stored.programme_id, kim.id, change, key)


def test_changes_come_back_newest_first(stored: Stored) -> None:
    later = replace(CHANGE, made_at=NOW + timedelta(hours=1), asked="resume")
    record(stored, CHANGE, "one")
    record(stored, later, "two")
    with stored.database.reading() as unit:
        assert unit.changes.newest(stored.programme_id, 5) == [later, CHANGE]
        assert unit.changes.newest(stored.programme_id, 1) == [later]
        assert unit.changes.newest(stored.programme_id + 1, 5) == []


def test_a_confirmation_is_known_once_it_was_carried_out(stored: Stored) -> None:
    record(stored, CHANGE, "one")
    with stored.database.reading() as unit:
        assert unit.changes.is_known(stored.programme_id, "one")
        assert not unit.changes.is_known(stored.programme_id, "two")
        assert not unit.changes.is_known(stored.programme_id + 1, "one")


@pytest.mark.parametrize(
    "pause", [Pause(date(2026, 11, 20)), Pause(date(2026, 11, 20), date(2027, 1, 4)), None]
)
def test_a_pause_comes_back_as_it_was_kept(stored: Stored, pause: Pause | None) -> None:
    with stored.database.writing() as unit:
        unit.programmes.pause(unit.programmes.hold(stored.programme_id).id, pause)
    assert stored.programme.pause == pause


def test_only_programmes_whose_next_period_has_come_are_looked_at(stored: Stored) -> None:
    with stored.database.writing() as unit:
        assert unit.programmes.with_periods_to_open(NOW) == [stored.programme_id]
        unit.programmes.wait_for_period(stored.programme_id, NOW)
        assert unit.programmes.with_periods_to_open(NOW - timedelta(seconds=1)) == []
        assert unit.programmes.with_periods_to_open(NOW) == [stored.programme_id]
        unit.programmes.wait_for_period(stored.programme_id, None)
        assert unit.programmes.with_periods_to_open(NOW + timedelta(days=9999)) == []


def test_a_period_takes_new_dates_unless_another_has_them(stored: Stored) -> None:
    first, second = stored.open_period(1), stored.open_period(2)
    moved = replace(
        first,
        ends_on=date(2026, 11, 18),
        due_at=first.due_at - timedelta(days=2),
        closes_at=first.closes_at + timedelta(days=1),
    )
    taken = replace(second, starts_on=moved.starts_on, ends_on=moved.ends_on)
    with stored.database.writing() as unit:
        assert unit.periods.reschedule(moved)
        assert not unit.periods.reschedule(taken)
    with stored.database.reading() as unit:
        assert unit.periods.calendar(stored.programme_id, NOW) == [(moved, False), (second, False)]
        closed = second.closes_at + timedelta(days=1)
        assert unit.periods.calendar(stored.programme_id, closed) == [(second, False)]


def test_a_report_is_excused_and_expected_again(stored: Stored) -> None:
    report = stored.report(stored.open_period(), "Libraries")
    assert report.is_owed
    with stored.database.writing() as unit:
        kim = unit.people.person(account(KIM))
        assert kim is not None
        unit.reports.excuse(report.id, kim.id, NOW)
        excused = unit.reports.get(report.id)
        assert excused is not None
        assert (excused.excused_at, excused.is_owed) == (NOW, False)
        unit.reports.excuse(report.id, None, NOW)
        assert unit.reports.get(report.id) == report
