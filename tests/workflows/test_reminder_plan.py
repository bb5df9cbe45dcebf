"""One message a day to anyone, and who gets it when somebody is away or hands on."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from highlightbot.core.deliveries import LEASE
from highlightbot.core.duties import Told
from highlightbot.core.errors import NotDelivered, OutcomeUnknown, Refusal, Undeliverable
from highlightbot.core.later import LaterChoice
from highlightbot.core.reminder_plan import STANDARD_PLAN, ReminderTime
from highlightbot.workflows.ask_reminder import remind_later
from highlightbot.workflows.be_away import be_away, be_back
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.hand_over import deputies_for, hand_over, take_back
from highlightbot.workflows.remind_authors import remind_authors
from highlightbot.workflows.set_up_programme import set_up_programme
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import (
    CLOSED,
    CUT_OFF,
    DECLARED,
    LAST_DAY,
    MONDAY,
    NUDGE,
    OVERDUE,
    TIMETABLE,
    Office,
    account,
    area,
    known,
    profiles_of,
)

DAY = timedelta(days=1)
LOOKED_AT = (time(8, 59), *(time(hour) for hour in range(9, 18)), time(18, 30))
DEPUTIES_TURN = datetime(2026, 11, 26, 9, tzinfo=UTC)
COORDINATORS_TURN = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


def tick(office: Office, messenger: FakeMessenger, now: datetime) -> list[tuple[str, str]]:
    """What reminders are sent then: to whom, and what they tell."""
    before = len(messenger.sent)
    do_what_is_due(office.database, messenger, FakeClock(now))
    return [
        (sent.conversation.removeprefix("D-U-").lower(), sent.what)
        for sent in messenger.sent[before:]
        if sent.conversation.startswith("D-")
    ]


def live_through(
    office: Office,
    messenger: FakeMessenger,
    start: datetime = LAST_DAY - DAY,
    end: datetime = COORDINATORS_TURN + 3 * DAY,
) -> list[tuple[datetime, str, str]]:
    """Everything that is sent, looked at on the hour and at both ends of the working day."""
    days = range((end.date() - start.date()).days + 1)
    looks = (datetime.combine(start + day * DAY, at, UTC) for day in days for at in LOOKED_AT)
    return [
        (now, who, what)
        for now in looks
        if start <= now < end
        for who, what in tick(office, messenger, now)
    ]


def second_programme(office: Office, **changes: object) -> None:
    """Another programme of the same people."""
    declared = replace(DECLARED, key="second", name="Second", **changes)  # type: ignore[arg-type]
    set_up_programme(office.database, office.workspace_id, declared, profiles_of(declared), MONDAY)


def test_a_whole_plan_of_one_area(office: Office, messenger: FakeMessenger) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    assert live_through(office, messenger) == [
        (LAST_DAY, "alex", "period_ended: Libraries"),
        (NUDGE, "alex", "due_soon: Libraries"),
        (OVERDUE, "alex", "overdue: Libraries"),
        (DEPUTIES_TURN, "bo", "deputy: Libraries"),
        (COORDINATORS_TURN, "kim", "coordinator: Libraries"),
    ]


def test_the_coordinators_list_follows_what_is_sent_at_the_same_time(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    sent = tick(office, messenger, COORDINATORS_TURN)  # the first one after an outage
    assert sorted(sent) == [("alex", "overdue: Libraries"), ("kim", "coordinator: Libraries")]
    tick(office, messenger, COORDINATORS_TURN + timedelta(minutes=5))
    (listed,) = (one for one in messenger.reminders.values() if one.person.name == "Kim")
    assert listed.due[0].told == (Told("Alex", COORDINATORS_TURN.date()),)
    changed = len(messenger.changed)
    tick(office, messenger, COORDINATORS_TURN + timedelta(minutes=10))
    assert len(messenger.changed) == changed  # nothing is left to be told


def test_the_coordinators_list_follows_what_is_sent_while_it_is_on_its_way(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    soon = COORDINATORS_TURN + LEASE * 0.9
    messenger.failures = [NotDelivered("not now")]  # of the author's
    messenger.while_accepting = [
        lambda: do_what_is_due(office.database, messenger, FakeClock(soon))
    ]
    tick(office, messenger, COORDINATORS_TURN)
    assert [sent.what for sent in messenger.sent[-2:]] == [
        "overdue: Libraries",
        "coordinator: Libraries",
    ]
    tick(office, messenger, soon)
    (listed,) = (one for one in messenger.reminders.values() if one.person.name == "Kim")
    assert listed.due[0].told == (Told("Alex", COORDINATORS_TURN.date()),)


def test_the_coordinator_hears_in_one_message_which_areas_are_missing(
    office: Office, messenger: FakeMessenger
) -> None:
    for now in (LAST_DAY, OVERDUE, DEPUTIES_TURN):
        tick(office, messenger, now)
    office.submit("Parks", "bo", DEPUTIES_TURN)
    sent = tick(office, messenger, COORDINATORS_TURN)
    assert sent == [("kim", "coordinator: Libraries, Housing")]
    libraries = list(messenger.reminders.values())[-1].due[0]
    assert [one.name for one in libraries.authors] == ["Alex"]
    assert [(one.person, one.on) for one in libraries.told] == [
        ("Alex", OVERDUE.date()),
        ("Bo", DEPUTIES_TURN.date()),
    ]


def test_several_nudges_come_each_on_its_day(office: Office, messenger: FakeMessenger) -> None:
    nudges = (ReminderTime(-1, time(14)), ReminderTime(0, time(9)))
    plan = replace(STANDARD_PLAN, due_soon=nudges, deputy=None, coordinator=None)
    timetable = replace(TIMETABLE, reminders=plan)
    office.declare(MONDAY, areas=(area("Parks", "bo"),), timetable=timetable)
    assert [(now, what) for now, _, what in live_through(office, messenger)] == [
        (LAST_DAY, "period_ended: Parks"),
        (NUDGE, "due_soon: Parks"),
        (CUT_OFF.replace(hour=9), "due_soon: Parks"),
        (OVERDUE, "overdue: Parks"),
    ]


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
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    sent = live_through(office, messenger, evening + LEASE, monday + timedelta(hours=4))
    assert [what for _, _, what in sent] == ["due_soon: Libraries"]


def test_a_person_whom_the_platform_refuses_is_not_tried_every_day(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),), coordinators=(known("kim"),))
    messenger.failures = [Undeliverable("user_disabled")]
    tick(office, messenger, LAST_DAY)
    before_nudge = live_through(office, messenger, LAST_DAY, NUDGE)
    assert [who for _, who, what in before_nudge if what.startswith("period_ended")] == []
    assert tick(office, messenger, NUDGE) == [("alex", "due_soon: Libraries")]


def test_while_the_lead_is_away_the_deputy_is_reminded_and_afterwards_the_lead(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    absence = be_away(office.database, account("alex"), CUT_OFF.date(), MONDAY)
    assert [(name, [one.name for one in people]) for name, people in absence.stand_ins] == [
        ("Libraries", ["Bo"])
    ]
    sent = live_through(office, messenger, end=DEPUTIES_TURN + timedelta(hours=1))
    assert sent == [
        (LAST_DAY, "bo", "period_ended: Libraries"),
        (NUDGE, "bo", "due_soon: Libraries"),
        (OVERDUE, "alex", "overdue: Libraries"),
        (DEPUTIES_TURN, "bo", "deputy: Libraries"),
    ]


def test_nobody_is_reminded_while_away_without_deputies(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Parks", "alex"),))
    be_away(office.database, account("alex"), LAST_DAY.date(), MONDAY)
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert live_through(office, messenger, end=monday + timedelta(hours=6)) == [
        (monday, "alex", "due_soon: Parks")
    ]


def test_who_goes_away_before_the_message_is_sent_does_not_get_it(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Parks", "alex"),))
    night = LAST_DAY.replace(hour=20)
    assert tick(office, messenger, night) == []
    be_away(office.database, account("alex"), CUT_OFF.date(), night)
    assert live_through(office, messenger, night, OVERDUE) == []
    assert tick(office, messenger, OVERDUE) == [("alex", "overdue: Parks")]


def test_who_is_back_early_is_reminded_at_once(office: Office, messenger: FakeMessenger) -> None:
    office.declare(MONDAY, areas=(area("Parks", "alex"),))
    be_away(office.database, account("alex"), CUT_OFF.date(), MONDAY)
    assert tick(office, messenger, LAST_DAY) == []
    be_back(office.database, account("alex"))
    assert tick(office, messenger, LAST_DAY) == [("alex", "period_ended: Parks")]


@pytest.mark.parametrize("until", [MONDAY.date() - DAY, MONDAY.date() + 367 * DAY])
def test_an_absence_that_is_over_or_endless_is_refused(office: Office, until: date) -> None:
    with pytest.raises(Refusal, match=r"That day is over|within a year"):
        be_away(office.database, account("alex"), until, MONDAY)


def test_a_stranger_cannot_be_away(office: Office) -> None:
    with pytest.raises(Refusal, match="no programme"):
        be_away(office.database, account("nobody"), MONDAY.date(), MONDAY)


def hand_to_bo(office: Office, now: datetime) -> None:
    report = office.report("Libraries", now)
    choice = deputies_for(office.database, account("alex"), report.id, now)
    (bo,) = choice.people
    hand_over(office.database, account("alex"), report.id, bo.id, now)


def test_a_report_handed_to_a_deputy_is_theirs_from_then_on(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    tick(office, messenger, LAST_DAY)
    noon = LAST_DAY + timedelta(hours=3)
    hand_to_bo(office, noon)
    assert tick(office, messenger, noon) == [("bo", "handed: Libraries")]
    assert office.report("Libraries", noon).handed is not None
    assert messenger.changed == [("period_ended: Libraries", "Libraries 0")]
    sent = live_through(office, messenger, noon + timedelta(hours=1), COORDINATORS_TURN)
    assert sent == [
        (NUDGE, "bo", "due_soon: Libraries"),
        (OVERDUE, "bo", "overdue: Libraries"),
    ]


def test_who_was_reminded_today_hears_all_the_same_of_a_report_handed_to_them(
    office: Office, messenger: FakeMessenger
) -> None:
    assert ("bo", "period_ended: Parks") in tick(office, messenger, LAST_DAY)
    hand_to_bo(office, LAST_DAY)
    assert tick(office, messenger, LAST_DAY) == [("bo", "handed: Libraries")]


def test_a_report_handed_over_at_night_is_told_in_the_morning_with_the_rest(
    office: Office, messenger: FakeMessenger
) -> None:
    hand_to_bo(office, LAST_DAY - timedelta(hours=5))
    assert tick(office, messenger, LAST_DAY - timedelta(hours=5)) == []
    assert ("bo", "period_ended: Parks; handed: Libraries") in tick(office, messenger, LAST_DAY)


def test_a_report_taken_back_before_it_was_told_is_not_told(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    night = LAST_DAY - timedelta(hours=5)
    hand_to_bo(office, night)
    take_back(office.database, account("alex"), office.report("Libraries", night).id, night)
    assert tick(office, messenger, LAST_DAY) == [("alex", "period_ended: Libraries")]


def test_a_report_taken_back_is_the_leads_again_and_the_deputys_message_says_so(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    hand_to_bo(office, LAST_DAY)
    assert tick(office, messenger, LAST_DAY) == [("bo", "handed: Libraries")]
    take_back(office.database, account("alex"), office.report("Libraries", LAST_DAY).id, LAST_DAY)
    assert tick(office, messenger, LAST_DAY) == [("alex", "period_ended: Libraries")]
    assert messenger.changed == [("handed: Libraries", "Libraries 0")]
    assert tick(office, messenger, NUDGE) == [("alex", "due_soon: Libraries")]


def test_a_report_taken_back_while_the_message_is_sent_is_told_in_it_afterwards(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    hand_to_bo(office, LAST_DAY)
    report = office.report("Libraries", LAST_DAY).id

    def take_it_back() -> None:
        take_back(office.database, account("alex"), report, LAST_DAY)

    messenger.while_accepting = [take_it_back]
    tick(office, messenger, LAST_DAY)
    tick(office, messenger, LAST_DAY)
    assert messenger.changed == [("handed: Libraries", "Libraries 0")]


def test_a_report_can_be_handed_only_to_a_deputy_who_is_there(office: Office) -> None:
    libraries, parks = (office.report(name, MONDAY).id for name in ("Libraries", "Parks"))
    with pytest.raises(Refusal, match="no deputy who is there"):
        deputies_for(office.database, account("bo"), parks, MONDAY)
    be_away(office.database, account("bo"), MONDAY.date(), MONDAY)
    with pytest.raises(Refusal, match="no deputy who is there"):
        hand_over(office.database, account("alex"), libraries, 1, MONDAY)
    with pytest.raises(Refusal, match="not an author"):
        deputies_for(office.database, account("casey"), libraries, MONDAY)
    office.submit("Libraries", "alex", MONDAY)
    with pytest.raises(Refusal, match="not waited for any more"):
        deputies_for(office.database, account("alex"), libraries, MONDAY)


def ask(office: Office, choice: LaterChoice, now: datetime, name: str = "alex") -> datetime:
    ids = [office.report("Libraries", now).id]
    at, _ = remind_later(office.database, account(name), ids, choice, now)
    return at


def test_a_reminder_in_two_hours_comes_once_besides_that_of_the_day(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    for _ in range(2):
        at = ask(office, LaterChoice.TWO_HOURS, LAST_DAY)
    assert at == LAST_DAY + timedelta(hours=2)
    assert live_through(office, messenger, LAST_DAY, NUDGE + timedelta(hours=1)) == [
        (at, "alex", "asked: Libraries"),
        (NUDGE, "alex", "due_soon: Libraries"),
    ]


def test_a_reminder_for_another_day_is_that_days_only_one(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    at = ask(office, LaterChoice.NEXT_MORNING, LAST_DAY)
    assert at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert live_through(office, messenger, LAST_DAY, CUT_OFF) == [(at, "alex", "asked: Libraries")]


def test_a_reminder_before_the_cut_off_gathers_what_the_plan_has_for_that_day(
    office: Office, messenger: FakeMessenger
) -> None:
    plan = replace(STANDARD_PLAN, due_soon=(ReminderTime(0, time(10)),))
    timetable = replace(TIMETABLE, reminders=plan)
    office.declare(MONDAY, areas=(area("Libraries", "alex"),), timetable=timetable)
    tick(office, messenger, LAST_DAY)
    at = ask(office, LaterChoice.BEFORE_CUT_OFF, LAST_DAY)
    assert live_through(office, messenger, LAST_DAY, CUT_OFF) == [(at, "alex", "asked: Libraries")]


def test_who_has_submitted_since_is_not_reminded_though_they_asked(
    office: Office, messenger: FakeMessenger
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"),))
    tick(office, messenger, LAST_DAY)
    at = ask(office, LaterChoice.TWO_HOURS, LAST_DAY)
    office.submit("Libraries", "alex", LAST_DAY)
    assert tick(office, messenger, at) == []


def test_a_time_that_makes_no_sense_any_more_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="That time has passed"):
        ask(office, LaterChoice.BEFORE_CUT_OFF, CUT_OFF - timedelta(minutes=30))
    with pytest.raises(Refusal, match="nothing left to remind you of"):
        ask(office, LaterChoice.TWO_HOURS, LAST_DAY, "casey")


def test_planning_twice_at_the_same_moment_makes_one_row_each(office: Office) -> None:
    assert remind_authors(office.database, LAST_DAY) == 3
    with office.database.writing() as unit:
        unit.reminders.wake(programme_id=office.programme_id)
    assert remind_authors(office.database, LAST_DAY) == 0


def test_a_period_is_looked_at_only_when_somebody_may_be_due_something(office: Office) -> None:
    def waiting(now: datetime) -> list[int]:
        with office.database.reading() as unit:
            return unit.reminders.periods_to_look_at(now)

    remind_authors(office.database, LAST_DAY - timedelta(hours=1))
    assert waiting(LAST_DAY - timedelta(seconds=1)) == []
    assert len(waiting(LAST_DAY)) == 1
    remind_authors(office.database, LAST_DAY)
    assert waiting(LAST_DAY + timedelta(hours=3)) == []
    remind_authors(office.database, CLOSED)
    assert waiting(CLOSED + 365 * DAY) == []


@pytest.mark.parametrize("step", [timedelta(hours=1), -timedelta(hours=1)])
def test_a_clock_that_is_set_while_planning_loses_and_doubles_nothing(
    office: Office, messenger: FakeMessenger, step: timedelta
) -> None:
    """Right before each stage the clock is wrong for one tick by an hour, and then right again."""
    office.declare(MONDAY, areas=(area("Libraries", "alex", "bo"),))
    sent: list[str] = []
    start, end, hour = LAST_DAY - DAY, COORDINATORS_TURN + DAY, timedelta(hours=1)
    for on_the_hour in (start + number * hour for number in range((end - start) // hour)):
        half_past = on_the_hour + hour / 2
        by_day = (half_past,) if 8 <= half_past.hour < 19 else ()
        for now in (on_the_hour, half_past + step, *by_day):
            sent += [f"{who} {what}" for who, what in tick(office, messenger, now)]
    assert sent == [
        "alex period_ended: Libraries",
        "alex due_soon: Libraries",
        "alex overdue: Libraries",
        "bo deputy: Libraries",
        "kim coordinator: Libraries",
    ]
