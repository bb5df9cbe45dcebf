"""One message a day to anyone, whatever falls together or fails."""

from dataclasses import replace
from datetime import date, time, timedelta

from highlightbot.core.deliveries import LEASE, DeliveryStatus
from highlightbot.core.errors import NotDelivered, OutcomeUnknown, Undeliverable
from highlightbot.core.periods import parse_cut_off
from highlightbot.core.reminder_plan import STANDARD_PLAN, ReminderTime
from highlightbot.workflows.mend_deliveries import cancel_deliveries
from highlightbot.workflows.set_up_programme import set_up_programme
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CLOSED,
    CUT_OFF,
    DAY,
    DECLARED,
    DEPUTIES_TURN,
    HOUR,
    LAST_DAY,
    MONDAY,
    NUDGE,
    OVERDUE,
    TIMETABLE,
    Office,
    area,
    known,
    profiles_of,
)
from tests.workflows.ticking import live_through, tick


def second_programme(office: Office, **changes: object) -> None:
    """Another programme of the same people."""
    declared = replace(DECLARED, key="second", name="Second", **changes)  # type: ignore[arg-type]
    set_up_programme(office.database, office.workspace_id, declared, profiles_of(declared), MONDAY)


def test_two_programmes_that_are_due_the_same_day_come_in_one_message(
    office: Office, messenger: FakeMessenger
) -> None:
    second_programme(office, areas=(area("Museums", "alex"),))
    assert ("alex", "period_ended: Libraries, Museums") in tick(office, messenger, LAST_DAY)
    assert len(messenger.sent) == 3


def test_what_begins_later_that_day_is_told_in_the_mornings_message(
    office: Office, messenger: FakeMessenger
) -> None:
    plan = replace(STANDARD_PLAN, period_ended=ReminderTime(0, time(15)))
    timetable = replace(TIMETABLE, reminders=plan)
    second_programme(office, areas=(area("Museums", "alex"),), timetable=timetable)
    assert ("alex", "period_ended: Libraries, Museums") in tick(office, messenger, LAST_DAY)
    assert tick(office, messenger, LAST_DAY.replace(hour=15)) == []


def test_what_comes_up_after_the_days_message_waits_for_the_next_working_day(
    office: Office, messenger: FakeMessenger
) -> None:
    """A cut-off that is due later the same day cannot be overdue in the morning."""
    on_the_day = replace(STANDARD_PLAN, overdue=ReminderTime(0, time(15)))
    office.declare(
        MONDAY,
        areas=(area("Parks", "bo"),),
        timetable=replace(
            TIMETABLE,
            reminders=replace(on_the_day, due_soon=(ReminderTime(0, time(9)),), deputy=None),
        ),
    )
    assert [(now, what) for now, _, what in live_through(office, messenger)][:3] == [
        (LAST_DAY, "period_ended: Parks"),
        (CUT_OFF.replace(hour=9), "due_soon: Parks"),
        (CUT_OFF.replace(hour=9) + DAY, "overdue: Parks"),
    ]


def test_yesterdays_reminder_that_was_sent_today_is_todays(
    office: Office, messenger: FakeMessenger
) -> None:
    plan = replace(
        STANDARD_PLAN,
        due_soon=(ReminderTime(-1, time(16, 59)),),
        overdue=ReminderTime(0, time(15)),
        deputy=None,
    )
    timetable = replace(TIMETABLE, reminders=plan)
    office.declare(MONDAY, areas=(area("Parks", "bo"),), timetable=timetable)
    tick(office, messenger, LAST_DAY)
    messenger.failures = [NotDelivered("away")]
    assert tick(office, messenger, NUDGE.replace(hour=16, minute=59, second=59)) == []
    sent = live_through(office, messenger, NUDGE.replace(hour=17, minute=30), DEPUTIES_TURN)
    assert [(now, what) for now, _, what in sent] == [
        (CUT_OFF.replace(hour=9), "due_soon: Parks"),
        (CUT_OFF.replace(hour=9) + DAY, "overdue: Parks"),
    ]


def test_nobody_gets_two_messages_a_day_whatever_falls_together(
    office: Office, messenger: FakeMessenger
) -> None:
    plan = replace(
        STANDARD_PLAN,
        due_soon=(ReminderTime(-1, time(10)), ReminderTime(0, time(10))),
        overdue=ReminderTime(0, time(14)),
        deputy=ReminderTime(1, time(11)),
        coordinator=ReminderTime(1, time(16)),
    )
    for number, start in enumerate((date(2026, 11, 7), date(2026, 11, 8), date(2026, 11, 10))):
        timetable = replace(
            TIMETABLE, cadence=replace(TIMETABLE.cadence, anchor=start), reminders=plan
        )
        declared = replace(
            DECLARED,
            key=f"more-{number}",
            name=f"More {number}",
            timetable=timetable,
            coordinators=(known("alex"),),
        )
        set_up_programme(
            office.database, office.workspace_id, declared, profiles_of(declared), MONDAY
        )
    sent = live_through(office, messenger, end=CLOSED)
    days = [(who, now.date()) for now, who, _ in sent]
    assert len(days) == len(set(days))
    assert len(days) > 20


def test_a_row_that_failed_tells_what_came_up_meanwhile(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    messenger.failures = [NotDelivered("away")]
    assert tick(office, messenger, LAST_DAY) == []
    office.declare(MONDAY, areas=(area("Libraries", "alex"), area("Parks", "alex")))
    later = LAST_DAY + timedelta(minutes=20)
    assert tick(office, messenger, later) == [("alex", "period_ended: Libraries, Parks")]


def test_an_unknown_outcome_does_not_bring_a_second_message_the_next_day(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    evening = LAST_DAY.replace(hour=16, minute=59, second=30)
    messenger.after_accepting = [OutcomeUnknown("timeout")]
    assert len(tick(office, messenger, evening)) == 1
    sent = live_through(office, messenger, evening + LEASE, NUDGE + HOUR)
    assert sent == [(NUDGE, "alex", "due_soon: Libraries")]


def test_a_person_whom_the_platform_refuses_is_not_tried_every_day(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),), coordinators=(known("kim"),))
    messenger.failures = [Undeliverable("user_disabled")]
    tick(office, messenger, LAST_DAY)
    before_nudge = live_through(office, messenger, LAST_DAY, NUDGE)
    assert [who for _, who, what in before_nudge if what.startswith("period_ended")] == []
    assert tick(office, messenger, NUDGE) == [("alex", "due_soon: Libraries")]


def test_a_reminder_that_is_found_later_has_told_no_more_than_it_did_when_it_was_sent(
    office: Office, messenger: FakeMessenger
) -> None:
    """Its stage came up between the message, of which nobody heard, and the look for it."""
    later = replace(STANDARD_PLAN, overdue=ReminderTime(1, time(11)))
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    second_programme(
        office, areas=(area("Museums", "alex"),), timetable=replace(TIMETABLE, reminders=later)
    )
    live_through(office, messenger, end=OVERDUE)
    messenger.after_accepting = [OutcomeUnknown("no answer")]
    assert tick(office, messenger, OVERDUE) == [("alex", "overdue: Libraries")]
    messenger.look_up_failures = [OutcomeUnknown("no answer")] * 3
    sent = live_through(office, messenger, OVERDUE + HOUR, DEPUTIES_TURN + HOUR)
    assert sent == [(DEPUTIES_TURN, "alex", "overdue: Museums")]


def test_a_reminder_that_may_have_arrived_is_looked_for_on_a_day_off(
    office: Office, messenger: FakeMessenger
) -> None:
    cut_off = parse_cut_off("5 working days after the end, at 12:00")
    timetable = replace(TIMETABLE, cut_off=cut_off)
    office.declare(MONDAY, areas=(area("Libraries", "alex"),), timetable=timetable)
    messenger.after_accepting = [OutcomeUnknown("no answer")]
    assert tick(office, messenger, LAST_DAY) == [("alex", "period_ended: Libraries")]
    assert live_through(office, messenger, LAST_DAY + DAY, NUDGE) == []
    assert messenger.changed == []  # it says all that is so


def test_a_reminder_that_is_found_once_the_report_is_in_is_made_to_say_so(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    messenger.after_accepting = [OutcomeUnknown("no answer")]
    tick(office, messenger, LAST_DAY)
    office.submit("Libraries", "alex", LAST_DAY + timedelta(seconds=40), activity="News")
    live_through(office, messenger, LAST_DAY + HOUR, LAST_DAY + 3 * HOUR)
    assert messenger.changed == [("period_ended: Libraries", "Libraries 1")]


def test_a_reminder_that_was_begun_and_not_sent_has_told_nothing(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    messenger.failures = [NotDelivered("away")] * 1000
    assert tick(office, messenger, LAST_DAY) == []
    with office.database.reading() as unit:
        (row,) = unit.ledger.rows([DeliveryStatus.PENDING], 10)
    cancel_deliveries(office.database, [row.id], LAST_DAY + HOUR)
    messenger.failures = []
    monday = LAST_DAY + 3 * DAY
    assert tick(office, messenger, monday) == [("alex", "due_soon: Libraries")]
