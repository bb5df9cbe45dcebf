"""The direct message that tells a coordinator what does not arrive, and what to do."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from slack_sdk.models.blocks import Block

from highlightbot.core.alarms import Alarm, MessagesUndelivered, SummaryWaiting, Undelivered
from highlightbot.core.rich_text import Span
from highlightbot.slack import dates
from highlightbot.slack.blocks import context, header, line, names
from highlightbot.slack.messages.message import Message
from highlightbot.slack.text import clip, escape

_MOST_CAUSES = 10
_MOST_IDS = 20


def build(alarm: Alarm) -> Message:
    """What did not arrive, to whom, why, what to do. No report text is in it."""
    if isinstance(alarm, SummaryWaiting):
        return _waiting(alarm)
    return _undelivered(alarm)


def _waiting(alarm: SummaryWaiting) -> Message:
    title = f"{clip(alarm.programme, 60)}: the summary cannot be posted"
    due = dates.moment(alarm.due_at, alarm.zone, alarm.period.ends_on)
    code = _code(alarm.reason)
    return Message(
        escape(f"{title}. {_CHANNEL_ADVICE.get(code, _ANY_CHANNEL)}"),
        [
            header(title),
            line(
                Span(f"The summary of {alarm.period.bounds}", bold=True),
                Span(f", due {due}, waits: {_CHANNEL_CAUSES.get(code, alarm.reason)}."),
            ),
            line(Span(_CHANNEL_ADVICE.get(code, _ANY_CHANNEL))),
            context("It is posted by itself within 15 minutes of the bot being able to."),
        ],
    )


_CHANNEL_CAUSES = {
    "is_archived": "its channel is archived",
    "not_in_channel": "the bot is not in its channel",
    "channel_not_found": "the bot does not find its channel, which is gone, or private and the bot"
    " not in it",
}
_CHANNEL_ADVICE = {
    "is_archived": "Unarchive the channel, or have another one named in the programme's file.",
    "not_in_channel": "Open the channel and type /invite with the bot's name.",
    "channel_not_found": "If the channel was made private, open it and type /invite with the bot's"
    " name. If it is gone, have another one named in the programme's file.",
}
_ANY_CHANNEL = "Open the channel and see whether the bot may post there."


def _undelivered(alarm: MessagesUndelivered) -> Message:
    count = len(alarm.messages)
    told = "a message" if count == 1 else f"{count} messages"
    title = f"{clip(alarm.programme, 80)}: {told} did not arrive"
    causes = _by_cause(alarm.messages)
    return Message(
        escape(title),
        [
            header(title),
            *(block for cause in causes[:_MOST_CAUSES] for block in _cause(cause)),
            *_more(len(causes) - _MOST_CAUSES),
            context(_again(alarm.messages)),
        ],
    )


def _by_cause(messages: Sequence[Undelivered]) -> list[list[Undelivered]]:
    def cause(message: Undelivered) -> tuple[str, bool, str, str]:
        starts_on = str(message.period.starts_on)
        return (message.reason, message.may_have_arrived, _what(message), starts_on)

    return [list(group) for _, group in groupby(sorted(messages, key=cause), key=cause)]


def _cause(messages: Sequence[Undelivered]) -> Iterator[Block]:
    first = messages[0]
    period, unsure = first.period.bounds, first.may_have_arrived
    if first.recipient is None:
        told = f" of {period} {'may not have arrived' if unsure else 'did not arrive'}."
    else:
        recipients = names(tuple(dict.fromkeys(one.recipient or "" for one in messages)), 500)
        failed = "may not have reached" if unsure else "did not reach"
        told = f" for {period} {failed} {recipients}."
    yield line(Span(_what(first), bold=True), Span(told))
    yield line(Span(f"{_advice(first)} ({clip(first.reason, 200)})"))


def _what(message: Undelivered) -> str:
    if message.recipient is None:
        return "Part of the summary"
    return "A change to the reminder" if message.edition else "The reminder"


def _more(count: int) -> Iterator[Block]:
    if count > 0:
        yield context(f"And {count} more causes: python bot.py deliveries --state dead")


def _advice(message: Undelivered) -> str:
    if message.may_have_arrived:
        return "Slack did not say whether it took it: look whether it is there."
    return _ADVICE.get(_code(message.reason), "Whoever runs the bot finds more in its log.")


_GONE = "Their account is gone or switched off: have somebody else named in the programme's file."
_ADVICE = {
    "user_not_found": _GONE,
    "user_disabled": _GONE,
    "channel_not_found": _GONE,
    "cannot_dm_bot": "That is a bot's account: have a person named in the programme's file.",
    "messages_tab_disabled": "Switch on the messages tab of the app under “App Home”.",
    "cant_update_message": "It was changed or taken away by somebody else.",
    "message_not_found": "It was taken away by somebody else.",
}


def _again(messages: Sequence[Undelivered]) -> str:
    ids = [str(message.delivery_id) for message in messages]
    shown = " ".join(ids[:_MOST_IDS])
    more = f" and {len(ids) - _MOST_IDS} more" if len(ids) > _MOST_IDS else ""
    return (
        "Once it is put right, whoever runs the bot can have it sent again:"
        f" python bot.py deliveries requeue {shown}{more}"
    )


def _code(reason: str) -> str:
    """Slack's error code at the end of what was recorded."""
    return reason.rpartition(": ")[2]
