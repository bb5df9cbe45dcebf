from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from highlightbot.core.deliveries import (
    LEASE,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    MessageRef,
    NewDelivery,
    ReminderRow,
    SentReminder,
    change_key,
)
from highlightbot.core.people import Profile
from highlightbot.core.periods import Period
from highlightbot.workflows.ports import Reminders
from highlightbot.workflows.remind_authors import remind_authors
from tests.samples import ALEX, BO, KIM, NOW, Stored

HOUR = timedelta(hours=1)
MIDNIGHT = NOW.replace(hour=0, minute=0)
KEY = "reminder:1:2026-11-20"
MARK = "period_ended:2026-11-20"


@pytest.fixture
def period(stored: Stored) -> Period:
    return stored.open_period()


def write(stored: Stored, action: Callable[[Reminders], object]) -> None:
    with stored.database.writing() as unit:
        action(unit.reminders)


def claim(stored: Stored, now: datetime = NOW) -> Delivery:
    with stored.database.writing() as unit:
        delivery = unit.deliveries.claim(now, LEASE)
    assert delivery is not None
    return delivery


def enqueue(stored: Stored, period: Period, key: str = KEY, **changes: object) -> NewDelivery:
    row = replace(stored.reminder(period, key), **changes)  # type: ignore[arg-type]
    with stored.database.writing() as unit:
        assert unit.deliveries.enqueue(row, NOW)
    return row


def finish(stored: Stored, status: DeliveryStatus, now: datetime = NOW) -> int:
    """Finish the row that is due; gives its id."""
    delivery = claim(stored, now)
    with stored.database.writing() as unit:
        assert unit.deliveries.finish(delivery, status, now, ref=MessageRef("D-1", "1.0"))
    return delivery.id


def row_of(stored: Stored, since: datetime = MIDNIGHT) -> ReminderRow | None:
    with stored.database.reading() as unit:
        return unit.reminders.row_of(stored.people[ALEX], since, since + 24 * HOUR)


def test_each_mark_is_told_once_and_by_the_first_row(stored: Stored, period: Period) -> None:
    alex, report = stored.people[ALEX], stored.report(period, "Libraries").id
    enqueue(stored, period)
    first = finish(stored, DeliveryStatus.SENT)
    enqueue(stored, period, "another")
    second = finish(stored, DeliveryStatus.SENT)
    for row in (first, second):
        write(stored, lambda rs, row=row: rs.record(row, alex, [(report, MARK)], {report: 0}))
    with stored.database.reading() as unit:
        assert unit.reminders.told(period.id) == {(alex, report, MARK)}
        assert unit.reminders.told_to(alex, [report, 999]) == {(report, MARK): first}
        assert unit.reminders.told_to(stored.people[BO], [report]) == {}
        assert unit.reminders.shown_in(first) == [(report, MARK)]
        assert unit.reminders.shown_in(second) == []
        assert unit.reminders.history([report]) == [(report, "Alex Sample", NOW)]


def test_what_was_asked_for_is_found_until_it_was_told_or_is_forgotten(
    stored: Stored, period: Period
) -> None:
    alex, mark = stored.people[ALEX], "asked:2026-11-24T11:00"
    report, other = (stored.report(period, name).id for name in ("Libraries", "Housing"))

    def found() -> tuple[list[int], list[tuple[int, int, str]]]:
        with stored.database.reading() as unit:
            for_others = [
                *unit.reminders.asked_for(other, mark),
                *unit.reminders.asked_for(report, MARK),
                *unit.reminders.asked_in_vain(period.id + 1),
            ]
            assert for_others == []
            return unit.reminders.asked_for(report, mark), unit.reminders.asked_in_vain(period.id)

    enqueue(stored, period)
    with stored.database.writing() as unit:
        row = unit.reminders.join(KEY, NOW)
        assert row is not None
        unit.reminders.record(row, alex, [(report, mark), (other, MARK)], {})
    assert found() == ([alex], [])
    finish(stored, DeliveryStatus.NOT_NEEDED)
    assert found() == ([], [(report, alex, mark)])
    with stored.database.writing() as unit:
        unit.reminders.forget(alex, other, mark)
        unit.reminders.forget(stored.people[BO], report, mark)
        unit.reminders.forget(alex, report, MARK)
    assert found() == ([], [(report, alex, mark)])
    write(stored, lambda reminders: reminders.forget(alex, report, mark))
    assert found() == ([], [])
    write(stored, lambda reminders: reminders.record(row, alex, [(report, mark)], {}))
    with stored.database.writing() as unit:
        assert unit.reminders.reopen(KEY, NOW, NOW + HOUR)
    finish(stored, DeliveryStatus.SENT)
    assert found() == ([], [])


def test_what_may_have_arrived_was_not_asked_for_in_vain(stored: Stored, period: Period) -> None:
    report = stored.report(period, "Libraries").id
    enqueue(stored, period)
    row = claim(stored)
    with stored.database.writing() as unit:
        unit.reminders.record(row.id, stored.people[ALEX], [(report, "asked:2026-11-24T11:00")], {})
        assert unit.deliveries.put_back(row, NOW, unknown=True, reason="")
    finish(stored, DeliveryStatus.NOT_NEEDED)
    with stored.database.reading() as unit:
        assert unit.reminders.asked_in_vain(period.id) == []


def test_a_report_is_listed_once_a_coordinator_was_told_of_it(
    stored: Stored, period: Period
) -> None:
    report, other = (stored.report(period, name).id for name in ("Libraries", "Housing"))
    listed = []
    for number, (who, mark) in enumerate(((ALEX, MARK), (KIM, "coordinator:2026-11-27"))):
        enqueue(stored, period, str(number))
        row, person = finish(stored, DeliveryStatus.SENT), stored.people[who]
        write(stored, lambda rs, args=(row, person, [(report, mark)], {}): rs.record(*args))
        with stored.database.reading() as unit:
            listed.append((unit.reminders.is_listed(report), unit.reminders.is_listed(other)))
    assert listed == [(False, False), (True, False)]


def test_history_is_who_was_last_reminded_when(stored: Stored, period: Period) -> None:
    report = stored.report(period, "Libraries").id
    for who, hours in ((ALEX, 0), (BO, 1), (ALEX, 2)):
        person = stored.people[who]
        enqueue(stored, period, f"{who} {hours}")
        row = finish(stored, DeliveryStatus.SENT, NOW + hours * HOUR)
        write(
            stored,
            lambda rs, row=row, person=person: rs.record(row, person, [(report, f"m{row}")], {}),
        )
    with stored.database.reading() as unit:
        assert unit.reminders.history([report]) == [
            (report, "Bo Sample", NOW + HOUR),
            (report, "Alex Sample", NOW + 2 * HOUR),
        ]


def test_a_submission_is_untold_until_the_messages_are_being_changed(
    stored: Stored, period: Period
) -> None:
    alex, report = stored.people[ALEX], stored.report(period, "Libraries")
    for section in report.template.sections:
        stored.save(report, section.key, "Text")

    def untold() -> list[tuple[int, int]]:
        with stored.database.reading() as unit:
            return unit.reminders.untold()

    stored.submit(report, "1")
    assert untold() == []  # no message shows the report
    enqueue(stored, period)
    row = finish(stored, DeliveryStatus.SENT)
    write(stored, lambda rs: rs.record(row, alex, [(report.id, MARK)], {report.id: 0}))
    assert untold() == [(report.id, period.id)]
    write(stored, lambda rs: rs.told_now(report.id))
    assert untold() == []
    stored.submit(report, "2")
    assert untold() == [(report.id, period.id)]


def test_the_messages_about_a_report_are_those_that_arrived(stored: Stored, period: Period) -> None:
    alex, report = stored.people[ALEX], stored.report(period, "Libraries").id
    for key, status in (("dead", DeliveryStatus.DEAD), (KEY, DeliveryStatus.SENT)):
        enqueue(stored, period, key)
        row = finish(stored, status)
        marks = [(report, f"{key}"), (report, f"{key} again")]
        write(stored, lambda rs, row=row, marks=marks: rs.record(row, alex, marks, {}))
    with stored.database.reading() as unit:
        assert unit.reminders.messages_about(report) == [
            SentReminder(KEY, stored.programme_id, period.id, alex)
        ]
        assert unit.reminders.message("dead") is None
        assert unit.reminders.message(KEY) == (row, MessageRef("D-1", "1.0"))


def test_changes_of_a_message_are_counted_apart_from_those_of_others(
    stored: Stored, period: Period
) -> None:
    alex = stored.people[ALEX]
    for key in (change_key(KEY, 1), change_key(KEY, 12), change_key(f"{KEY}T09:00", 20)):
        edition = int(key.rpartition("#")[2])
        enqueue(stored, period, key, edition=edition)
    with stored.database.reading() as unit:
        assert unit.reminders.newest_change(alex, KEY) == 12
        assert unit.reminders.newest_change(alex, f"{KEY}T09:00") == 20
        assert unit.reminders.newest_change(alex, "reminder:1:2026-11-2") == 0
        assert unit.reminders.newest_change(stored.people[BO], KEY) == 0


def test_the_row_of_a_day_is_one_to_be_sent_or_that_was_sent_that_day(
    stored: Stored, period: Period
) -> None:
    assert row_of(stored) is None
    enqueue(stored, period, not_before=NOW + HOUR)
    assert row_of(stored) == ReminderRow(KEY, NOW + HOUR, sent=False)
    assert row_of(stored, MIDNIGHT - 24 * HOUR) is None  # it is to be sent after that day
    assert row_of(stored, MIDNIGHT + 24 * HOUR) == ReminderRow(KEY, NOW + HOUR, sent=False)
    finish(stored, DeliveryStatus.SENT, NOW + 2 * HOUR)
    found = row_of(stored)
    assert found is not None
    assert (found.key, found.sent) == (KEY, True)
    assert row_of(stored, MIDNIGHT + 24 * HOUR) is None
    assert row_of(stored, MIDNIGHT - 24 * HOUR) is None


@pytest.mark.parametrize(
    "other",
    [{"part": 1}, {"edition": 1}, {"kind": DeliveryKind.SUMMARY}, {"person_id": None}],
)
def test_what_is_no_reminder_of_the_plan_is_no_row_of_a_day(
    stored: Stored, period: Period, other: dict[str, object]
) -> None:
    enqueue(stored, period, **other)
    assert row_of(stored) is None


def test_a_row_that_came_to_nothing_leaves_the_day_free_and_can_be_opened_again(
    stored: Stored, period: Period
) -> None:
    enqueue(stored, period)
    finish(stored, DeliveryStatus.NOT_NEEDED)
    assert row_of(stored) is None
    with stored.database.writing() as unit:
        assert unit.reminders.reopen(KEY, NOW + HOUR, NOW + 2 * HOUR)
        assert not unit.reminders.reopen(KEY, NOW + HOUR, NOW + 2 * HOUR)
    assert row_of(stored) == ReminderRow(KEY, NOW + HOUR, sent=False)
    assert claim(stored, NOW + HOUR).attempts == 1


def test_the_row_of_a_day_that_was_cancelled_stays_that_days(
    stored: Stored, period: Period
) -> None:
    enqueue(stored, period, not_before=NOW + HOUR)
    with stored.database.writing() as unit:
        (row,) = unit.ledger.rows([DeliveryStatus.PENDING], 1)
        assert unit.ledger.cancel(row.id, NOW - 24 * HOUR)
        assert not unit.reminders.reopen(KEY, NOW, NOW + HOUR)
    assert row_of(stored) == ReminderRow(KEY, NOW + HOUR, sent=False, cancelled=True)
    assert row_of(stored, MIDNIGHT - 24 * HOUR) is None
    assert row_of(stored, MIDNIGHT + 24 * HOUR) is None


@pytest.mark.parametrize("status", [DeliveryStatus.SENT, DeliveryStatus.DEAD])
def test_what_was_sent_or_given_up_is_not_opened_again(
    stored: Stored, period: Period, status: DeliveryStatus
) -> None:
    enqueue(stored, period)
    finish(stored, status)
    with stored.database.writing() as unit:
        assert not unit.reminders.reopen(KEY, NOW, NOW + HOUR)


def test_a_row_is_joined_and_brought_forward_until_somebody_begins_to_send_it(
    stored: Stored, period: Period
) -> None:
    enqueue(stored, period, not_before=NOW + HOUR)
    with stored.database.writing() as unit:
        row = unit.reminders.join(KEY, NOW + 2 * HOUR)
    assert row_of(stored) == ReminderRow(KEY, NOW + HOUR, sent=False)
    with stored.database.writing() as unit:
        assert unit.reminders.join(KEY, NOW) == row
        assert unit.reminders.join("none", NOW) is None
    assert claim(stored).id == row
    with stored.database.writing() as unit:
        assert unit.reminders.join(KEY, NOW) is None


def test_a_report_is_handed_over_and_taken_back(stored: Stored, period: Period) -> None:
    report = stored.report(period, "Libraries")
    assert report.handed is None
    alex, bo = stored.people[ALEX], stored.people[BO]
    with stored.database.writing() as unit:
        unit.reports.hand(report.id, bo, alex, NOW)
    handed = stored.report(period, "Libraries").handed
    assert handed is not None
    assert (handed.to_id, handed.to, handed.by_id, handed.by, handed.at) == (
        bo,
        "Bo Sample",
        alex,
        "Alex Sample",
        NOW,
    )
    with stored.database.writing() as unit:
        unit.reports.hand(report.id, None, None, NOW)
    assert stored.report(period, "Libraries") == report


def test_reports_that_concern_somebody_are_their_own_and_late_ones_they_coordinate(
    stored: Stored, period: Period
) -> None:
    def concerning(person: object, now: datetime) -> list[str]:
        with stored.database.reading() as unit:
            found = unit.reports.concerning(stored.people[person], now)  # type: ignore[index]
        return [report.area_name for report in found]

    assert concerning(BO, NOW) == ["Libraries", "Parks & Gardens"]
    assert concerning(KIM, period.due_at - HOUR) == []
    assert concerning(KIM, period.due_at) == ["Libraries", "Parks & Gardens", "Housing"]
    assert concerning(KIM, period.closes_at) == concerning(BO, period.closes_at) == []


def test_programmes_of_somebody_have_the_areas_that_are_theirs(stored: Stored) -> None:
    def areas(person: object) -> list[list[str]]:
        with stored.database.reading() as unit:
            found = unit.programmes.of_person(stored.people[person])  # type: ignore[index]
        assert all(one.coordinators == stored.programme.coordinators for one in found)
        return [[area.name for area in one.areas] for one in found]

    assert areas(ALEX) == [["Libraries"]]
    assert areas(BO) == [["Libraries", "Parks & Gardens"]]
    assert areas(KIM) == [["Libraries", "Parks & Gardens", "Housing"]]


def test_two_people_who_turn_out_to_be_one_keep_what_either_was_told(
    stored: Stored, period: Period
) -> None:
    alex, bo = stored.people[ALEX], stored.people[BO]
    report = stored.report(period, "Libraries").id
    enqueue(stored, period)
    row = finish(stored, DeliveryStatus.SENT)
    with stored.database.writing() as unit:
        unit.reminders.record(row, alex, [(report, "a"), (report, "b")], {})
        unit.reminders.record(row, bo, [(report, "b"), (report, "c")], {})
        unit.reports.hand(report, bo, alex, NOW)
        unit.people.update_profile(bo, Profile("U-B", "Bo", "bo@example.org"))
        unit.people.update_profile(alex, Profile("U-B", "Alex"))
    with stored.database.reading() as unit:
        assert {mark for _, _, mark in unit.reminders.told(period.id)} == {"a", "b", "c"}
        assert len({person for person, _, _ in unit.reminders.told(period.id)}) == 1


def test_two_replicas_that_plan_at_once_make_each_row_once(stored: Stored, period: Period) -> None:
    together = Barrier(4)

    def plan() -> int:
        together.wait()
        return remind_authors(stored.database, NOW)

    with ThreadPoolExecutor(4) as pool:
        made = [future.result() for future in [pool.submit(plan) for _ in range(4)]]
    assert sum(made) == 3
    assert remind_authors(stored.database, NOW) == 0
