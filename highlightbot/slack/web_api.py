"""Calls to Slack's Web API, with its failures told apart.

https://docs.slack.dev/apis/web-api/ (errors), https://docs.slack.dev/apis/web-api/rate-limits/
"""

import http.client
import logging
import socket
import ssl
from collections.abc import Callable
from typing import TypeVar
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from highlightbot.core.errors import (
    DeliveryFailure,
    NotDelivered,
    OutcomeUnknown,
    RateLimited,
    Undeliverable,
)

TIMEOUT = 10
"""Seconds that one call may take; far shorter than a delivery's lease."""

REFUSED = "Slack refuses"
"""How a failure begins that Slack answered with an error code."""

_FINAL = frozenset(
    {
        "cannot_dm_bot",
        "cant_update_message",
        "invalid_blocks",
        "message_not_found",
        "messages_tab_disabled",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "user_disabled",
        "user_not_found",
    }
)
_UNKNOWN = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})

_Result = TypeVar("_Result")


_sdk_log = logging.getLogger("highlightbot.slack.sdk")
_sdk_log.setLevel(logging.CRITICAL)  # what it logs and raises, `call` tells apart


def sending_client(token: str | None, base_url: str) -> WebClient:
    """A client that never sends by itself a second time.

    The SDK's default retry posts twice when the server closes without a reply.
    """
    return WebClient(token, base_url=base_url, timeout=TIMEOUT, retry_handlers=[], logger=_sdk_log)


def call(request: Callable[[], _Result]) -> _Result:
    """Make the request; raises a kind of DeliveryFailure for whatever goes wrong."""
    try:
        return request()
    except SlackApiError as error:
        raise _failure(error) from error
    except URLError as error:
        raise _unreachable(error.reason) from error
    except ConnectionRefusedError as error:
        raise NotDelivered("Slack cannot be reached") from error
    except (OSError, http.client.HTTPException, SlackClientError) as error:
        raise OutcomeUnknown(f"no answer from Slack: {error}") from error


def _failure(error: SlackApiError) -> DeliveryFailure:
    response = error.response
    status = getattr(response, "status_code", 200)
    code = response.get("error") if hasattr(response, "get") else None
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        headers = {name.lower(): value for name, value in response.headers.items()}
        return RateLimited(_seconds(headers.get("retry-after", "1")))
    if status >= 500 or code in _UNKNOWN or not code or " " in code:  # the SDK's own words
        return OutcomeUnknown(f"Slack answered with HTTP {status}, {code}")
    if code in _FINAL:
        return Undeliverable(f"{REFUSED}: {code}")
    return NotDelivered(f"{REFUSED}: {code}")


def _seconds(value: str) -> float:
    try:
        return max(float(value), 0.0)
    except ValueError:
        return 1.0


def _unreachable(reason: object) -> DeliveryFailure:
    """Whether the request can have left this machine, as the reason tells."""
    if isinstance(reason, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return NotDelivered(f"Slack cannot be reached: {reason}")
    return OutcomeUnknown(f"no answer from Slack: {reason}")
