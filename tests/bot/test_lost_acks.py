"""What is done after a submission that was stored although the person saw an error."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from highlightbot.core.reports import Revision
from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.playground.delivery import Ack, Delivery
from tests.bot.acting import Actor, move_clock
from tests.bot.test_fortnight import write_report


@dataclass
class LosesAcks:
    """Delivers interactions, and what the app answers never comes back."""

    delivery: Delivery

    def interaction(self, name: str, payload: Mapping[str, Any]) -> Ack:
        assert self.delivery.interaction(name, payload).acked
        return Ack("connection_failed")


@contextmanager
def lost_acks(fortnight: Fortnight) -> Iterator[None]:
    installation = fortnight.slack.installation
    delivery = installation.delivery
    installation.delivery = LosesAcks(delivery)  # type: ignore[assignment]  # as far as it is used
    yield
    installation.delivery = delivery


def newest(fortnight: Fortnight, area_name: str) -> Revision:
    with fortnight.bot.database.reading() as unit:
        areas = unit.programmes.all()[0].areas
        found = unit.reports.newest_revision(next(a.id for a in areas if a.name == area_name))
    assert found is not None
    return found


def submit_and_lose_the_ack(fortnight: Fortnight, author: Actor, headline: str = "") -> None:
    """Write a report, and be told of an error although it was stored."""
    move_clock(fortnight, "To the period's end")
    assert author.click_in(author.wait_for_message("is due by"), "Write report").ok
    write_report(author, {"Key activity": "As first sent."})
    with lost_acks(fortnight):
        assert "trouble" in (author.submit(headline).error or "")
    assert "Review" in author.dialog
    assert newest(fortnight, "Housing Advice").number == 1


def test_submitting_the_same_again_makes_no_second_revision(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor("U0CASEY")
    submit_and_lose_the_ack(fortnight, casey, "A headline")
    assert casey.submit().ok
    assert "Received in time" in casey.dialog
    assert newest(fortnight, "Housing Advice").number == 1


def test_a_section_changed_after_a_lost_ack_is_in_the_next_revision(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor("U0CASEY")
    submit_and_lose_the_ack(fortnight, casey)
    assert casey.click("Change").ok
    assert casey.submit("As changed.").ok
    assert casey.submit("").ok
    assert "Revision 2 of your report" in casey.dialog
    revision = newest(fortnight, "Housing Advice")
    assert (revision.number, revision.sections[0].text.plain) == (2, "As changed.")


def test_a_headline_changed_after_a_lost_ack_is_in_the_next_revision(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey = actor("U0CASEY")
    submit_and_lose_the_ack(fortnight, casey, "First thought")
    assert casey.submit("Second thought").ok
    revision = newest(fortnight, "Housing Advice")
    assert (revision.number, revision.headline) == (2, "Second thought")
