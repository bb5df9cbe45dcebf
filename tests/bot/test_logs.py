"""What a whole fortnight leaves in the log, everything that goes wrong included."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import APP, CHANNEL, PEOPLE
from highlightbot.monitoring.logs import CHATTY, JsonLines
from highlightbot.playground.faults import Fault
from tests.bot.acting import Actor, move_clock
from tests.bot.test_fortnight import write_report
from tests.fortnights import TODAY

ANSWER = "A sentence that nobody but its readers may see."
HEADLINE = "A headline that stays among them."
SECRETS = (APP.bot_token, APP.app_token, APP.signing_secret)


class Kept(logging.Handler):
    """Every line, as both formats write it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [logging.Formatter().format(record), JsonLines().format(record)]


@contextmanager
def everything_logged() -> Iterator[Kept]:
    kept, root = Kept(), logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    quiet = [logging.getLogger(name) for name in CHATTY]
    for logger in quiet:
        logger.setLevel(logging.WARNING)
    try:
        yield kept
    finally:
        for logger in quiet:
            logger.setLevel(logging.NOTSET)
        root.setLevel(level)
        root.removeHandler(kept)


def test_log_of_a_fortnight_holds_no_text_no_names_and_no_tokens() -> None:
    with everything_logged() as kept, Fortnight(today=TODAY) as fortnight:
        live_through(fortnight, lambda user_id: Actor(fortnight, user_id))
    log = "\n".join(kept.lines)
    assert "sent" in log
    assert "again at" in log
    assert "a request could not be stored" in log
    addresses = [person.email for person in PEOPLE if person.email]
    names = [person.real_name for person in PEOPLE]
    told = [text for text in (ANSWER, HEADLINE, *SECRETS, *addresses, *names) if text in log]
    assert told == []


def live_through(fortnight: Fortnight, actor: Callable[[str], Actor]) -> None:
    alex, kim = actor("U0ALEX"), actor("U0KIM")
    fortnight.slack.order_faults(
        Fault("rate_limited", times=1, names=frozenset({"chat.postMessage"})),
        Fault("server_error", accepted=True, times=1, names=frozenset({"chat.postMessage"})),
    )
    move_clock(fortnight, "To the period's end")
    reminder = alex.wait_for_message("is due by")
    assert alex.click_in(reminder, "Write report").ok
    with fortnight.bot.database.writing():  # nobody else can write meanwhile
        assert alex.submit(ANSWER).field_errors
    write_report(alex, {"Key activity": ANSWER})
    assert alex.submit(HEADLINE).ok
    alex.close_dialogs()
    fortnight.slack.installation.socket_mode.drop()
    assert fortnight.slack.installation.socket_mode.wait_for_connections(0, 20)
    assert fortnight.slack.installation.socket_mode.wait_for_connections(2, 20)
    assert kim.type_command("latest from libraries").ok
    move_clock(fortnight, "To the cut-off")
    summary = kim.wait_for_message(HEADLINE, CHANNEL)
    kim.wait_for_reply(ANSWER, summary)
