"""Authors whom a coordinator has reminded now."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.errors import Refusal, Undeliverable
from highlightbot.core.people import Profile
from tests.fakes.messenger import FakeMessenger
from tests.workflows.bureau import Bureau
from tests.workflows.office import CUT_OFF, DAY, HOUR, LAST_DAY, MONDAY, NUDGE, account


def test_an_author_who_is_chased_is_reminded_now_and_once_a_day(bureau: Bureau) -> None:
    messenger = FakeMessenger()
    wednesday = datetime(2026, 11, 18, 10, tzinfo=UTC)
    foreseen = bureau.do("chase parks", wednesday)
    assert foreseen is not None
    assert foreseen.told == (
        "It is about the report of Parks for 7–20 November 2026.",
        "Bo is reminded now.",
    )
    assert bureau.tick(messenger, wednesday) == [("D-U-BO", "chased")]
    assert bureau.tick(messenger, wednesday + HOUR) == []
    with pytest.raises(Refusal, match="Bo was reminded today already"):
        bureau.foresee("chase parks", wednesday + HOUR)
    assert bureau.do("chase parks", wednesday + DAY) is not None
    assert bureau.tick(messenger, wednesday + DAY) == [("D-U-BO", "chased")]


def test_coordinators_see_a_chase_in_the_list_of_what_is_missing_that_they_got(
    bureau: Bureau,
) -> None:
    messenger = FakeMessenger()
    their_turn, week_after = CUT_OFF + 3 * DAY, CUT_OFF + 6 * DAY
    for now in (LAST_DAY, NUDGE, their_turn):
        bureau.tick(messenger, now)
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
    bureau.do("chase housing", week_after)
    bureau.tick(messenger, week_after)
    bureau.tick(messenger, week_after + HOUR)
    assert reminded() == [("Casey", week_after.date())]


def test_who_is_chased_out_of_hours_is_reminded_in_the_morning(bureau: Bureau) -> None:
    evening = datetime(2026, 11, 18, 20, tzinfo=UTC)
    assert bureau.foresee("chase parks", evening).told[1] == (
        "Bo is reminded on Thursday 19 November 2026, 09:00, when their working hours begin."
    )


def test_when_somebody_abroad_is_chased_is_told_in_the_programmes_time(bureau: Bureau) -> None:
    with bureau.database.writing() as unit:
        bo = unit.people.person(account("bo"))
        assert bo is not None
        in_new_york = Profile("U-BO", "Bo", zone=ZoneInfo("America/New_York"))
        unit.people.update_profile(bo.id, in_new_york)
    morning = datetime(2026, 11, 18, 9, tzinfo=UTC)
    assert bureau.foresee("chase parks", morning).told[1] == (
        "Bo is reminded on Wednesday 18 November 2026, 14:00, when their working hours begin."
    )


def test_who_is_chased_after_the_days_reminder_was_given_up_is_reminded_once(
    bureau: Bureau,
) -> None:
    messenger = FakeMessenger(failures=[Undeliverable("user_disabled")] * 3)
    bureau.tick(messenger, LAST_DAY)
    assert messenger.sent == []
    foreseen = bureau.do("chase parks", LAST_DAY + HOUR)
    assert foreseen is not None
    assert foreseen.told[1] == "Bo is reminded now."
    assert ("D-U-BO", "chased") in bureau.tick(messenger, LAST_DAY + HOUR)
    with pytest.raises(Refusal, match="Bo was reminded today already"):
        bureau.foresee("chase parks", LAST_DAY + 2 * HOUR)


def test_nobody_is_chased_in_a_pause(bureau: Bureau) -> None:
    bureau.do("pause", MONDAY)
    with pytest.raises(Refusal, match="resume it first"):
        bureau.foresee("chase Parks", MONDAY)
