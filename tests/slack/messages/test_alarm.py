from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.alarms import MessagesUndelivered, SummaryWaiting, Undelivered
from highlightbot.core.deliveries import DeliveryKind
from highlightbot.core.periods import Period
from highlightbot.slack.messages.alarm import build
from highlightbot.slack.messages.message import Message
from tests.slack.shown import faults, texts

PERIOD = Period(
    1,
    1,
    1,
    date(2026, 11, 7),
    date(2026, 11, 20),
    datetime(2026, 11, 24, 12, tzinfo=UTC),
    datetime(2026, 12, 8, 12, tzinfo=UTC),
)
GONE = "Slack refuses: user_not_found"
ALEX = Undelivered(17, DeliveryKind.REMINDER, "Alex <!channel> & Co", PERIOD, GONE)
WAITING = SummaryWaiting(
    "Services",
    "C1",
    PERIOD,
    PERIOD.due_at,
    ZoneInfo("Europe/London"),
    "Slack refuses: not_in_channel",
)


def lines(message: Message) -> list[str]:
    """What each block says."""
    return ["".join(texts({"blocks": [block.to_dict()]})) for block in message.blocks]


def test_people_of_one_cause_are_told_of_in_one_sentence() -> None:
    bo = replace(ALEX, delivery_id=18, recipient="Bo")
    built = build(MessagesUndelivered("Services", (ALEX, bo)))
    assert faults(built) == []
    assert lines(built) == [
        "Services: 2 messages did not arrive",
        "The reminder for 7–20 November 2026 did not reach Alex <!channel> & Co, Bo.",
        "Their account is gone or switched off: have somebody else named in the programme's file."
        " (Slack refuses: user_not_found)",
        "Once it is put right, whoever runs the bot can have it sent again: python bot.py"
        " deliveries requeue 17 18",
    ]


def test_a_reminder_that_could_not_be_changed_is_not_told_as_lost() -> None:
    changed = replace(ALEX, delivery_id=18, recipient="Bo, who did not reach us", edition=2)
    built = build(MessagesUndelivered("Services", (ALEX, changed)))
    assert faults(built) == []
    assert [line for line in lines(built) if "7–20 November" in line] == [
        "A change to the reminder for 7–20 November 2026 did not reach Bo, who did not reach us.",
        "The reminder for 7–20 November 2026 did not reach Alex <!channel> & Co.",
    ]


def test_what_may_not_have_reached_somebody_is_told_with_their_name_as_it_is() -> None:
    unsure = replace(ALEX, recipient="Bo, who did not reach us", may_have_arrived=True)
    built = build(MessagesUndelivered("Services", (unsure,)))
    assert lines(built)[1] == (
        "The reminder for 7–20 November 2026 may not have reached Bo, who did not reach us."
    )


def test_what_may_have_arrived_is_told_as_such() -> None:
    summary = Undelivered(3, DeliveryKind.SUMMARY, None, PERIOD, "no answer", True)
    built = build(MessagesUndelivered("Services", (summary,)))
    assert faults(built) == []
    assert lines(built)[1:3] == [
        "Part of the summary of 7–20 November 2026 may not have arrived.",
        "Slack did not say whether it took it: look whether it is there. (no answer)",
    ]


def test_a_lost_channel_is_told_with_what_to_do() -> None:
    built = build(WAITING)
    assert faults(built) == []
    assert lines(built) == [
        "Services: the summary cannot be posted",
        "The summary of 7–20 November 2026, due Tuesday 24 November, 12:00, waits: the bot is not"
        " in its channel.",
        "Open the channel and type /invite with the bot's name.",
        "It is posted by itself within 15 minutes of the bot being able to.",
    ]


@pytest.mark.parametrize("length", [1, 40, 400])
def test_an_alarm_fits_whatever_it_tells(length: int) -> None:
    many = tuple(
        replace(
            ALEX,
            delivery_id=number,
            recipient=f"<@U{number}> {'x' * length}",
            reason=f"{'*r* ' * length}{number % 30}: nobody_knows",
        )
        for number in range(500)
    )
    assert faults(build(MessagesUndelivered("*P* " * length, many))) == []
    waiting = replace(WAITING, programme="P" * length, reason="&" * length)
    assert faults(build(waiting)) == []
