"""Puts the program together: the only module that knows every package."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from slack_bolt import App
from slack_sdk import WebClient

from highlightbot.core.declarations import DeclaredProgramme
from highlightbot.core.deliveries import Backlog
from highlightbot.core.errors import Problems, Refusal, StorageFailure
from highlightbot.monitoring.dead_mans_switch import DeadMansSwitch
from highlightbot.monitoring.metrics import Gauges, Metrics
from highlightbot.monitoring.pulse import Pulse
from highlightbot.monitoring.readiness import Check
from highlightbot.persistence import SqlDatabase, migrate, open_database, open_present
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.scheduling.ticker import Ticker
from highlightbot.settings import Settings
from highlightbot.slack.app import build_app
from highlightbot.slack.connection import Connection
from highlightbot.slack.messenger import SlackDirectory, SlackMessenger
from highlightbot.slack.open_homes import OpenHomes
from highlightbot.slack.web_api import sending_client
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.ports import Clock, UnitOfWork
from highlightbot.workflows.refresh_people import refresh_people
from highlightbot.workflows.resolve_people import resolve_people

PLATFORM = "slack"
TICK_SECONDS = 5.0
LONGEST_TICK_SECONDS = 60.0
"""A long queue is worked off in several: only the end of one tells the switch that all is well."""

_RESOLVE_SECONDS = 300.0
_STANDSTILL_SECONDS = 60.0
_SENDERS = 4


@dataclass(frozen=True, slots=True)
class Bot:
    """A wired bot. ``ticker`` and ``people_ticker`` do not run until they are started.

    ``pulse`` beats after every tick that went well, and between the messages of a long one.
    """

    app: App
    client: WebClient
    database: SqlDatabase
    workspace_id: int
    clock: Clock
    ticker: Ticker
    people_ticker: Ticker
    pulse: Pulse
    metrics: Metrics
    switch: DeadMansSwitch | None
    homes: OpenHomes

    def start(self) -> None:
        """Begin to do what is due."""
        if self.switch is not None:
            self.switch.start()
        self.people_ticker.start()
        self.ticker.start()

    def begin_to_stop(self) -> None:
        """Take up nothing more. Returns at once."""
        for ticker in (self.ticker, self.people_ticker):
            ticker.stop(0)

    def stop(self, timeout: float = 10.0) -> None:
        """Finish what is in flight, for ``timeout`` seconds at most, and close the database."""
        deadline = time.monotonic() + timeout
        self.begin_to_stop()
        if self.switch is not None:
            self.switch.stop()
        self.homes.stop()
        for ticker in (self.ticker, self.people_ticker):
            ticker.stop(max(0.0, deadline - time.monotonic()))
        self.database.close()


def ready_database(settings: Settings) -> SqlDatabase:
    """The database, migrated to this version; raises Problems where that cannot be."""
    migrate(settings.database_url)
    return open_database(settings.database_url, calendar_for=calendar_of)


def present_database(settings: Settings) -> SqlDatabase:
    """The database as it is, neither made nor migrated; see `persistence.open_present`."""
    return open_present(settings.database_url, calendar_for=calendar_of)


def workspace_in(database: SqlDatabase, team_id: str | None) -> int:
    """The id of the workspace that the database is of, which is made where there is none.

    Problems where it is another one: its messages would be sent with this one's token.
    """
    with database.writing() as unit:
        if unit.people.known_workspace(PLATFORM, team_id) is None and _is_taken(unit):
            raise Problems(
                [
                    "DATABASE_URL is the database of another Slack workspace. Name another file or"
                    " database for this one, or set the token of that one."
                ]
            )
        return unit.people.workspace(PLATFORM, team_id)


def _is_taken(unit: UnitOfWork) -> bool:
    try:
        return unit.people.known_workspace(PLATFORM) is not None
    except Refusal:  # there are several
        return True


def slack_client(settings: Settings) -> WebClient:
    """A client for the workspace of the settings' token."""
    return sending_client(settings.bot_token or "", settings.slack_api_url)


def build_bot(
    settings: Settings,
    connection: Connection,
    database: SqlDatabase,
    clock: Clock,
    *,
    tick_seconds: float = TICK_SECONDS,
) -> Bot:
    """Wire a bot for the workspace of the connection; Problems as of `workspace_in`."""
    client = slack_client(settings)
    messenger, directory = SlackMessenger(client), SlackDirectory(client)
    workspace_id = workspace_in(database, connection.team_id)
    homes = OpenHomes()
    pulse = Pulse()
    metrics = Metrics()
    switch = DeadMansSwitch(settings.ping_url) if settings.ping_url else None

    def tick() -> None:
        ends_at = time.monotonic() + LONGEST_TICK_SECONDS

        def stopping() -> bool:
            pulse.beat()  # asked between two messages: a long queue is no standstill
            return ticker.stopping or time.monotonic() >= ends_at

        do_what_is_due(database, messenger, clock, stopping, watch=metrics, senders=_SENDERS)
        pulse.beat()
        if switch is not None:
            switch.hold()
        if time.monotonic() >= ends_at:
            ticker.ring()

    ticker = Ticker(tick, seconds=tick_seconds)

    def resolve() -> None:
        resolve_people(database, directory, workspace_id)
        refresh_people(database, directory, workspace_id, clock.now())
        ticker.ring()

    app = build_app(
        connection,
        base_url=settings.slack_api_url,
        workspace_id=workspace_id,
        database=database,
        clock=clock,
        ring=ticker.ring,
        homes=homes,
    )
    return Bot(
        app,
        client,
        database,
        workspace_id,
        clock,
        ticker,
        Ticker(resolve, seconds=_RESOLVE_SECONDS),
        pulse,
        metrics,
        switch,
        homes,
    )


def gauges(bot: Bot, connections: Callable[[], int] | None) -> Gauges:
    """What of the bot is read at each scrape; ``connections`` is None in HTTP mode."""

    def backlog(now: datetime) -> Backlog:
        with bot.database.reading() as unit:
            return unit.ledger.backlog(now)

    return Gauges(
        now=bot.clock.now,
        backlog=backlog,
        tick_age=lambda: bot.pulse.age,
        storage_failures=lambda: bot.database.failures,
        connections=connections,
    )


def readiness_checks(bot: Bot, connections: Callable[[], int] | None) -> Mapping[str, Check]:
    """What must be so for the bot to be ready; ``connections`` is None in HTTP mode."""

    def database() -> str | None:
        try:
            is_current = bot.database.is_current()
        except StorageFailure:
            return "it does not answer"
        return None if is_current else "its schema is not that of this version"

    def tick() -> str | None:
        age = bot.pulse.age
        if age is None:
            return "nothing has been done yet"
        return None if age < _STANDSTILL_SECONDS else f"nothing has been done for {age:.0f} s"

    checks: dict[str, Check] = {"database": database, "tick": tick}
    if connections is not None:
        checks["slack"] = lambda: None if connections() else "no connection is open"
    return checks


def read_programme(path: Path) -> DeclaredProgramme:
    """A programme file with the templates that ship; raises Problems."""
    # A bot that runs reads no programme files, and starts without what they need.
    from highlightbot.declaring.programme_file import read_programme_file
    from highlightbot.templates import find_template

    return read_programme_file(path, find_template=find_template, calendar_of=calendar_of)
