"""A playground and a bot that is connected to it as to Slack, ready to live through a fortnight."""

import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from highlightbot.core.calendars import Calendar
from highlightbot.core.pacing import UNPACED
from highlightbot.core.people import Account
from highlightbot.core.periods import instant
from highlightbot.demonstration.history import History, Past
from highlightbot.demonstration.people import APP, PEOPLE, channels
from highlightbot.playground.local_slack import LocalSlack, create_slack
from highlightbot.playground.server import Jump, Playground
from highlightbot.settings import Settings
from highlightbot.slack.connection import connect
from highlightbot.slack.messenger import SlackDirectory, SlackMessenger
from highlightbot.slack.socket_mode import SocketMode
from highlightbot.wiring import (
    PLATFORM,
    Bot,
    build_bot,
    read_programme,
    ready_database,
    slack_client,
)
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.open_periods import read_calendar
from highlightbot.workflows.resolve_people import look_up
from highlightbot.workflows.set_up_programme import set_up_programme

_ZONE = ZoneInfo("Europe/London")
_PERIOD = timedelta(weeks=2)
_PAST_PERIODS = 2
_STARTS_AT = time(8, 50)
_CONNECTED_WITHIN = 10.0
TICK_SECONDS = 0.5


class Fortnight:
    """The running demonstration. Its database is thrown away at the end.

    `past`, if one is given, is that of an earlier one of the same day: it is put back, rather than
    lived through again.
    """

    def __init__(
        self,
        *,
        today: date,
        past: Past | None = None,
        port: int = 0,
        log_level: str = "WARNING",
    ) -> None:
        self.past = past
        last_day = _working_day(today)
        self._directory = tempfile.TemporaryDirectory(prefix="highlightbot-")
        self._file = Path(self._directory.name) / "playground.db"
        self.slack: LocalSlack = create_slack(people=PEOPLE, channels=channels(), app=APP)
        self._starts_at = instant(last_day, _STARTS_AT, _ZONE)
        self._anchor = last_day - _PERIOD * (_PAST_PERIODS + 1) + timedelta(days=1)
        self.slack.clock.move_to(instant(self._anchor, _STARTS_AT, _ZONE))
        self.playground = Playground(self.slack, port=port, jumps=self.jumps)
        self.settings = Settings(
            bot_token=APP.bot_token,
            app_token=APP.app_token,
            signing_secret=None,
            slack_api_url=self.playground.api_url,
            database_url=f"sqlite:///{self._file}",
            host="127.0.0.1",
            port=None,
            log_level=log_level,
        )
        self._programme_id = 0

    def start(self) -> None:
        """Serve the playground, live through the past, connect the bot."""
        self.playground.start()
        connection = connect(slack_client(self.settings))
        if self.past is not None:
            self._put_back(self.past)
        database = ready_database(self.settings)
        self.bot: Bot = build_bot(
            self.settings, connection, database, self.slack.clock, tick_seconds=TICK_SECONDS
        )
        if self.past is None:
            self.past = self._live_through_past(connection.team_id)
        self._programme_id = self.past.programme_id
        self.slack.clock.move_to(self._starts_at)
        self._socket = SocketMode(self.bot.app, APP.app_token, self.playground.api_url)
        self._socket.start()
        self._socket.wait_until_connected(_CONNECTED_WITHIN)
        self.bot.start()

    def stop(self) -> None:
        """End the bot, then its Slack."""
        self._socket.stop()
        self.bot.stop()
        self.playground.stop()
        self._directory.cleanup()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def jumps(self) -> Sequence[Jump]:
        """Where the clock can be moved to: what comes next of a period's events."""
        if not self._programme_id:
            return ()
        now = self.slack.clock.now()
        with self.bot.database.reading() as unit:
            programme = unit.programmes.get(self._programme_id)
            assert programme.timetable is not None
            calendar = read_calendar(unit, programme, programme.timetable, now)
        return [Jump(label, at) for label, at in _next_events(calendar, now).items()]

    def _live_through_past(self, team_id: str) -> Past:
        database = self.bot.database
        messenger = SlackMessenger(self.bot.client, UNPACED)  # the past takes no time
        programme_id = self._set_up()
        History(
            database,
            self.slack.clock,
            lambda user_id: Account(PLATFORM, team_id, user_id),
            lambda: do_what_is_due(database, messenger, self.slack.clock),
        ).live_through(programme_id)
        database.close()  # until the next transaction: all that was written is in the file then
        conversations = tuple(self.slack.conversations.values())
        return Past(programme_id, self._file.read_bytes(), conversations)

    def _put_back(self, past: Past) -> None:
        self._file.write_bytes(past.database)
        for conversation in past.conversations:
            self.slack.installation.workspace.put_conversation(conversation)

    def _set_up(self) -> int:
        file = Path(self._directory.name) / "programme.toml"
        text = files(__package__).joinpath("programme.toml").read_text("utf-8")
        file.write_text(text.replace("{anchor}", self._anchor.isoformat()), "utf-8")
        declared = read_programme(file)
        return set_up_programme(
            self.bot.database,
            self.bot.workspace_id,
            declared,
            look_up(SlackDirectory(self.bot.client), declared.people),
            self.slack.clock.now(),
        )


def _working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend: nobody is reminded on a Sunday."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def _next_events(periods: Calendar, now: datetime) -> dict[str, datetime]:
    timetable = periods.timetable
    plan, calendar, zone = timetable.reminders, timetable.calendar, timetable.zone
    events: dict[str, datetime] = {}
    upcoming = islice(periods.coming(now.astimezone(zone).date()), 1)
    for ends_on, due_at in (
        *((period.ends_on, period.due_at) for period in periods.periods),
        *((period.ends_on, period.due_at) for period in upcoming),
    ):
        due_on = due_at.astimezone(zone).date()
        for label, at in (
            ("To the period's end", plan.period_ended.instant(ends_on, zone, calendar)),
            *(("To the nudge", one.instant(due_on, zone, calendar)) for one in plan.due_soon),
            ("To the cut-off", due_at),
            *(
                (label, turn.instant(due_on, zone, calendar))
                for label, turn in (
                    ("To the overdue reminder", plan.overdue),
                    ("To the deputies' turn", plan.deputy),
                    ("To the coordinator's turn", plan.coordinator),
                )
                if turn is not None
            ),
        ):
            if at > now:
                events.setdefault(label, at)
    return events
