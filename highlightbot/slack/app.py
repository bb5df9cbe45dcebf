"""Builds the Bolt app: every listener, and one error handler."""

import logging

from slack_bolt import App
from slack_sdk import WebClient

from highlightbot.slack.connection import Connection
from highlightbot.slack.context import Context
from highlightbot.slack.failures import answer_failure
from highlightbot.slack.listeners import ask, coordinate, home, not_now, write_report
from highlightbot.slack.open_homes import OpenHomes
from highlightbot.slack.routing import Routes
from highlightbot.slack.web_api import ANSWER_TIMEOUT, sending_client
from highlightbot.workflows.ports import Clock, Database, RingBell

_bolt_log = logging.getLogger("highlightbot.slack.bolt")
_bolt_log.setLevel(logging.ERROR)  # it warns of tokens in the environment that it does not use

CONVERSATIONS = (write_report, not_now, coordinate, ask, home)
"""The modules that register listeners."""


def build_app(
    connection: Connection,
    *,
    base_url: str,
    workspace_id: int,
    database: Database,
    clock: Clock,
    ring: RingBell,
    homes: OpenHomes,
) -> App:
    """The app for the workspace of the connection.

    Listeners end before their answer leaves (``process_before_response``): what is acknowledged
    is stored. Only requests whose origin is certain may be dispatched to it.
    """
    authorization = connection.authorization()  # Bolt would ask Slack the same again
    app = App(
        # Else Bolt looks for one through every module that is loaded. It is a logger's, too, which
        # Bolt gives the level of the one below.
        name=_bolt_log.name,
        logger=_bolt_log,
        client=answering_client(base_url),
        authorize=lambda: authorization,
        request_verification_enabled=False,  # what comes in HTTP mode is checked in `http`
        process_before_response=True,
        # For functions and assistants, of which there are none here.
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(answer_failure)
    context = Context(database, workspace_id, connection.team_id, clock, ring, homes)
    routes = Routes()
    for conversation in CONVERSATIONS:
        conversation.register(routes, context)
    app.use(routes)
    return app


def answering_client(base_url: str) -> WebClient:
    """The client of the listeners: it must be done well before Slack gives up after 3 s."""
    client = sending_client(None, base_url)
    client.timeout = ANSWER_TIMEOUT
    return client
