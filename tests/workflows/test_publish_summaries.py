from dataclasses import dataclass
from datetime import timedelta

import pytest

from highlightbot.core.alarms import MessagesUndelivered
from highlightbot.core.deliveries import MOST_BREAKDOWNS, MessageRef, summary_key
from highlightbot.core.errors import (
    ChannelLost,
    OutcomeUnknown,
    RateLimited,
    StorageFailure,
    Undeliverable,
)
from highlightbot.core.programmes import Programme
from highlightbot.core.summaries import AreaLine, AreaState, Edition
from highlightbot.persistence.sqlite import sqlite_driver
from highlightbot.persistence.summaries import SqlSummaries
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.publish_summaries import edition_of, publish_summaries
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import CLOSED, CUT_OFF, DAY, LAST_DAY, Office

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def tick(office: Office, messenger: FakeMessenger, clock: FakeClock) -> None:
    do_what_is_due(office.database, messenger, clock)


def summaries(messenger: FakeMessenger) -> list[str]:
    """What was sent but reminders."""
    return [what for what in messenger.whats if ": " not in what]


def test_the_summary_is_posted_once_at_the_cut_off_with_its_thread(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF - MINUTE)
    office.submit("Libraries", "alex", LAST_DAY, activity="Opened on Saturdays.")
    office.submit("Parks", "bo", LAST_DAY)
    tick(office, messenger, clock)
    assert summaries(messenger) == []
    clock.move_on(MINUTE)
    tick(office, messenger, clock)
    clock.move_on(MINUTE)
    tick(office, messenger, clock)
    assert summaries(messenger) == [
        "edition 1",
        "section Activity",
        "section Workforce update",
    ]
    (shown,) = messenger.shown.values()
    assert shown.summary.lines == (
        AreaLine("Libraries", AreaState.IN, "Opened on Saturdays."),
        AreaLine("Parks", AreaState.NIL, "Nothing to report"),
        AreaLine("Housing", AreaState.MISSING),
    )


def test_with_nothing_in_it_still_posts_and_says_who_is_missing(office: Office) -> None:
    messenger = FakeMessenger()
    tick(office, messenger, FakeClock(CUT_OFF))
    assert summaries(messenger) == ["edition 1"]
    (shown,) = messenger.shown.values()
    assert shown.summary.missing == ("Libraries", "Parks", "Housing")


def test_a_late_report_updates_the_same_message_and_says_so_in_the_thread(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    tick(office, messenger, clock)
    clock.move_on(MINUTE)
    office.submit("Housing", "casey", clock.instant, activity="Advised 400 households.")
    tick(office, messenger, clock)
    assert summaries(messenger) == ["edition 1", "from Housing"]
    (shown,) = messenger.shown.values()
    assert shown.summary.edition == 2
    assert shown.summary.lines[2] == AreaLine("Housing", AreaState.LATE, "Advised 400 households.")


def test_a_summary_that_somebody_took_away_is_posted_anew_once_with_all_that_is_in(
    office: Office,
) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    office.submit("Libraries", "alex", LAST_DAY, activity="In time.")
    tick(office, messenger, clock)
    (first,) = messenger.shown
    messenger.taken_away.add(first)
    clock.move_on(2 * HOUR)
    office.submit("Housing", "casey", clock.instant, activity="Late.")
    messenger.after_accepting = [OutcomeUnknown("connection reset")]
    tick(office, messenger, clock)
    clock.move_on(2 * MINUTE)  # it may have arrived, and is looked up
    tick(office, messenger, clock)
    thread = ["section Activity", "section Workforce update"]
    assert summaries(messenger) == ["edition 1", *thread, "edition 2", *thread]
    clock.move_on(HOUR)
    office.submit("Parks", "bo", clock.instant, activity="Later.")
    tick(office, messenger, clock)
    assert summaries(messenger)[6:] == ["from Parks"]
    assert [shown.posted_late for shown in messenger.shown.values()] == [False, False]
    (newest,) = messenger.shown.keys() - {first}
    assert messenger.shown[newest].summary.edition == 3


def test_late_reports_during_an_outage_make_one_edition(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    messenger.failures = [RateLimited(30)]
    tick(office, messenger, clock)
    office.submit("Libraries", "alex", clock.instant + MINUTE, activity="One.")
    office.submit("Parks", "bo", clock.instant + MINUTE, activity="Two.")
    clock.move_on(2 * MINUTE)
    tick(office, messenger, clock)
    assert summaries(messenger) == ["edition 1", "from Libraries", "from Parks"]


def test_a_correction_after_the_cut_off_is_a_new_edition_too(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    office.submit("Libraries", "alex", LAST_DAY, activity="Wrong.")
    tick(office, messenger, clock)
    clock.move_on(MINUTE)
    office.submit("Libraries", "bo", clock.instant, activity="Right.")
    tick(office, messenger, clock)
    (shown,) = messenger.shown.values()
    assert shown.summary.edition == 2
    assert shown.summary.lines[0] == AreaLine("Libraries", AreaState.IN, "Right.")


def test_an_edition_tells_which_reports_the_one_before_held(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    office.submit("Libraries", "alex", LAST_DAY, activity="Wrong.")
    tick(office, messenger, clock)
    for text in ("Late.", "Late, and right."):
        office.submit("Housing", "casey", CUT_OFF + MINUTE, key=text, activity=text)
    office.submit("Libraries", "alex", CUT_OFF + MINUTE, activity="Right.")
    clock.move_on(2 * MINUTE)
    tick(office, messenger, clock)
    with office.database.reading() as unit:
        edition = edition_of(unit, office.period(CUT_OFF), 2)
    changed = {report.area_name: report.report_id for report in edition.changed}
    assert changed.keys() == {"Libraries", "Housing"}
    assert edition.held_before == {changed["Libraries"]}


def test_a_report_in_the_last_minute_still_reaches_the_summary(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    tick(office, messenger, clock)
    office.submit("Parks", "bo", CLOSED - timedelta(seconds=1), activity="Just in time.")
    clock.instant = CLOSED + MINUTE
    tick(office, messenger, clock)
    assert "from Parks" in messenger.whats


def test_a_summary_whose_outcome_is_unknown_is_looked_up_and_not_posted_again(
    office: Office,
) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    messenger.after_accepting = [OutcomeUnknown("connection reset")]
    tick(office, messenger, clock)
    tick(office, messenger, clock)
    assert summaries(messenger) == ["edition 1"]
    clock.move_on(2 * MINUTE)
    tick(office, messenger, clock)
    assert summaries(messenger) == ["edition 1"]
    office.submit("Parks", "bo", clock.instant, activity="Late.")
    tick(office, messenger, clock)
    assert "from Parks" in messenger.whats


def test_a_summary_that_cannot_be_looked_up_is_not_sent_again(office: Office) -> None:
    messenger, clock = FakeMessenger(can_look=False), FakeClock(CUT_OFF)
    messenger.after_accepting = [OutcomeUnknown("connection reset")]
    tick(office, messenger, clock)
    clock.move_on(2 * MINUTE)
    tick(office, messenger, clock)
    assert summaries(messenger) == ["edition 1"]


def test_a_refused_message_of_the_thread_does_not_end_the_thread(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    for area, author in (("Libraries", "alex"), ("Parks", "bo"), ("Housing", "casey")):
        office.submit(area, author, LAST_DAY, activity="News.")
    messenger.failures = [None, Undeliverable("invalid_blocks")]
    tick(office, messenger, clock)
    assert summaries(messenger) == ["edition 1", "section Workforce update"]


@pytest.mark.parametrize(
    ("late", "is_told"), [(60 * MINUTE, False), (61 * MINUTE, True)], ids=["an hour", "longer"]
)
def test_a_summary_that_is_posted_long_after_its_cut_off_says_so_in_every_edition(
    office: Office, late: timedelta, is_told: bool
) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF)
    messenger.lost_channel = ChannelLost("is_archived")
    tick(office, messenger, clock)
    assert summaries(messenger) == ["SummaryWaiting"]
    messenger.lost_channel = None
    clock.move_on(late)
    tick(office, messenger, clock)
    (shown,) = messenger.shown.values()
    assert (shown.summary.edition, shown.posted_late) == (1, is_told)
    clock.move_on(120 * MINUTE)
    office.submit("Parks", "bo", clock.instant, activity="Late.")
    tick(office, messenger, clock)
    (shown,) = messenger.shown.values()
    assert (shown.summary.edition, shown.posted_late) == (2, is_told)


def test_a_summary_after_an_outage_says_that_it_is_late(office: Office) -> None:
    messenger = FakeMessenger()
    tick(office, messenger, FakeClock(CUT_OFF + timedelta(days=3)))
    (shown,) = messenger.shown.values()
    assert shown.posted_late


def lose_sight_of_edition_1(office: Office, messenger: FakeMessenger) -> None:
    """Edition 1 arrives without an answer, and is given up as it cannot be looked up."""
    office.submit("Libraries", "alex", LAST_DAY, activity="One.")
    messenger.after_accepting = [OutcomeUnknown("HTTP 500")]
    messenger.can_look = False
    for minutes in (0, 2, 4):
        tick(office, messenger, FakeClock(CUT_OFF + minutes * MINUTE))
    assert summaries(messenger) == ["edition 1", "MessagesUndelivered"]


THREAD = ["section Activity", "section Workforce update"]


def test_a_summary_that_may_stand_there_is_found_for_its_next_edition(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF + HOUR)
    lose_sight_of_edition_1(office, messenger)
    messenger.can_look = True
    office.submit("Parks", "bo", clock.instant, activity="Late.")
    for _ in range(3):
        tick(office, messenger, clock)
        clock.move_on(MINUTE)
    in_channel = [one.what for one in messenger.sent if one.conversation == "C-COORDINATION"]
    assert in_channel == ["edition 1", *THREAD, "from Parks"]
    with office.database.reading() as unit:
        posted = unit.summaries.posted(office.period(CUT_OFF).id)
    assert posted is not None
    assert messenger.shown[posted[0]].summary.edition == 2


def test_a_summary_that_is_not_there_after_all_is_posted_before_its_next_edition(
    office: Office,
) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF + HOUR)
    lose_sight_of_edition_1(office, messenger)
    messenger.sent.clear()
    messenger.can_look = True
    office.submit("Parks", "bo", clock.instant, activity="Late.")
    for _ in range(3):
        tick(office, messenger, clock)
        clock.move_on(MINUTE)
    in_channel = [one.what for one in messenger.sent if one.conversation == "C-COORDINATION"]
    assert in_channel == ["edition 1", *THREAD, "from Parks"]


def test_a_summary_that_may_stand_there_and_cannot_be_looked_up_is_posted_no_second_time(
    office: Office,
) -> None:
    messenger, clock = FakeMessenger(), FakeClock(CUT_OFF + HOUR)
    lose_sight_of_edition_1(office, messenger)
    office.submit("Parks", "bo", clock.instant, activity="Late.")
    for _ in range(12):
        tick(office, messenger, clock)
        clock.move_on(10 * MINUTE)
    # What may have arrived is told when it is given up, and again with the edition after it.
    assert summaries(messenger) == ["edition 1", *["MessagesUndelivered"] * 2]
    *_, told = messenger.alarms.values()
    assert isinstance(told, MessagesUndelivered)
    assert [(one.edition, one.may_have_arrived, one.reason) for one in told.messages] == [
        (1, True, "may not look"),
        (2, False, "edition 1 may be there, and could not be looked up"),
    ]


@dataclass
class BuggyMessenger(FakeMessenger):
    """Breaks when it is to change a summary."""

    is_mended: bool = False

    def update_summary(self, posted: MessageRef, programme: Programme, edition: Edition) -> None:
        if not self.is_mended:
            raise KeyError
        super().update_summary(posted, programme, edition)


def test_a_change_that_may_have_been_made_stops_no_later_edition(office: Office) -> None:
    messenger, clock = BuggyMessenger(), FakeClock(CUT_OFF)
    tick(office, messenger, clock)
    office.submit("Parks", "bo", clock.instant, activity="Two.")
    for _ in range(MOST_BREAKDOWNS):
        clock.move_on(HOUR)
        tick(office, messenger, clock)
    messenger.is_mended = True
    office.submit("Housing", "casey", clock.instant, activity="Three.")
    tick(office, messenger, clock)
    assert [shown.summary.edition for shown in messenger.shown.values()] == [3]
    in_channel = [one.what for one in messenger.sent if one.conversation == "C-COORDINATION"]
    assert in_channel == ["edition 1", "from Housing"]


def test_a_summary_whose_channel_comes_back_after_the_period_closed_is_posted(
    office: Office,
) -> None:
    messenger = FakeMessenger(lost_channel=ChannelLost("is_archived"))
    tick(office, messenger, FakeClock(CUT_OFF))
    messenger.lost_channel = None
    tick(office, messenger, FakeClock(CLOSED + DAY))
    posted = [one.key for one in messenger.sent if one.what == "edition 1"]
    assert sorted(posted) == [summary_key(period_id, 1, 0) for period_id in (1, 2)]


def test_a_database_that_fails_is_no_bug_of_the_period(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise sqlite_driver().OperationalError("disk I/O error")

    monkeypatch.setattr(SqlSummaries, "newest_edition", broken)
    with pytest.raises(StorageFailure):
        publish_summaries(office.database, CUT_OFF)
