"""Messages made ready for their template."""

from highlightbot.playground.local_slack import Message
from highlightbot.playground.page.messages import initials, shown_messages
from tests.playground.page.office import seen_by_asha

NINE = 1592553600


def message(seconds: float, user: str = "U0ASHA", **more: object) -> Message:
    return Message(ts=f"{NINE + seconds:.6f}", channel="C0COORD", user=user, text="x", **more)  # type: ignore[arg-type]  # keyword arguments of several types


def test_messages_of_one_author_within_five_minutes_follow_each_other() -> None:
    said = [message(0), message(299), message(600), message(601, "U0BEN")]
    assert [one.follows for one in shown_messages(said, seen_by_asha())] == [
        False, True, False, False,
    ]  # fmt: skip


def test_messages_have_a_divider_for_each_day_in_the_viewers_zone() -> None:
    day = 24 * 60 * 60
    said = [message(-400 * day), message(-day), message(-10 * 60 * 60), message(0)]
    assert [one.day for one in shown_messages(said, seen_by_asha())] == [
        "Thursday 16 May 2019", "Yesterday", None, "Today",
    ]  # fmt: skip


def test_ephemeral_message_says_so_and_has_no_thread() -> None:
    (shown,) = shown_messages([message(0, ephemeral_to="U0ASHA")], seen_by_asha())
    assert (shown.ephemeral, shown.thread) == (True, None)


def test_message_of_the_app_under_another_name_and_icon() -> None:
    said = message(0, "U0HIGHLIGHT", bot_id="B1", username="Night shift", icon_emoji=":moon:")
    (shown,) = shown_messages([said], seen_by_asha())
    assert (shown.author, shown.initials, shown.from_app) == ("Night shift", "🌔", True)


def test_initials() -> None:
    names = ["Asha Example", "highlightbot", "Jean-Luc van Test", "", "…", "李 明"]
    assert [initials(name) for name in names] == ["AE", "H", "JT", "?", "?", "李明"]
