"""The one place where what goes wrong in a listener becomes a sentence for the person.

A submission is refused with field errors, so the modal keeps its text; one without inputs gives
way to a notice. A click in a modal lays a notice over it, so what is typed below stays too.
Anything unforeseen gets a reference, which the log holds with the traceback.
"""

import logging
import secrets
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_bolt import BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.core.errors import DeliveryFailure, Refusal, StorageFailure
from highlightbot.slack.context import user_id
from highlightbot.slack.forms import notice
from highlightbot.slack.text import escape
from highlightbot.slack.web_api import call

log = logging.getLogger(__name__)

_NO_ANSWER = (DeliveryFailure, URLError, TimeoutError, ConnectionError, HTTPException)
_EXPIRED = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})


def answer_failure(error: Exception, body: dict[str, Any], client: WebClient) -> BoltResponse:
    """Bolt's error handler: tells the person, and gives Slack the answer that it expects."""
    sentence = sentence_for(error)
    if body.get("type") == "view_submission":
        return _refuse_submission(body["view"], sentence)
    if "command" in body:
        return BoltResponse(
            status=200, body={"response_type": "ephemeral", "text": escape(sentence)}
        )
    try:
        _tell(error, body, client, sentence)
    except DeliveryFailure as failure:
        log.warning("could not tell %s: %s", user_id(body), failure)
        if "event" not in body:
            return BoltResponse(status=503, body="")  # no ack: Slack tells the person itself
    return BoltResponse(status=200, body="")


def sentence_for(error: Exception) -> str:
    """What to say; whatever the person cannot mend themselves is logged."""
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, StorageFailure):
        log.error("a request could not be stored: %s", error)
        return (
            "The database cannot take this just now, and nothing was changed. Try again in a"
            " minute; if it stays so, tell whoever runs the bot."
        )
    if isinstance(error, SlackApiError) and error.response.get("error") in _EXPIRED:
        return "Slack took too long to open the dialog. Nothing is lost: try once more."
    if isinstance(error, _NO_ANSWER):
        log.warning("no answer from Slack to a listener: %s", error)
        return "Slack did not answer the bot just now. Nothing is lost: try once more."
    reference = secrets.token_hex(4)
    log.error("reference %s", reference, exc_info=error)
    return (
        "Something went wrong, and what was saved before is safe. Try again; if it stays so, tell"
        f" whoever runs the bot this reference: {reference}."
    )


def _refuse_submission(view: Mapping[str, Any], sentence: str) -> BoltResponse:
    """Beside the first input; a view without one, where Slack shows no errors, gives way."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    answer: dict[str, Any] = (
        {"response_action": "errors", "errors": {inputs[0]: sentence}}
        if inputs
        else {"response_action": "update", "view": notice.build(sentence).to_dict()}
    )
    return BoltResponse(status=200, body=answer)


def _tell(error: Exception, body: Mapping[str, Any], client: WebClient, sentence: str) -> None:
    if isinstance(error, SlackApiError) and error.response.get("error") == "hash_conflict":
        return  # a second click on what the first has changed already
    view = body.get("view") or {}
    expired = isinstance(error, SlackApiError) and error.response.get("error") in _EXPIRED
    if "trigger_id" in body and not expired:
        show = client.views_push if view.get("type") == "modal" else client.views_open
        call(lambda: show(trigger_id=body["trigger_id"], view=notice.build(sentence)))
    elif (event := body.get("event")) and event.get("type") == "app_mention":
        told = {"channel": event["channel"], "user": event["user"], "text": escape(sentence)}
        call(lambda: client.chat_postEphemeral(**told))
    elif not event or event.get("type") == "message":
        call(lambda: client.chat_postMessage(channel=user_id(body), text=escape(sentence)))
