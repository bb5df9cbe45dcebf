"""A programme whose author has answered every section and is about to submit."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from highlightbot.core.people import Account
from highlightbot.core.rich_text import RichText
from highlightbot.persistence import SqlDatabase
from highlightbot.persistence.sqlite import sqlite_driver
from highlightbot.scheduling.clock import SystemClock
from highlightbot.settings import Settings
from highlightbot.slack.connection import Connection
from highlightbot.slack.forms import review
from highlightbot.wiring import PLATFORM, Bot, build_bot, read_programme, ready_database
from highlightbot.workflows.set_up_programme import set_up_programme
from highlightbot.workflows.write_report import WritingDesk, save_section

TEAM, AUTHOR = "T0BENCHMARK", "U0AUTHOR"
TOKEN, SIGNING_SECRET = "xoxb-benchmark", "benchmark-signing-secret"
CONNECTION = Connection(
    team_id=TEAM,
    team="Benchmark",
    user_id="U0BOT",
    bot_id="B0BOT",
    url="http://127.0.0.1/",
    scopes=frozenset({"chat:write", "commands"}),
    token=TOKEN,
)
_PROGRAMME = """
name = "Neighbourhood services"
template = "covid-highlight-report 2020-06"
channel = "C0COORDINATION"
zone = "Europe/London"
coordinators = ["U0COORDINATOR"]

[calendar]
every = "2 weeks"
anchor = {anchor}
cut_off = "2 working days after the end, at 12:00"

[[areas]]
name = "Libraries"
lead = "U0AUTHOR"
"""


def settings(directory: Path, *, api_url: str = "http://127.0.0.1:9/api/") -> Settings:
    """The settings of a bot in HTTP mode with its database in the directory."""
    return Settings(
        bot_token=TOKEN,
        app_token=None,
        signing_secret=SIGNING_SECRET,
        slack_api_url=api_url,
        database_url=f"sqlite:///{database_file(directory)}",
        host="127.0.0.1",
        port=None,
        log_level="INFO",
    )


def database_file(directory: Path) -> Path:
    """Where `settings` puts the database."""
    return directory / "benchmark.db"


def wired_bot(directory: Path) -> Bot:
    """The bot as it is wired to serve; its tickers stand still and it calls nobody."""
    chosen = settings(directory)
    return build_bot(chosen, CONNECTION, ready_database(chosen), SystemClock())


def make_draft(directory: Path) -> dict[str, Any]:
    """Make the database with a draft in it; gives the review page as Slack would send it back.

    The period begins today, so that no reminder and no summary is due.
    """
    bot = wired_bot(directory)
    try:
        desk = _drafted(bot.database, bot.workspace_id, directory)
        return review.build(desk).to_dict()
    finally:
        bot.stop()


def stored_revisions(directory: Path) -> int:
    """How many revisions are in the database."""
    with closing(sqlite_driver().connect(database_file(directory))) as connection:
        (count,) = connection.execute("SELECT count(*) FROM revisions").fetchone()
    return int(count)


def _drafted(database: SqlDatabase, workspace_id: int, directory: Path) -> WritingDesk:
    now = datetime.now(UTC)
    file = directory / "programme.toml"
    file.write_text(_PROGRAMME.format(anchor=now.date().isoformat()), "utf-8")
    set_up_programme(database, workspace_id, read_programme(file), {}, now)
    account = Account(PLATFORM, TEAM, AUTHOR)
    with database.reading() as unit:
        person = unit.people.person(account)
        assert person is not None
        (report,) = unit.reports.open_for(person.id, now)
    for section, text in zip(report.template.sections, ANSWERS, strict=True):
        desk = save_section(
            database,
            account,
            report.id,
            section.key,
            RichText.from_plain(text),
            nil=not text,
            expected_version=None,
            may_be_blank=False,
            now=now,
        )
    return desk


ANSWERS = (
    "The new lending guidance of the regional partnership, dated the 4th, allows returned books to"
    " go back on the shelf after one day instead of three. Quarantine crates were removed from"
    " eleven branches, and the two central stores follow next week.",
    "Visits rose to 8,430 in the fortnight, from 6,910 in the one before. The rise is uneven: the"
    " four branches beside schools are close to what they were a year ago, the five in shopping"
    " streets at about half of it.\n\n"
    "Two branches had to close for an afternoon each because only one member of staff was"
    " there. The rota is now drawn up for pairs of branches, so that a relief worker can be moved"
    " between them at an hour's notice. This has worked on the three days on which it was needed."
    "\n\n"
    "The home delivery round reached 312 households, nineteen more than before, of whom seven had"
    " never been members. Drivers report that conversations at the door take longer than the"
    " delivery; the round was lengthened by a day rather than shortened by talk.\n\n"
    "The booking system for public computers failed twice, on the Tuesday for forty minutes and on"
    " the Friday for two hours. The supplier has found the cause in a certificate that expired,"
    " and has been asked to say how it will be noticed in time. Until then branches keep a paper"
    " list beside the desk.\n\n"
    "Reading groups for adults have begun again in six branches with at most eight people each."
    " Forty-one people came. Groups for under-fives wait until the larger rooms can be aired.",
    "Stage two of the recovery plan is done: every branch is open on at least three days. Stage"
    " three, evenings and Saturdays, depends on nine relief posts, of which five are filled.\n\n"
    "The summer reading scheme runs outdoors in four parks, with the wardens' agreement. Six"
    " hundred packs are printed and will be handed out from the 20th.",
    "It was decided on the 9th to keep the mobile library off the road until its lift is repaired,"
    " and on the 11th to waive all fines until the end of the quarter.",
    "Waived fines come to about £2,300 a month. The lift repair is quoted at £4,150, once. Income"
    " from room hire is down by £6,700 for the quarter; a third of it may come back with the"
    " autumn's bookings.",
    "",
    "Opening hours went to every member by e-mail on the 8th and to the parish newsletters. A short"
    " film about the home delivery round, made by two volunteers, was watched 5,200 times.",
)
"""Seven answers of ordinary length; an empty one is a nil answer."""
