"""Puts the program together: the only module that knows every package."""

from dataclasses import dataclass
from pathlib import Path

from slack_bolt import App
from slack_sdk import WebClient

from highlightbot.core.declarations import DeclaredProgramme
from highlightbot.persistence import SqlDatabase, migrate, open_database
from highlightbot.scheduling.holidays import calendar_of
from highlightbot.scheduling.ticker import Ticker
from highlightbot.settings import Settings
from highlightbot.slack.app import build_app
from highlightbot.slack.connection import Connection
from highlightbot.slack.messenger import SlackDirectory, SlackMessenger
from highlightbot.slack.web_api import sending_client
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.ports import Clock
from highlightbot.workflows.resolve_people import resolve_people

PLATFORM = "slack"
TICK_SECONDS = 5.0
_RESOLVE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Bot:
    """A wired bot. ``ticker`` and ``people_ticker`` do not run until they are started."""

    app: App
    client: WebClient
    database: SqlDatabase
    workspace_id: int
    ticker: Ticker
    people_ticker: Ticker

    def start(self) -> None:
        """Begin to do what is due."""
        self.people_ticker.start()
        self.ticker.start()

    def stop(self) -> None:
        """Finish what is in flight and close the database."""
        self.ticker.stop()
        self.people_ticker.stop()
        self.database.close()


def ready_database(settings: Settings) -> SqlDatabase:
    """The database, migrated to this version; raises Problems where that cannot be."""
    migrate(settings.database_url)
    return open_database(settings.database_url, calendar_for=calendar_of)


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
    """Wire a bot for the workspace of the connection."""
    client = slack_client(settings)
    messenger, directory = SlackMessenger(client), SlackDirectory(client)
    with database.writing() as unit:
        workspace_id = unit.people.workspace(PLATFORM, connection.team_id)

    ticker = Ticker(
        lambda: do_what_is_due(database, messenger, clock, lambda: ticker.stopping),
        seconds=tick_seconds,
    )

    def resolve() -> None:
        resolve_people(database, directory, workspace_id)
        ticker.ring()

    app = build_app(
        connection,
        base_url=settings.slack_api_url,
        workspace_id=workspace_id,
        database=database,
        clock=clock,
        ring=ticker.ring,
    )
    return Bot(
        app, client, database, workspace_id, ticker, Ticker(resolve, seconds=_RESOLVE_SECONDS)
    )


def read_programme(path: Path) -> DeclaredProgramme:
    """A programme file with the templates that ship; raises Problems."""
    # A bot that runs reads no programme files, and starts without what they need.
    from highlightbot.declaring.programme_file import read_programme_file
    from highlightbot.templates import find_template

    return read_programme_file(path, find_template=find_template, calendar_of=calendar_of)
