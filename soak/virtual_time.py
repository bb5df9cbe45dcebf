"""A bot whose time is a number: a day passes in as long as its work takes."""

from datetime import timedelta

from highlightbot.workflows.deliver import next_chance
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.ports import Database, Messenger
from tests.fakes.clock import FakeClock

TICK = timedelta(seconds=5)
_SOON = timedelta(seconds=2)
_A_WHILE = 6


def tick(database: Database, messenger: Messenger, clock: FakeClock) -> None:
    """Do what is due and, as its threads do, wait for what will be within 2 seconds.

    Ends when the bell rings again, if not before. As long as no call takes any time, it waits for
    twice as long each time: what a process that is no more has in hand keeps a place for a minute.
    """
    end = clock.now() + TICK
    do_what_is_due(database, messenger, clock)
    wait = timedelta()
    while (now := clock.now()) < end:
        at = next_chance(database, messenger, now)
        if at is None or at > now + _SOON:
            return
        wait = max(at - now, 2 * wait)
        clock.instant = now + wait
        do_what_is_due(database, messenger, clock)
        if clock.now() > now + wait:
            wait = timedelta()


def settle(database: Database, messenger: Messenger, clock: FakeClock, most: timedelta) -> bool:
    """Tick until the ledger has nothing left to send; False if that has not come in that time."""
    end = clock.now() + most
    while clock.now() < end:
        tick(database, messenger, clock)
        with database.reading() as unit:
            if not unit.ledger.backlog(clock.now()).unfinished:
                return True
            at = unit.deliveries.next_attempt_at()
        # Between two messages nothing happens: from tick to tick, as the bell would ring.
        # What is claimed, by whoever is no more, takes longer than that.
        ticks = max(1, -(-(at - clock.now()) // TICK)) if at is not None else _A_WHILE
        clock.move_on(ticks * TICK)
    return False
