"""Answers to a click in a message, by the address that came with it.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.webhook import WebhookClient

from highlightbot.core.errors import DeliveryFailure
from highlightbot.slack.messages.message import Message
from highlightbot.slack.web_api import ANSWER_TIMEOUT, call, sdk_log

log = logging.getLogger(__name__)


def respond(body: Mapping[str, Any], message: Message, *, replace: bool) -> None:
    """Show a message to whoever clicked: in the place of the one with the button, or below it.

    What goes wrong is logged and no more: what the click was for is done. Bolt's own ``respond``
    waits 30 s and then tries again, while Slack waits 3 s for the click to be acknowledged.
    """
    url = body["response_url"]
    client = WebhookClient(url, timeout=ANSWER_TIMEOUT, retry_handlers=[], logger=sdk_log)
    text, blocks = message.text, message.blocks
    try:
        answer = call(lambda: client.send(text=text, blocks=blocks, replace_original=replace))
    except DeliveryFailure as failure:
        log.warning("a click was not answered: %s", failure)
        return
    if answer.status_code != 200:
        log.warning("a click was not answered: HTTP %s, %s", answer.status_code, answer.body)
