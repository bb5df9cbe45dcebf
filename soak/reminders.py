"""No reminder is lost or doubled: processes that die, a Slack that errs, and what stands there.

`python -m soak.reminders URL API STARTED SPEED` is one of the processes. The clock of all of
them, and of the playground, begins in working hours and runs ``SPEED`` times as fast as others:
leases, graces and lateness pass in the same proportion.

A process is stopped for longer than its lease, but not for longer than lease and grace: one that
stands still between its last look at the clock and the call itself sends when it goes on, and no
design can take that back.
"""

import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress

from highlightbot.core.deliveries import GRACE, LEASE
from highlightbot.core.errors import StorageFailure
from highlightbot.core.pacing import UNPACED
from highlightbot.persistence import open_database
from highlightbot.playground.faults import Fault
from highlightbot.playground.local_slack import LocalSlack, MovableClock, create_slack
from highlightbot.playground.people import AppProfile, User
from highlightbot.playground.server import Playground
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.slack.messenger import SlackMessenger
from highlightbot.slack.web_api import TIMEOUT, sending_client
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.remind_authors import remind_authors
from soak.guards import take_away_inherited
from soak.ledger import statuses
from soak.offices import LAST_DAY, set_up
from soak.processes import Crew
from soak.quick_clock import QuickClock
from soak.verdicts import Verdict

_AREAS = 10
_SENDERS = 4
_FAULTS = 0.2
_LATEST = 45.0
_LOOK = 0.5
_TIMEOUT = 3600.0


def measure(
    kind: str,
    url: str,
    *,
    messages: int,
    seed: int,
    speed: int = 4,
    workers: int = 3,
    kills: int = 50,
    stops: int = 10,
) -> Verdict:
    """Have every author reminded once by processes that are killed and stopped meanwhile."""
    chance = random.Random(seed)
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        authors = set_up(database, messages // _AREAS, _AREAS)
        remind_authors(database, LAST_DAY)
    clock = QuickClock(time.time(), speed)
    slack = create_slack(
        people=[User(author, author.lower(), "Author") for author in authors],
        clock=MovableClock(lambda: clock.now().timestamp()),
    )
    slack.order_faults(*_faults(speed, chance), seed=seed)
    with Playground(slack) as playground:
        command = ["-m", "soak.reminders", url, playground.api_url, str(clock.started), str(speed)]
        crew = Crew(command, workers)
        _run(crew, slack, chance, messages, kills, stops, speed)
        time.sleep(_LATEST / speed)  # whatever is on its way
        standing = Counter(_standing(slack))
        struck = sum(slack.installation.ordered.struck)
    doubled = sum(count - 1 for count in standing.values())
    lost = len(set(authors) - set(standing))
    unfinished = {status for status in statuses(url) if status != "sent"}
    return Verdict(
        "1 no reminder lost or doubled",
        kind,
        f"{len(standing):,} messages, {struck:,} faults, {crew.kills} kills, {crew.stops} stops",
        f"{lost} lost, {doubled} doubled",
        kept=lost == 0 and doubled == 0 and not unfinished,
    )


def _faults(speed: int, chance: random.Random) -> Sequence[Fault]:
    """About a fifth of all calls, all kinds alike."""
    hang = TIMEOUT / speed * 2
    kinds = (
        Fault("rate_limited", retry_after=1),
        Fault("server_error", status=503),
        Fault("server_error", accepted=True, status=500),
        Fault("hang", seconds=hang),
        Fault("hang", accepted=True, seconds=hang),
        Fault("reset"),
        Fault("reset", accepted=True),
        *(Fault("late", seconds=chance.uniform(0, 1) * _LATEST / speed) for _ in range(2)),
    )
    return [_some(fault, _FAULTS / len(kinds)) for fault in kinds]


def _some(fault: Fault, share: float) -> Fault:
    return Fault(
        fault.kind, fault.accepted, fault.retry_after, fault.seconds, fault.status, share=share
    )


def _run(
    crew: Crew,
    slack: LocalSlack,
    chance: random.Random,
    messages: int,
    kills: int,
    stops: int,
    speed: int,
) -> None:
    """Kills and stops come as the messages arrive, spread evenly over them."""
    deadline = time.monotonic() + _TIMEOUT
    longest = (LEASE + GRACE).total_seconds() * 0.8 / speed
    crew.start()
    try:
        while not crew.is_done() and time.monotonic() < deadline:
            time.sleep(_LOOK)
            crew.resume()
            done = sum(1 for _ in _standing(slack)) / messages
            if crew.kills < kills and done > (crew.kills + 0.5) / (kills + 0.5):
                crew.kill_one(chance)
            if crew.stops < stops and done > (crew.stops + 0.5) / (stops + 0.5):
                crew.stop_one(chance, chance.uniform(0.3, 1) * longest)
    finally:
        crew.end()


def _standing(slack: LocalSlack) -> Sequence[str]:
    """To whom each message went that stands in the playground."""
    bot = slack.app.bot_user_id
    return [
        next(iter(conversation.members - {bot}))
        for conversation in slack.conversations.values()
        for message in conversation.messages
        if message.from_app
    ]


def _send(url: str, api_url: str, started: str, speed: str) -> None:
    logging.disable()
    take_away_inherited()
    clock = QuickClock(float(started), int(speed))
    client = sending_client(AppProfile().bot_token, api_url)
    client.timeout = TIMEOUT / clock.speed  # type: ignore[assignment]  # a fraction will do
    messenger = SlackMessenger(client, UNPACED)
    with closing(open_database(url, calendar_for=calendar_of)) as database:
        while True:
            with suppress(StorageFailure):  # as the ticker does
                do_what_is_due(database, messenger, clock, senders=_SENDERS)
                with database.reading() as unit:
                    if not unit.ledger.backlog(clock.now()).unfinished:
                        return
            time.sleep(0.2)


if __name__ == "__main__":
    _send(*sys.argv[1:])
