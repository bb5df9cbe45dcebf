"""Calls to Slack's Web API, with its failures told apart.

https://docs.slack.dev/apis/web-api/ (errors), https://docs.slack.dev/apis/web-api/rate-limits/
"""

import http.client
import logging
import math
import socket
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from highlightbot.core.deliveries import Lane
from highlightbot.core.errors import (
    ChannelLost,
    DeliveryFailure,
    MessageGone,
    NotDelivered,
    OutcomeUnknown,
    RateLimited,
    SenderRefused,
    Undeliverable,
)
from highlightbot.core.pacing import LONGEST_CLOSURE, Pace, Rate

TIMEOUT = 8
"""Seconds that one call may take: far shorter than a delivery's lease, and than a clean stop."""

ANSWER_TIMEOUT = 2
"""Seconds that a call by a listener may take, which Slack gives 3 s in all."""

PACE = Pace(
    {
        # "Several hundred" messages a minute in a workspace.
        Lane.POST: Rate(timedelta(minutes=1) / 300, burst=20),
        # chat.update, conversations.history and .replies are of tier 3: 50 a minute.
        Lane.CHANGE: Rate(timedelta(minutes=1) / 50, burst=10),
        Lane.LOOK: Rate(timedelta(minutes=1) / 50, burst=10),
    },
    a_place=timedelta(seconds=1),
)
"""What Slack allows one app in a workspace; "1 per second" in a channel.

https://docs.slack.dev/apis/web-api/rate-limits/
"""

_FINAL = frozenset(
    {
        "cannot_dm_bot",
        "cant_update_message",
        "invalid_blocks",
        "messages_tab_disabled",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "user_disabled",
        "user_not_found",
    }
)
_SENDER = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
_CHANNEL = frozenset({"channel_not_found", "is_archived", "not_in_channel"})
_UNKNOWN = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})

_Result = TypeVar("_Result")


sdk_log = logging.getLogger("highlightbot.slack.sdk")
sdk_log.setLevel(logging.CRITICAL)  # what it logs and raises, `call` tells apart


def sending_client(token: str | None, base_url: str) -> WebClient:
    """A client that never sends by itself a second time.

    The SDK's default retry posts twice when the server closes without a reply.
    """
    return WebClient(token, base_url=base_url, timeout=TIMEOUT, retry_handlers=[], logger=sdk_log)


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
    except (AttributeError, UnicodeDecodeError) as error:  # of the SDK, which expects an object
        raise OutcomeUnknown("what answered is not Slack") from error


def _failure(error: SlackApiError) -> DeliveryFailure:
    response = error.response
    status = getattr(response, "status_code", 200)
    data = getattr(response, "data", response)
    code = data.get("error") if isinstance(data, dict) else None
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        headers = {name.lower(): value for name, value in response.headers.items()}
        return RateLimited(retry_after(headers.get("retry-after", ""), datetime.now(UTC)))
    if status >= 500 or code in _UNKNOWN or not code or " " in code:  # the SDK's own words
        return OutcomeUnknown(f"Slack answered with HTTP {status}{f', {code}' if code else ''}")
    return _kind(code)(f"Slack refuses: {code}", code=code)


def _kind(code: str) -> type[DeliveryFailure]:
    if code == "message_not_found":
        return MessageGone
    if code in _FINAL:
        return Undeliverable
    if code in _SENDER:
        return SenderRefused
    return ChannelLost if code in _CHANNEL else NotDelivered


def retry_after(value: str, now: datetime) -> float:
    """The seconds that a Retry-After asks to wait, at least 1 and at most an hour.

    It is a number of seconds or a date, https://www.rfc-editor.org/rfc/rfc9110#field.retry-after.
    What is neither counts as 1 second.
    """
    try:
        seconds = float(value)
    except ValueError:
        seconds = _seconds_until(value, now)
    if math.isnan(seconds):
        return _LEAST_WAIT
    return min(max(seconds, _LEAST_WAIT), LONGEST_CLOSURE.total_seconds())


_LEAST_WAIT = 1.0


def _seconds_until(date: str, now: datetime) -> float:
    try:
        at = parsedate_to_datetime(date)
    except ValueError:
        return _LEAST_WAIT
    if at.tzinfo is None:  # "-0000": UTC of an unknown place
        at = at.replace(tzinfo=UTC)
    return (at - now).total_seconds()


def _unreachable(reason: object) -> DeliveryFailure:
    """Whether the request can have left this machine, as the reason tells."""
    if isinstance(reason, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return NotDelivered(f"Slack cannot be reached: {reason}")
    return OutcomeUnknown(f"no answer from Slack: {reason}")
