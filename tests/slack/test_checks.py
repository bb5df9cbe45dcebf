"""What `doctor` says where Slack refuses, or cannot be asked."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from highlightbot.core.programmes import Programme
from highlightbot.slack.checks import Finding, check_app_token, check_channel
from tests.bot.running import free_port

PROGRAMME = Programme(1, 1, "services", "Services", 1, None, "C1", ())
SUBJECT = "channel of Services"


class Refusing(WebClient):
    """A workspace that refuses every look at a channel."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__("xoxb-none", base_url="http://127.0.0.1:9/api/")
        self._status, self._code = status, code

    def conversations_info(self, **arguments: Any) -> Any:
        response = SlackResponse(
            client=self,
            http_verb="POST",
            api_url="http://127.0.0.1:9/api/conversations.info",
            req_args={},
            data={"ok": False, "error": self._code},
            headers={"Retry-After": "30"},
            status_code=self._status,
        )
        raise SlackApiError("refused", response)


@pytest.mark.parametrize(
    ("status", "code", "finding", "advice"),
    [
        (429, "ratelimited", "rate limited for 30 s", "Run this again in a minute."),
        (200, "token_revoked", "Slack refuses: token_revoked", "Put the bot token right first."),
        (
            200,
            "channel_not_found",
            "C1: Slack refuses: channel_not_found",
            "Check the channel's id in the programme's file, and invite the bot to a private"
            " channel.",
        ),
    ],
)
def test_a_refusal_comes_with_its_own_advice(
    status: int, code: str, finding: str, advice: str
) -> None:
    found = check_channel(Refusing(status, code), PROGRAMME)
    assert found == Finding(SUBJECT, False, finding, advice)


def test_an_app_token_is_not_well_as_long_as_slack_cannot_be_asked() -> None:
    found = check_app_token("xapp-1", f"http://127.0.0.1:{free_port()}/api/")
    assert found == Finding(
        "app token",
        False,
        "Slack cannot be reached: [Errno 111] Connection refused",
        "Check this machine's network, its proxy and SLACK_API_URL.",
    )
