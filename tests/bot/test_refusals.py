"""What people see when something is not as they think, with nothing lost."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date

import pytest

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import CHANNEL
from highlightbot.persistence.sqlite import sqlite_driver
from highlightbot.playground.local_slack import Message
from tests.bot.acting import Actor, move_clock, shown

HOSTILE = "<!channel> <@U0BO> *bold* =cmd() \u202eabc\u202c & <https://x.example|y> 🙂\n" * 400


def reminder(fortnight: Fortnight, author: Actor) -> Message:
    move_clock(fortnight, "To the period's end")
    return author.wait_for_message("is due by")


def open_first_section(fortnight: Fortnight, author: Actor) -> None:
    assert author.click_in(reminder(fortnight, author), "Write report").ok


def nil_to_the_end(author: Actor) -> None:
    while "Review" not in author.dialog:
        assert author.click("Nothing to report").ok


def test_hostile_text_is_kept_exactly_and_pings_nobody(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey, kim = actor("U0CASEY"), actor("U0KIM")
    open_first_section(fortnight, casey)
    assert casey.submit(HOSTILE).ok
    nil_to_the_end(casey)
    assert casey.submit("<!here> is our headline").ok
    move_clock(fortnight, "To the cut-off")
    summary = kim.wait_for_message("<!here> is our headline", CHANNEL)
    kim.wait_for_reply("=cmd()", summary)
    with fortnight.bot.database.reading() as unit:
        programme = unit.programmes.all()[0]
        area = next(one for one in programme.areas if one.name == "Housing Advice")
        kept = unit.reports.newest_revision(area.id)
    assert kept is not None
    assert kept.sections[0].text.plain == HOSTILE
    everything = [
        message
        for conversation in fortnight.slack.conversations.values()
        for message in conversation.messages
    ]
    assert [message for message in everything if message.notified] == []
    assert [entry for entry in fortnight.slack.log.entries(0) if entry.violations] == []


def test_an_empty_section_is_not_left(fortnight: Fortnight, actor: Callable[[str], Actor]) -> None:
    casey = actor("U0CASEY")
    open_first_section(fortnight, casey)
    outcome = casey.submit("   \n ")
    assert list(outcome.field_errors.values()) == [
        "This section is still empty. Write an answer or choose “Nothing to report”."
    ]


def test_nothing_to_report_does_not_discard_what_is_typed(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor("U0CASEY")
    open_first_section(fortnight, casey)
    assert casey.click("Nothing to report", typed="Half a sentence").ok
    assert "There is text in this section" in casey.dialog
    (value,) = casey.view.state.values()
    assert "Half a sentence" in str(value)


def test_closing_the_modal_loses_no_saved_step(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor("U0CASEY")
    open_first_section(fortnight, casey)
    assert casey.submit("Saved before closing.").ok
    casey.close_dialogs()
    assert casey.type_command("report").ok
    assert "Section 2 of 6" in casey.dialog
    assert casey.click("Back").ok
    assert "Saved before closing." in str(casey.view.state)


def test_two_authors_do_not_overwrite_each_other(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex, bo = actor("U0ALEX"), actor("U0BO")
    open_first_section(fortnight, alex)
    assert bo.type_command("report").ok
    assert bo.click("Write report").ok  # Libraries stands first
    assert alex.submit("From Alex.").ok
    assert bo.submit("From Bo.").ok
    assert "Section 1 of 6" in bo.dialog
    assert "Alex Amber" in bo.dialog
    assert "From Bo." in str(bo.view.state)
    assert bo.submit("From Bo.").ok
    assert "Section 2 of 6" in bo.dialog


def test_who_goes_back_does_not_overwrite_what_another_saved(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex, bo = actor("U0ALEX"), actor("U0BO")
    open_first_section(fortnight, alex)
    assert alex.submit("First.").ok
    assert bo.type_command("report").ok
    assert bo.click("Write report").ok  # Libraries stands first
    assert "Section 2 of 6" in bo.dialog
    assert alex.submit("From Alex.").ok
    assert bo.click("Back", typed="From Bo.").ok
    assert "Section 2 of 6" in bo.dialog
    assert "Alex Amber saved this section since you opened it." in bo.dialog
    assert "From Bo." in str(bo.view.state)
    assert bo.click("Back", typed="From Bo.").ok
    assert "Section 1 of 6" in bo.dialog


def deputy_writes(deputy: Actor, text: str) -> None:
    """Bo writes the first section of the Libraries' report."""
    assert deputy.type_command("report").ok
    assert deputy.click("Write report").ok  # Libraries stands first
    assert deputy.submit(text).ok


def answer(fortnight: Fortnight, position: int) -> str:
    """What is saved in a section, from 0, of the Libraries' report."""
    with fortnight.bot.database.reading() as unit:
        period = unit.periods.collecting(fortnight.slack.clock.now())[-1]
        report = unit.reports.of_period(period.id)[0]
    assert (report.area_name, report.revision) == ("Libraries", 0)
    return report.draft[report.template.sections[position].key].answer.text.plain


def test_nothing_to_report_on_a_reminder_does_not_wipe_what_a_deputy_wrote(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex = actor("U0ALEX")
    message = reminder(fortnight, alex)
    deputy_writes(actor("U0BO"), "From a deputy.")
    assert alex.click_in(message, "Nothing to report").ok
    assert "Choose “Write report” to finish or empty it." in alex.dialog
    assert answer(fortnight, 0) == "From a deputy."


def test_nothing_to_report_in_an_older_dialog_does_not_wipe_what_a_deputy_wrote(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex = actor("U0ALEX")
    open_first_section(fortnight, alex)
    deputy_writes(actor("U0BO"), "From a deputy.")
    assert alex.click("Nothing to report").ok
    assert "Section 1 of 6" in alex.dialog
    assert "Bo Birch saved this section since you opened it." in alex.dialog
    assert answer(fortnight, 0) == "From a deputy."


def test_who_finds_a_deputys_text_leaves_it_as_it_is(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex, bo = actor("U0ALEX"), actor("U0BO")
    open_first_section(fortnight, alex)
    assert alex.submit("First.").ok
    deputy_writes(bo, "From a deputy.")
    assert "Section 2 of 6" in alex.dialog
    assert alex.click("Nothing to report").ok
    assert "Bo Birch saved this section since you opened it. What is saved now is shown here." in (
        alex.dialog
    )
    assert alex.click("Back").ok
    assert "Section 1 of 6" in alex.dialog
    assert answer(fortnight, 1) == "From a deputy."


def test_what_is_saved_gives_way_to_nothing_to_report(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor("U0CASEY")
    open_first_section(fortnight, casey)
    assert casey.submit("Not for this time.").ok
    assert casey.click("Back").ok
    assert casey.click("Nothing to report").ok
    assert "Section 2 of 6" in casey.dialog
    assert casey.click("Back").ok
    assert "Nothing to report is saved for this section." in casey.dialog


def test_a_page_that_was_submitted_elsewhere_is_looked_at_once_more(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    alex, bo = actor("U0ALEX"), actor("U0BO")
    open_first_section(fortnight, alex)
    nil_to_the_end(alex)
    assert bo.type_command("report").ok
    assert bo.click("Write report").ok  # Libraries stands first
    assert bo.submit("From Bo").ok
    assert "Received" in bo.dialog
    assert alex.submit().ok
    assert "changed or submitted since you opened this page" in alex.dialog
    assert "From Bo" in str(alex.view.state)
    assert alex.submit("From Alex").ok
    assert "Received" in alex.dialog


def test_a_report_of_a_closed_period_is_refused_in_a_dialog(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor("U0CASEY")
    message = reminder(fortnight, casey)
    move_clock(fortnight, "To the cut-off")
    actor("U0KIM").wait_for_message("7–20 November 2026\nEdition 1", CHANNEL)
    fortnight.slack.clock.move_to(fortnight.jumps()[-1].at.replace(year=2027))
    assert casey.click_in(message, "Write report").ok
    assert "This reporting period is closed" in casey.dialog


def test_somebody_else_cannot_write_or_read(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    ollie = actor("U0OLLIE")
    for words in ("latest", "who is missing", "history of workforce", "latest from Libraries"):
        assert ollie.type_command(words, "C0GENERAL").ok
        said = ollie.messages("C0GENERAL")[-1]
        assert said.ephemeral_to == "U0OLLIE"
        assert "ask a coordinator" in (shown(said.blocks) or said.text)
    assert ollie.type_command("report", "C0GENERAL").ok
    assert "No report of yours is due now" in ollie.messages("C0GENERAL")[-1].text


def test_an_unknown_command_says_what_can_be_asked(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    kim = actor("U0KIM")
    assert kim.type_command("sing <!channel>").ok
    said = shown(kim.messages(CHANNEL)[-1].blocks)
    assert "who is missing" in said


def test_mentions_and_direct_messages_are_answered_to_the_asker_alone(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    kim = actor("U0KIM")
    kim.say("<@U0HIGHLIGHT> latest from public health", CHANNEL)
    answer = kim.wait_for_message("Two nurses are on loan", CHANNEL)
    assert answer.ephemeral_to == "U0KIM"
    kim.say("who is missing?")
    kim.wait_for_message("5 of 5 missing")


@contextmanager
def locked(fortnight: Fortnight) -> Iterator[None]:
    """Somebody else holds the database's write lock.

    Through the same library: two SQLites in one process do not see each other's locks.
    """
    path = fortnight.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite_driver().connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_locked_database_is_told_beside_the_text_which_stays(
    fortnight: Fortnight,
    actor: Callable[[str], Actor],
    caplog: pytest.LogCaptureFixture,
) -> None:
    casey = actor("U0CASEY")
    open_first_section(fortnight, casey)
    with locked(fortnight):
        outcome = casey.submit("Important words.")
    (sentence,) = outcome.field_errors.values()
    assert sentence.startswith("The database cannot take this just now, and nothing was changed.")
    assert "could not be stored" in caplog.text
    assert casey.submit("Important words.").ok
    assert "Section 2 of 6" in casey.dialog


def test_the_home_tab_shows_what_is_owed_and_who_is_missing(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    for user, words in (("U0ALEX", "Libraries"), ("U0KIM", "5 of 5 missing")):
        assert fortnight.slack.open_home(user).ok
        home = fortnight.slack.home_of(user)
        assert home is not None
        assert words in shown(home.blocks)


def test_the_playground_starts_on_a_working_day() -> None:
    sunday = date(2026, 11, 22)
    with Fortnight(today=sunday) as running:
        assert running.slack.clock.now().date() == date(2026, 11, 23)
