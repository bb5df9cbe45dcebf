from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.people import Profile
from highlightbot.core.periods import Period
from highlightbot.core.stages import LOOK_AT_LEAST
from tests.samples import ALEX, BO, KIM, NOW, PROGRAMME, Stored

HOUR = timedelta(hours=1)


@pytest.fixture
def period(stored: Stored) -> Period:
    return stored.open_period()


def waiting(stored: Stored, now: datetime = NOW) -> list[int]:
    with stored.database.reading() as unit:
        return unit.looks.due(now)


def look_again(stored: Stored, period: Period, at: datetime | None) -> None:
    with stored.database.writing() as unit:
        unit.looks.again(period.id, at)


def wake(stored: Stored, **whom: int) -> None:
    with stored.database.writing() as unit:
        unit.looks.wake(**whom)


def test_an_opened_period_is_looked_at_at_once_and_then_when_it_is_told(
    stored: Stored, period: Period
) -> None:
    assert waiting(stored, NOW - HOUR) == []
    assert waiting(stored) == [period.id]
    look_again(stored, period, NOW + HOUR)
    assert waiting(stored, NOW + HOUR - timedelta(seconds=1)) == []
    assert waiting(stored, NOW + HOUR) == [period.id]
    look_again(stored, period, None)
    assert waiting(stored, NOW + 10_000 * HOUR) == []


def test_a_period_that_a_clock_ahead_has_put_off_is_looked_at_at_once(
    stored: Stored, period: Period
) -> None:
    look_again(stored, period, NOW + LOOK_AT_LEAST)
    assert waiting(stored) == []
    look_again(stored, period, NOW + LOOK_AT_LEAST + timedelta(seconds=1))
    assert waiting(stored) == [period.id]
    with stored.database.writing() as unit:
        assert unit.looks.hold(period.id, NOW) == period


def test_a_period_is_held_only_while_it_is_to_be_looked_at(stored: Stored, period: Period) -> None:
    with stored.database.writing() as unit:
        assert unit.looks.hold(period.id, NOW) == period
        unit.looks.again(period.id, NOW + HOUR)
        assert unit.looks.hold(period.id, NOW) is None


def test_whatever_changes_who_is_due_what_wakes_the_period(stored: Stored, period: Period) -> None:
    def woken_by(change: Callable[[], object]) -> bool:
        look_again(stored, period, NOW + HOUR)
        change()
        return waiting(stored) == [period.id]

    people = stored.people

    def profile(zone: str) -> None:
        with stored.database.writing() as unit:
            unit.people.update_profile(people[BO], Profile("U-B", "Bo", zone=ZoneInfo(zone)))

    def left(now: datetime) -> None:
        with stored.database.writing() as unit:
            unit.people.asked_about(people[ALEX], now, None)

    def away(until: date | None) -> None:
        with stored.database.writing() as unit:
            unit.people.be_away(people[KIM], until)

    def save() -> None:
        with stored.database.writing() as unit:
            unit.programmes.save(stored.workspace_id, PROGRAMME, people)

    assert not woken_by(lambda: None)
    assert not woken_by(lambda: profile("Asia/Kathmandu"))
    assert woken_by(lambda: profile("Asia/Tokyo"))
    assert woken_by(lambda: left(NOW))
    assert not woken_by(lambda: left(NOW + HOUR))
    assert woken_by(lambda: away(NOW.date()))
    assert woken_by(lambda: away(None))
    assert woken_by(save)
    assert woken_by(lambda: wake(stored, period_id=period.id))


def test_a_period_that_is_closed_is_woken_only_by_name(stored: Stored, period: Period) -> None:
    look_again(stored, period, None)
    wake(stored, programme_id=stored.programme_id)
    assert waiting(stored) == []
    wake(stored, period_id=period.id)
    assert waiting(stored) == [period.id]
