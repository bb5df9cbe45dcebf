from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from highlightbot.core.deliveries import DeliveryStatus, Lane
from highlightbot.core.errors import RateLimited, SenderRefused
from highlightbot.core.pacing import LONGEST_CLOSURE, Pace, Rate
from highlightbot.workflows.deliver import deliver_next, next_chance
from highlightbot.workflows.remind_authors import remind_authors
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.workflows.delivering import LIBRARIES, SECOND, only_libraries, run, status
from tests.workflows.office import LAST_DAY, NUDGE, Office


@dataclass
class ClockThat:
    """Has something happen once it has told the time for the first time."""

    clock: FakeClock
    happens: Callable[[], None]
    asked: int = 0

    def now(self) -> datetime:
        self.asked += 1
        if self.asked == 2:
            self.happens()
        return self.clock.now()


def test_a_rate_limit_closes_everything_until_it_has_passed(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    messenger.failures = [RateLimited(30)]
    assert run(office, messenger, clock) == []
    assert messenger.calls == 1
    chance = next_chance(office.database, messenger, clock.now())
    assert chance is not None
    assert timedelta(seconds=30) <= chance - LAST_DAY <= timedelta(seconds=31)
    clock.move_on(timedelta(seconds=29.9))
    assert run(office, messenger, clock) == []
    assert messenger.calls == 1
    clock.move_on(timedelta(seconds=1.2))
    assert len(run(office, messenger, clock)) == 3


def test_a_row_claimed_before_the_rate_limit_was_told_is_not_sent(office: Office) -> None:
    messenger, clock = only_libraries(office), FakeClock(LAST_DAY)
    remind_authors(office.database, LAST_DAY)
    other = FakeClock(LAST_DAY)

    def limit() -> None:
        with office.database.writing() as unit:
            unit.pacing.close(LAST_DAY + 30 * SECOND, LAST_DAY, refused_since=None)

    assert deliver_next(office.database, messenger, ClockThat(other, limit))
    assert messenger.calls == 0
    clock.move_on(31 * SECOND)
    assert run(office, messenger, clock) == LIBRARIES


def test_an_absurd_wait_is_cut_short(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    messenger.failures = [RateLimited(1e9)]
    run(office, messenger, clock)
    clock.move_on(LONGEST_CLOSURE - SECOND)
    run(office, messenger, clock)
    assert messenger.calls == 1
    clock.move_on(3 * SECOND)
    assert len(run(office, messenger, clock)) == 3


def test_a_bot_that_is_refused_pauses_as_a_whole_and_resumes_by_itself(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    messenger.failures = [SenderRefused("token_revoked")] * 10_000
    for _ in range(12 * 10):  # the working day and two hours more
        run(office, messenger, clock)
        clock.move_on(timedelta(minutes=5))
    # 15 s, then twice as long each time up to 15 minutes, while there is something to send.
    assert 30 < messenger.calls < 40
    assert status(office) <= {DeliveryStatus.PENDING, DeliveryStatus.NOT_NEEDED}
    messenger.failures = []
    clock.instant = NUDGE
    run(office, messenger, clock)
    assert len(run(office, messenger, clock)) == 3
    with office.database.reading() as unit:
        assert unit.pacing.openings(messenger.pace, clock.now()).refused_since is None


def test_messages_are_sent_at_the_platforms_pace(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    messenger.pace = Pace({Lane.POST: Rate(5 * SECOND, burst=2)})
    assert len(run(office, messenger, clock)) == 2
    clock.move_on(4 * SECOND)
    assert len(run(office, messenger, clock)) == 2
    clock.move_on(SECOND)
    assert len(run(office, messenger, clock)) == 3


def test_what_is_not_needed_takes_nothing_of_the_pace(office: Office) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY)
    remind_authors(office.database, LAST_DAY)
    office.submit("Libraries", "alex", LAST_DAY)
    office.submit("Parks", "bo", LAST_DAY)
    messenger.pace = Pace({Lane.POST: Rate(timedelta(hours=1))})
    assert run(office, messenger, clock) == ["period_ended: Housing"]
