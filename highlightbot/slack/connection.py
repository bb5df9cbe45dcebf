"""The first call to Slack: whose workspace the token opens, and as whom."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from highlightbot.core.errors import DeliveryFailure, NotDelivered, Problems
from highlightbot.slack.web_api import call, sending_client

log = logging.getLogger(__name__)

_LONGEST_WAIT = 60.0
_WRONG_TOKEN = {
    "invalid_auth": "Slack does not know the token in SLACK_BOT_TOKEN: copy it anew from “OAuth &"
    " Permissions” of your Slack app.",
    "not_authed": "SLACK_BOT_TOKEN did not reach Slack: check how it is written in .env.",
    "token_revoked": "The token in SLACK_BOT_TOKEN was revoked: install the app in the workspace"
    " again and copy the new token.",
    "token_expired": "The token in SLACK_BOT_TOKEN has expired: install the app again and copy"
    " the new token.",
    "account_inactive": "The app's account is deactivated: install the app in the workspace"
    " again and copy the new token.",
    "not_allowed_token_type": "SLACK_BOT_TOKEN holds another kind of token: it takes the “Bot"
    " User OAuth Token”, which starts with xoxb-.",
}


@dataclass(frozen=True, slots=True)
class Connection:
    """Who the bot is in its workspace, and what it may do there."""

    team_id: str
    team: str
    user_id: str
    bot_id: str
    url: str
    scopes: frozenset[str]
    token: str
    enterprise_id: str | None = None

    def authorization(self) -> AuthorizeResult:
        """The same as Bolt's authorize step would learn with a call of its own."""
        return AuthorizeResult(
            enterprise_id=self.enterprise_id,
            team_id=self.team_id,
            team=self.team,
            url=self.url,
            bot_id=self.bot_id,
            bot_user_id=self.user_id,
            bot_token=self.token,
            bot_scopes=sorted(self.scopes),
        )


def connect(client: WebClient) -> Connection:
    """Ask `auth.test`.

    Raises Problems with what to do where the token is wrong, DeliveryFailure where Slack cannot
    be reached. https://docs.slack.dev/reference/methods/auth.test
    """
    try:
        response = call(client.auth_test)
    except NotDelivered as failure:
        if failure.code in _WRONG_TOKEN:
            raise Problems([_WRONG_TOKEN[failure.code]]) from failure
        raise
    return Connection(
        team_id=response["team_id"],
        team=response.get("team", ""),
        user_id=response["user_id"],
        bot_id=response.get("bot_id", ""),
        url=response.get("url", ""),
        scopes=_scopes(response.headers),
        token=client.token or "",
        enterprise_id=response.get("enterprise_id"),
    )


def verify_app_token(token: str, base_url: str) -> None:
    """Problems with what to do where Slack refuses the token for Socket Mode.

    DeliveryFailure where it cannot be asked just now.
    https://docs.slack.dev/reference/methods/apps.connections.open
    """
    client = sending_client(None, base_url)
    try:
        call(lambda: client.apps_connections_open(app_token=token))
    except DeliveryFailure as failure:
        if not failure.code:
            raise
        raise Problems(
            [f"SLACK_APP_TOKEN does not open Socket Mode ({failure}). {APP_TOKEN}"]
        ) from failure


APP_TOKEN = (
    "Turn Socket Mode on in your Slack app, and make an app-level token with the scope"
    " connections:write under “Basic Information”."
)


def connect_when_reachable(client: WebClient, stop: threading.Event) -> Connection | None:
    """`connect`, again and again, ever more slowly, until Slack can be reached or ``stop`` is set.

    Gives None where it was stopped.
    """
    wait = 1.0
    while True:
        try:
            return connect(client)
        except DeliveryFailure as failure:
            log.warning("%s: trying again in %g s", failure, wait)
            if stop.wait(wait):
                return None
            wait = min(wait * 2, _LONGEST_WAIT)


def _scopes(headers: Mapping[str, str]) -> frozenset[str]:
    found = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return frozenset(scope.strip() for scope in found.split(",") if scope.strip())
