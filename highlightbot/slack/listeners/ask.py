"""Questions, by `/highlight`, by mention and in the direct message. Only the asker sees answers."""

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from highlightbot.core.instructions import is_instruction
from highlightbot.core.questions import asks_to_write, parse_question
from highlightbot.slack import ids
from highlightbot.slack.context import Context
from highlightbot.slack.listeners.coordinate import offer_confirmation, open_confirmation
from highlightbot.slack.listeners.write_report import offer_writing, open_for_writing
from highlightbot.slack.messages import answers
from highlightbot.slack.messages.message import Message
from highlightbot.slack.response_url import respond
from highlightbot.slack.routing import Routes
from highlightbot.slack.seen_events import SeenEvents
from highlightbot.workflows.answer_question import answer_question

COMMAND = "/highlight"
_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")


def register(routes: Routes, context: Context) -> None:
    """Add these listeners."""
    seen = SeenEvents()

    @routes.command(COMMAND)
    def command(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        text = _typed(body.get("text", ""))
        if asks_to_write(text):
            ack(open_for_writing(context, client, body) or "")
            return
        if is_instruction(text):
            open_confirmation(context, client, body, text)
            ack("")
            return
        message = _answer(context, body, text, 1)
        ack(text=message.text, blocks=message.blocks, response_type="ephemeral")

    @routes.event("app_mention")
    def mention(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        if not seen.is_new(body["event_id"]):
            return
        message = _reply(context, body, _typed(event.get("text", "")))
        client.chat_postEphemeral(
            channel=event["channel"],
            user=event["user"],
            thread_ts=event.get("thread_ts"),
            text=message.text,
            blocks=message.blocks,
        )

    @routes.event("message")
    def direct_message(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        if not _is_typed_by_a_person(event) or not seen.is_new(body["event_id"]):
            return
        message = _reply(context, body, _typed(event.get("text", "")))
        client.chat_postMessage(
            channel=event["channel"],
            thread_ts=event.get("thread_ts"),
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )

    @routes.action(ids.NEXT_PAGE)
    @routes.action(ids.PREVIOUS_PAGE)
    def turn_page(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        page = ids.decode(ids.PageRef, action["value"])
        respond(body, _answer(context, body, page.question, page.number), replace=True)
        ack()


def _reply(context: Context, body: Mapping[str, Any], text: str) -> Message:
    """The answer to a question; buttons that lead to what cannot be done in a message."""
    if asks_to_write(text):
        return offer_writing(context, body)
    if is_instruction(text):
        return offer_confirmation(context, body, text)
    return _answer(context, body, text, 1)


def _answer(context: Context, body: Mapping[str, Any], question: str, page: int) -> Message:
    with context.database.reading() as unit:
        found = answer_question(
            unit,
            context.workspace_id,
            parse_question(question),
            unit.people.reader(context.account(body)),
            context.clock.now(),
        )
    return answers.page(found, page, question, context.clock.now())


def _typed(text: str) -> str:
    """What the person typed, without mentions and with Slack's three escapes undone.

    https://docs.slack.dev/messaging/formatting-message-text/#escaping
    """
    plain = _MENTION.sub(" ", text)
    plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(plain.split())


def _is_typed_by_a_person(event: Mapping[str, Any]) -> bool:
    return (
        event.get("channel_type") == "im"
        and "bot_id" not in event
        and event.get("subtype") is None
        and bool(event.get("user"))
    )
